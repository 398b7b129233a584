"""The views of a whole block of texts, made by columns: the same as ``scanners.folding`` makes of each text, faster."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

from scanners import folding
from scanners.numerals import DIGITS

Codes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.intp]

_LAST = 0x110000
#: Stands for a character that folding removes.
_GONE = np.uint32(0xFFFFFFFF)
_HAN, _NOISE, _DIGIT, _NUMBER = 1, 2, 4, 8
#: Signs that stand in a number or between two digits of one, beside the digits themselves.
_BETWEEN = " \t\u00a0\u3000.·_/,-()（）+\n\r\u2010\u2011\u2012\u2013\u2014\u2015"
#: Signs that are read, or hidden, in place of a digit.
_POSING = "0123456789oxli|зоіб*×"
#: No number that a rule looks for has fewer digits.
_FEWEST = 11
#: So many marks between two Han characters are taken out.
_MOST_NOISE = 3


@dataclass(frozen=True)
class View:
    """A text and its code points."""

    text: str
    codes: Codes

    @cached_property
    def classes(self) -> npt.NDArray[np.uint8]:
        """Of each character, whether it is Han, noise, a digit, part of a number."""
        return np.take(_classes(), self.codes, mode="wrap")

    def begins(self, separator: str) -> Places:
        """Where each text of a block begins, and where one more would begin: after each ``separator``."""
        return np.flatnonzero(self.codes == ord(separator)) + 1


def codes_of(text: str) -> Codes:
    """The code points of a text; half a surrogate pair counts as one."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def base_of(text: str) -> View:
    """The base view of a block."""
    codes = codes_of(text)
    folded = np.take(_folds(), codes, mode="wrap")
    if (folded == _GONE).any():
        folded = folded[folded != _GONE]
    elif np.array_equal(folded, codes):
        return View(text, codes)
    return View(_text_of(folded), folded)


def compact_of(base: View) -> View:
    """The compact view of a base view."""
    classes = base.classes
    noise = np.flatnonzero(classes & _NOISE)
    if not noise.size:
        return base
    first = np.flatnonzero(np.diff(noise, prepend=-2) != 1)
    lengths = np.diff(first, append=noise.size)
    starts = noise[first]
    after = starts + lengths
    inside = (lengths <= _MOST_NOISE) & (starts > 0) & (after < classes.size)
    starts, after, lengths = starts[inside], after[inside], lengths[inside]
    between = ((classes[starts - 1] & _HAN) & (classes[after] & _HAN)) != 0
    starts, lengths = starts[between], lengths[between]
    if not starts.size:
        return base
    kept = np.ones(classes.size, dtype=np.bool_)
    for step in range(_MOST_NOISE):
        kept[starts[lengths > step] + step] = False
    codes = base.codes[kept]
    return View(_text_of(codes), codes)


def numbers_in(base: View) -> list[tuple[int, int]]:
    """The stretches in which a number of eleven digits or more may stand: never too few, and often too many."""
    part = (base.classes & _NUMBER) != 0
    edges = np.flatnonzero(np.diff(part, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    long = ends - starts >= _FEWEST
    starts, ends = starts[long], ends[long]
    if not starts.size:
        return []
    digits = np.concatenate(([0], np.cumsum((base.classes & _DIGIT) != 0, dtype=np.int32)))
    many = digits[ends] - digits[starts] >= _FEWEST
    return list(zip(starts[many].tolist(), ends[many].tolist(), strict=True))


def _text_of(codes: Codes) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


@cache
def _folds() -> Codes:
    table = np.arange(_LAST, dtype=np.uint32)
    for source, target in folding.fold_table().pairs():
        table[ord(source)] = ord(target) if target else _GONE
    return table


@cache
def _classes() -> npt.NDArray[np.uint8]:
    table = np.zeros(_LAST, dtype=np.uint8)
    for code in _members(folding.HAN):
        table[code] |= _HAN
    for code in _members(folding.NOISE):
        table[code] |= _NOISE
    for sign in (*_POSING, *DIGITS):
        table[ord(sign)] |= _DIGIT | _NUMBER
    for sign in _BETWEEN:
        table[ord(sign)] |= _NUMBER
    return table


def _members(signs: str) -> Iterable[int]:
    """The characters of a regular expression class."""
    import re

    member = re.compile(f"[{signs}]")
    return (code for code in range(0x10000) if member.match(chr(code)))
