"""``xunjian document``: the papers that an office signs, and the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.chinese import Command, Group
from cli.exits import Exit
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import say
from domain.errors import ConfigError

if TYPE_CHECKING:
    from domain.period import Period
    from pipelines.workspace import Workspace
    from reports.documents.content import Official

NAME = "document"
app = typer.Typer(cls=Group, help="公文和台账：通报、整改通知书、回执、致函、关停报告、季度和年度总结、违规台账。")

FORMS = "docx"
TABLES = "xlsx"
ToOption = Annotated[str, typer.Option("--to", metavar="格式", help="docx、pdf，用逗号分开")]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="目录", help="写到哪里；不写时为工作区的 reports/", show_default=False)
]
PeriodOption = Annotated[
    str,
    typer.Option("--period", metavar="时期", help="2026Q3 为季度，2026 为年度，2026-09 为月份；不写时为刚结束的季度",
                 show_default=False),
]  # fmt: skip
SignerOption = Annotated[
    str, typer.Option("--signer", metavar="名称", help="落款单位；不写时为“局名＋办公室”", show_default=False)
]
HeadOption = Annotated[
    str, typer.Option("--letterhead", metavar="名称", help="印红头（发文机关标志）；不写时不印", show_default=False)
]
NumberOption = Annotated[
    str,
    typer.Option("--number", metavar="文号", help="发文字号，如 柳民办〔2026〕8号；只在印红头时用", show_default=False),
]
NoticeArgument = Annotated[str, typer.Argument(metavar="通知书", help="编号，如 媒整〔2026〕3号，也可只写 2026-3")]
MatterArgument = Annotated[str, typer.Argument(metavar="事项", help="xunjian rectify event 登记的编号")]


@app.command("circular", cls=Command)
def circular(
    context: typer.Context,
    period: PeriodOption = "",
    to: ToOption = FORMS,
    out: OutOption = None,
    signer: SignerOption = "",
    letterhead: HeadOption = "",
    number: NumberOption = "",
    reply_by: Annotated[
        str | None, typer.Option("--reply-by", metavar="日期", help="整改情况报送期限", show_default=False)
    ] = None,
    workspace: WorkspaceOption = None,
) -> int:
    """检查情况通报：只写研判属实的问题，附问题名单、各单位整改情况、统计和转载情况。"""
    from cli.dates import day_of
    from cli.papers import tell_period
    from domain.clock import Clock
    from pipelines import documents
    from reports.documents import circular as wording

    place = _workspace(context, workspace)
    chosen = _period(period)
    with place.open_store() as store:
        facts = documents.facts(
            place, store, chosen, Clock.system().read(), signer=signer, reply_by=day_of("--reply-by", reply_by)
        )
    tell_period(facts, asks=True)
    return _write(place, out, to, wording.circular(facts, letterhead=letterhead, number=number))


@app.command("quarterly", cls=Command)
def quarterly(
    context: typer.Context,
    period: PeriodOption = "",
    to: ToOption = FORMS,
    out: OutOption = None,
    recipient: Annotated[str, typer.Option("--recipient", metavar="单位", help="主送机关")] = "市政府办公室",
    letterhead: HeadOption = "",
    number: NumberOption = "",
    workspace: WorkspaceOption = None,
) -> int:
    """季度工作情况报告，数字与违规台账一致。"""
    return _summary(_workspace(context, workspace), _period(period), to, out, recipient, letterhead, number)


@app.command("yearly", cls=Command)
def yearly(
    context: typer.Context,
    year: Annotated[str, typer.Argument(metavar="年份", help="如 2026")],
    to: ToOption = FORMS,
    out: OutOption = None,
    recipient: Annotated[str, typer.Option("--recipient", metavar="单位", help="主送机关")] = "市政府办公室",
    letterhead: HeadOption = "",
    number: NumberOption = "",
    workspace: WorkspaceOption = None,
) -> int:
    """年度工作总结报告，含各季度对比，数字与违规台账一致。"""
    if not year.strip().isdecimal():
        raise ConfigError(f"{year}：不是年份；请写成 2026 这样")
    return _summary(_workspace(context, workspace), _period(year), to, out, recipient, letterhead, number)


@app.command("notice", cls=Command)
def notice(
    context: typer.Context,
    number: NoticeArgument,
    to: ToOption = FORMS,
    out: OutOption = None,
    signer: SignerOption = "",
    letterhead: HeadOption = "",
    workspace: WorkspaceOption = None,
) -> int:
    """整改通知书：问题清单和回执在附件中。先用 xunjian rectify notice 发出。"""
    from pipelines import documents

    place = _workspace(context, workspace)
    with place.open_store() as store:
        paper = documents.notice_of(place, store, number, signer=signer, letterhead=letterhead)
    return _write(place, out, to, paper)


@app.command("reply-form", cls=Command)
def reply_form(
    context: typer.Context,
    number: NoticeArgument,
    to: ToOption = FORMS,
    out: OutOption = None,
    signer: SignerOption = "",
    workspace: WorkspaceOption = None,
) -> int:
    """单独的整改回执，发给单位填写。"""
    from pipelines import documents

    place = _workspace(context, workspace)
    with place.open_store() as store:
        paper = documents.reply_form_of(place, store, number, signer=signer)
    return _write(place, out, to, paper)


@app.command("counterfeit-letter", cls=Command)
def counterfeit_letter(
    context: typer.Context,
    matter: MatterArgument,
    operator: Annotated[
        str, typer.Option("--operator", metavar="公司", help="平台运营方全称；不写时留空", show_default=False)
    ] = "",
    office: Annotated[str, typer.Option("--office", metavar="单位", help="网信部门")] = "市委网信办",
    to: ToOption = FORMS,
    out: OutOption = None,
    letterhead: HeadOption = "",
    workspace: WorkspaceOption = None,
) -> int:
    """假冒账号的两份函：致平台运营方要求关停，商请网信部门协同处置。"""
    from domain.clock import Clock
    from pipelines import documents

    place = _workspace(context, workspace)
    with place.open_store() as store:
        papers = documents.counterfeit_letters(
            place, store, matter, Clock.system().read(), operator=operator, office=office, letterhead=letterhead
        )
    return _write(place, out, to, *papers)


@app.command("closure-report", cls=Command)
def closure_report(
    context: typer.Context,
    matter: MatterArgument,
    recipient: Annotated[str, typer.Option("--recipient", metavar="单位", help="主送机关")] = "市政府办公室",
    to: ToOption = FORMS,
    out: OutOption = None,
    letterhead: HeadOption = "",
    workspace: WorkspaceOption = None,
) -> int:
    """紧急关停报告，附处置步骤登记表。"""
    from domain.clock import Clock
    from pipelines import documents

    place = _workspace(context, workspace)
    with place.open_store() as store:
        paper = documents.closure_report(
            place, store, matter, Clock.system().read(), to=recipient, letterhead=letterhead
        )
    return _write(place, out, to, paper)


@app.command("ledger", cls=Command)
def ledger(
    context: typer.Context,
    period: Annotated[
        str, typer.Option("--period", metavar="时期", help="2026Q3、2026 或 2026-09；不写时为全部", show_default=False)
    ] = "",
    to: Annotated[str, typer.Option("--to", metavar="格式", help="xlsx、csv、json，用逗号分开")] = TABLES,
    out: OutOption = None,
    workspace: WorkspaceOption = None,
) -> int:
    """违规台账：每个问题一行，连同研判、通知、整改和复查；另有统计和证据两页。"""
    from cli.papers import chosen, file_name, whole_file
    from domain.clock import Clock
    from pipelines import documents
    from pipelines import ledger as source
    from reports import ledger_book, ledger_text

    writers = {"xlsx": ledger_book.write, "csv": ledger_text.write_csv, "json": ledger_text.write_json}
    place = _workspace(context, workspace)
    when = _period(period) if period else None
    now = Clock.system().read()
    head = documents.ledger_head(place, now, when)
    stem = file_name(head.title + (f"（{when.label}）" if when else ""))
    with place.open_store() as store:
        for form in chosen("--to", to, tuple(writers)):
            path = (out or place.reports) / f"{stem}.{form}"
            since, until = (when.begins, when.ends) if when else (None, None)
            with whole_file(path) as part:
                tally = writers[form](part, head, source.rows(place, store, now, since=since, until=until))
            say(f"台账　{path}　{tally.rows} 条，属实 {tally.problems} 个，未销号 {tally.unmended} 个")
    return Exit.CLEAN


def _summary(
    place: Workspace, period: Period, to: str, out: Path | None, recipient: str, letterhead: str, number: str
) -> int:
    from cli.papers import tell_period
    from domain.clock import Clock
    from pipelines import documents
    from reports.documents import circular as wording

    with place.open_store() as store:
        facts = documents.facts(place, store, period, Clock.system().read())
    tell_period(facts)
    return _write(place, out, to, wording.summary(facts, to=recipient, letterhead=letterhead, number=number))


def _period(said: str) -> Period:
    from domain.clock import Clock, in_china
    from domain.period import period_of, quarter_before

    if not said.strip():
        return quarter_before(in_china(Clock.system().read()).date())
    try:
        return period_of(said)
    except ValueError as error:
        raise ConfigError(f"--period：{error}") from error


def _write(place: Workspace, out: Path | None, to: str, *papers: Official) -> int:
    from cli.papers import FORMS as KNOWN
    from cli.papers import chosen, write_papers

    write_papers(papers, out or place.reports, chosen("--to", to, KNOWN))
    return Exit.CLEAN


def _workspace(context: typer.Context, workspace: Path | None) -> Workspace:
    from pipelines.workspace import Workspace

    return Workspace.find(chosen_workspace(context, workspace))
