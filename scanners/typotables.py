"""What the search for ordinary typing errors knows of words: costs, joints and words of two characters, as tables.

All of it is counted from the segmenter's dictionary; nothing is learned from texts. Kept in the cache as text, so that
a short check does not read half a million words.
"""

from __future__ import annotations

from functools import cache, cached_property
from math import log

import numpy as np
import numpy.typing as npt

from scanners.cache import cached
from scanners.confusion import Likeness, is_known, likely
from scanners.dictionary import dictionary
from scanners.views import Codes

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]

#: Words used less often are proposed nowhere.
LEAST_USES = 20
#: Two characters that stand side by side in words at least so often belong together: neither is a slip.
_JOINT_USES = 60
#: A proposed word counts for more where it is used more often than this, for less where less often.
_USUAL, _BONUS = 1000.0, 0.3
_FIRST, _SECOND = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77)
_BITS, _WORD_BITS = 21, 20
_NONE = np.float32(-100.0)
_VERSION = "6"


def weight(uses: int, total: int) -> float:
    """How much a proposed word is worth: its logarithmic probability, with something for its familiarity."""
    return log(uses / total) + _BONUS * log(uses / _USUAL)


class TypoTables:
    """Tables over the code points below 65,536. Built in some 20 ms from the cache."""

    def __init__(self) -> None:
        known = dictionary()
        singles, uses, joints, words, counts = cached("typos", f"{_VERSION} {known.version}", _make).split("\n")
        total = log(known.total)
        #: How unlikely each character of GB 2312 is as a word of its own (natural logarithm, negated); 0: no such.
        self.cost = np.zeros(0x10000, dtype=np.float32)
        self.cost[_codes(singles)] = total - np.log(np.maximum(_numbers(uses), 1))
        #: False where two characters stand side by side in common words, by the hash of the pair.
        self.apart = np.ones(1 << _BITS, dtype=np.bool_)
        pairs = _codes(joints)
        self.apart[_hash(pairs[::2], pairs[1::2], _BITS)] = False
        both = _codes(words)
        left, right = both[::2], both[1::2]
        number = _numbers(counts)
        worth = (np.log(number) - total + _BONUS * np.log(number / _USUAL)).astype(np.float32)
        self._words = np.full(1 << _WORD_BITS, _NONE, dtype=np.float32)
        np.maximum.at(self._words, _hash(left, right, _WORD_BITS), worth)
        #: Characters of which any word of two characters is made; no other one is proposed.
        self.held = np.zeros(0x10000, dtype=np.bool_)
        self.held[both] = True
        #: The worth of the best word that a character begins, or ends, and what it costs when it stands alone.
        self.begins = np.full(0x10000, _NONE, dtype=np.float32)
        np.maximum.at(self.begins, left, worth)
        self.begins += self.cost
        self.ends = np.full(0x10000, _NONE, dtype=np.float32)
        np.maximum.at(self.ends, right, worth)
        self.ends += self.cost

    def apart_in(self, codes: Codes) -> npt.NDArray[np.bool_]:
        """Of each two neighbours whether they stand apart: in no common word are they side by side."""
        mixed = (codes[:-1] * _FIRST + codes[1:]) * _SECOND
        mixed >>= np.uint32(32 - _BITS)
        result: npt.NDArray[np.bool_] = np.take(self.apart, mixed, mode="wrap")
        return result

    def words(self, left: Codes, right: Codes) -> Floats:
        """The worth of words of two characters; far below any word where it is none."""
        return self._words[_hash(left, right, _WORD_BITS)]

    @cached_property
    def alike(self) -> tuple[Places, Places, Codes]:
        """For all characters at once what ``alike_of`` gives: the first row and the number of rows of each code point,
        and in the rows the likely characters. Made when a long search begins."""
        signs, *groups = cached("alike", _VERSION, _make_alike).split(" ")
        groups = ["".join(other for other in group if self.held[ord(other)]) for group in groups]
        sizes = np.array([len(group) for group in groups], dtype=np.intp)
        first = np.zeros(0x10000, dtype=np.intp)
        count = np.zeros(0x10000, dtype=np.intp)
        codes = _codes(signs)
        first[codes] = np.cumsum(sizes) - sizes
        count[codes] = sizes
        return first, count, _codes("".join(groups))


@cache
def tables() -> TypoTables:
    """The tables of this process."""
    return TypoTables()


def alike_of(sign: str) -> Codes:
    """The characters that may have been meant instead of ``sign``: of the same sound or of a similar shape.

    Nearly the same sound is left out: it explains few slips and very many coincidences.
    """
    return _codes(_alike(sign))


def _alike(sign: str) -> str:
    return "".join(other for other, like in likely(sign).items() if like is not Likeness.NEAR_SOUND)


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def _numbers(text: str) -> npt.NDArray[np.float64]:
    return np.array(text.split(" "), dtype=np.float64)


def _hash(left: Codes, right: Codes, bits: int) -> Codes:
    return ((left * _FIRST + right) * _SECOND) >> np.uint32(32 - bits)


def _make() -> str:
    """Characters and their uses; pairs of neighbours; words of two characters and their uses."""
    table = dictionary().table
    joints: dict[str, int] = {}
    for word, uses in table.items():
        for at in range(len(word) - 1):
            pair = word[at : at + 2]
            joints[pair] = joints.get(pair, 0) + uses
    signs = [chr(code) for code in range(0x4E00, 0xA000) if is_known(chr(code))]
    words = {
        word: uses
        for word, uses in table.items()
        if len(word) == 2 and uses >= LEAST_USES and all(map(is_known, word)) and word[0] != word[1]
    }
    return "\n".join(
        (
            "".join(signs),
            " ".join(str(table.get(sign) or 0) for sign in signs),
            "".join(pair for pair, uses in joints.items() if uses >= _JOINT_USES and max(pair) < "\U00010000"),
            "".join(words),
            " ".join(map(str, words.values())),
        )
    )


def _make_alike() -> str:
    """All characters; those like each of them."""
    signs = [chr(code) for code in range(0x4E00, 0xA000) if is_known(chr(code))]
    return " ".join(("".join(signs), *map(_alike, signs)))
