"""How likely a wording is by the dictionary's words alone: as it stands, and with a fixed phrase put right."""

from __future__ import annotations

from functools import cache, lru_cache
from math import log
from typing import TYPE_CHECKING

from scanners.dictionary import dictionary

if TYPE_CHECKING:
    from scanners.edit import Edit

#: So many characters beside the phrase are weighed with it: further ones weigh the same on both sides.
_AROUND = 8
#: Longer words are phrases themselves.
_WORD = 3


def gain(text: str, edit: Edit) -> float:
    """How much likelier the words around become when the phrase is put right, as a natural logarithm.

    It is high where the edit left pieces behind that are no words, and low where words stand there as well.
    """
    before = text[max(0, edit.start - _AROUND) : edit.start]
    after = text[edit.end : edit.end + _AROUND]
    return _likelihood(before + edit.phrase.text + after) - _likelihood(before + text[edit.start : edit.end] + after)


@lru_cache(maxsize=4096)
def _likelihood(part: str) -> float:
    return _best(part, len(part))[0][0]


def _best(part: str, longest: int) -> tuple[list[float], list[int]]:
    """For each place the logarithm of the likeliest words from there on, and where the first of them ends."""
    known = dictionary()
    uses, total = known.table.get, log(known.total)
    size = len(part)
    sums, ends = [0.0] * (size + 1), [0] * size
    for start in range(size - 1, -1, -1):
        best, found = -total + sums[start + 1], start + 1
        for end in range(start + 1, min(size, start + longest) + 1):
            times = uses(part[start:end])
            if times is None:
                break
            if times:
                here = log(times) - total + sums[end]
                if here >= best or end == start + 1:
                    best, found = here, end
        sums[start], ends[start] = best, found
    return sums, ends


@cache
def word_at(phrase: str, at: int) -> tuple[int, int]:
    """The word of ``phrase`` that holds the character at ``at``: its start and end."""
    _, ends = _best(phrase, _WORD)
    start = 0
    while ends[start] <= at:
        start = ends[start]
    return start, ends[start]


@cache
def leaves_pieces(phrase: str, at: int) -> bool:
    """True where nothing but single characters is left of the word that the character at ``at`` belongs to."""
    start, end = word_at(phrase, at)
    rest = phrase[start:at], phrase[at + 1 : end]
    return end - start > 1 and not any(len(part) > 1 and dictionary().uses(part) for part in rest)


@lru_cache(maxsize=4096)
def is_unheard(pair: str) -> bool:
    """True for characters that stand side by side in no word of the dictionary."""
    return not dictionary().holds(pair)
