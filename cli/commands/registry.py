"""``xunjian registry``: the register of accounts as the office edits it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import office
from cli.chinese import Command, Group
from cli.exits import Exit
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import say
from domain.errors import ConfigError

if TYPE_CHECKING:
    from domain.account import Account
    from domain.register import Record
    from pipelines.workspace import Workspace
    from registry.sheets.loader import Brought

NAME = "registry"
app = typer.Typer(cls=Group, help="台账：模板、检查、导入、导出账号和其他各表。")

FileArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="文件",
        help="台账（.csv 或 .xlsx）；不写时用工作区 registry/ 下的 accounts.csv 或 accounts.xlsx",
        show_default=False,
    ),
]


KindOption = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="表名",
        help="哪一种表，如 人员、值班表、信息发布审批；文件中看不出时才要写",
        show_default=False,
    ),
]
ForceOption = Annotated[bool, typer.Option("--force", help="文件已存在时覆盖")]


@app.command("template", cls=Command)
def template(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="写到哪里（.xlsx；只写一种表时也可以是 .csv）")],
    kind: Annotated[str, typer.Option("--kind", metavar="表名", help="只写这一种表", show_default=False)] = "",
    force: ForceOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    """写出空白的台账模板：各表的表头、下拉选项和填写说明。"""
    place = _workspace_or_none(context, workspace)
    accounts: tuple[Account, ...] = ()
    units: tuple[str, ...] = ()
    if place is not None:
        with place.open_store() as store:
            accounts, units = store.accounts(), tuple(each.key for each in store.records("unit"))
    _write(file, kind, {}, accounts, units, force=force, with_rows=False)
    say(f"{file}：模板已写好，填写说明在“说明”表；填好后用 xunjian registry check 检查，再用 registry import 导入")
    return Exit.CLEAN


@app.command("check", cls=Command)
def check(
    context: typer.Context, file: FileArgument = None, kind: KindOption = "", workspace: WorkspaceOption = None
) -> int:
    """检查台账，列出每一处要改的地方和行号；不写入任何内容。"""
    from registry import accounts as register
    from registry.check import advise

    path = file or register_file(_workspace(context, workspace))
    if not kind and office.is_account_file(path):
        found = register.load(path)
        advice = list(advise(found))
        state = f"可以导入，另有 {len(advice)} 处请核对" if advice else "没有问题"
        say(f"{path.name}：账号 {len(found)} 个，{_by_platform(found)}；{state}")
        for line in advice:
            say(f"  提醒：{line}")
        return Exit.CLEAN
    brought = _load(path, kind, _workspace_or_none(context, workspace))
    for line in office.summary(brought):
        say(line)
    for line in advise(brought.accounts or ()):
        say(f"  提醒：{line}")
    say("可以导入，没有写入任何内容")
    return Exit.CLEAN


@app.command("import", cls=Command)
def import_file(
    context: typer.Context,
    file: FileArgument = None,
    kind: KindOption = "",
    whole: Annotated[
        bool, typer.Option("--whole", help="每张表都按完整台账对待：文件中没有的记录移出（历史保留）")
    ] = False,
    workspace: WorkspaceOption = None,
) -> int:
    """把台账导入数据库，要么全部导入，要么全部不导入；移出的账号和记录保留历史。"""
    from domain.clock import Clock

    place = _workspace(context, workspace)
    path = file or register_file(place)
    at = Clock.system().read()
    if not kind and office.is_account_file(path):
        say(import_register(place, path, at))
        return Exit.CLEAN
    brought = _load(path, kind, place)
    with place.open_store() as store:
        changes = office.put(store, brought, at, whole=whole)
    for line in (*office.summary(brought), *changes):
        say(line)
    return Exit.CLEAN


@app.command("export", cls=Command)
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="写到哪里（.csv 或 .xlsx）")],
    everything: Annotated[bool, typer.Option("--all", help="连同其他各表一起导出（只能是 .xlsx）")] = False,
    kind: Annotated[str, typer.Option("--kind", metavar="表名", help="只导出这一种表", show_default=False)] = "",
    force: ForceOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    """把数据库中的台账导出，可在 Excel 中修改后再导入；不加选项时只导出账号。"""
    from registry import accounts as register
    from registry.sheets.catalogue import SHEETS

    place = _workspace(context, workspace)
    with place.open_store() as store:
        found = store.accounts()
        wanted = [office.sheet_of(kind).kind.kind] if kind else list(SHEETS) if everything else []
        records = {name: store.records(name) for name in wanted}
    if wanted:
        units = tuple(each.key for each in records.get("unit", ()))
        _write(file, kind, records, found, units, force=force, with_rows=True)
        told = "、".join(f"{SHEETS[name].title} {len(given)} 条" for name, given in records.items() if given)
        own = "" if kind else f"账号 {len(found)} 个，"
        say(f"{file}：已写入{own}{told or '没有其他记录'}；文件中有工作人员的电话，请妥善保管")
        return Exit.CLEAN
    _refuse_existing(file, force=force)
    try:
        register.write(file, found)
    except ValueError as error:
        raise ConfigError(str(error)) from error
    say(f"{file}：已写入账号 {len(found)} 个")
    return Exit.CLEAN


@app.command("show", cls=Command)
def show(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="表名", help="如 人员、备案事项、值班表")],
    workspace: WorkspaceOption = None,
) -> int:
    """列出数据库中一种表的全部记录；电话号码遮盖。"""
    sheet = office.sheet_of(kind)
    with _workspace(context, workspace).open_store() as store:
        records = store.records(sheet.kind.kind)
    office.show(sheet, records)
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


def _load(path: Path, kind: str, place: Workspace | None) -> Brought:
    from registry.sheets import loader

    if place is None:
        return loader.load(path, None, kind=kind)
    with place.open_store() as store:
        return loader.load(path, office.on_file(store, place), kind=kind)


def _write(
    file: Path,
    kind: str,
    records: Mapping[str, Sequence[Record]],
    accounts: tuple[Account, ...],
    units: tuple[str, ...],
    *,
    force: bool,
    with_rows: bool,
) -> None:
    from registry.sheets import writing

    sheet = office.sheet_of(kind) if kind else None
    _refuse_existing(file, force=force)
    try:
        if file.suffix.lower() == ".csv" and sheet is not None:
            writing.write_sheet_csv(file, sheet, records.get(sheet.kind.kind, ()))
        elif file.suffix.lower() == ".xlsx":
            sheets = writing.known_sheets() if sheet is None else (sheet,)
            own = accounts if with_rows else ()
            writing.write_workbook(
                file, sheets, records, own, with_accounts=sheet is None, units=units, offered=accounts
            )
        else:
            raise ConfigError(f"{file}：各表合在一起只能写成 .xlsx；要 .csv 请用 --kind 写明哪一种表")
    except ValueError as error:
        raise ConfigError(str(error)) from error


def _refuse_existing(file: Path, *, force: bool) -> None:
    if file.exists() and not force:
        raise ConfigError(f"{file}：文件已存在；换一个名字，或加 --force 覆盖")


def _by_platform(found: tuple[Account, ...]) -> str:
    from reports import labels

    counts = Counter(account.platform for account in found)
    return "、".join(f"{labels.platform(name)} {count}" for name, count in counts.most_common()) or "还没有账号"


def _workspace_or_none(context: typer.Context, workspace: Path | None) -> Workspace | None:
    """The workspace; ``None`` where nobody named one and there is none around here."""
    chosen = chosen_workspace(context, workspace)
    try:
        return _workspace(context, workspace)
    except ConfigError:
        if chosen is not None:
            raise
        return None


def _workspace(context: typer.Context, workspace: Path | None) -> Workspace:
    from pipelines.workspace import Workspace

    return Workspace.find(chosen_workspace(context, workspace))
