"""Where evidence stands: marks, the windows made of them, and the way between a post and its passages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from domain.text import Folded
from scanners.detectors.signals import Signal
from scanners.passage import Passage

_QUOTES = {"“": "”", "「": "」", "『": "』", "《": "》"}
#: No longer quotation is looked for.
_QUOTED = 300


@dataclass(frozen=True, slots=True)
class Mark:
    """One piece of evidence: a span of the original text of ``passage``, and the folded words as ``key``."""

    at: int  # place in the whole post
    signal: Signal
    passage: Passage
    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Window:
    """Evidence close together, with the points gained by it and those taken off (not positive)."""

    marks: tuple[Mark, ...]
    gained: int
    taken: int

    @property
    def net(self) -> int:
        """What is left of the points."""
        return self.gained + self.taken


def place_of(lookalike: tuple[int, Signal]) -> int:
    """Where a look-alike stands in the post."""
    return lookalike[0]


def is_quoted(text: str, at: int) -> bool:
    """True inside quotation marks."""
    before = text[max(0, at - _QUOTED) : at]
    after = text[at : at + _QUOTED]
    return any(before.rfind(left) > before.rfind(right) and right in after for left, right in _QUOTES.items())


def in_title(text: str, at: int) -> bool:
    """True inside 《》 or 〈〉: the name of a paper, a law or a work."""
    before, after = text[max(0, at - _QUOTED) : at], text[at : at + _QUOTED]
    return any(before.rfind(left) > before.rfind(right) and right in after for left, right in ("《》", "〈〉"))


def folded_index(view: Folded, original: int) -> int:
    """Where in ``view`` the place ``original`` of its original text lies, within the view's bounds."""
    if original <= 0:
        return 0
    if not view.starts:
        return min(original, len(view.text))
    piece = max(0, bisect_right(view.origins, original) - 1)
    return min(max(0, view.starts[piece] + original - view.origins[piece]), len(view.text))


def offsets_of(passages: Sequence[Passage]) -> dict[int, int]:
    """Where each passage (by ``id``) begins in the post."""
    offsets: dict[int, int] = {}
    at = 0
    for passage in passages:
        offsets[id(passage)] = at
        at += len(passage.segment.text)
    return offsets
