"""What a check of a duty is given, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain.account import Account
from domain.calendar import WorkCalendar
from domain.case import CaseState
from domain.clock import in_china
from domain.link import ResolvedLink
from domain.norms import Norms
from domain.outcome import Outcome
from domain.post import Post
from domain.register import Approval, Register, Unit
from domain.rule import Rule, Severity
from domain.sources import SourceBook
from domain.timeline import Timeline
from scanners.guards import Drop, Guard


@dataclass(frozen=True, slots=True)
class NightSeen:
    """How one earlier or the present inspection saw the account: its instant and the outcome of the visit."""

    at: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """A case on file: what the rectification rules judge. ``notice_on`` and ``due_on`` where a notice was issued;
    ``present`` is false where the last look no longer saw it and a person has still to close it; ``awaits_recheck``
    where the unit said in time that it is done and the office owes the next step."""

    fingerprint: str
    rule_id: str
    account_id: str
    post_id: str
    severity: Severity
    state: CaseState
    opened_at: datetime
    notice_on: date | None = None
    due_on: date | None = None
    closed_at: datetime | None = None
    reopenings: int = 0
    reminders: int = 0
    owner: str = ""
    has_evidence: bool = True
    present: bool = True
    awaits_recheck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """An account that nobody has filed and that looks like one of the bureau's; ``is_confirmed`` by a person."""

    id: str
    name: str
    platform: str
    found_at: datetime
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """A post of another account on file, to hold this one against: only what can be compared."""

    account_id: str
    key: str
    url: str
    title: str
    text: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that is known of one subject.

    ``account`` is the subject's account (for a unit or the bureau: its main account, ``None`` where it has none);
    ``accounts`` are all on file, ``of_unit`` those of the same unit. ``posts`` are the account's posts of the judged
    days that are still there, newest first; ``timeline`` holds every publication ever seen. ``approvals`` are those of
    the account. ``nights`` are the last inspections, newest first, tonight included: of the account, or (for unit and
    bureau) of the whole run with ``Outcome.OK``. ``links`` are followed addresses by URL. ``twins`` are posts of the
    unit's own website, ``siblings`` those of its other accounts of the last days. ``post`` is the post a post rule
    judges. ``sources`` say where a repost may come from. ``memo`` holds what one check worked out and others may use
    again; it never depends on a guard.
    """

    account: Account | None = None
    unit: Unit | None = None
    unit_name: str = ""
    accounts: tuple[Account, ...] = ()
    timeline: Timeline | None = None
    posts: tuple[Post, ...] = ()
    approvals: tuple[Approval, ...] = ()
    nights: tuple[NightSeen, ...] = ()
    links: Mapping[str, ResolvedLink] = field(default_factory=dict)
    twins: Sequence[Sibling] = ()
    siblings: Sequence[Sibling] = ()
    cases: tuple[OpenCase, ...] = ()
    suspects: tuple[Suspect, ...] = ()  # of the bureau
    findings: tuple[tuple[str, str], ...] = ()  # (rule id, post id) of tonight's other findings on the account
    post: Post | None = None
    approval: Approval | None = None
    sources: SourceBook = field(default_factory=SourceBook)
    memo: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def of_unit(self) -> tuple[Account, ...]:
        """The accounts that this subject's unit sponsors."""
        return tuple(each for each in self.accounts if each.sponsor == self.unit_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """Something that is not as it must be.

    ``episode`` names it so that one breach is one case however often it is seen (a record's key, a post, a period:
    never "today"). ``explanation`` says in Chinese what it rests on; ``record`` names the record
    (``filing_event:2026-03``).
    ``facts`` fill the message. ``severity`` overrides the rule's. ``clause`` is put before the rule's citations.
    """

    episode: str
    explanation: str
    facts: Mapping[str, str] = field(default_factory=dict)
    record: str = ""
    severity: Severity | None = None
    clause: str = ""
    term: str = ""
    sentence: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """One rule on one subject at ``now``."""

    rule: Rule
    now: datetime
    facts: Facts
    register: Register
    calendar: WorkCalendar
    norms: Norms
    off: frozenset[Guard] = frozenset()
    drops: list[Drop] | None = None

    @property
    def today(self) -> date:
        """The day of ``now`` in China."""
        return in_china(self.now).date()

    @property
    def account_id(self) -> str:
        """The id of the subject's account, empty where it has none."""
        return self.facts.account.id if self.facts.account else ""

    @property
    def options(self) -> Mapping[str, object]:
        """The rule's own table of options."""
        found = self.rule.detector.get("options", {})
        return found if isinstance(found, dict) else {}

    def option(self, name: str, default: str = "") -> str:
        """One option as text."""
        return str(self.options.get(name, default))

    def spared(self, guard: Guard, detail: str = "") -> bool:
        """Where this guard keeps the rule silent: ``if spared(...)`` then nothing is wrong. Records why.

        False where the guard is switched off: what it held back must then come out.
        """
        if guard in self.off:
            return False
        if self.drops is not None:
            self.drops.append(Drop(self.rule.id, guard, detail=detail))
        return True
