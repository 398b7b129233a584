"""整改: notices to units, their replies, and the rechecks that alone close an item.

Nothing here is stored as a state: a state is what the append-only log of events comes to. An item closes only by a
recheck that really read the place again, never by a claim (第十三条: one to five days; what is not done leads to a
proposal of 责令关停, which a person decides).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from domain.clock import in_china
from domain.rule import Severity

#: So many reopenings of one item lead to the proposal 责令关停 (第十三条).
REOPENINGS_TO_CLOSURE = 2


class EventKind(StrEnum):
    """What can happen to a notice. ``CLOSURE_PROPOSED`` is the program's, ``CLOSURE_DECIDED`` a person's."""

    ISSUED = "issued"
    REPLIED = "replied"
    RECHECKED = "rechecked"
    REMINDED = "reminded"
    CANCELLED = "cancelled"
    CLOSURE_PROPOSED = "closure_proposed"
    CLOSURE_DECIDED = "closure_decided"


class RecheckOutcome(StrEnum):
    """How the place of an item was found when it was looked at again."""

    MENDED = "mended"  # really read again, and the problem is not there
    WITHDRAWN = "withdrawn"  # the platform says that the post is gone
    STILL_THERE = "still_there"  # read again, and the problem is there: reopened
    RECURRED = "recurred"  # it had been closed and is there again: reopened

    @property
    def closes(self) -> bool:
        """True for the outcomes that close an item."""
        return self in (RecheckOutcome.MENDED, RecheckOutcome.WITHDRAWN)


class ItemState(StrEnum):
    """Where one item of a notice stands."""

    ISSUED = "issued"  # 待整改
    REPLIED = "replied"  # 已回复，待复查
    CLOSED = "closed"  # 复查通过，已销号
    REOPENED = "reopened"  # 复查未通过，重新整改
    CANCELLED = "cancelled"  # 撤销

    @property
    def is_open(self) -> bool:
        """True until the item is closed or taken back."""
        return self not in (ItemState.CLOSED, ItemState.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeItem:
    """One problem of a notice; every word of it may be printed (masked). ``number`` counts from 1 within the notice.

    ``days`` are the days to rectify by severity, ``due_on`` their last day. ``term`` and ``sentence`` are masked.
    """

    number: int
    fingerprint: str
    rule_id: str
    account_id: str
    account_name: str
    platform: str
    problem: str
    severity: Severity
    days: int
    due_on: date
    post_id: str = ""
    post_title: str = ""
    post_url: str = ""
    published_at: datetime | None = None
    found_at: datetime | None = None
    term: str = ""
    sentence: str = ""
    suggestion: str = ""
    clauses: tuple[str, ...] = ()
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """整改通知书. ``number`` is as printed (柳民媒整〔2026〕3号); ``counting`` says in one Chinese sentence how
    the days were counted, ``caution`` what is uncertain about them (a holiday plan that is not published yet)."""

    number: str
    unit: str
    issued_on: date
    issued_by: str
    items: tuple[NoticeItem, ...]
    counting: str
    caution: str = ""

    @property
    def due_on(self) -> date:
        """The first of the items' last days."""
        return min(item.due_on for item in self.items)

    @property
    def last_due_on(self) -> date:
        """The last of the items' last days."""
        return max(item.due_on for item in self.items)

    @property
    def severity(self) -> Severity:
        """The gravest item's."""
        return min((item.severity for item in self.items), key=lambda severity: severity.rank)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A file that came with a reply, kept by the SHA-256 of its bytes."""

    name: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """整改回执: a unit's claim about items of a notice; it closes nothing. ``replied_on`` is the day on the paper."""

    notice: str
    items: tuple[int, ...]
    text: str
    replied_by: str
    replied_on: date
    received_at: datetime
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckResult:
    """What a recheck of one item came to, on the strength of which inspection and which read of the place.

    ``due_on`` is the new last day of a reopened item.
    """

    notice: str
    item: int
    fingerprint: str
    outcome: RecheckOutcome
    detail: str
    inspection_id: str
    checked_at: datetime
    due_on: date | None = None
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationEvent:
    """One entry of the log. ``sequence`` counts without a gap from 1; ``digest`` seals the entry and the one before.

    ``matter`` is the number of the notice, or of the emergency or counterfeit that is being handled.
    """

    sequence: int
    matter: str
    kind: str
    at: datetime
    by: str
    body: Mapping[str, object] = field(default_factory=dict, repr=False)
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureProposal:
    """责令关停, proposed by the program for an account; ``approved`` is ``None`` until a person has decided."""

    notice: str
    account_id: str
    reason: str
    proposed_at: datetime
    approved: bool | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    decision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemProgress:
    """One item with what has become of it. ``due_on`` is the last day that counts now (a reopening sets a new one)."""

    item: NoticeItem
    state: ItemState
    due_on: date
    replied_at: datetime | None = None
    #: The day on the unit's paper, which decides whether it answered in time.
    replied_on: date | None = None
    closed_at: datetime | None = None
    reopened: int = 0
    rechecks: tuple[RecheckResult, ...] = ()

    def is_overdue(self, today: date) -> bool:
        """True when the last day has passed and the item is not closed. A claim in time that no recheck has answered
        yet is not overdue: the office owes the next step."""
        if not self.state.is_open or self.due_on >= today:
            return False
        return not (self.state is ItemState.REPLIED and self.replied_on is not None and self.replied_on <= self.due_on)

    def overdue_days(self, today: date) -> int:
        """Calendar days past the last day; 0 when not overdue."""
        return (today - self.due_on).days if self.is_overdue(today) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectification:
    """A notice and everything that became of it."""

    notice: Notice
    items: tuple[ItemProgress, ...]
    replies: tuple[Reply, ...] = ()
    reminded_on: tuple[date, ...] = ()
    proposals: tuple[ClosureProposal, ...] = ()

    @property
    def is_open(self) -> bool:
        """True while an item is open."""
        return any(item.state.is_open for item in self.items)

    @property
    def reopened(self) -> int:
        """How often items of it were reopened."""
        return sum(item.reopened for item in self.items)

    def overdue(self, today: date) -> tuple[ItemProgress, ...]:
        """The items whose last day has passed."""
        return tuple(item for item in self.items if item.is_overdue(today))

    def item(self, number: int) -> ItemProgress:
        """The item with this number; raises ``KeyError``."""
        for progress in self.items:
            if progress.item.number == number:
                return progress
        raise KeyError(number)

    # -- what each event makes of it ---------------------------------------------------------------------------------

    def with_reply(self, reply: Reply) -> Rectification:
        """After a reply: its open items wait for their recheck."""
        items = tuple(
            replace(one, state=ItemState.REPLIED, replied_at=reply.received_at, replied_on=reply.replied_on)
            if one.item.number in reply.items and one.state.is_open
            else one
            for one in self.items
        )
        return replace(self, items=items, replies=(*self.replies, reply))

    def with_recheck(self, result: RecheckResult) -> Rectification:
        """After a recheck: the item is closed, or reopened with a new last day."""
        items = tuple(_rechecked(one, result) if one.item.number == result.item else one for one in self.items)
        return replace(self, items=items)

    def with_reminder(self, day: date) -> Rectification:
        """After a reminder."""
        return replace(self, reminded_on=(*self.reminded_on, day))

    def without(self, numbers: Sequence[int]) -> Rectification:
        """After items were taken back."""
        items = tuple(
            replace(one, state=ItemState.CANCELLED) if one.item.number in numbers and one.state.is_open else one
            for one in self.items
        )
        return replace(self, items=items)

    def with_proposal(self, proposal: ClosureProposal) -> Rectification:
        """After 责令关停 was proposed."""
        return replace(self, proposals=(*self.proposals, proposal))

    def with_closure_decision(
        self, account_id: str, *, approved: bool, by: str, at: datetime, reason: str
    ) -> Rectification:
        """After a person decided the proposal that waits for this account."""
        proposals = tuple(
            replace(one, approved=approved, decided_by=by, decided_at=at, decision=reason)
            if one.account_id == account_id and one.approved is None
            else one
            for one in self.proposals
        )
        return replace(self, proposals=proposals)


