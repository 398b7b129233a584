"""One segment with its views, each made at most once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from domain.post import Segment
from domain.text import Folded, sentence_span
from scanners import folding
from scanners.numerals import DISGUISED
from scanners.tables import Tables

#: Any place where eleven or more digits may stand, written in whatever way; nothing else is searched for numbers.
_NUMBER = re.compile(
    r"[0-9oli|зоі](?:[0-9oxli*|зоіб]|[ \t\u00a0\u3000.·_/,\-\u2010-\u2015()（）+\n\r](?=[0-9oxli*+(（\n |зоіб\-])){9,}"
)


#: Signs without a break, or one by one, far beyond the length of any number (code points).
_ENDLESS = re.compile(r"[0-9oxli*|зоіб]{48,}|(?:[0-9][ \t\n\-.]){48,}")
_ENDLESS_FROM = 96
#: A number one by one may still begin at the head of such a run.
_ENDLESS_HEAD = 64


def _without_endless(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch without the insides of runs so long that no number begins or ends there."""
    if end - start > _ENDLESS_FROM:
        for match in _ENDLESS.finditer(text, start, end):
            yield start, min(match.start() + _ENDLESS_HEAD, match.end())
            start = match.end()
    if start < end:
        yield start, end


def number_stretches(digits: str) -> tuple[tuple[int, int], ...]:
    """The parts of a digit view in which a number of eleven digits or more can stand."""
    return tuple(
        part for match in _NUMBER.finditer(digits) for part in _without_endless(digits, match.start(), match.end())
    )


#: A name, or a sign that belongs to a number, is looked for so far before it (code points), and so far behind.
_BEFORE, _BEHIND = 36, 16


@dataclass(frozen=True, slots=True)
class NumberPiece:
    """The surroundings of a number in the digit view, and where in them a number can stand."""

    digits: str
    places: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, base: str, run: tuple[int, int]) -> NumberPiece | None:
        """The piece around ``run`` of a base view; ``None`` where none can stand."""
        digits = folding.read_digits(base[max(0, run[0] - _BEFORE) : run[1] + _BEHIND])
        places = number_stretches(digits)
        return cls(digits, places) if places else None


class Passage:
    """A segment as the detectors see it. All spans handed out point into the original text of the segment."""

    __slots__ = ("__dict__", "segment")

    def __init__(self, segment: Segment) -> None:
        self.segment = segment

    @cached_property
    def base(self) -> Folded:
        """Folded, with the way back."""
        return folding.fold_base(self.segment.text)

    @cached_property
    def compact(self) -> Folded:
        """Without inserted noise: for words."""
        return folding.compact(self.base)

    @cached_property
    def digits(self) -> str:
        """Chinese numerals and look-alikes read as digits, same length as ``base``: for numbers."""
        return folding.read_digits(self.base.text)

    @cached_property
    def stretches(self) -> tuple[tuple[int, int], ...]:
        """The parts of ``digits`` in which a number of eleven digits or more can stand."""
        text = self.base.text
        if _NUMBER.search(text) is None and DISGUISED.search(text) is None:
            return ()
        return number_stretches(self.digits)

    @cached_property
    def head(self) -> str:
        """The head of the column, folded, where the segment is a cell of a table; empty elsewhere."""
        context = self.segment.context
        return folding.fold_base(context.split("\t", 1)[0]).text if context else ""

    @cached_property
    def tables(self) -> Tables:
        """The tables that stand in the text itself."""
        return Tables(self.base.text)

    def column_head(self, position: int) -> str:
        """The head of the column in which ``position`` of ``base`` stands; empty outside of tables."""
        if self.segment.context:
            return self.head
        return self.tables.head(position) if "\n" in self.base.text else ""

    def sentence(self, start: int, end: int) -> str:
        """The original sentence around an original span."""
        left, right = sentence_span(self.segment.text, start, end)
        return self.segment.text[left:right]

    def around(self, start: int, end: int) -> str:
        """The original sentence without the span itself: what may excuse a hit is not part of it."""
        left, right = sentence_span(self.segment.text, start, end)
        return f"{self.segment.text[left:start]}\ue000{self.segment.text[end:right]}"


class PlainPassage(Passage):
    """A compact view alone, as if it were the original: for questions that only the text decides."""

    def __init__(self, text: str) -> None:
        super().__init__(Segment("", text))
        self.__dict__["base"] = self.__dict__["compact"] = Folded(text, text)

    def around(self, start: int, end: int) -> str:
        """Nothing: an excuse is looked for in the real text."""
        del start, end
        return ""
