"""Which characters are taken for which: the same sound, nearly the same sound, a similar shape.

The tables are read on first use (some 10 ms). They are derived from Unihan; see the heads of the files.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent / "data"
#: Initials and finals that speakers and input methods mix up.
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("r", "l"), ("f", "h"))
_FINALS = (("iang", "ian"), ("uang", "uan"), ("ang", "an"), ("eng", "en"), ("ing", "in"), ("ong", "eng"))


class Likeness(StrEnum):
    """How one character came to stand for another."""

    SAME_SOUND = "same_sound"
    NEAR_SOUND = "near_sound"
    SHAPE = "shape"


@cache
def _sounds() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, str]]]:
    """Syllables of each character, and for each syllable its common and its rare characters."""
    of: dict[str, list[str]] = {}
    by: dict[str, tuple[str, str]] = {}
    for line in _lines("sounds.txt"):
        syllable, signs = line.split(" ", 1)
        common, _, rare = signs.partition("|")
        by[syllable] = (common, rare)
        for sign in common + rare:
            of.setdefault(sign, []).append(syllable)
    return {sign: tuple(syllables) for sign, syllables in of.items()}, by


@cache
def _shapes() -> dict[str, str]:
    return dict(line.split(" ", 1) for line in _lines("shapes.txt"))


def _lines(name: str) -> list[str]:
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def syllables(sign: str) -> tuple[str, ...]:
    """The toneless readings of ``sign``, none where it is not in the table."""
    return _sounds()[0].get(sign, ())


@cache
def _blurred(syllable: str) -> str:
    """The syllable with everything that is commonly mixed up made equal."""
    for exact, loose in _INITIALS:
        if syllable.startswith(exact):
            syllable = loose + syllable[len(exact) :]
            break
    for exact, loose in _FINALS:
        if syllable.endswith(exact):
            return syllable[: -len(exact)] + loose
    return syllable


@cache
def _by_blurred() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for syllable in _sounds()[1]:
        found.setdefault(_blurred(syllable), []).append(syllable)
    return {key: tuple(syllables) for key, syllables in found.items()}


@cache
def likely(sign: str) -> dict[str, Likeness]:
    """The characters that may stand in place of ``sign`` by mistake: all of the same sound, the common ones of a
    nearly equal sound, and those of a similar shape."""
    of, by = _sounds()
    found: dict[str, Likeness] = {}
    for syllable in of.get(sign, ()):
        for other in by[syllable][0] + by[syllable][1]:
            found[other] = Likeness.SAME_SOUND
    for other in _shapes().get(sign, ""):
        found.setdefault(other, Likeness.SHAPE)
    for syllable in of.get(sign, ()):
        for near in _by_blurred()[_blurred(syllable)]:
            for other in by[near][0]:
                found.setdefault(other, Likeness.NEAR_SOUND)
    found.pop(sign, None)
    return found


def is_known(sign: str) -> bool:
    """True for the characters of GB 2312: a form outside it is another script or another spelling, no slip."""
    return sign in _sounds()[0]
