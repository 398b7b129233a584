"""How much likelier a place reads with one character replaced, by the segmenter's own word counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import log

from scanners.confusion import Likeness, likely
from scanners.dictionary import dictionary
from scanners.folding import HAN
from scanners.typotables import LEAST_USES, weight

#: So much of the text on both sides is segmented anew, and no longer word is proposed (code points).
_REACH, _LONGEST = 8, 6
#: Longer words are seldom one character away from another wording: what they count for beside their gain.
_LENGTHS = {2: 0.0, 3: 1.5}
_LONG = 4.0
_NOT_HAN = re.compile(f"[^{HAN}]")


@dataclass(frozen=True, slots=True)
class Slip:
    """``word`` may have been meant; the wrong character is its ``at``-th. ``score``: the gain in natural logarithms."""

    word: str
    at: int
    score: float

    def like(self, wrong: str) -> Likeness:
        """How ``wrong`` came to stand there."""
        return likely(wrong)[self.word[self.at]]


def slip_at(text: str, place: int, signs: str) -> Slip | None:
    """The best word that one of ``signs`` makes at ``place``; ``None`` for none."""
    left = max(0, place - _REACH)
    block = text[left : place + _REACH + 1]
    at = place - left
    first = max((match.end() for match in _NOT_HAN.finditer(block, 0, at)), default=0)
    after = _NOT_HAN.search(block, at)
    return _best(block[first : after.start() if after else len(block)], at - first, signs)


@lru_cache(maxsize=4096)
def _best(block: str, at: int, signs: str) -> Slip | None:
    """The best word with one of ``signs`` in place of ``block[at]``, all of ``block`` being Han."""
    found = [word for sign in signs for word in _words_over(block, at, sign)]
    if not found:
        return None
    before, after = _costs(block)
    whole, total = before[-1], dictionary().total
    best: Slip | None = None
    for uses, start, word in found:
        score = whole - before[start] - after[start + len(word)] + weight(uses, total) + _LENGTHS.get(len(word), _LONG)
        if best is None or (score, word) > (best.score, best.word):
            best = Slip(word, at - start, score)
    return best


def _words_over(block: str, at: int, sign: str) -> list[tuple[int, int, str]]:
    """Common words that hold ``sign`` in place of ``block[at]``: their uses, where they begin, and they themselves."""
    known = dictionary().uses
    found = []
    for start in range(max(0, at - _LONGEST + 1), at + 1):
        if start < at - 1 and known(block[start:at]) is None:
            continue
        for end in range(max(at + 1, start + 2), min(len(block), start + _LONGEST) + 1):
            word = block[start:at] + sign + block[at + 1 : end]
            uses = known(word)
            if uses is None:
                break
            if uses >= LEAST_USES:
                found.append((uses, start, word))
    return found


def _costs(block: str) -> tuple[list[float], list[float]]:
    """What the likeliest words up to each place, and from it on, cost (logarithms, negated)."""
    known, total = dictionary().uses, log(dictionary().total)
    size = len(block)
    before, after = [0.0] + [float("inf")] * size, [float("inf")] * size + [0.0]
    words: list[tuple[int, int, float]] = []
    for start in range(size):
        for end in range(start + 1, size + 1):
            uses = known(block[start:end])
            if uses or end == start + 1:
                words.append((start, end, total - log(uses or 1)))
            if uses is None:
                break
    for start, end, cost in words:
        before[end] = min(before[end], before[start] + cost)
    for start, end, cost in reversed(words):
        after[start] = min(after[start], cost + after[end])
    return before, after
