"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.grades import severity

__all__ = ["FailOnOption", "WorkspaceOption", "chosen_workspace", "severity"]

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        metavar="目录",
        help="工作区目录；不写时用环境变量 XUNJIAN_HOME，再不然取当前目录及上级中含 xunjian.toml 的目录",
        show_default=False,
    ),
]
FailOnOption = Annotated[
    str,
    typer.Option("--fail-on", metavar="级别", help="达到这个级别的问题使退出码为 1：veto、major、minor、notice"),
]


def chosen_workspace(context: typer.Context, workspace: Path | None) -> Path | None:
    """The workspace given to the command, else the one given before its name."""
    root: Any = context.find_root().obj
    return workspace if workspace is not None else root