def begin(notice: Notice) -> Rectification:
    """A notice that has just been issued."""
    items = tuple(ItemProgress(item=item, state=ItemState.ISSUED, due_on=item.due_on) for item in notice.items)
    return Rectification(notice=notice, items=items)


def _rechecked(item: ItemProgress, result: RecheckResult) -> ItemProgress:
    rechecks = (*item.rechecks, result)
    if result.outcome.closes:
        return replace(item, state=ItemState.CLOSED, closed_at=result.checked_at, rechecks=rechecks)
    return replace(
        item,
        state=ItemState.REOPENED,
        closed_at=None,
        replied_at=None,
        replied_on=None,
        reopened=item.reopened + 1,
        due_on=result.due_on or item.due_on,
        rechecks=rechecks,
    )


def closed_in_time(item: ItemProgress) -> bool:
    """True when a closed item was mended by its last day: the day of the reply, else that of the recheck, counts."""
    if item.state is not ItemState.CLOSED or item.closed_at is None:
        return False
    day = item.replied_on or in_china(item.closed_at).date()
    return day <= item.due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSummary:
    """One unit's figures for a period, in items (``notices`` in notices)."""

    unit: str
    notices: int = 0
    issued: int = 0
    replied: int = 0
    closed: int = 0
    closed_late: int = 0
    #: Items that were reopened at least once, and all reopenings.
    reopened: int = 0
    reopenings: int = 0
    waiting: int = 0
    overdue: int = 0
    cancelled: int = 0
    closure_proposed: int = 0

    @property
    def closing_rate(self) -> float:
        """Closed of those that were not taken back; 1.0 where there was nothing."""
        counted = self.issued - self.cancelled
        return self.closed / counted if counted else 1.0


def rectification_summary(
    entries: Sequence[Rectification], today: date, *, since: date | None = None, until: date | None = None
) -> tuple[UnitSummary, ...]:
    """Per unit, by name: what became, as of ``today``, of the notices issued from ``since`` through ``until``.

    ``waiting`` are replied items whose recheck is due, ``overdue`` those past their last day.
    """
    by_unit: dict[str, list[Rectification]] = {}
    for entry in entries:
        day = entry.notice.issued_on
        if (since is None or day >= since) and (until is None or day <= until):
            by_unit.setdefault(entry.notice.unit, []).append(entry)
    return tuple(_of_unit(unit, several, today) for unit, several in sorted(by_unit.items()))


def _of_unit(unit: str, entries: Sequence[Rectification], today: date) -> UnitSummary:
    items = [item for entry in entries for item in entry.items]
    closed = [item for item in items if item.state is ItemState.CLOSED]
    answered = {(entry.notice.number, number) for entry in entries for reply in entry.replies for number in reply.items}
    return UnitSummary(
        unit=unit,
        notices=len(entries),
        issued=len(items),
        replied=len(answered),
        closed=len(closed),
        closed_late=sum(not closed_in_time(item) for item in closed),
        reopened=sum(item.reopened > 0 for item in items),
        reopenings=sum(item.reopened for item in items),
        waiting=sum(item.state is ItemState.REPLIED for item in items),
        overdue=sum(item.is_overdue(today) for item in items),
        cancelled=sum(item.state is ItemState.CANCELLED for item in items),
        closure_proposed=sum(len(entry.proposals) for entry in entries),
    )
