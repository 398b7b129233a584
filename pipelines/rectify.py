"""整改: notices issued to units, replies filed with their proof, reminders, what is overdue, and closures decided."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from domain.account import Account
from domain.case import CaseState
from domain.clock import CHINA, in_china
from domain.deadline import Deadlines
from domain.errors import ConfigError
from domain.finding import Finding
from domain.rectification import (
    EventKind,
    ItemProgress,
    ItemState,
    Notice,
    NoticeItem,
    RecheckResult,
    Rectification,
    Reply,
    UnitSummary,
    rectification_summary,
)
from domain.rectification_log import body_of, replay
from domain.rule import Severity
from pipelines.recheck import night_of, recheck
from pipelines.rectify_days import deadlines_of
from pipelines.triage import open_cases
from pipelines.workspace import Workspace
from reports.visible import visible
from scanners.masking import mask_private
from store import Store
from store.proofs import ProofArchive
from store.records import Case, Presence, StoredPost
from store.rectification import NewEvent

_NUMBER = re.compile(r"(?P<prefix>.*)〔(?P<year>\d{4})〕(?P<number>\d+)号")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What issuing came to: the notices, and what could not go into one (told)."""

    notices: tuple[Notice, ...]
    left_out: tuple[str, ...] = field(default=())


def entries(store: Store) -> dict[str, Rectification]:
    """Every notice with what became of it, by number."""
    return replay(store.rectification_events())


def find(store: Store, said: str) -> Rectification:
    """The notice that a person names: ``柳民媒整〔2026〕3号``, ``2026-3`` or ``3``. Raises ``ConfigError``."""
    known = entries(store)
    plain = said.strip().replace("[", "〔").replace("]", "〕").replace("［", "〔").replace("］", "〕")
    if plain in known:
        return known[plain]
    asked = tuple(int(part) for part in re.findall(r"\d+", said))
    chosen = [one for number, one in known.items() if asked and _year_and_number(number)[-len(asked) :] == asked]
    if len(chosen) == 1:
        return chosen[0]
    told = "有几份都符合" if chosen else "没有这份整改通知书"
    raise ConfigError(f"{said}：{told}；请用 xunjian rectify list 查看编号，写全如 媒整〔2026〕3号")


def issue(
    workspace: Workspace,
    store: Store,
    by: str,
    now: datetime,
    *,
    on: date | None = None,
    units: Sequence[str] = (),
    dry_run: bool = False,
) -> Issue:
    """Issue a notice to each unit for its confirmed problems that are in no open notice yet.

    Served on ``on`` (today by default): days are counted from the day after. Raises ``ConfigError`` for a day in the
    future and for a unit that has nothing to mend.
    """
    served = on or in_china(now).date()
    if served > in_china(now).date():
        raise ConfigError(f"--on：{served} 在今天之后；通知书不能提前编号，请改日期")
    events = store.rectification_events()
    standing = replay(events)
    taken = {item.item.fingerprint for one in standing.values() for item in one.items if item.state.is_open}
    days = deadlines_of(workspace, now)
    left_out: list[str] = []
    by_unit: dict[str, list[tuple[Case, Finding, Account]]] = {}
    accounts = {account.id: account for account in store.accounts()}
    pairs = open_cases(store, now, everything=True)
    for case, finding in pairs:
        account = accounts.get(case.account_id)
        if case.state is not CaseState.CONFIRMED or case.presence is not Presence.PRESENT or case.fingerprint in taken:
            continue
        if account is None or not account.sponsor:
            name = account.name if account else case.account_id
            left_out.append(f"{name}：台账没有主办单位，“{visible(finding.message)}”没有发出通知；请补台账")
        elif not _days(workspace, finding.severity):
            left_out.append(f"{account.name}：“{visible(finding.message)}”按设置不限期整改，没有列入通知书")
        else:
            by_unit.setdefault(account.sponsor, []).append((case, finding, account))
    for unit in units:
        if unit not in by_unit:
            raise ConfigError(f"{unit}：没有已确认、未通知的问题；请核对单位名称，或先研判")
    chosen = sorted(units or by_unit)
    number = _next_number(standing, served.year)
    notices = [
        _notice(workspace, store, by, served, days, unit, by_unit[unit], number + place)
        for place, unit in enumerate(chosen)
    ]
    if not dry_run:
        store.append_events(
            [
                NewEvent(matter=one.number, kind=EventKind.ISSUED.value, at=now, by=by, body=body_of(one))
                for one in notices
            ],
            after=len(events),
        )
    return Issue(notices=tuple(notices), left_out=tuple(left_out))


