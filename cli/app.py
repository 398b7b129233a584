"""All commands of ``xunjian``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import TyperException

from cli.chinese import Command, Group, usage_error
from cli.commands import (
    audit,
    check,
    counterfeits,
    credential,
    demo,
    doctor,
    document,
    evidence,
    import_posts,
    init,
    lexicon,
    message,
    read,
    receive,
    rectify,
    registry,
    report,
    repost,
    rules,
    run,
    scan,
    triage,
)
from cli.exits import Exit
from cli.options import WorkspaceOption
from cli.output import note

app = typer.Typer(
    name="xunjian",
    cls=Group,
    add_completion=False,
    help="政务新媒体巡检：读取台账上的账号发布了什么，对照管理制度和词库检查，给出问题、依据和报告。",
    epilog="退出码：0 没有问题；1 有达到 --fail-on 的问题；3 有账号或内容未能检查；2 输入、配置或用法有误。",
)


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    version: Annotated[bool, typer.Option("--version", help="显示版本")] = False,
) -> int | None:
    context.obj = workspace
    if version:
        from cli.version import PROGRAM

        sys.stdout.write(f"{PROGRAM}\n")
        raise typer.Exit(Exit.CLEAN)
    if context.invoked_subcommand is None:
        sys.stdout.write(context.get_help() + "\n")
        raise typer.Exit(Exit.CLEAN)
    return None


for _module in (demo, init, run, audit, import_posts, receive, check, scan, read, report, doctor):
    app.command(name=_module.NAME, cls=Command)(_module.command)
for _group in (
    registry,
    lexicon,
    rules,
    evidence,
    credential,
    counterfeits,
    message,
    triage,
    rectify,
    repost,
    document,
):
    app.add_typer(_group.app, name=_group.NAME)


def start(arguments: Sequence[str] | None) -> int | None:
    """Run the command that ``arguments`` name (``None``: those of this process), and return its exit code."""
    try:
        result: int | None = app(args=arguments, standalone_mode=False, prog_name="xunjian")
    except TyperException as error:
        note(usage_error(error))
        return Exit.USAGE
    except typer.Abort:
        raise KeyboardInterrupt from None
    return result
