"""Runs the command line in this process, as a person would type it."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pytest

from cli.main import main
from replica.identities import Identities


@dataclass(frozen=True)
class Ended:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


class _Input(io.TextIOWrapper):
    def isatty(self) -> bool:
        return False


@pytest.fixture
def xunjian(capsys, monkeypatch, tmp_path):
    """Run one command line in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XUNJIAN_HOME", raising=False)
    monkeypatch.delenv("XUNJIAN_DEBUG", raising=False)

    def run(*arguments: object, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr("sys.stdin", _Input(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ended(code, captured.out, captured.err)

    return run


@pytest.fixture
def people() -> Identities:
    """Numbers of nobody."""
    return Identities(8)


@pytest.fixture
def workspace(xunjian, tmp_path):
    """A new workspace of the fictional bureau."""
    folder = tmp_path / "巡检"
    assert xunjian("init", folder, "--bureau", "柳溪市民政局", "--contact", "web@liuxi.example").code == 0
    return folder
