"""How right each rule and each word was, as people judged its findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.case import CaseState, Decision, Verdict
from pipelines.triage import open_cases
from reports.visible import visible
from store import Store
from store.conclusion import PROGRAM
from store.records import Presence

#: A person who accepts or closes a problem says that it is one.
_TRUE = frozenset({Verdict.CONFIRM, Verdict.ACCEPT, Verdict.RECTIFIED})


@dataclass(slots=True, kw_only=True)
class Figure:
    """Findings of one rule (or one word of it) as judged. ``applied`` were dismissed with others, not one by one: they
    do not count towards precision, or one decision could count a thousand times."""

    rule_id: str
    term: str = ""
    true: int = 0
    false: int = 0
    applied: int = 0
    waiting: int = 0

    @property
    def judged(self) -> int:
        """How many people judged one by one."""
        return self.true + self.false

    @property
    def precision(self) -> float | None:
        """The share that was right; ``None`` where nobody has judged."""
        return self.true / self.judged if self.judged else None

    @property
    def precision_text(self) -> str:
        """``87.5%``, or a dash."""
        return "—" if self.precision is None else f"{self.precision:.1%}"


def figures(store: Store, now: datetime, *, words: bool = False) -> tuple[Figure, ...]:
    """Per rule, or per rule and word (masked): the worst precision of the most judged first. Rules that nobody has
    judged are left out."""
    pairs = open_cases(store, now, everything=True)
    decided = store.decisions_on([case.fingerprint for case, _ in pairs])
    found: dict[tuple[str, str], Figure] = {}
    for case, finding in pairs:
        term = visible(finding.masked_term) if words and finding.post_id else ""
        one = found.setdefault((case.rule_id, term), Figure(rule_id=case.rule_id, term=term))
        entries = decided.get(case.fingerprint, ())
        right = verdict_of(entries)
        if right is not None:
            one.true += right
            one.false += not right
        elif entries and entries[-1].verdict is Verdict.DISMISS:
            one.applied += 1
        elif case.state is CaseState.OPEN and case.presence is Presence.PRESENT:
            one.waiting += 1
    judged = [one for one in found.values() if one.judged]
    return tuple(sorted(judged, key=lambda one: (one.precision or 0.0, -one.judged, one.rule_id, one.term)))


def verdict_of(entries: tuple[Decision, ...] | list[Decision]) -> bool | None:
    """Whether the last person who judged found it right; ``None`` where none did, or it was reopened."""
    own = [entry for entry in entries if entry.decided_by != PROGRAM]
    if not own or own[-1].verdict is Verdict.REOPEN:
        return None
    return own[-1].verdict in _TRUE
