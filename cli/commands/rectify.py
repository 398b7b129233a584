"""``xunjian rectify``: notices, replies, rechecks, and what is overdue."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.chinese import Command, Group
from cli.dates import day_of, numbers_of
from cli.exits import Exit
from cli.options import WorkspaceOption, chosen_workspace
from cli.output import note, say

if TYPE_CHECKING:
    from domain.rectification import ItemProgress, RecheckResult, Rectification, RectificationEvent
    from pipelines.workspace import Workspace

NAME = "rectify"
app = typer.Typer(cls=Group, help="整改：发通知书，登记回执，复查销号，催办，逾期清单。")

NoticeArgument = Annotated[str, typer.Argument(metavar="编号", help="通知书编号，如 媒整〔2026〕3号，或 2026-3")]
ByOption = Annotated[str, typer.Option("--by", metavar="姓名", help="经办人")]
OnOption = Annotated[str | None, typer.Option("--on", metavar="日期", help="补登时写明日期；不写为今天")]
ItemsOption = Annotated[str | None, typer.Option("--items", metavar="项号", help="如 1,3；不写为尚未销号的各项")]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="理由", help="为什么")]


@app.command("notice", cls=Command)
def notice(
    context: typer.Context,
    by: ByOption,
    unit: Annotated[
        list[str] | None, typer.Option("--unit", metavar="单位", help="只发给这个单位（可重复）；不写为全部")
    ] = None,
    on: OnOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会发什么，不编号不登记")] = False,
    workspace: WorkspaceOption = None,
) -> int:
    """把已确认的问题按主办单位发整改通知书，编号、计算时限并登记。"""
    from domain.clock import Clock
    from pipelines.rectify import issue

    place = _workspace(context, workspace)
    with place.open_store() as store:
        done = issue(place, store, by, Clock.system().read(), on=day_of("--on", on), units=unit or (), dry_run=dry_run)
    for line in done.left_out:
        note(line)
    for one in done.notices:
        say(f"{one.number}　{one.unit}　{len(one.items)} 项　{one.issued_on} 送达　最迟 {one.last_due_on}")
        for item in one.items:
            title = f"《{item.post_title}》" if item.post_title else "账号整体"
            say(f"  {item.number}　{item.account_name}　{title}　{item.problem}　{item.days} 日内，至 {item.due_on}")
        say(f"  {one.counting}" + (f"；{one.caution}" if one.caution else ""))
    if not done.notices:
        say("没有要发通知书的问题：已确认的问题都已通知，或还没有研判")
    elif dry_run:
        say(f"共 {len(done.notices)} 份，尚未登记；去掉 --dry-run 后正式编号")
    return Exit.CLEAN


@app.command("reply", cls=Command)
def reply(
    context: typer.Context,
    number: NoticeArgument,
    text: Annotated[str, typer.Option("--text", metavar="文字", help="整改措施，照回执写")],
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="回执上的责任人")],
    file: Annotated[
        list[Path] | None, typer.Option("--file", metavar="文件", help="佐证材料，如截图、盖章扫描件（可重复）")
    ] = None,
    items: ItemsOption = None,
    on: OnOption = None,
    workspace: WorkspaceOption = None,
) -> int:
    """登记单位的整改回执和佐证。回执不销号：下次巡检重读原文后才销号或退回。"""
    from domain.clock import Clock
    from pipelines.rectify import reply as file_reply

    place = _workspace(context, workspace)
    with place.open_store() as store:
        done = file_reply(
            *(place, store, number, text, by, Clock.system().read()),
            numbers=numbers_of("--items", items),
            files=file or (),
            on=day_of("--on", on),
        )
    say(f"{done.notice}：已登记第 {_numbers(done.items)} 项的回执，佐证 {len(done.proofs)} 件；等待复查")
    for proof in done.proofs:
        say(f"  {proof.name}　{proof.size} 字节　{proof.digest}")
    return Exit.CLEAN


@app.command("verify", cls=Command)
def verify(
    context: typer.Context,
    number: Annotated[str | None, typer.Argument(metavar="编号", help="不写为全部待复查的", show_default=False)] = None,
    audit: Annotated[bool, typer.Option("--audit", help="现在就重读有关账号，再作结论")] = False,
    workspace: WorkspaceOption = None,
) -> int:
    """复查已回复的各项：对照回复以后真正重读过原文的巡检，已改的销号，没改的退回。"""
    from pipelines.rectify import entries, find
    from pipelines.rectify import verify as look

    place = _workspace(context, workspace)
    with place.open_store() as store:
        before = len(store.rectification_events())
        chosen = [find(store, number)] if number else list(entries(store).values())
    if audit:
        _audit(place, chosen)
    with place.open_store() as store:
        results = [*_recorded(store.rectification_events()[before:]), *look(place, store, number)]
        after = [find(store, one.notice.number) for one in chosen]
    for result in results:
        say(_result_line(result))
    waiting = [(one, item) for one in after for item in one.items if item.state.value == "replied"]
    for one, item in waiting:
        say(f"{one.notice.number}　第 {item.item.number} 项　尚未复查：回复以后还没有真正重读到原文")
    if not results and not waiting:
        say("没有等待复查的项")
    if waiting:
        return Exit.INCOMPLETE
    return Exit.CLEAN if all(result.outcome.closes for result in results) else Exit.FINDINGS


@app.command("overdue", cls=Command)
def overdue(context: typer.Context, on: OnOption = None, workspace: WorkspaceOption = None) -> int:
    """逾期未销号的清单；等待决定的关停建议也列出。有逾期时退出码为 1。"""
    from pipelines.rectify import entries
    from pipelines.rectify import overdue as late

    place = _workspace(context, workspace)
    with place.open_store() as store:
        today = day_of("--on", on) or _today()
        found = late(store, today)
        proposals = [
            (entry, one) for entry in entries(store).values() for one in entry.proposals if one.approved is None
        ]
    for entry, item in found:
        say(f"{entry.notice.number}　{entry.notice.unit}　{_item_line(item)}　逾期 {item.overdue_days(today)} 天")
    for entry, one in proposals:
        say(f"{entry.notice.number}　{entry.notice.unit}　建议责令关停 {one.account_id}：{one.reason}；待决定")
    say(f"逾期 {len(found)} 项" if found else "没有逾期的项")
    return Exit.FINDINGS if found or proposals else Exit.CLEAN


@app.command("remind", cls=Command)
def remind(context: typer.Context, workspace: WorkspaceOption = None) -> int:
    """到期前的催办：列出今天该提醒的单位，登记一次（每天一次）。"""
    from domain.clock import Clock
    from pipelines.rectify import remind as due

    place = _workspace(context, workspace)
    with place.open_store() as store:
        found = due(place, store, Clock.system().read())
    for entry, items, first in found:
        last = min(item.due_on for item in items)
        numbers = _numbers([item.item.number for item in items])
        said = "" if first else "（今天已提醒过）"
        say(f"{entry.notice.unit}：{entry.notice.number} 第 {numbers} 项须在 {last} 前整改并回复{said}")
    if not found:
        say("今天没有要催办的")
    return Exit.CLEAN


@app.command("cancel", cls=Command)
def cancel(
    context: typer.Context,
    number: NoticeArgument,
    by: ByOption,
    reason: ReasonOption,
    items: ItemsOption = None,
    workspace: WorkspaceOption = None,
) -> int:
    """撤销通知书中的项（发错、并入别的通知书等）。"""
    from domain.clock import Clock
    from pipelines.rectify import cancel as take_back

    with _workspace(context, workspace).open_store() as store:
        done = take_back(store, number, numbers_of("--items", items), by, reason, Clock.system().read())
    say(f"{number}：已撤销第 {_numbers(done)} 项")
    return Exit.CLEAN


@app.command("closure", cls=Command)
def closure(
    context: typer.Context,
    number: NoticeArgument,
    account: Annotated[str, typer.Argument(metavar="账号", help="建议关停的账号标识")],
    by: ByOption,
    reason: ReasonOption,
    approve: Annotated[bool, typer.Option("--approve/--decline", help="同意关停，还是不同意")],
    workspace: WorkspaceOption = None,
) -> int:
    """对责令关停的建议作出决定；程序只建议，由人决定。"""
    from domain.clock import Clock
    from pipelines.rectify import decide_closure

    with _workspace(context, workspace).open_store() as store:
        decide_closure(store, number, account, by, reason, Clock.system().read(), approved=approve)
    say(f"{number}：{account} {'同意责令关停' if approve else '不同意关停'}，已登记")
    return Exit.CLEAN


@app.command("list", cls=Command)
def list_all(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="连同已办结的")] = False,
    workspace: WorkspaceOption = None,
) -> int:
    """列出通知书和各项办到哪一步。"""
    from pipelines.rectify import entries, summary

    with _workspace(context, workspace).open_store() as store:
        chosen = [one for one in entries(store).values() if everything or one.is_open]
        units = summary(store, _today())
    for one in chosen:
        say(f"{one.notice.number}　{one.notice.unit}　{one.notice.issued_on} 送达　{len(one.items)} 项")
        for item in one.items:
            say(f"  {_item_line(item)}")
    for unit in units:
        say(
            f"{unit.unit}：发出 {unit.issued} 项，回复 {unit.replied}，销号 {unit.closed}（超期 {unit.closed_late}），"
            f"复查未通过 {unit.reopenings} 次，待复查 {unit.waiting}，逾期 {unit.overdue}，撤销 {unit.cancelled}"
        )
    if not units:
        say("还没有发过整改通知书")
    return Exit.CLEAN


@app.command("log", cls=Command)
def log(
    context: typer.Context,
    number: Annotated[str | None, typer.Argument(metavar="编号", help="只看一份通知书", show_default=False)] = None,
    verify: Annotated[bool, typer.Option("--verify", help="逐条核对有没有被改动、删减")] = False,
    workspace: WorkspaceOption = None,
) -> int:
    """整改过程的逐条记录；只增不改。"""
    from pipelines.rectify import find
    from reports import labels

    with _workspace(context, workspace).open_store() as store:
        if verify:
            check = store.check_log()
            for problem in check.problems:
                note(problem)
            if check.problems:
                return Exit.USAGE
            say(f"整改记录 {check.entries} 条，前后相连，没有改动；末条校验值 {check.digest[:16] or '（空）'}")
            return Exit.CLEAN
        matter = find(store, number).notice.number if number else None
        for event in store.rectification_events(matter):
            kind = _KINDS.get(event.kind, event.kind)
            say(f"{event.sequence}　{labels.instant(event.at)}　{event.matter}　{kind}　{event.by}")
    return Exit.CLEAN


@app.command("event", cls=Command)
def event(
    context: typer.Context,
    number: Annotated[
        str | None, typer.Argument(metavar="编号", help="登记步骤时写事项编号", show_default=False)
    ] = None,
    kind: Annotated[
        str, typer.Option("--new", metavar="类别", help="立项：emergency 应急关停，counterfeit 假冒账号")
    ] = "",
    subject: Annotated[str, typer.Option("--account", metavar="账号", help="账号名称或标识")] = "",
    step: Annotated[str, typer.Option("--step", metavar="步骤", help="登记哪一步，如 bureau、letter")] = "",
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="经办人")] = "",
    at: Annotated[str, typer.Option("--at", metavar="时间", help="如 2026-06-18T09:30；不写为现在")] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="文字", help="原因或说明")] = "",
    paper: Annotated[str, typer.Option("--paper", metavar="文号", help="函件、报告的文号")] = "",
    safety: Annotated[bool, typer.Option("--safety", help="涉及舆情、内容或网络安全，须同时通报三部门")] = False,
    workspace: WorkspaceOption = None,
) -> int:
    """应急关停、假冒账号处置：立项、登记各步骤；不带选项时列出，超时未办的步骤标明。"""
    from domain.clock import Clock, parse_instant
    from domain.errors import ConfigError
    from domain.matters import MatterKind, matters
    from pipelines.matters import open_matter, take_step
    from reports import labels

    now = Clock.system().read()
    try:
        moment = parse_instant(at) if at else now
    except ValueError as error:
        raise ConfigError(f"--at：“{at}”不是时间；请写成 2026-06-18T09:30") from error
    if kind not in ("", *MatterKind):
        raise ConfigError(f"--new：不认识“{kind}”；可用：{'、'.join(MatterKind)}")
    if ((kind or step) and not by) or (kind and not subject) or (step and not number):
        raise ConfigError("rectify event：立项须写 --account 和 --by，登记步骤须写编号和 --by")
    with _workspace(context, workspace).open_store() as store:
        if kind:
            number = open_matter(store, MatterKind(kind), subject, by, moment, now, reason=reason, safety=safety).number
        elif step and number:
            take_step(store, number, step, by, moment, now, note=reason, paper=paper)
        known = matters(store.rectification_events())
    late = False
    for matter in known.values():
        if number and matter.number != number:
            continue
        say(f"{matter.number}　{matter.subject}　{labels.instant(matter.began_at)} 发生")
        for one, due, done in matter.steps:
            passed = done is None and due < now
            late = late or passed
            state = f"{labels.instant(done.at)} 已办　{done.paper}" if done else f"限 {labels.instant(due)}"
            say(f"  {one.key}　{one.title}　{state}{'　超时未办' if passed else ''}")
    if not known:
        say("没有应急或假冒处置事项")
    return Exit.FINDINGS if late else Exit.CLEAN


_KINDS = {
    "issued": "发出通知书",
    "replied": "收到回执",
    "rechecked": "复查",
    "reminded": "催办",
    "cancelled": "撤销",
    "closure_proposed": "建议责令关停",
    "closure_decided": "关停决定",
    "matter_opened": "立项",
    "matter_step": "办理",
}
_STATES = {
    "issued": "待整改",
    "replied": "已回复，待复查",
    "closed": "已销号",
    "reopened": "复查未通过，重新整改",
    "cancelled": "已撤销",
}
_OUTCOMES = {
    "mended": "复查通过，销号",
    "withdrawn": "原文已撤，销号",
    "still_there": "复查未通过，退回整改",
    "recurred": "销号后再次出现，重新整改",
}


def _item_line(item: ItemProgress) -> str:
    title = f"《{item.item.post_title}》" if item.item.post_title else "账号整体"
    again = f"，第 {item.reopened} 次退回" if item.reopened else ""
    return (
        f"第 {item.item.number} 项　{item.item.account_name}　{title}　{item.item.problem}　"
        f"{_STATES[item.state.value]}{again}，时限 {item.due_on}"
    )


def _result_line(result: RecheckResult) -> str:
    due = f"，新时限 {result.due_on}" if result.due_on else ""
    outcome = _OUTCOMES[result.outcome.value]
    return f"{result.notice}　第 {result.item} 项　{outcome}：{result.detail}（{result.inspection_id}）{due}"


def _recorded(events: tuple[RectificationEvent, ...]) -> list[RecheckResult]:
    from domain.rectification import EventKind
    from domain.rectification_log import recheck_from

    return [recheck_from(event.body) for event in events if event.kind == EventKind.RECHECKED]


def _audit(place: Workspace, chosen: list[Rectification]) -> None:
    from domain.clock import Clock
    from domain.inspection import InspectionKind, InspectionScope
    from pipelines.inspection import inspect

    waiting = {item.item.account_id for one in chosen for item in one.items if item.state.value == "replied"}
    if not waiting:
        return
    note(f"重读 {len(waiting)} 个账号")
    scope = InspectionScope(kind=InspectionKind.AUDIT, account_ids=tuple(sorted(waiting)))
    inspect(place, scope, Clock.system())


def _numbers(numbers: tuple[int, ...] | list[int]) -> str:
    return "、".join(map(str, numbers))


def _today() -> date:
    from domain.clock import Clock, in_china

    return in_china(Clock.system().read()).date()


def _workspace(context: typer.Context, workspace: Path | None) -> Workspace:
    from pipelines.workspace import Workspace

    return Workspace.find(chosen_workspace(context, workspace))
