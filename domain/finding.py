"""A finding: immutable, explained, and identified by content, never by position."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.rule import Confidence, Severity


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place of a finding: code points of the segment's original text, ``end`` exclusive.

    ``box`` is the rectangle (left, top, width, height) in the picture or on the page, where it is known.
    """

    field: str
    start: int
    end: int
    origin: str = "text"
    hidden: bool = False
    locator: str = ""
    box: tuple[int, int, int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule found in one post, or about one account (``post_id`` empty).

    ``term`` and ``sentence`` are the original words: they are masked in every output (``masked_term``,
    ``masked_sentence``) and encrypted at rest. ``values`` are the private values inside them. ``explanation`` says why,
    in Chinese, without a private value.
    """

    fingerprint: str
    rule_id: str
    account_id: str
    post_id: str
    term: str
    sentence: str
    masked_term: str
    masked_sentence: str
    occurrences: tuple[Occurrence, ...]
    severity: Severity
    confidence: Confidence
    message: str
    suggestion: str
    explanation: str
    clauses: tuple[str, ...]
    evidence: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def exhibits(self) -> tuple[str, ...]:
        """Digests of every capture that proves the finding: of the post, and of the pages that a link of it showed
        before and shows now."""
        linked = (self.facts.get("capture_before", ""), self.facts.get("capture_now", ""))
        return tuple(dict.fromkeys(digest for digest in (self.evidence, *linked) if digest))

    @property
    def family(self) -> str:
        """The rule's family."""
        return self.rule_id.split("-", 1)[0]
