"""变更和关停 (第五条): nothing closed in private, finished in a month, emergencies told upwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from domain.account import Standing
from domain.calendar import add_months
from domain.outcome import Outcome
from domain.register import AppCard, EventKind, FilingEvent, FilingSheet
from scanners.duties.concern import clock, on_day
from scanners.duties.filing_steps import EVENT
from scanners.duties.hearing import Breach, Hearing
from scanners.guards import Guard

_ENDING = frozenset({EventKind.CLOSE, EventKind.CANCEL, EventKind.EMERGENCY})
_FINISHED = frozenset({EventKind.CHANGE, EventKind.CLOSE, EventKind.CANCEL})


def closed_in_private(hearing: Hearing) -> Iterator[Breach]:
    """私自关停: for three nights in a row (default) the platform says the account is gone, and no closing was
    approved (R36). Nights on which it could not be looked at neither count nor break the row."""
    account = hearing.facts.account
    row: dict[date, datetime] = {}
    for night in hearing.facts.nights:
        if night.outcome.is_reach:
            continue
        if not (night.outcome.is_gone or night.outcome in (Outcome.CLOSED, Outcome.MIGRATED)):
            break
        row[on_day(night.at)] = night.at  # several looks in one day are one night
    if account is None or not row:
        return
    if hearing.facts.nights[0].outcome.is_reach and hearing.spared(Guard.UNREACHED, "今晚没有读到"):
        return
    if len(row) < hearing.norms.gone_nights and hearing.spared(Guard.COUNT, f"{len(row)} 晚"):
        return
    for event in hearing.register.of_account(FilingEvent, account.id):
        approved = event.event is EventKind.EMERGENCY or (event.event in _ENDING and event.approved_on is not None)
        moved = event.event is EventKind.CHANGE and event.approved_on is not None and "platform" in event.changes
        if (approved or moved) and hearing.spared(Guard.ON_FILE, event.key):
            return
    first = min(row.values())
    yield Breach(
        episode="gone",
        explanation=f"平台连续 {len(row)} 晚答复账号不存在（{clock(first)} 起），备案事项台账没有批准的关停、注销",
        facts={"nights": str(len(row)), "since": clock(first)},
    )


def unfinished(hearing: Hearing) -> Iterator[Breach]:
    """A change or closing is finished with the platform within one month of its approval, or 市政府办 is asked (R37).

    A month ends on the same day number, else on the month's last day.
    """
    for event in hearing.register.of_account(FilingEvent, hearing.account_id):
        start = event.approved_on or event.asked_platform_on
        if event.event not in _FINISHED or start is None:
            continue
        limit = add_months(start, hearing.norms.finish_months)
        if (event.done_on or hearing.today) <= limit and hearing.spared(Guard.LIMIT, f"期限 {limit}"):
            continue
        if event.escalated_on is not None and hearing.spared(Guard.EXEMPT, f"{event.escalated_on} 已报请"):
            continue
        what = EVENT[event.event]
        told = f"{event.done_on} 才办结" if event.done_on else "至今没有办结"
        yield Breach(
            episode=event.key,
            record=f"{event.kind}:{event.key}",
            explanation=f"{what} {event.key}：{start} 核准，应在 {limit} 前办结，{told}，也没有报请市政府办的记录",
            facts={"event": what, "start": str(start), "limit": str(limit), "told": told},
        )


def still_in_store(hearing: Hearing) -> Iterator[Breach]:
    """A cancelled app is off every store (R37a): no store's page answers any more."""
    for url in _stores(hearing) if _cancelled(hearing) else ():
        link = hearing.facts.links.get(url)
        if link is None or not link.followed:
            continue
        if link.outcome.is_reach and hearing.spared(Guard.UNREACHED, link.outcome.value):
            continue
        if not link.outcome.is_reach and link.outcome is not Outcome.OK and hearing.spared(Guard.OUTCOME, "已下架"):
            continue
        yield Breach(
            episode=url,
            record=f"{AppCard.kind}:{hearing.account_id}",
            explanation=f"移动客户端已注销，下载页面仍能打开：{url}",
            facts={"url": url},
        )


