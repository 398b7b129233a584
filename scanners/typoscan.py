"""Places where one character keeps a common word from standing there, found for a whole block of texts at once.

A slip leaves its character alone: with neither neighbour does it stand in a common word, and by itself it is no
everyday word. Where such a character can be taken for another that makes a common word with a neighbour, the gain is
estimated from the next three characters on both sides; only places that may gain enough for the length of their text
are handed out, and only there the text is segmented.
"""

from __future__ import annotations

from math import log

import numpy as np

from scanners.typotables import Floats, Places, TypoTables, alike_of, tables
from scanners.views import Codes

#: Between two texts of a block; ``scanners.batch`` puts it there.
_SEPARATOR = 0xFDD0
#: An everyday word of one character costs less than this; it is taken for no slip.
_LONE = np.float32(6.0)
#: Least score of a hint, and how much more it has to be for each doubling of a text longer than the usual sentence.
LEAST, SHORT, _STEEP = 7.0, 60, 1.5
#: Explanations look at places with so much less.
FLOOR = 4.0
#: So many places are weighed one by one without the table of all look-alikes.
_FEW = 64


def limit(length: int) -> float:
    """The score that a hint needs in a text of ``length`` code points: longer texts offer more chances to be wrong."""
    return LEAST + _STEEP * log(max(length, SHORT) / SHORT)


class TypoScan:
    """Asks the tables; they are read when the first text is looked at."""

    def find(self, codes: Codes, *, everything: bool) -> list[tuple[int, str, float]]:
        """Places of possible slips, the characters that may have been meant, and the score that one of them needs;
        ``everything`` needs ``FLOOR`` in every text."""
        known = tables()
        apart = known.apart_in(codes)
        places = np.flatnonzero(apart[:-1] & apart[1:]) + 1
        cost = np.take(known.cost, codes[places], mode="clip")
        lone = cost >= _LONE
        places, cost = places[lone], cost[lone]
        before = np.take(known.begins, codes[places - 1], mode="clip")
        after = np.take(known.ends, codes[places + 1], mode="clip")
        most = np.maximum(before, after) + cost
        kept = most >= (FLOOR if everything else LEAST)
        places, most = places[kept], most[kept]
        needed = _needed(codes, places, everything=everything)
        kept = most >= needed
        places, needed = places[kept], needed[kept]
        if not places.size:
            return []
        return [
            (place, signs, float(least))
            for place, least, signs in zip(
                places.tolist(), needed.tolist(), _meant(known, codes, places, needed), strict=True
            )
            if signs
        ]


def _free(known: TypoTables, codes: Codes, places: Places, step: int) -> Floats:
    """What the neighbour on one side of each place costs as a word of its own, less what it would cost together with
    the next two: so much of it can be gained."""
    near, second, third = (np.take(codes, places + step * far, mode="clip") for far in (1, 2, 3))
    one, two, three = (np.take(known.cost, signs, mode="clip") for signs in (near, second, third))
    if step < 0:
        inner, outer = known.words(second, near), known.words(third, second)
    else:
        inner, outer = known.words(near, second), known.words(second, third)
    joined = np.minimum(two + three, -outer)
    free = np.minimum(one, three - inner - joined)
    free[one == 0] = -100
    result: Floats = free
    return result


def _needed(codes: Codes, places: Places, *, everything: bool) -> Floats:
    if everything:
        return np.full(len(places), FLOOR, dtype=np.float32)
    edges = np.concatenate(([-1], np.flatnonzero(codes == _SEPARATOR), [len(codes)]))
    text = np.searchsorted(edges, places) - 1
    lengths = np.maximum(np.diff(edges) - 1, SHORT)
    needed: Floats = (LEAST + _STEEP * np.log(lengths / SHORT))[text].astype(np.float32)
    return needed


def _meant(known: TypoTables, codes: Codes, places: Places, needed: Floats) -> list[str]:
    """For each place the characters with which a word of two characters can gain what is needed."""
    signs = codes[places]
    if len(places) <= _FEW:
        groups = [alike_of(chr(sign)) for sign in signs.tolist()]
        groups = [group[known.held[group]] for group in groups]
        counts = np.array([len(group) for group in groups], dtype=np.intp)
        meant = np.concatenate(groups)
        begin = np.cumsum(counts) - counts
    else:
        first, count, others = known.alike
        counts = count[signs]
        begin = np.cumsum(counts) - counts
        meant = others[np.arange(int(counts.sum())) + np.repeat(first[signs] - begin, counts)]
    left, right = np.repeat(codes[places - 1], counts), np.repeat(codes[places + 1], counts)
    gain = np.maximum(
        known.words(left, meant) + np.repeat(_free(known, codes, places, -1), counts),
        known.words(meant, right) + np.repeat(_free(known, codes, places, 1), counts),
    )
    rows = np.flatnonzero(gain >= np.repeat(needed - np.take(known.cost, signs, mode="clip"), counts))
    found = [""] * len(places)
    owners = np.searchsorted(begin, rows, "right") - 1
    for owner, sign in zip(owners.tolist(), meant[rows].tolist(), strict=True):
        found[owner] += chr(sign)
    return found
