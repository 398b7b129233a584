"""What a detector hands to the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.link import ResolvedLink
from domain.post import Segment
from domain.rule import Confidence, Severity
from scanners.guards import Drop, Guard
from scanners.passage import Passage


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

    def drop(self, rule_id: str, guard: Guard, passage: Passage, start: int, end: int, detail: str = "") -> bool:
        """Record that ``guard`` drops the hit; False where that guard is switched off, so that the hit stands."""
        if guard in self.off:
            return False
        if self.drops is not None:
            segment = passage.segment
            self.drops.append(Drop(rule_id, guard, segment.field, start, end, segment.text[start:end], detail))
        return True
