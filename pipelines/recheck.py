"""复查: what the end of an inspection makes of the items of notices. Only a place that was really read again since the
reply closes an item; a problem that is still there, or there again, reopens it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from domain.case import CaseState, Decision, Sighting, Verdict
from domain.clock import in_china
from domain.deadline import Deadlines
from domain.inspection import Inspection
from domain.outcome import Outcome
from domain.rectification import (
    REOPENINGS_TO_CLOSURE,
    EventKind,
    ItemProgress,
    ItemState,
    RecheckOutcome,
    RecheckResult,
    Rectification,
)
from domain.rectification_log import body_of, replay
from pipelines.reconcile import Night, look_at
from pipelines.rectify_days import deadlines_of
from pipelines.workspace import Workspace
from store import Store
from store.conclusion import PROGRAM
from store.records import Case
from store.rectification import NewEvent


def recheck(workspace: Workspace, store: Store, inspection: Inspection, night: Night) -> tuple[RecheckResult, ...]:
    """Hold every item that waits for its recheck, or was closed, against what this inspection saw; file the results,
    close and reopen. Called again for the same inspection it adds nothing."""
    events = store.rectification_events()
    entries = replay(events)
    watched = [(entry, item) for entry in entries.values() for item in entry.items if item.state is not _TAKEN_BACK]
    cases = {case.fingerprint: case for case in night.cases}
    watched = [(entry, item) for entry, item in watched if item.item.fingerprint in cases]
    if not watched:
        return ()
    night = _widened(store, night, [cases[item.item.fingerprint] for _, item in watched])
    days = deadlines_of(workspace, inspection.now)
    results, added, closed = [], [], []
    for entry, item in watched:
        case = cases[item.item.fingerprint]
        if item.state.is_open and case.state in (CaseState.DISMISSED, CaseState.ACCEPTED):
            added.append(_taken_back(entry, item, case, inspection.now))
            continue
        result = _judge(night, inspection, entry, item, case, days)
        if result is None:
            continue
        results.append(result)
        added.append(_event(EventKind.RECHECKED, entry, body_of(result), inspection.now))
        if result.outcome.closes:
            closed.append(_closing(entry, item, result, inspection.now))
        entries[entry.notice.number] = entries[entry.notice.number].with_recheck(result)
    for number in dict.fromkeys(entry.notice.number for entry, _ in watched):
        limit = workspace.settings.norms.overdue_days
        added.extend(_proposals(entries[number], in_china(inspection.now).date(), limit, inspection.now))
    store.append_events(added, after=len(events))
    store.record_triage([one for one in closed if cases[one.fingerprint].state.is_open])
    return tuple(results)


_TAKEN_BACK = ItemState.CANCELLED


def night_of(store: Store, inspection: Inspection) -> Night:
    """What a complete inspection knew, from what is on file. Posts that were held against the register are not on
    file: of those nothing is concluded."""
    looked = store.facts(inspection.id).get("looked", {})
    cases = store.cases(inspection.account_ids, inspection.now)
    return Night(
        found={finding.fingerprint: finding for finding in store.findings(inspection.id)},
        cases=cases,
        last={},
        coverages={coverage.account_id: coverage for coverage in store.coverages(inspection.id)},
        reads=store.reads(inspection.id),
        gone=frozenset(),
        rules=frozenset(looked.get("rules", ())),
        registered=frozenset(looked.get("registered", ())),
        unread_parts=frozenset(store.unexamined(inspection.id)),
    )


def _widened(store: Store, night: Night, cases: Sequence[Case]) -> Night:
    """``night`` with what the places of these cases need, whether or not their problem was there before."""
    last = {**night.last, **store.last_findings(cases)}
    urls = [finding.facts["url"] for finding in last.values() if "url" in finding.facts]
    unreached = {url for url, link in store.links(urls).items() if link.outcome.is_reach}
    gone = night.gone | store.gone([case.post_id for case in cases if case.post_id])
    return replace(night, last=last, gone=gone, unreached_links=night.unreached_links | unreached)


def _judge(
    night: Night, inspection: Inspection, entry: Rectification, item: ItemProgress, case: Case, days: Deadlines
) -> RecheckResult | None:
    since = item.closed_at if item.state is ItemState.CLOSED else item.replied_at
    if since is None or not _really_looked(night, inspection, case, since):
        return None
    sighting, detail = look_at(night, case)
    if sighting is Sighting.NOT_REREAD:
        return None
    if item.state is ItemState.CLOSED:
        if case.fingerprint not in night.found:
            return None
        outcome, detail = RecheckOutcome.RECURRED, "销号以后再次出现"
    else:
        outcome = _OUTCOME[sighting]
    served = in_china(inspection.now).date()
    return RecheckResult(
        notice=entry.notice.number,
        item=item.item.number,
        fingerprint=case.fingerprint,
        outcome=outcome,
        detail=detail,
        inspection_id=inspection.id,
        checked_at=inspection.now,
        due_on=None if outcome.closes else days.due_on(served, item.item.days),
        days=0 if outcome.closes else item.item.days,
    )


_OUTCOME = {
    Sighting.PERSISTING: RecheckOutcome.STILL_THERE,
    Sighting.ABSENT: RecheckOutcome.MENDED,
    Sighting.WITHDRAWN: RecheckOutcome.WITHDRAWN,
}


def _really_looked(night: Night, inspection: Inspection, case: Case, since: datetime) -> bool:
    """True when the place was looked at after ``since``. The register is always at hand; a post counts as looked at
    when its content was read, or the platform said that it is gone."""
    if inspection.now <= since:
        return False
    if case.rule_id in night.registered or not case.post_id or case.post_id in night.gone:
        return True
    read = night.reads.get(case.post_id)
    return read is not None and read.outcome is Outcome.OK and read.read_at > since


def _proposals(entry: Rectification, today: date, limit: int, now: datetime) -> Iterable[NewEvent]:
    """责令关停 for accounts whose item was reopened twice or is long overdue, unless it is proposed or decided."""
    known = {proposal.account_id for proposal in entry.proposals}
    for item in entry.items:
        account = item.item.account_id
        if account in known or not item.state.is_open:
            continue
        if item.reopened >= REOPENINGS_TO_CLOSURE:
            reason = f"第 {item.item.number} 项第 {item.reopened} 次复查未通过"
        elif item.overdue_days(today) > limit:
            reason = f"第 {item.item.number} 项逾期 {item.overdue_days(today)} 天"
        else:
            continue
        known.add(account)
        yield _event(EventKind.CLOSURE_PROPOSED, entry, {"account_id": account, "reason": reason}, now)


def _taken_back(entry: Rectification, item: ItemProgress, case: Case, now: datetime) -> NewEvent:
    state = "误报" if case.state is CaseState.DISMISSED else "暂予保留"
    return _event(EventKind.CANCELLED, entry, {"items": [item.item.number], "reason": f"研判改为{state}"}, now)


def _closing(entry: Rectification, item: ItemProgress, result: RecheckResult, now: datetime) -> Decision:
    return Decision(
        fingerprint=result.fingerprint,
        verdict=Verdict.RECTIFIED,
        reason=f"{entry.notice.number}第 {item.item.number} 项复查通过：{result.detail}",
        decided_by=PROGRAM,
        decided_at=now,
    )


def _event(kind: EventKind, entry: Rectification, body: dict[str, object], now: datetime) -> NewEvent:
    return NewEvent(matter=entry.notice.number, kind=kind.value, at=now, by=PROGRAM, body=body)
