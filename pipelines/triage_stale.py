"""Dismissals as lines to read, and decisions that match nothing any more."""

from __future__ import annotations

from datetime import datetime

from domain.case import CaseState, Verdict
from domain.triage import Dismissal, DismissScope
from pipelines.dismissals import SCOPE_LABEL, covering
from pipelines.triage import open_cases
from reports import labels
from scanners.masking import mask_private
from store import Store
from store.conclusion import PROGRAM
from store.records import Presence

_GONE = {Presence.ABSENT: "原文中已不再出现", Presence.WITHDRAWN: "原文已撤"}


def dismissal_lines(store: Store, now: datetime) -> list[str]:
    """Every dismissal that holds or waits, with how many present findings fall under it."""
    counts = _covered(store, now)
    names = {account.id: account.name for account in store.accounts()}
    return [_line(one, counts.get(one.id, 0), names) for one in store.dismissals() if one.ended_at is None]


def stale_lines(store: Store, now: datetime) -> list[str]:
    """Decisions by people that match nothing any more: their problem is gone, or no finding falls under them."""
    counts = _covered(store, now)
    names = {account.id: account.name for account in store.accounts()}
    found = [
        f"{_line(one, 0, names)}：没有任何问题符合"
        for one in store.dismissals()
        if one.is_effective and not counts.get(one.id)
    ]
    pairs = open_cases(store, now, everything=True)
    decided = store.decisions_on([case.fingerprint for case, _ in pairs])
    for case, finding in pairs:
        own = [one for one in decided.get(case.fingerprint, ()) if one.decided_by != PROGRAM]
        if not own or case.state is CaseState.CLOSED:
            continue
        last = own[-1]
        why = _GONE.get(case.presence, "")
        if not why and last.verdict is Verdict.ACCEPT and case.state is CaseState.OPEN:
            why = "保留期限已过"
        if why:
            account = names.get(case.account_id, case.account_id)
            told = f"{last.decided_by} {labels.day(last.decided_at)}"
            found.append(f"{account}　{mask_private(finding.message)}　{labels.CASE[case.state]}（{told}）：{why}")
    return found


def _covered(store: Store, now: datetime) -> dict[int, int]:
    standing = [one for one in store.dismissals() if one.ended_at is None]
    counts: dict[int, int] = {}
    if not standing:
        return counts
    for case, finding in open_cases(store, now, everything=True):
        if case.presence is Presence.PRESENT:
            for one in standing:
                if covering(store, [one], case, finding) is not None:
                    counts[one.id] = counts.get(one.id, 0) + 1
    return counts


def _line(one: Dismissal, count: int, names: dict[str, str]) -> str:
    where = names.get(one.account_id, one.account_id) if one.scope is DismissScope.ACCOUNT else f"“{one.term}”"
    state = "待另一人复核" if one.waits else "有效"
    people = one.proposed_by + (f"、{one.confirmed_by}" if one.confirmed_by else "")
    covered = f"，符合的问题 {count} 个" if count else ""
    label = SCOPE_LABEL[one.scope]
    return f"{one.id}　{label}　{one.rule_id}　{where}　{mask_private(one.reason)}　{people}　{state}{covered}"
