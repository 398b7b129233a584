"""The form of a look-alike: what a hasty rule would report, and why it is right as it stands."""

from __future__ import annotations

from dataclasses import dataclass

from replica.world import WorldFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookalike:
    """Harmless words that resemble a violation of ``rule_id``; ``kind`` names what they really are."""

    rule_id: str
    kind: str
    paragraphs: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()
    files: tuple[WorldFile, ...] = ()
