"""``xunjian doctor``: what this machine can and cannot do."""

from __future__ import annotations

import typer

from cli.exits import Exit
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import say

NAME = "doctor"


def command(context: typer.Context, workspace: WorkspaceOption = None) -> int:
    """检查本机和工作区：哪些正常、哪些不行、怎么办。"""
    from cli.doctoring import Check, State, machine, workspace_checks
    from cli.scanning import optional_workspace

    bad = False

    def tell(check: Check) -> None:
        nonlocal bad
        bad = bad or check.state is State.BAD
        say(f"［{check.state.value}］{check.name}：{check.found}" + (f"　→ {check.fix}" if check.fix else ""))

    for check in machine():
        tell(check)
    place = optional_workspace(chosen_workspace(context, workspace))
    if place is None:
        say("［提醒］工作区：本目录及上级目录都没有；检查稿件不需要，巡检请先用 xunjian init 新建")
    else:
        for check in workspace_checks(place):
            tell(check)
    return Exit.USAGE if bad else Exit.CLEAN
