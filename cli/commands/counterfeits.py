"""``xunjian counterfeits``: accounts that nobody filed, from search results that people bring."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.chinese import Command, Group
from cli.exits import Exit
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import note, say

if TYPE_CHECKING:
    from pipelines.workspace import Workspace

NAME = "counterfeits"
app = typer.Typer(cls=Group, help="疑似假冒和未登记账号：导入搜索结果，比对，确认或排除。")

NumberArgument = Annotated[str, typer.Argument(metavar="编号", help="list 列出的编号（可只写前 6 位以上）")]


@app.command("import", cls=Command)
def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="在各平台搜索后抄下的结果（.csv 或 .xlsx）")],
    workspace: WorkspaceOption = None,
) -> int:
    """导入搜索结果并与台账比对。列：平台、账号名称，可有账号标识、简介、认证主体、主体类型、认证标志、头像（图片文件名）。"""
    from domain.clock import Clock
    from domain.errors import ConfigError
    from pipelines.counterfeits import bring

    place = _workspace(context, workspace)
    if not file.is_file():
        raise ConfigError(f"{file}：没有这个文件；请核对路径")
    with place.open_store() as store:
        done = bring(place, store, file, Clock.system().read())
    for line in (*done.refused, *done.notes):
        note(line)
    say(
        f"{file.name}：{done.rows} 行，新列入 {done.new}，已列入过 {done.known}，以前排除过 {done.dismissed}，"
        f"与本局无关或已在台账 {done.harmless}，没有采用 {len(done.refused)}"
    )
    if done.new:
        say("请用 xunjian counterfeits list 查看，核实后 confirm 确认或 dismiss 排除")
    return Exit.FINDINGS if done.new else Exit.CLEAN


@app.command("list", cls=Command)
def list_all(context: typer.Context, workspace: WorkspaceOption = None) -> int:
    """列出疑似假冒和未登记的账号，以及理由。"""
    from pipelines.counterfeits import lines
    from reports import labels

    with _workspace(context, workspace).open_store() as store:
        found = lines(store)
    for one in found:
        state = "，已确认" if one.state == "confirmed" else ""
        key = f"（{one.key}）" if one.key else ""
        say(f"{one.id[:12]}　{labels.CANDIDATE[one.kind]}{state}　{labels.platform(one.platform)}　{one.name}{key}")
        say(f"  近似于 {one.resembles}；认证主体 {one.subject or '没有'}；{'；'.join(one.reasons)}")
    if not found:
        say("没有疑似假冒和未登记的账号；用 xunjian counterfeits import 导入搜索结果")
    return Exit.CLEAN


@app.command("confirm", cls=Command)
def confirm(context: typer.Context, number: NumberArgument, workspace: WorkspaceOption = None) -> int:
    """人工核实后确认：留在报告中，供商请网信、公安和平台处理，或补办备案。"""
    from pipelines.counterfeits import find

    with _workspace(context, workspace).open_store() as store:
        one = find(store, number)
        store.confirm_candidate(one.id)
    say(f"{one.id[:12]}：已确认")
    return Exit.CLEAN


@app.command("dismiss", cls=Command)
def dismiss(context: typer.Context, number: NumberArgument, workspace: WorkspaceOption = None) -> int:
    """人工核实后排除：资料随即删除，只留一个不可还原的编号，以后不再列出。"""
    from domain.clock import Clock
    from pipelines.counterfeits import find

    with _workspace(context, workspace).open_store() as store:
        one = find(store, number)
        store.dismiss_candidate(one.id, Clock.system().read())
    say(f"{one.id[:12]}：已排除，资料已删除")
    return Exit.CLEAN


def _workspace(context: typer.Context, workspace: Path | None) -> Workspace:
    from pipelines.workspace import Workspace

    return Workspace.find(chosen_workspace(context, workspace))
