"""``xunjian credential``: secrets of the platforms' interfaces, sealed in the workspace."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.chinese import Command, Group
from cli.exits import Exit
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import say
from domain.errors import ConfigError

if TYPE_CHECKING:
    from pipelines.workspace import Workspace

NAME = "credential"
app = typer.Typer(cls=Group, help="凭据：各平台接口的密钥，加密存放在工作区。")

NameArgument = Annotated[str, typer.Argument(metavar="名称", help="台账“读取方式”中所写的凭据名称，如 wechat-main")]


@app.command("set", cls=Command)
def set_values(
    context: typer.Context,
    name: NameArgument,
    fields: Annotated[
        list[str],
        typer.Argument(metavar="项", help="要填的项，如 appid secret；值从标准输入逐行读取，终端上不显示"),
    ],
    expires: Annotated[
        str,
        typer.Option(
            "--expires", metavar="日期", help="这份凭据哪天到期，如 2026-12-31；快到时提醒一次", show_default=False
        ),
    ] = "",
    workspace: WorkspaceOption = None,
) -> int:
    """登记或更换一份凭据。值不写在命令行上，以免留在命令历史里。"""
    from domain.clock import Clock, in_china
    from store.credentials import DATES, EXPIRES_ON, SET_ON

    place = _workspace(context, workspace)
    for field in fields:
        if "=" in field:
            raise ConfigError(f"{field.split('=')[0]}=…：值不能写在命令行上；只写项名，再按提示输入值")
        if field in DATES:
            raise ConfigError(f"{field}：这是程序自己记的日期，不用登记；到期日请用 --expires 写")
    dates = {SET_ON: in_china(Clock.system().read()).date().isoformat()}
    if expires:
        dates[EXPIRES_ON] = _day(expires)
    entries = place.credentials()
    entries[name] = {field: _ask(name, field) for field in fields} | dates
    place.put_credentials(entries)
    with place.open_store() as store:
        store.forget_token(f"credential:{name}")
    until = f"，{dates[EXPIRES_ON]} 到期" if expires else ""
    say(f"凭据 {name} 已保存（{'、'.join(fields)}）{until}")
    return Exit.CLEAN


@app.command("list", cls=Command)
def list_names(context: typer.Context, workspace: WorkspaceOption = None) -> int:
    """列出已登记的凭据（只有名称和项，没有值）。"""
    from store.credentials import DATES, EXPIRES_ON, SET_ON

    entries = _workspace(context, workspace).credentials()
    for name, values in sorted(entries.items()):
        dates = [f"{word} {values[key]}" for key, word in ((SET_ON, "登记于"), (EXPIRES_ON, "到期")) if values.get(key)]
        fields = "、".join(sorted(set(values) - DATES))
        say("\t".join((name, fields, *dates)))
    if not entries:
        say("还没有登记凭据；用 xunjian credential set 登记")
    return Exit.CLEAN


@app.command("remove", cls=Command)
def remove(context: typer.Context, name: NameArgument, workspace: WorkspaceOption = None) -> int:
    """删除一份凭据。"""
    place = _workspace(context, workspace)
    entries = place.credentials()
    if name not in entries:
        known = "、".join(sorted(entries)) or "（一份也没有）"
        raise ConfigError(f"没有名为 {name} 的凭据；已登记：{known}")
    del entries[name]
    place.put_credentials(entries)
    with place.open_store() as store:
        store.forget_token(f"credential:{name}")
    say(f"凭据 {name} 已删除")
    return Exit.CLEAN


def _day(text: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise ConfigError(f"--expires {text}：不是日期；请写成 2026-12-31 这样") from error


def _ask(name: str, field: str) -> str:
    if sys.stdin.isatty():
        import getpass

        value = getpass.getpass(f"{name} 的 {field}（输入时不显示）：", stream=sys.stderr)
    else:
        value = sys.stdin.readline()
    value = value.strip()
    if not value:
        raise ConfigError(f"{name} 的 {field} 是空的；没有保存，请重新输入")
    return value


def _workspace(context: typer.Context, workspace: Path | None) -> Workspace:
    from pipelines.workspace import Workspace

    return Workspace.find(chosen_workspace(context, workspace))
