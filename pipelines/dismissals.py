"""Dismissals beyond one finding, brought to bear on the cases on file.

What falls under one is dismissed by a decision of its own, which names the dismissal and its author: the state of a
case stays what its decisions say. A case on which a person decided later keeps that decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from domain.case import CaseState, Decision, Verdict
from domain.finding import Finding
from domain.triage import Dismissal, DismissScope
from scanners.folding import fold_word
from store import Store
from store.conclusion import PROGRAM
from store.records import Case

SCOPE_LABEL = {DismissScope.ACCOUNT: "本账号同类", DismissScope.EVERYWHERE: "全局同词"}


def apply_dismissals(store: Store, account_ids: Iterable[str], now: datetime) -> int:
    """Dismiss the open cases of these accounts that fall under a dismissal in force; how many were."""
    effective = [one for one in store.dismissals() if one.is_effective]
    if not effective:
        return 0
    rules = {one.rule_id for one in effective}
    cases = [case for case in store.cases(account_ids, now) if case.state is CaseState.OPEN and case.rule_id in rules]
    last = store.last_findings(cases)
    decided = store.decisions_on([case.fingerprint for case in cases])
    entries = []
    for case in cases:
        one = covering(store, effective, case, last.get(case.fingerprint))
        if one is not None and _still_free(decided.get(case.fingerprint, ()), one):
            entries.append(
                Decision(
                    fingerprint=case.fingerprint,
                    verdict=Verdict.DISMISS,
                    reason=applied_reason(one),
                    decided_by=PROGRAM,
                    decided_at=now,
                )
            )
    store.record_triage(entries)
    return len(entries)


def release(store: Store, one: Dismissal, account_ids: Iterable[str], now: datetime, by: str) -> int:
    """After a dismissal has ended: reopen what was dismissed by it alone; how many cases."""
    cases = [case for case in store.cases(account_ids, now) if case.state is CaseState.DISMISSED]
    cases = [case for case in cases if case.rule_id == one.rule_id]
    decided = store.decisions_on([case.fingerprint for case in cases])
    entries = [
        Decision(
            fingerprint=case.fingerprint,
            verdict=Verdict.REOPEN,
            reason=f"同类排除 {one.id} 已由 {by} 撤销",
            decided_by=PROGRAM,
            decided_at=now,
        )
        for case in cases
        if decided[case.fingerprint][-1].reason == applied_reason(one)
    ]
    store.record_triage(entries)
    return len(entries)


def covering(store: Store, effective: Sequence[Dismissal], case: Case, finding: Finding | None) -> Dismissal | None:
    """The dismissal that a case falls under."""
    digest = store.term_digest(fold_word(finding.term)) if finding is not None else ""
    for one in effective:
        if one.covers(case.rule_id, case.account_id, digest):
            return one
    return None


def applied_reason(one: Dismissal) -> str:
    """What stands as the reason of a decision that a dismissal brought about."""
    people = one.proposed_by + (f"、{one.confirmed_by}复核" if one.confirmed_by else "")
    return f"适用同类排除 {one.id}（{SCOPE_LABEL[one.scope]}，{people}）：{one.reason}"


def _still_free(decided: Sequence[Decision], one: Dismissal) -> bool:
    """True where nobody has decided since the dismissal came into force."""
    assert one.effective_at is not None, "only dismissals in force are applied"
    return not decided or decided[-1].decided_at < one.effective_at
