"""``xunjian lexicon``: the word lists."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.chinese import Command, Group
from cli.exits import Exit
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import note, say, say_json
from domain.errors import ConfigError, DocumentError

if TYPE_CHECKING:
    from pipelines.lexicon_impact import Impact

#: Words listed on each side of a comparison.
_TERMS_SHOWN = 30

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


@app.command("impact", cls=Command)
def impact(
    context: typer.Context,
    edited: Annotated[Path, typer.Argument(metavar="改后的词库", help="文件名与要改的词库相同，如 bureau.csv")],
    corpus: Annotated[
        Path | None,
        typer.Option("--corpus", metavar="语料", help="每行一个 JSON 对象；不写时用工作区里已读到的全部内容"),
    ] = None,
    shipped: Annotated[bool, typer.Option("--shipped", help="替换随程序提供的词库，而不是本单位的")] = False,
    style: Annotated[str, typer.Option("--format", metavar="格式", help="text 给人看，json 给程序读")] = "text",
    workspace: WorkspaceOption = None,
) -> int:
    """词库改动的影响：改后多报了什么，少报了什么。"""
    from cli.scanning import optional_workspace, surroundings
    from pipelines import lexicon_impact

    if style not in ("text", "json"):
        raise ConfigError(f"--format：不认识“{style}”；可用：text、json")
    for path in filter(None, (edited, corpus)):
        if not path.is_file():
            raise DocumentError(str(path), "没有这个文件；请核对路径")
    chosen = chosen_workspace(context, workspace)
    folders = surroundings(chosen).lexicon_folders
    problems: list[str] = []
    if corpus is not None:
        texts = lexicon_impact.corpus(corpus, problems.append)
        result = lexicon_impact.compare(edited, texts, *folders, shipped=shipped)
    else:
        place = optional_workspace(chosen)
        if place is None:
            raise ConfigError("--corpus：不在工作区里，没有可比的内容；请用 --corpus 给出语料文件")
        with place.open_store() as store:
            result = lexicon_impact.compare(edited, lexicon_impact.stored(store), *folders, shipped=shipped)
    for problem in problems:
        note(problem)
    if style == "json":
        say_json(asdict(result))
    else:
        _print(result)
    return Exit.USAGE if problems else Exit.CLEAN


def _print(result: Impact) -> None:
    say(f"词库“{result.name}”，比较 {result.documents} 篇：两边都报 {result.kept} 处")
    for title, side in (("改后多报", result.added), ("改后少报", result.removed)):
        say(f"{title} {side.findings} 处，涉及 {side.documents} 篇")
        for term, count in sorted(side.terms.items(), key=lambda item: -item[1])[:_TERMS_SHOWN]:
            say(f"  {term}：{count} 处")
        for change in side.examples:
            say(f"    {change.document}：{' '.join(change.sentence.split())}")
