"""``xunjian import``: posts that people bring, of accounts that no program can read, or not tonight."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.run import DEFAULT_FORMATS, FormatsOption
from cli.exits import Exit, worst
from cli.options import FailOnOption, WorkspaceOption, chosen_workspace, severity
from cli.output import say
from domain.errors import ConfigError

if TYPE_CHECKING:
    from datetime import datetime

    from pipelines.importing_model import Refusal, Tally

NAME = "import"
#: Refused and left-out parts that are listed one by one.
_LISTED = 50


def command(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="文件",
            help="表格（csv、xlsx、xls）、jsonl、json、保存的网页（html、mhtml）或存档（warc）",
            show_default=False,
        ),
    ] = None,
    account: Annotated[
        str, typer.Option("--account", "-a", metavar="账号", help="在册账号的标识或名称", show_default=False)
    ] = "",
    exported_at: Annotated[
        str,
        typer.Option(
            "--exported-at",
            metavar="时间",
            help="从平台导出或保存的时间，如 2026-06-18T22:00；不写时按文件自带的时间，再不然为现在",
            show_default=False,
        ),
    ] = "",
    complete: Annotated[
        bool, typer.Option("--complete", help="文件包含该账号到导出时为止近期发布的全部内容，可据以判断停更")
    ] = False,
    url: Annotated[
        str, typer.Option("--url", metavar="网址", help="保存的网页原来的网址；网页里写明时不用填", show_default=False)
    ] = "",
    check: Annotated[bool, typer.Option("--check", help="只看能导入什么，不写入")] = False,
    template: Annotated[
        str, typer.Option("--template", metavar="平台", help="写出该平台的导入模板，如 视频号", show_default=False)
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="文件", help="模板写到哪里（.xlsx 或 .csv）", show_default=False),
    ] = None,
    fail_on: FailOnOption = "minor",
    to: FormatsOption = DEFAULT_FORMATS,
    workspace: WorkspaceOption = None,
) -> int:
    """导入人工带来的发布内容，照常留证、检查、出报告。"""
    if template:
        return _write_template(template, output)
    if file is None or not account:
        missing = "文件" if file is None else "--account（导入到哪个账号）"
        raise ConfigError(f"xunjian import：缺少{missing}；如 xunjian import 导出.xlsx --account 柳溪民政视频号")
    return _import(context, file, account, _moment(exported_at), complete, url, check, fail_on, to, workspace)


def _import(
    context: typer.Context,
    file: Path,
    account: str,
    exported_at: datetime | None,
    complete: bool,
    url: str,
    check: bool,
    fail_on: str,
    to: str,
    workspace: Path | None,
) -> int:
    from cli.inspecting import exit_code, tell
    from cli.progress import progress
    from cli.reports import chosen_formats
    from cli.target import find_account
    from domain.clock import Clock
    from pipelines import importing, reporting
    from pipelines.workspace import Workspace

    bar, formats = severity(fail_on), chosen_formats(to)
    place = Workspace.find(chosen_workspace(context, workspace))
    with place.open_store() as store:
        found = find_account(store, account)
    order = importing.ImportOrder(path=file, account=found, exported_at=exported_at, complete=complete, url=url)
    target = f"{found.name}（{found.id}）"
    if check:
        tally = importing.check_file(place, order, Clock.system())
        _tell(file.name, target, tally, "可以导入")
        say("只作核对，没有写入")
        return Exit.USAGE if tally.refused else Exit.CLEAN
    with progress() as shown:
        tally, result = importing.import_file(place, order, Clock.system(), shown)
    _tell(file.name, target, tally, "已导入" if result else "没有导入")
    bad = [Exit.USAGE] if tally.refused or result is None else []
    if result is None:
        return worst(bad)
    with place.open_store() as store:
        report = reporting.build(place, store, result.inspection.id)
    tell(place, report, formats)
    return worst([exit_code(report, bar), *bad])


def _tell(name: str, target: str, tally: Tally, done: str) -> None:
    """Every part of the file is accounted for: the numbers add up to what was read."""
    unit = tally.unit
    say(f"{name} → {target}：{tally.shape}，读到 {tally.read} {unit}")
    for note in tally.notes:
        say(f"  {note}")
    kinds = f"新增 {len(tally.new)}，有改动 {len(tally.changed)}，与已存的相同 {len(tally.unchanged)}"
    say(f"{done} {tally.usable} 篇：{kinds}；略过 {len(tally.skipped)}，拒绝 {len(tally.refused)}")
    if tally.without_text:
        say(f"  其中 {tally.without_text} 篇没有正文，只检查标题")
    if tally.without_key:
        say(f"  其中 {tally.without_key} 篇没有编号和可识别的链接，按发布时间和标题辨认；标题改了会被当作另一篇")
    _list("拒绝", tally.refused)
    _list("略过", tally.skipped)


def _list(word: str, parts: list[Refusal]) -> None:
    from scanners.masking import mask_private

    for one in parts[:_LISTED]:
        say(f"  {word}　{one.place}：{mask_private(one.reason)}")
    if len(parts) > _LISTED:
        say(f"  {word}　另有 {len(parts) - _LISTED} 处，原因类似，不一一列出")


def _moment(text: str) -> datetime | None:
    from domain.clock import parse_instant

    if not text:
        return None
    try:
        return parse_instant(text)
    except ValueError:
        raise ConfigError(f"--exported-at：“{text}”不是时间；应如 2026-06-18T22:00") from None


def _write_template(name: str, output: Path | None) -> int:
    from registry import post_columns
    from registry.post_template import write_template

    try:
        found = post_columns.template(name)
        path = output or Path(f"{found.name}导入模板.xlsx")
        if path.exists():
            raise ConfigError(f"{path}：文件已存在，没有覆盖；请用 --output 换一个名字")
        write_template(path, found)
    except ValueError as error:
        raise ConfigError(f"--template：{error}") from error
    required = "、".join(column.header for column in found.columns if column.required)
    say(f"{path}：{found.name}导入模板已写好；必填列：{required}")
    return Exit.CLEAN