def still_linked(hearing: Hearing) -> Iterator[Breach]:
    """No post or page of the unit links to a cancelled app (R37a)."""
    account = hearing.facts.account
    if account is None:
        return
    gone: set[str] = set()
    for event in hearing.register.all(FilingEvent):
        own = any(each.id == event.account for each in hearing.facts.of_unit)
        if own and event.event is EventKind.CANCEL and event.done_on is not None:
            sheets = hearing.register.of_account(FilingSheet, event.account)
            cards = hearing.register.of_account(AppCard, event.account)
            gone.update(each.download_url for each in sheets if each.download_url)
            gone.update(url for each in cards for url in each.stores)
    if not gone:
        return
    for post in hearing.facts.posts:
        found = sorted(gone & set(post.links))
        if not found and hearing.spared(Guard.NOT_CONCERNED, "没有下载链接"):
            continue
        yield Breach(
            episode=f"{post.account_id}:{post.key}",
            explanation=f"《{post.title}》仍链接到已注销的移动客户端：{'、'.join(found)}",
            facts={"title": post.title, "url": "、".join(found)},
        )


def emergency_late(hearing: Hearing) -> Iterator[Breach]:
    """An emergency closing is told the bureau within 2 hours and the city within 24 (defaults for 第一时间, R37b)."""
    for event in _emergencies(hearing):
        assert event.happened_at is not None, "only such are judged"
        told = []
        for name, at, hours in (
            ("局办公室", event.reported_bureau_at, hearing.norms.emergency_bureau_hours),
            ("市政府办", event.reported_city_at, hearing.norms.emergency_city_hours),
        ):
            limit = event.happened_at + timedelta(hours=hours)
            if (at or hearing.now) <= limit and hearing.spared(Guard.LIMIT, f"{name} {clock(limit)} 前"):
                continue
            told.append(f"{name}应在 {clock(limit)} 前收到报告，{clock(at) + ' 才报告' if at else '没有报告记录'}")
        if told:
            yield _of_emergency(event, "；".join(told))


def emergency_untold(hearing: Hearing) -> Iterator[Breach]:
    """Where opinion, content or network safety is involved 宣传、网信、公安 are told too (R37c)."""
    for event in _emergencies(hearing):
        assert event.happened_at is not None, "only such are judged"
        if not event.involves_opinion and hearing.spared(Guard.NOT_CONCERNED, "不涉及舆情和安全"):
            continue
        limit = event.happened_at + timedelta(hours=hearing.norms.emergency_city_hours)
        reports = {
            "宣传部门": event.reported_publicity_at,
            "网信部门": event.reported_cyberspace_at,
            "公安机关": event.reported_police_at,
        }
        missing = [name for name, at in reports.items() if at is None or at > limit]
        if not missing and hearing.spared(Guard.ON_FILE, "三家都已报告"):
            continue
        if hearing.now <= limit and hearing.spared(Guard.LIMIT, f"{clock(limit)} 前"):
            continue
        yield _of_emergency(event, f"应在 {clock(limit)} 前报告{'、'.join(missing)}，没有按时报告的记录")


def _emergencies(hearing: Hearing) -> Iterator[FilingEvent]:
    for event in hearing.register.of_account(FilingEvent, hearing.account_id):
        if event.event is EventKind.EMERGENCY and event.happened_at is not None:
            yield event


def _of_emergency(event: FilingEvent, told: str) -> Breach:
    return Breach(
        episode=event.key,
        record=f"{event.kind}:{event.key}",
        explanation=f"紧急关停 {event.key}：{told}",
        facts={"told": told},
    )


def _cancelled(hearing: Hearing) -> bool:
    account = hearing.facts.account
    if account is None or account.platform not in ("app", "miniprogram"):
        return False
    if account.standing is Standing.CLOSED:
        return True
    events = hearing.register.of_account(FilingEvent, account.id)
    return any(each.event is EventKind.CANCEL and each.done_on is not None for each in events)


def _stores(hearing: Hearing) -> tuple[str, ...]:
    cards = hearing.register.of_account(AppCard, hearing.account_id)
    sheets = hearing.register.of_account(FilingSheet, hearing.account_id)
    urls = [url for each in cards for url in each.stores] + [each.download_url for each in sheets]
    return tuple(dict.fromkeys(url for url in urls if url))