def reply(
    workspace: Workspace,
    store: Store,
    said: str,
    text: str,
    by: str,
    now: datetime,
    *,
    numbers: Sequence[int] = (),
    files: Sequence[Path] = (),
    on: date | None = None,
) -> Reply:
    """File a unit's reply to a notice: to items ``numbers`` (all that are open by default), with its proof.

    Raises ``ConfigError`` for items that the notice has not or that are closed, and for a day after today or before the
    notice.
    """
    entry = find(store, said)
    day = on or in_china(now).date()
    if not entry.notice.issued_on <= day <= in_china(now).date():
        raise ConfigError(f"--on：{day} 不在通知书日期（{entry.notice.issued_on}）与今天之间；请改日期")
    if not text.strip():
        raise ConfigError("--text：没有写整改措施；请写明做了什么")
    chosen = _open_items(entry, numbers)
    archive = ProofArchive(workspace.proofs)
    answer = Reply(
        notice=entry.notice.number,
        items=chosen,
        text=mask_private(" ".join(text.split())),
        replied_by=by,
        replied_on=day,
        received_at=now,
        proofs=tuple(archive.add(path) for path in files),
    )
    _append(store, entry, EventKind.REPLIED, body_of(answer), by, now)
    return answer


def verify(workspace: Workspace, store: Store, said: str | None = None) -> tuple[RecheckResult, ...]:
    """Hold the replied items against the complete inspections since their replies, oldest first.

    ``said`` names one notice; its accounts' inspections are then looked through.
    """
    chosen = [find(store, said)] if said else list(entries(store).values())
    waiting = [item for one in chosen for item in one.items if item.state is ItemState.REPLIED]
    if not waiting:
        return ()
    since = min(item.replied_at for item in waiting if item.replied_at is not None)
    wanted = {item.item.account_id for item in waiting}
    found: list[RecheckResult] = []
    for inspection in sorted(store.inspections(), key=lambda one: (one.now, one.id)):
        if inspection.finished_at is not None and inspection.now > since and wanted & set(inspection.account_ids):
            found.extend(recheck(workspace, store, inspection, night_of(store, inspection)))
    return tuple(found)


def overdue(store: Store, today: date) -> list[tuple[Rectification, ItemProgress]]:
    """Items past their last day, the longest first."""
    found = [(entry, item) for entry in entries(store).values() for item in entry.overdue(today)]
    return sorted(found, key=lambda pair: (pair[1].due_on, pair[0].notice.number, pair[1].item.number))


def due_soon(workspace: Workspace, store: Store, today: date) -> list[tuple[Rectification, tuple[ItemProgress, ...]]]:
    """Notices with items that nobody has replied to and that end within the days of ``[rectify] remind_days``."""
    limit = today + timedelta(days=workspace.settings.rectify.remind_days)
    found = []
    for entry in entries(store).values():
        items = tuple(
            item
            for item in entry.items
            if item.state in (ItemState.ISSUED, ItemState.REOPENED) and today <= item.due_on <= limit
        )
        if items:
            found.append((entry, items))
    return found


def remind(
    workspace: Workspace, store: Store, now: datetime
) -> list[tuple[Rectification, tuple[ItemProgress, ...], bool]]:
    """The reminders that are due today, each filed once a day; whether it is the first of the day."""
    today = in_china(now).date()
    found = []
    for entry, items in due_soon(workspace, store, today):
        first = today not in entry.reminded_on
        if first:
            body = {"day": today.isoformat(), "items": [item.item.number for item in items]}
            _append(store, entry, EventKind.REMINDED, body, "xunjian", now)
        found.append((entry, items, first))
    return found


def cancel(store: Store, said: str, numbers: Sequence[int], by: str, reason: str, now: datetime) -> tuple[int, ...]:
    """Take items of a notice back; all that are open without ``numbers``."""
    entry = find(store, said)
    chosen = _open_items(entry, numbers)
    _append(store, entry, EventKind.CANCELLED, {"items": list(chosen), "reason": reason}, by, now)
    return chosen


