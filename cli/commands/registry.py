"""``xunjian registry``: the register of accounts as the office edits it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.chinese import Command, Group
from cli.exits import Exit
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import say
from domain.errors import ConfigError

if TYPE_CHECKING:
    from domain.account import Account
    from pipelines.workspace import Workspace

NAME = "registry"
app = typer.Typer(cls=Group, help="台账：检查、导入、导出账号表。")

FileArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="文件",
        help="台账（.csv 或 .xlsx）；不写时用工作区 registry/ 下的 accounts.csv 或 accounts.xlsx",
        show_default=False,
    ),
]


@app.command("check", cls=Command)
def check(context: typer.Context, file: FileArgument = None, workspace: WorkspaceOption = None) -> int:
    """检查台账，列出每一处要改的地方和行号；不写入任何内容。"""
    from registry import accounts as register
    from registry.check import advise

    path = file or register_file(_workspace(context, workspace))
    found = register.load(path)
    advice = list(advise(found))
    state = f"可以导入，另有 {len(advice)} 处请核对" if advice else "没有问题"
    say(f"{path.name}：账号 {len(found)} 个，{_by_platform(found)}；{state}")
    for line in advice:
        say(f"  提醒：{line}")
    return Exit.CLEAN


@app.command("import", cls=Command)
def import_file(context: typer.Context, file: FileArgument = None, workspace: WorkspaceOption = None) -> int:
    """把台账导入数据库；台账中已删去的账号不再检查，历史记录保留。"""
    from domain.clock import Clock

    place = _workspace(context, workspace)
    path = file or register_file(place)
    say(import_register(place, path, Clock.system().read()))
    return Exit.CLEAN


@app.command("export", cls=Command)
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="写到哪里（.csv 或 .xlsx）")],
    force: Annotated[bool, typer.Option("--force", help="文件已存在时覆盖")] = False,
    workspace: WorkspaceOption = None,
) -> int:
    """把数据库中的账号导出为台账，可在 Excel 中修改后再导入。"""
    from registry import accounts as register

    place = _workspace(context, workspace)
    if file.exists() and not force:
        raise ConfigError(f"{file}：文件已存在；换一个名字，或加 --force 覆盖")
    with place.open_store() as store:
        found = store.accounts()
    try:
        register.write(file, found)
    except ValueError as error:
        raise ConfigError(str(error)) from error
    say(f"{file}：已写入账号 {len(found)} 个")
    return Exit.CLEAN


def register_file(workspace: Workspace) -> Path:
    """The register in the workspace; raises ``ConfigError`` where there is none or more than one."""
    found = [path for name in ("accounts.csv", "accounts.xlsx") if (path := workspace.registry / name).is_file()]
    if len(found) == 2:
        raise ConfigError(f"{workspace.registry}：accounts.csv 和 accounts.xlsx 都有；请只留一个，或写明用哪一个")
    if not found:
        raise ConfigError(f"{workspace.registry}：没有台账 accounts.csv 或 accounts.xlsx；请放入后重试，或写明文件")
    return found[0]


def import_register(workspace: Workspace, path: Path, at: datetime) -> str:
    """Import ``path`` through the loader in one transaction; what changed, in one Chinese line."""
    from registry import accounts as register

    found = register.load(path)
    with workspace.open_store() as store:
        result = store.put_accounts(found, source="register", at=at)
    changes = f"新增 {len(result.added)}，变更 {len(result.changed)}，移出 {len(result.removed)}"
    return f"{path.name}：在册账号 {len(found)} 个，{_by_platform(found)}；{changes}"


def _by_platform(found: tuple[Account, ...]) -> str:
    from reports import labels

    counts = Counter(account.platform for account in found)
    return "、".join(f"{labels.platform(name)} {count}" for name, count in counts.most_common()) or "还没有账号"


def _workspace(context: typer.Context, workspace: Path | None) -> Workspace:
    from pipelines.workspace import Workspace

    return Workspace.find(chosen_workspace(context, workspace))
