"""What goes into the store and comes out of it, beside the nouns of the domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.case import CaseState, Sighting
from domain.coverage import Coverage
from domain.finding import Finding
from domain.link import ResolvedLink
from domain.outcome import Outcome
from domain.post import Post, Segment, Unexamined


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What one import of the register changed: ids of accounts."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureRecord:
    """Index entry of one fetched response: where in the evidence archive it lies.

    ``has_body`` is false for a revisit: the same bytes lie in an earlier record of the same ``digest``.
    """

    digest: str
    inspection_id: str
    account_id: str
    url: str = field(repr=False)
    status: int
    outcome: Outcome
    kind: str
    fetched_at: datetime
    file: str
    offset: int
    has_body: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRead:
    """One attempt to read a post: ``outcome`` OK or EMPTY brings content, a gone outcome says that it is no more, any
    other that it could not be read tonight."""

    post: Post = field(repr=False)
    outcome: Outcome
    read_at: datetime
    pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one crawl process hands over in one transaction. Coverages come last: they say that the rest is in."""

    inspection_id: str
    captures: tuple[CaptureRecord, ...] = ()
    reads: tuple[PostRead, ...] = ()
    profiles: tuple[tuple[str, Mapping[str, object], str, datetime], ...] = field(default=(), repr=False)
    links: tuple[ResolvedLink, ...] = field(default=(), repr=False)
    coverages: tuple[Coverage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What the attachments of one revision of a post hold."""

    post_id: str
    revision: str
    segments: tuple[Segment, ...] = field(default=(), repr=False)
    unexamined: tuple[Unexamined, ...] = ()
    links: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPost:
    """A post on file with what the inspections know of it."""

    post: Post = field(repr=False)
    outcome: Outcome
    first_seen_at: datetime
    last_read_at: datetime | None
    gone_at: datetime | None
    pinned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRecord:
    """How one inspection's attempt to read a post ended."""

    post_id: str
    outcome: Outcome
    revision: str
    read_at: datetime


class Presence(StrEnum):
    """Whether a case's finding was there when it was last really looked at."""

    PRESENT = "present"
    ABSENT = "absent"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A finding over many inspections. ``seen_in`` is the inspection that holds its latest words."""

    fingerprint: str
    rule_id: str
    account_id: str
    post_id: str
    presence: Presence
    opened_in: str
    opened_at: datetime
    seen_in: str
    seen_at: datetime
    state: CaseState = CaseState.OPEN
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighted:
    """How one inspection saw a case, with the finding as it was last seen."""

    finding: Finding
    sighting: Sighting
    case: Case
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What reconciling decided: written in one transaction with the end of the inspection.

    ``sightings`` maps fingerprints to the sighting and its reason; ``reopened`` are cases that people had closed and
    that are there again.
    """

    sightings: Mapping[str, tuple[Sighting, str]]
    reopened: tuple[str, ...] = ()
