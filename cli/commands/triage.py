"""``xunjian triage``: findings judged by people, also as an Excel round trip."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.chinese import Command, Group
from cli.exits import Exit
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import note, say, table
from domain.errors import ConfigError

if TYPE_CHECKING:
    from pipelines.workspace import Workspace

NAME = "triage"
app = typer.Typer(cls=Group, help="研判：导出研判表，导入结论，复核全局排除，按结论统计准确率。")

ByOption = Annotated[str, typer.Option("--by", metavar="姓名", help="研判人；表中“研判人”一列写了的以表为准")]
NumberArgument = Annotated[int, typer.Argument(metavar="编号", help="list 列出的同类排除编号")]
PersonOption = Annotated[str, typer.Option("--by", metavar="姓名", help="经办人")]


@app.command("export", cls=Command)
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="写到哪里（.xlsx 或 .csv）")],
    everything: Annotated[bool, typer.Option("--all", help="连同已经研判、已不再出现的问题")] = False,
    force: Annotated[bool, typer.Option("--force", help="文件已存在时覆盖")] = False,
    workspace: WorkspaceOption = None,
) -> int:
    """导出待研判的问题，在 Excel 中填写结论后再导入。"""
    from domain.clock import Clock
    from pipelines.triage import sheet_rows
    from reports import triage_sheet

    place = _workspace(context, workspace)
    if file.suffix.lower() not in (".xlsx", ".csv"):
        raise ConfigError(f"{file}：研判表只有 .xlsx 和 .csv 两种；请改文件名")
    if file.exists() and not force:
        raise ConfigError(f"{file}：文件已存在；换一个名字，或加 --force 覆盖")
    with place.open_store() as store:
        rows = sheet_rows(store, Clock.system().read(), everything=everything)
    triage_sheet.write(file, rows)
    say(f"{file}：已写入 {len(rows)} 个问题；请在“结论”“理由”等列填写，其余各列不要改")
    return Exit.CLEAN


@app.command("import", cls=Command)
def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="填好的研判表（.xlsx 或 .csv）")],
    by: ByOption = "",
    partial: Annotated[bool, typer.Option("--partial", help="有错的行跳过，其余照样导入")] = False,
    workspace: WorkspaceOption = None,
) -> int:
    """导入研判结论。有一行不对就整份不导入，并列出每一处；同一份表导入两次不会重复。"""
    from domain.clock import Clock
    from pipelines.triage import bring

    place = _workspace(context, workspace)
    with place.open_store() as store:
        done = bring(place, store, file, by, Clock.system().read(), partial=partial)
    for line in (*done.wrong, *done.notes):
        note(line)
    if done.wrong and not partial:
        note(f"{file.name}：{len(done.wrong)} 行有误，整份没有导入；改好后重新导入，或加 --partial 只导入正确的行")
        return Exit.USAGE
    applied = f"，另有同类 {done.applied} 个随之排除" if done.applied else ""
    say(
        f"{file.name}：{done.rows} 行，导入结论 {done.written} 个{applied}；"
        f"以前已导入 {done.known}，没写结论 {done.blank}，有误 {len(done.wrong)}"
    )
    for one in done.waiting:
        say(f"  全局排除 {one.id} 须由另一人复核后生效：xunjian triage confirm {one.id} --by 姓名")
    return Exit.USAGE if done.wrong else Exit.CLEAN


@app.command("list", cls=Command)
def list_all(
    context: typer.Context,
    stale: Annotated[bool, typer.Option("--stale", help="只列已经对不上任何问题的结论")] = False,
    workspace: WorkspaceOption = None,
) -> int:
    """列出同类排除（含待复核的），以及已经对不上任何问题的结论。"""
    from domain.clock import Clock
    from pipelines.triage_stale import dismissal_lines, stale_lines

    with _workspace(context, workspace).open_store() as store:
        now = Clock.system().read()
        lines = [] if stale else dismissal_lines(store, now)
        gone = stale_lines(store, now)
    for line in lines:
        say(line)
    if not lines and not stale:
        say("没有同类排除")
    say(f"已对不上任何问题的结论 {len(gone)} 个" + ("：" if gone else ""))
    for line in gone:
        say(f"  {line}")
    return Exit.CLEAN


@app.command("confirm", cls=Command)
def confirm(context: typer.Context, number: NumberArgument, by: PersonOption, workspace: WorkspaceOption = None) -> int:
    """复核一条全局排除；须由提出人以外的另一人办理，复核后才生效。"""
    from domain.clock import Clock
    from pipelines.dismissals import apply_dismissals

    with _workspace(context, workspace).open_store() as store:
        now = Clock.system().read()
        store.confirm_dismissal(number, by, now)
        count = apply_dismissals(store, [account.id for account in store.accounts()], now)
    say(f"全局排除 {number}：已由 {by} 复核生效，随之排除 {count} 个问题")
    return Exit.CLEAN


@app.command("end", cls=Command)
def end(
    context: typer.Context,
    number: NumberArgument,
    by: PersonOption,
    reason: Annotated[str, typer.Option("--reason", metavar="理由", help="为什么撤销或不同意")],
    workspace: WorkspaceOption = None,
) -> int:
    """撤销一条同类排除，或不同意一条待复核的；因它而排除的问题重新列为待研判。"""
    from domain.clock import Clock
    from pipelines.dismissals import release

    with _workspace(context, workspace).open_store() as store:
        now = Clock.system().read()
        accounts = [account.id for account in store.accounts()]
        before = {one.id: one for one in store.dismissals()}
        store.end_dismissal(number, by, now, reason)
        count = release(store, before[number], accounts, now, by)
    say(f"同类排除 {number}：已撤销，{count} 个问题重新列为待研判")
    return Exit.CLEAN


@app.command("stats", cls=Command)
def stats(
    context: typer.Context,
    words: Annotated[bool, typer.Option("--words", help="按规则和词语分列")] = False,
    workspace: WorkspaceOption = None,
) -> int:
    """按研判结论统计每条规则、每个词语的准确率。"""
    from domain.clock import Clock
    from pipelines.triage_stats import figures

    with _workspace(context, workspace).open_store() as store:
        found = figures(store, Clock.system().read(), words=words)
    if not found:
        say("还没有研判结论；先用 xunjian triage export 导出研判表")
        return Exit.CLEAN
    rows = [
        (one.rule_id, one.term, str(one.true), str(one.false), one.precision_text, str(one.waiting), str(one.applied))
        for one in found
    ]
    headers = ("规则", "词语", "属实", "误报", "准确率", "待研判", "随同类排除")
    say("\t".join(headers))
    table(headers, rows)
    return Exit.CLEAN


@app.command("propose", cls=Command)
def propose(
    context: typer.Context,
    apply: Annotated[
        int, typer.Option("--apply", metavar="序号", help="采用第几条建议，写入本单位的词库或规则；0 为只看不改")
    ] = 0,
    least: Annotated[int, typer.Option("--least", metavar="个数", min=2, help="至少有多少个结论才提建议")] = 5,
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="采用人，记入词库的维护人")] = "",
    workspace: WorkspaceOption = None,
) -> int:
    """按研判结论建议怎样改词库和规则（加例外、降级别、退回试行），并给出对已存内容的影响。"""
    from domain.clock import Clock
    from pipelines.triage_proposals import apply_proposal, proposals, weigh

    place = _workspace(context, workspace)
    now = Clock.system().read()
    with place.open_store() as store:
        found = proposals(place, store, now, least=least)
        if not found:
            say("没有建议：结论还不够多，或准确率都在可接受的范围内")
            return Exit.CLEAN
        if apply < 0 or apply > len(found):
            raise ConfigError(f"--apply：没有第 {apply} 条建议；共 {len(found)} 条")
        chosen = list(enumerate(found, start=1)) if not apply else [(apply, found[apply - 1])]
        for number, one in chosen:
            effect = weigh(place, store, one)
            say(f"{number}　{one.told}")
            say(f"  影响：已存内容 {effect.documents} 篇，{effect.told}")
        if apply:
            if not by:
                raise ConfigError("--by：没有写采用人；请写明姓名")
            path = apply_proposal(place, found[apply - 1], by, now)
            say(f"已写入 {path}；下次巡检起生效，可用 xunjian rescan 或 lexicon check 核对")
    return Exit.CLEAN


def _workspace(context: typer.Context, workspace: Path | None) -> Workspace:
    from pipelines.workspace import Workspace

    return Workspace.find(chosen_workspace(context, workspace))
