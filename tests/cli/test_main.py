"""What holds of every command: Chinese help, one-line errors, exit codes."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from cli import main as entry
from cli.exits import Exit, judged, worst
from cli.options import severity
from domain.errors import ConfigError, StoreError
from domain.rule import Severity

COMMANDS = {
    "demo": (),
    "init": (),
    "run": (),
    "audit": (),
    "check": (),
    "scan": (),
    "read": (),
    "report": (),
    "doctor": (),
    "registry": ("template", "check", "import", "export", "show"),
    "lexicon": ("check",),
    "rules": ("list", "explain", "coverage"),
    "evidence": ("show", "verify"),
    "credential": ("set", "list", "remove"),
}
CHINESE = re.compile("[\u4e00-\u9fff]")


def test_help_lists_every_command(xunjian):
    ended = xunjian("--help")
    assert ended.code == 0
    for name in COMMANDS:
        assert re.search(rf"│ {name} +\S*[\u4e00-\u9fff]", ended.out), name
    assert xunjian().out == ended.out


@pytest.mark.parametrize(
    "words", [(name, *sub) for name, subs in COMMANDS.items() for sub in [(), *((s,) for s in subs)]]
)
def test_every_command_has_chinese_help(xunjian, words):
    ended = xunjian(*words, "--help")
    assert ended.code == 0
    assert f"用法：xunjian {' '.join(words)}" in ended.out
    assert "显示这份帮助" in ended.out
    for english in ("Usage", "Options", "Arguments", "Commands", "Show this message", "required", "default:", "<bool>"):
        assert english not in ended.out


def test_version_is_told(xunjian):
    assert re.fullmatch(r"xunjian \d+\.\d+\n", xunjian("--version").out)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["chek"], "xunjian：没有命令 chek；相近：check；用法见 xunjian --help"),
        (["check"], "xunjian check：缺少参数 文件；用法见 xunjian check --help"),
        (["check", "--formt", "x"], "xunjian check：没有选项 --formt；相近：--format；用法见 xunjian check --help"),
        (["read", "x"], "xunjian read：缺少选项 --platform；用法见 xunjian read --help"),
        (["rules"], "xunjian rules：缺少命令；用法见 xunjian rules --help"),
        (["rules", "list", "x"], "xunjian rules list：多出参数 x；用法见 xunjian rules list --help"),
        (["scan", "a", "b", "--workers", "x"], "xunjian scan：选项 --workers 应为数字；用法见 xunjian scan --help"),
        (["scan", "a", "b", "--workers", "-1"], "xunjian scan：选项 --workers 不能小于 0；用法见 xunjian scan --help"),
        (["check", "a", "--fail-on", "x"], "--fail-on：不认识级别“x”"),
        (["check", "没有.txt"], "没有.txt：没有这个文件；请核对路径"),
        (["check", "."], ".：这是目录，不是文件；请给出其中的一个文件"),
        (["run"], "xunjian init"),
        (["report", "--to", "pptx"], "--to：没有“pptx”这种报告格式；可用：csv、docx、html、json、pdf、xlsx"),
    ],
)
def test_bad_usage_is_told_in_one_chinese_line(xunjian, words, told):
    ended = xunjian(*words)
    assert ended.code == Exit.USAGE
    assert ended.out == ""
    assert ended.err.count("\n") == 1
    assert told in ended.err


def test_unforeseen_error_shows_its_kind_and_never_its_text(xunjian, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise KeyError("正文里的内容")

    monkeypatch.setattr("cli.drafting.read_bytes", fail)
    ended = xunjian("check", "x")
    assert ended.code == Exit.USAGE
    assert "KeyError" in ended.err
    assert "正文里的内容" not in ended.err
    assert ended.err.count("\n") == 1
    monkeypatch.setenv(entry.DEBUG, "1")
    assert "Traceback" in xunjian("check", "x").err


@pytest.mark.parametrize("error", [ConfigError("甲：乙；丙"), StoreError("数据库：打不开；请检查")])
def test_error_for_a_person_is_printed_as_it_is(xunjian, monkeypatch, error):
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("cli.drafting.read_bytes", fail)
    ended = xunjian("check", "x")
    assert (ended.code, ended.err) == (Exit.USAGE, f"{error}\n")


def test_interruption_says_how_to_go_on(xunjian, monkeypatch):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cli.drafting.read_bytes", interrupt)
    ended = xunjian("check", "x")
    assert ended.code == 130
    assert "再次运行同一命令" in ended.err


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((), Exit.CLEAN),
        ((Exit.FINDINGS,), Exit.FINDINGS),
        ((Exit.FINDINGS, Exit.INCOMPLETE), Exit.INCOMPLETE),
        ((Exit.INCOMPLETE, Exit.USAGE, Exit.FINDINGS), Exit.USAGE),
    ],
)
def test_two_beats_three_beats_one(codes, expected):
    assert worst(codes) is expected


def test_only_findings_at_the_bar_count():
    assert judged([Severity.NOTICE], Severity.MINOR, complete=True) is Exit.CLEAN
    assert judged([Severity.MINOR], Severity.MINOR, complete=True) is Exit.FINDINGS
    assert judged([Severity.VETO], Severity.MAJOR, complete=False) is Exit.INCOMPLETE
    assert judged([], Severity.MINOR, complete=False, usable=False) is Exit.USAGE


def test_severity_may_be_written_in_chinese():
    assert severity("较重") is Severity.MAJOR
    assert severity("VETO") is Severity.VETO


def test_reader_that_goes_away_is_no_error(tmp_path):
    command = [sys.executable, "-c", "import sys; from cli.main import main; sys.exit(main(['rules', 'list']))"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path)
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=60), error) == (0, b"")
