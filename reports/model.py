"""What a report says: frozen, complete and already masked. Every format is a rendering of this one object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.account import Medium, Purpose, Standing
from domain.case import CaseState, Sighting
from domain.inspection import InspectionKind, InspectionState
from domain.outcome import Outcome
from domain.rule import Confidence, Severity

#: Name and version of the JSON form; a change that a reader would notice raises the number.
SCHEMA = "xunjian-report/1"

#: Sightings after which nobody has to act any more.
_PAST = frozenset({Sighting.ABSENT, Sighting.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A cited clause. ``confirmed`` false: its text has not been checked against the document and prints 依据待核."""

    key: str
    document: str = ""
    article: str = ""
    text: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptLine:
    """One route that was tried on an account, and how it ended."""

    route: str
    outcome: Outcome
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """How readers are answered, in numbers: no reader is known here. ``None`` where the platform does not tell.

    ``comments`` of the last 30 days, ``unanswered`` of them, ``median_reply_hours`` and ``longest_reply_hours``,
    ``waiting_days`` of the oldest one without a reply. ``entries`` are the ways in that readers find (menu, comments).
    """

    comments: int | None = None
    unanswered: int | None = None
    median_reply_hours: float | None = None
    longest_reply_hours: float | None = None
    waiting_days: int | None = None
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialLine:
    """One certification, token or secret whose end is known, or that was refused (``refusal`` says why).

    ``days_left`` are whole days at the time of the inspection, negative once it has ended; ``alert``: this inspection
    was the first to tell of this end or refusal.
    """

    label: str
    kind: str
    expires_at: datetime | None = None
    days_left: int | None = None
    refusal: str = ""
    remedy: str = ""
    alert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateLine:
    """An account that nobody has filed: perhaps the bureau's own (``kind`` unregistered), perhaps somebody who passes
    for it (``lookalike``). ``state`` is ``open`` or ``confirmed``; ``reasons`` say why, in Chinese."""

    id: str
    platform: str
    name: str
    key: str = ""
    kind: str
    state: str = "open"
    subject: str = ""
    resembles: str = ""
    reasons: tuple[str, ...] = ()
    found_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """One account and what tonight's look at it came to. ``days_quiet`` are whole days since ``newest_at``.

    ``platform_total`` is the platform's own count of posts, of which ``accounted`` were seen; ``requests`` is what the
    look cost.
    """

    id: str
    platform: str
    name: str
    sponsor: str = ""
    operator: str = ""
    supervisor: str = ""
    filing_no: str = ""
    home_url: str = ""
    purpose: Purpose = Purpose.PUBLISHING
    medium: Medium | None = None
    standing: Standing = Standing.LIVE
    outcome: Outcome
    detail: str = ""
    route: str = ""
    complete: bool = False
    listed: int = 0
    read: int = 0
    newest_at: datetime | None = None
    days_quiet: int | None = None
    platform_total: int | None = None
    accounted: int | None = None
    requests: int = 0
    attempts: tuple[AttemptLine, ...] = ()
    interaction: Interaction | None = None

    @property
    def checked(self) -> bool:
        """False is 未能检查: nothing is concluded about the account."""
        return not self.outcome.is_reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the post a finding lies; ``count`` hits in that place."""

    field: str
    origin: str = "text"
    hidden: bool = False
    locator: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """One problem as the office is told it. ``term`` and ``sentence`` are masked; ``days`` to rectify or ``None``."""

    fingerprint: str
    rule_id: str
    rule_title: str
    severity: Severity
    confidence: Confidence
    sighting: Sighting
    state: CaseState = CaseState.OPEN
    account_id: str
    account_name: str
    platform: str
    post_key: str = ""
    post_title: str = ""
    post_url: str = ""
    published_at: datetime | None = None
    term: str = ""
    sentence: str = ""
    message: str = ""
    suggestion: str = ""
    explanation: str = ""
    clauses: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    days: int | None = None
    evidence: str = ""
    #: 七条底线 and class of safety that the problem touches, and the version of the rules that found it.
    bottom_line: str = ""
    safety_class: str = ""
    rule_pack: str = ""
    #: Digest of the screenshot with the place marked, and what is to be said of it (or why there is none).
    shot: str = ""
    shot_note: str = ""
    first_seen_at: datetime | None = None

    @property
    def family(self) -> str:
        """The rule's family."""
        return self.rule_id.split("-", 1)[0]

    @property
    def is_current(self) -> bool:
        """True while somebody still has to act: open, and not seen to be gone."""
        return self.state.is_open and self.sighting not in _PAST


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseGap:
    """A rule, with the clauses it answers for, that could not be judged at all in this inspection."""

    rule_id: str
    rule_title: str
    clauses: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationLine:
    """One requirement of the regulation in this inspection.

    ``how`` is ``automated``, ``assisted``, ``attested`` or ``out-of-scope``; ``state`` is ``checked``, ``partly``,
    ``not_checked``, ``not_concerned`` or ``by_hand``; ``why`` says what kept it from being checked, or what a person
    has to look at. ``rules`` are those that judged; ``missed`` the accounts that could not be read for it, of which
    ``unread`` tells the first with the reasons.
    """

    id: str
    reading: str
    how: str
    state: str
    why: str = ""
    mechanism: str = ""
    clauses: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    unread: str = ""
    findings: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLine:
    """How the office reads what the regulation leaves open; ``is_own``: otherwise than the program recommends."""

    article: str
    label: str
    value: str
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PartGap:
    """A part of one post (a file, a picture) that could not be searched."""

    account_id: str
    account_name: str
    post_key: str
    post_title: str
    part: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """A word list that was used, by name and version."""

    name: str
    title: str
    version: str
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One inspection, told. Accounts, findings and gaps come in the order they are printed in."""

    inspection_id: str
    kind: InspectionKind
    state: InspectionState
    now: datetime
    bureau: str
    program: str
    rules_digest: str = ""
    rule_pack: str = ""
    rule_count: int = 0
    finished_at: datetime | None = None
    accounts: tuple[AccountLine, ...] = ()
    findings: tuple[FindingLine, ...] = ()
    clause_gaps: tuple[ClauseGap, ...] = ()
    part_gaps: tuple[PartGap, ...] = ()
    clauses: Mapping[str, Clause] = field(default_factory=dict)
    word_lists: tuple[WordList, ...] = ()
    credentials: tuple[CredentialLine, ...] = ()
    candidates: tuple[CandidateLine, ...] = ()
    #: How many requirements of the regulation are automated, assisted, attested and out-of-scope in this version.
    requirements: Mapping[str, int] = field(default_factory=dict)
    #: Every requirement: how it was checked in this inspection, and which could not be.
    obligations: tuple[ObligationLine, ...] = ()
    readings: tuple[ReadingLine, ...] = ()

    @property
    def checked(self) -> tuple[AccountLine, ...]:
        """The accounts that were looked at."""
        return tuple(account for account in self.accounts if account.checked)

    @property
    def not_checked(self) -> tuple[AccountLine, ...]:
        """The accounts that could not be looked at."""
        return tuple(account for account in self.accounts if not account.checked)

    @property
    def current(self) -> tuple[FindingLine, ...]:
        """The problems that somebody still has to act on."""
        return tuple(finding for finding in self.findings if finding.is_current)

    @property
    def settled(self) -> tuple[FindingLine, ...]:
        """Open cases whose problem was seen to be gone tonight: a person still has to verify and close them."""
        return tuple(finding for finding in self.findings if finding.state.is_open and finding.sighting in _PAST)

    @property
    def dismissed(self) -> int:
        """How many findings of tonight a person has already dismissed, accepted or closed."""
        return sum(not finding.state.is_open for finding in self.findings)

    @property
    def new(self) -> tuple[FindingLine, ...]:
        """The current problems that were not there before."""
        return tuple(finding for finding in self.current if finding.sighting is Sighting.NEW)

    @property
    def posts_read(self) -> int:
        """Posts whose content was read in this inspection."""
        return sum(account.read for account in self.accounts)

    def by_severity(self, findings: Iterable[FindingLine] | None = None) -> dict[Severity, int]:
        """How many of ``findings`` (all current ones by default) have each severity, gravest first, zeros included."""
        counts = Counter(finding.severity for finding in (self.current if findings is None else findings))
        return {severity: counts[severity] for severity in Severity}

    def of_account(self, account_id: str) -> tuple[FindingLine, ...]:
        """The current problems of one account."""
        return tuple(finding for finding in self.current if finding.account_id == account_id)

    def clause(self, key: str) -> Clause:
        """The clause with that key; one that nobody has entered is an unconfirmed one."""
        return self.clauses.get(key) or Clause(key=key)
