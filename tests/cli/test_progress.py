"""Progress: bars on a terminal, silence elsewhere."""

from __future__ import annotations

from cli.progress import STAGES, progress


def test_silent_where_nobody_watches(capsys):
    with progress() as tell:
        tell("crawl", 1, 2)
    captured = capsys.readouterr()
    assert captured.out + captured.err == ""


def test_terminal_sees_each_stage_in_chinese(capsys):
    with progress(show=True) as tell:
        for stage in (*STAGES, "unforeseen"):
            tell(stage, 1, 2)
            tell(stage, 2, 2)
    captured = capsys.readouterr()
    assert captured.out == ""
    for name in STAGES.values():
        assert name in captured.err
