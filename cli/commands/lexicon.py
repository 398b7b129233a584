"""``xunjian lexicon``: the word lists."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.chinese import Command, Group
from cli.exits import Exit
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import note, say

NAME = "lexicon"
app = typer.Typer(cls=Group, help="词库：检查表格、应报和不报的例句。")


@app.callback(invoke_without_command=True)
def _lexicon(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        say(context.get_help())
        raise typer.Exit(Exit.CLEAN)


@app.command("check", cls=Command)
def check(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="文件", help="要检查的词库；不写时检查全部", show_default=False)
    ] = None,
    workspace: WorkspaceOption = None,
) -> int:
    """检查词库：格式对不对，应报的报不报，不报的是不是不报。"""
    import lexicons
    from cli.scanning import surroundings
    from pipelines import lexicon_check

    around = surroundings(chosen_workspace(context, workspace))
    result = lexicon_check.check(lexicons.SHIPPED, *around.lexicon_folders, files=files or ())
    for problem in result.problems:
        note(str(problem))
    if result.problems:
        note(f"共 {len(result.problems)} 处要改；改好后再运行一次 xunjian lexicon check")
        return Exit.USAGE
    say(f"词库 {result.lexicons} 个，词语 {result.terms} 条，例句 {result.examples} 句：全部符合")
    return Exit.CLEAN
