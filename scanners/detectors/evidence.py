"""What a combination is made of: single pieces of evidence, their sums, and what a rule file says of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lexicons import Term

#: Evidence of the rule's own list of at least this weight has to be there: contacts alone sell nothing forbidden.
TELLING = 2
#: Two different words of one kind count this much more than one.
_REPEATED = 1


@dataclass(frozen=True, slots=True)
class EvidencePattern:
    """Evidence that is no fixed word; ``longest``: only in texts of no more code points (0: in all)."""

    kind: str
    weight: int
    pattern: re.Pattern[str]
    longest: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Evidence at ``start``..``end`` of the original text; ``word`` is its folded form."""

    start: int
    end: int
    kind: str
    weight: int
    word: str
    own: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Evidence that stands close together: points gained, and taken off by look-alikes."""

    marks: tuple[Mark, ...]
    gained: int
    taken: int

    @property
    def net(self) -> int:
        """What remains."""
        return self.gained + self.taken


def is_outspoken(marks: Sequence[Mark]) -> bool:
    """True for evidence of one kind that a short text makes enough: a grave word, or two different ones."""
    return any(mark.weight > TELLING for mark in marks) or len({mark.word for mark in marks}) > 1


def total(marks: Iterable[Mark]) -> int:
    """Each kind counts by its heaviest word, and a little more where two different words are of it."""
    kinds: dict[str, tuple[int, set[str]]] = {}
    for mark in marks:
        weight, words = kinds.setdefault(mark.kind, (mark.weight, set()))
        words.add(mark.word)
        if abs(mark.weight) > abs(weight):
            kinds[mark.kind] = (mark.weight, words)
    return sum(weight + (_REPEATED if weight > 0 and len(words) > 1 else 0) for weight, words in kinds.values())


def is_inside_latin(text: str, start: int, end: int) -> bool:
    """True where a word of letters or digits is part of a longer one: ``sb`` in ``usb``."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    return _runs_on(before, text[start]) or _runs_on(text[end - 1], after)


def _runs_on(left: str, right: str) -> bool:
    pair = left + right
    return len(pair) == 2 and pair.isascii() and (pair.isalpha() or pair.isdigit())


def read_pairs(value: object) -> tuple[tuple[int, int], ...]:
    """Lengths and points, the shortest first."""
    pairs = value if isinstance(value, list) else []
    return tuple(sorted((int(pair[0]), int(pair[1])) for pair in pairs))


def is_telling(term: Term, kinds: frozenset[str]) -> bool:
    return term.weight >= TELLING and (not kinds or term.signal in kinds)


def read_pattern(entry: object) -> EvidencePattern:
    assert isinstance(entry, Mapping)
    return EvidencePattern(
        kind=str(entry["name"]),
        weight=int(str(entry["weight"])),
        pattern=re.compile(str(entry["pattern"])),
        longest=int(entry.get("longest", 0)),
    )


def read_list(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else ()
