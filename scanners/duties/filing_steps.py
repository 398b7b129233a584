"""备案事项的步骤 (第三、四条): agreed, approved, entered, announced, and nothing before its turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain.clock import in_china
from domain.register import Change, EventKind, FilingEvent, FilingSheet
from domain.rule import Severity
from scanners.duties.concern import on_day, passed_over
from scanners.duties.hearing import Breach, Hearing
from scanners.guards import Guard

EVENT = {
    EventKind.OPEN: "开设",
    EventKind.CHANGE: "变更",
    EventKind.CLOSE: "关停",
    EventKind.CANCEL: "注销",
    EventKind.BACKFILL: "补录",
    EventKind.EMERGENCY: "紧急关停",
}
#: Events that pass through every step; a 补录 catches up what was missed, an emergency has its own rules.
ORDINARY = frozenset({EventKind.OPEN, EventKind.CHANGE, EventKind.CLOSE, EventKind.CANCEL})
#: Changes that must be announced; others are called to mind.
_PUBLIC = frozenset({Change.NAME, Change.SUBJECT, Change.PLATFORM, Change.TYPE})


def agreement(hearing: Hearing) -> Iterator[Breach]:
    """集体研究 or 主要负责人 agreed, and not after the application or the approval (R10)."""
    for event in _ordinary(hearing):
        later = min((day for day in (event.applied_on, event.approved_on) if day), default=None)
        if event.agreed_on is None or not (event.agreed_by or event.agreed_document):
            told = "没有集体研究或主要负责人同意的日期和依据"
        elif later is not None and event.agreed_on > later:
            told = f"{event.agreed_on} 才同意，晚于 {later} 的申请或审批"
        else:
            told = ""
        if not told and hearing.spared(Guard.ON_FILE, f"{event.agreed_on} 同意"):
            continue
        yield _breach(event, told)


def approval(hearing: Hearing) -> Iterator[Breach]:
    """Approved by the bureau, by somebody named, and not before it was agreed (R11).

    Without an approval the breach exists once any later step was taken.
    """
    for event in _ordinary(hearing):
        taken = [name for name, day in _later_steps(event).items() if day is not None and day <= hearing.today]
        if event.approved_on is None:
            if not taken and hearing.spared(Guard.LIMIT, "还没有办理后面的步骤"):
                continue
            told = f"没有审批日期，却已{'、'.join(taken)}"
        elif event.agreed_on is not None and event.approved_on < event.agreed_on:
            told = f"{event.approved_on} 审批，早于 {event.agreed_on} 的集体研究或负责人同意"
        else:
            told = "" if event.approver else "没有登记审批人"
        if not told and hearing.spared(Guard.ON_FILE, f"{event.approved_on} 审批"):
            continue
        yield _breach(event, told)


def system_entry(hearing: Hearing) -> Iterator[Breach]:
    """Entered in the reporting system, with a number, and only after the approval (R13, R37e).

    No article sets a limit: what was finished with the platform, or announced, must have been entered.
    """
    for event in _ordinary(hearing):
        due = [day for day in (event.done_on, event.announced_on) if day is not None and day <= hearing.today]
        if event.system_on is None:
            if not due and hearing.spared(Guard.LIMIT, "还没有办结或公告"):
                continue
            told = "已经办结或公告，没有在新媒体系统登记的日期"
        elif event.approved_on is None or event.system_on < event.approved_on:
            told = f"{event.system_on} 已在新媒体系统操作，早于核准（{event.approved_on or '没有核准日期'}）"
        else:
            told = "" if event.system_no else "没有登记新媒体系统的编号"
        if not told and hearing.spared(Guard.ON_FILE, f"{event.system_on} 登记"):
            continue
        yield _breach(event, told)


def announcement_missing(hearing: Hearing) -> Iterator[Breach]:
    """Announced to society once it was done (R14). A change of contacts only is a notice."""
    for event in _ordinary(hearing):
        done = event.done_on or event.system_on
        if done is None:
            continue
        if event.announced_on is not None and event.announcement_url and hearing.spared(Guard.ON_FILE, event.key):
            continue
        limit = hearing.calendar.add_working_days(done, hearing.norms.report_days)
        if hearing.today <= limit and hearing.spared(Guard.LIMIT, f"{done} 办结"):
            continue
        told = "有公告日期，没有公告网址" if event.announced_on else "没有公告记录"
        hard = event.event is not EventKind.CHANGE or any(each in _PUBLIC for each in event.changes)
        breach = _breach(event, told)
        yield breach if hard else _milder(breach)


def announcement_short(hearing: Hearing) -> Iterator[Breach]:
    """An announcement stands at least thirty working days, its first day not counted (R15)."""
    for event in _ordinary(hearing):
        begun, ended = event.announced_on, event.announcement_ends_on
        if begun is None or ended is None:
            continue
        days = hearing.calendar.working_days_between(begun, ended)
        wanted = hearing.norms.announcement_days
        if days >= wanted and hearing.spared(Guard.LIMIT, f"{days} 个工作日"):
            continue
        yield _breach(event, f"{begun} 至 {ended} 公告，只有 {days} 个工作日（当日不计，应不少于 {wanted} 个）")


def announcement_unreachable(hearing: Hearing) -> Iterator[Breach]:
    """In its period the announcement can be opened: gone from its address is too short (R15).

    Only the server's own word counts ("nothing there"); a page that could not be reached says nothing.
    """
    for event in _ordinary(hearing):
        if event.announced_on is None or not event.announcement_url:
            continue
        link = hearing.facts.links.get(event.announcement_url)
        if link is None or link.resolved_at is None:
            continue
        last = hearing.calendar.add_working_days(event.announced_on, hearing.norms.announcement_days)
        seen = on_day(link.resolved_at)
        if not event.announced_on <= seen <= last and hearing.spared(Guard.LIMIT, f"公告期到 {last}"):
            continue
        if link.outcome.is_reach and hearing.spared(Guard.UNREACHED, link.outcome.value):
            continue
        if not link.outcome.is_reach and not link.outcome.is_gone and hearing.spared(Guard.OUTCOME, "能打开"):
            continue
        yield _breach(event, f"公告期到 {last} 为止，{seen} 公告网址已打不开：{event.announcement_url}")


def built_first(hearing: Hearing) -> Iterator[Breach]:
    """未批先建: opened, or posting, before the approval of the opening (R25). 补录 is exempt and has its own notice."""
    if passed_over(hearing):
        return
    account = hearing.account_id
    openings = [e for e in hearing.register.of_account(FilingEvent, account) if e.event is EventKind.OPEN]
    begun = _begun(hearing)
    for event in openings:
        if event.approved_on is None or begun is None:
            continue
        day, what = begun
        if day >= event.approved_on and hearing.spared(Guard.LIMIT, f"{event.approved_on} 核准"):
            continue
        if _backfilled(hearing) and hearing.spared(Guard.EXEMPT, "已补录"):
            continue
        yield _breach(event, f"{what} {day}，早于核准的 {event.approved_on}")


def never_filed(hearing: Hearing) -> Iterator[Breach]:
    """Every account in use has an opening or a 补录 on file (R16, R25)."""
    if passed_over(hearing):
        return
    if not hearing.register.keeps(FilingEvent) and hearing.spared(Guard.NOT_KEPT, "备案事项"):
        return
    events = hearing.register.of_account(FilingEvent, hearing.account_id)
    if any(e.event in (EventKind.OPEN, EventKind.BACKFILL) for e in events) and hearing.spared(Guard.ON_FILE):
        return
    yield Breach(episode="opening", explanation="备案事项台账里没有该账号的开设或补录记录")


def backfilled(hearing: Hearing) -> Iterator[Breach]:
    """A 补录 is allowed, and told for a year: the account was opened without its steps (R25)."""
    for event in hearing.register.of_account(FilingEvent, hearing.account_id):
        if event.event is not EventKind.BACKFILL:
            continue
        day = event.approved_on or event.applied_on or event.reported_on
        old = day is not None and (hearing.today - day).days > 365
        if old and hearing.spared(Guard.DAYS, f"{day} 补录"):
            continue
        yield _breach(event, f"{day or '日期未填'} 补录，当初开设没有备案记录")


def _begun(hearing: Hearing) -> tuple[date, str] | None:
    """The first day on which the account is known to have existed, and by what."""
    found = [
        (each.opened_on, "登记的开设时间")
        for each in hearing.register.of_account(FilingSheet, hearing.account_id)
        if each.opened_on is not None
    ]
    timeline = hearing.facts.timeline
    if timeline is not None and timeline.moments:
        first = min(moment.published_at for moment in timeline.moments)
        found.append((in_china(first).date(), "最早看到的发布"))
    return min(found) if found else None


def _backfilled(hearing: Hearing) -> bool:
    events = hearing.register.of_account(FilingEvent, hearing.account_id)
    return any(each.event is EventKind.BACKFILL for each in events)


def _ordinary(hearing: Hearing) -> Iterator[FilingEvent]:
    for event in hearing.register.of_account(FilingEvent, hearing.account_id):
        if event.event is None:
            continue
        if event.event in ORDINARY or not hearing.spared(Guard.EXEMPT, EVENT[event.event]):
            yield event


def _later_steps(event: FilingEvent) -> dict[str, date | None]:
    return {
        "报告": event.reported_on,
        "在系统登记": event.system_on,
        "向平台申请": event.asked_platform_on,
        "办结": event.done_on,
        "公告": event.announced_on,
    }


def _breach(event: FilingEvent, told: str) -> Breach:
    what = EVENT[event.event] if event.event else "备案事项"
    return Breach(
        episode=event.key,
        record=f"{event.kind}:{event.key}",
        explanation=f"{what} {event.key}：{told}",
        facts={"event": what, "told": told},
    )


def _milder(breach: Breach) -> Breach:
    return replace(breach, severity=Severity.NOTICE)
