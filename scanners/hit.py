"""What a detector hands to the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.clock import in_china
from domain.link import ResolvedLink
from domain.post import Segment
from domain.rule import Confidence, Severity
from scanners.guards import Drop, Guard
from scanners.passage import Passage
from scanners.years import latest_year


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place that a rule objects to; ``start`` and ``end`` are of the original text of ``passage``.

    ``None`` and empty values mean that the rule's own apply. ``key`` is what stands for the term in the fingerprint
    (folded, separators gone) and ``places`` holds further spans that belong to the same finding.
    """

    passage: Passage
    start: int
    end: int
    key: str
    severity: Severity | None = None
    confidence: Confidence | None = None
    suggestion: str = ""
    clause: str = ""
    explanation: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    places: tuple[tuple[Passage, int, int], ...] = ()


@dataclass(slots=True, kw_only=True)
class PostContext:
    """What is known about the post, which guards are off, and the trace of dropped hits where somebody wants it."""

    published_at: datetime | None = None
    links: tuple[ResolvedLink, ...] = ()
    public_numbers: frozenset[str] = frozenset()
    verified_subject: str = ""
    segments: tuple[Segment, ...] = ()
    off: frozenset[Guard] = frozenset()
    drops: list[Drop] | None = None
    _said: int = -1

    @property
    def day(self) -> date | None:
        """The day of publication in China, where it is known."""
        return in_china(self.published_at).date() if self.published_at else None

    @property
    def year_said(self) -> int:
        """The latest year that the post speaks of, 0 where it names none: all there is to date an undated text."""
        if self._said < 0:
            self._said = max((latest_year(segment.text) for segment in self.segments), default=0)
        return self._said

    def drop(self, rule_id: str, guard: Guard, passage: Passage, start: int, end: int, detail: str = "") -> bool:
        """Record that ``guard`` drops the hit; False where that guard is switched off, so that the hit stands."""
        if guard in self.off:
            return False
        if self.drops is not None:
            segment = passage.segment
            self.drops.append(Drop(rule_id, guard, segment.field, start, end, segment.text[start:end], detail))
        return True
