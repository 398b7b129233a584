"""What becomes of a finding over many inspections. State is computed from append-only decisions, never stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Sighting(StrEnum):
    """How one inspection saw a case."""

    NEW = "new"
    PERSISTING = "persisting"
    REOPENED = "reopened"
    ABSENT = "absent"  # the post was read again and the finding is no longer there
    WITHDRAWN = "withdrawn"  # the platform says that the post is gone
    NOT_REREAD = "not_reread"  # nothing is known tonight


class Verdict(StrEnum):
    """A person's decision on a case."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    ACCEPT = "accept"
    RECTIFIED = "rectified"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One append-only entry: who decided what, when and why. ``ACCEPT`` must carry ``expires_on``."""

    fingerprint: str
    verdict: Verdict
    reason: str
    decided_by: str
    decided_at: datetime
    expires_at: datetime | None = None


class CaseState(StrEnum):
    """Derived state of a case."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    ACCEPTED = "accepted"
    CLOSED = "closed"

    @property
    def is_open(self) -> bool:
        """True while somebody still has to act."""
        return self in (CaseState.OPEN, CaseState.CONFIRMED)


def case_state(decisions: Sequence[Decision], now: datetime) -> CaseState:
    """The state that the decisions (oldest first) leave a case in at ``now``."""
    state = CaseState.OPEN
    for decision in decisions:
        match decision.verdict:
            case Verdict.CONFIRM:
                state = CaseState.CONFIRMED
            case Verdict.DISMISS:
                state = CaseState.DISMISSED
            case Verdict.RECTIFIED:
                state = CaseState.CLOSED
            case Verdict.REOPEN:
                state = CaseState.OPEN
            case Verdict.ACCEPT:
                expired = decision.expires_at is None or decision.expires_at <= now
                state = CaseState.OPEN if expired else CaseState.ACCEPTED
    return state