def decide_closure(
    store: Store, said: str, account_id: str, by: str, reason: str, now: datetime, *, approved: bool
) -> None:
    """A person decides on 责令关停. Raises ``ConfigError`` where nothing waits for a decision."""
    entry = find(store, said)
    if not any(one.account_id == account_id and one.approved is None for one in entry.proposals):
        raise ConfigError(f"{entry.notice.number}：{account_id} 没有等待决定的关停建议；请用 xunjian rectify list 查看")
    body = {"account_id": account_id, "approved": approved, "reason": reason}
    _append(store, entry, EventKind.CLOSURE_DECIDED, body, by, now)


def summary(
    store: Store, today: date, *, since: date | None = None, until: date | None = None
) -> tuple[UnitSummary, ...]:
    """Per unit: issued, replied, closed, reopened, overdue, of the notices of a period."""
    return rectification_summary(tuple(entries(store).values()), today, since=since, until=until)


def moment_of(day: date) -> datetime:
    """The beginning of a day in China."""
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)


# -- parts -----------------------------------------------------------------------------------------------------------


def _append(
    store: Store, entry: Rectification, kind: EventKind, body: Mapping[str, object], by: str, now: datetime
) -> None:
    store.append_events([NewEvent(matter=entry.notice.number, kind=kind.value, at=now, by=by, body=body)])


def _open_items(entry: Rectification, numbers: Sequence[int]) -> tuple[int, ...]:
    standing = {item.item.number: item for item in entry.items}
    chosen = tuple(dict.fromkeys(numbers)) or tuple(number for number, item in standing.items() if item.state.is_open)
    if not chosen:
        raise ConfigError(f"{entry.notice.number}：各项都已销号或撤销；无须再处理")
    for number in chosen:
        if number not in standing:
            raise ConfigError(f"{entry.notice.number}：没有第 {number} 项；共 {len(standing)} 项，请核对")
        if not standing[number].state.is_open:
            raise ConfigError(f"{entry.notice.number}：第 {number} 项已经销号或撤销；请核对项号")
    return chosen


def _days(workspace: Workspace, severity: Severity) -> int:
    days: int = getattr(workspace.settings.rectify, severity.value)
    return days


def _notice(
    workspace: Workspace,
    store: Store,
    by: str,
    served: date,
    days: Deadlines,
    unit: str,
    cases: Sequence[tuple[Case, Finding, Account]],
    number: int,
) -> Notice:
    posts = {stored.post.id: stored for stored in store.posts([case.post_id for case, _, _ in cases if case.post_id])}
    items = tuple(
        _item(workspace, place, case, finding, account, posts.get(case.post_id), served, days)
        for place, (case, finding, account) in enumerate(cases, start=1)
    )
    return Notice(
        number=f"{workspace.settings.rectify.prefix}〔{served.year}〕{number}号",
        unit=unit,
        issued_on=served,
        issued_by=by,
        items=items,
        counting=days.told,
        caution=days.caution(max(item.due_on for item in items)),
    )


def _item(
    workspace: Workspace,
    number: int,
    case: Case,
    finding: Finding,
    account: Account,
    stored: StoredPost | None,
    served: date,
    days: Deadlines,
) -> NoticeItem:
    allowed = _days(workspace, finding.severity)
    return NoticeItem(
        number=number,
        fingerprint=case.fingerprint,
        rule_id=case.rule_id,
        account_id=case.account_id,
        account_name=account.name,
        platform=account.platform,
        post_id=case.post_id,
        post_title=visible(mask_private(stored.post.title)) if stored else "",
        post_url=visible(mask_private(stored.post.url)) if stored else "",
        published_at=stored.post.published_at if stored else None,
        found_at=case.opened_at,
        problem=visible(finding.message),
        term=visible(finding.masked_term) if finding.post_id else "",
        sentence=visible(finding.masked_sentence) if finding.post_id else "",
        suggestion=finding.suggestion,
        clauses=finding.clauses,
        severity=finding.severity,
        evidence=finding.evidence,
        days=allowed,
        due_on=days.due_on(served, allowed),
    )


def _next_number(standing: dict[str, Rectification], year: int) -> int:
    numbers = [number for said in standing for its_year, number in [_year_and_number(said)] if its_year == year]
    return max(numbers, default=0) + 1


def _year_and_number(said: str) -> tuple[int, int]:
    found = _NUMBER.fullmatch(said)
    return (int(found["year"]), int(found["number"])) if found else (0, 0)
