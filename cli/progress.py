"""Progress of long work: bars on a terminal, nothing anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.progress import Progress

#: What a clerk reads for each stage of an inspection.
STAGES = {
    "crawl": "读取账号",
    "extract": "读取附件",
    "avatars": "读取头像",
    "resolve": "核查链接",
    "shots": "制作截图",
    "scan": "检查内容",
    "reconcile": "比对以往",
    "report": "生成报告",
}


@contextmanager
def progress(*, show: bool | None = None) -> Iterator[Progress]:
    """A function to report progress to, for as long as the work lasts. ``show`` overrides the look at the terminal."""
    if not (sys.stderr.isatty() if show is None else show):
        from pipelines.progress import quiet

        yield quiet
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True, force_terminal=True), transient=True) as bars:
        tasks = {stage: bars.add_task(name, total=None, visible=False) for stage, name in STAGES.items()}

        def tell(stage: str, done: int, total: int) -> None:
            task = tasks.get(stage)
            if task is None:
                task = tasks[stage] = bars.add_task(stage, total=None)
            bars.update(task, completed=done, total=total or None, visible=True)

        yield tell
