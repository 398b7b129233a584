"""Disguised words made readable: the text of a suspicious stretch with the words written out, and the exact way back.

The rules then judge that text as they judge any other: nothing is found here that is not a word of a rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from domain.post import Segment
from domain.text import Folded
from scanners.evasion_gate import SHORT
from scanners.evasion_trie import Disguise, Reading, WordTree
from scanners.numerals import DIGITS
from scanners.passage import Passage
from scanners.segmenter import Segmenter

#: Nobody disguises a word by these alone: they stand between the words of every text.
_ORDINARY = frozenset(" \t\n\r\u00a0\u3000，。、；：？！,.;:?!“”‘’\"'（）()《》【】[]…—-/·|")
_SEEN = frozenset((Disguise.SPLIT, Disguise.SYLLABLE, Disguise.PICTURE))
_HEARD = frozenset((Disguise.SOUND, Disguise.NEAR, Disguise.SHAPE))
_LETTERS = re.compile("[a-z]")
#: Rings and other signs around digits: read as the digits that they are.
_RINGS = re.compile(f"[{''.join(sign for sign in DIGITS if not sign.isalpha() and sign not in '○')}]")
#: By length of the word: how often a sign taken for another may stand alone in the dictionary's corpus.
_MOST_ALONE = {2: 3_000, 3: 12_000, 4: 60_000}
#: A sign that is hardly ever a word of its own.
_RARE = 400
#: A word that is all initials has to be this long.
_LONG_INITIALS = 4


@dataclass(frozen=True, slots=True)
class Decoded(Folded):
    """A folded text in which single characters may stand for several of the original."""

    begins: tuple[int, ...] = ()
    finishes: tuple[int, ...] = ()

    def origin(self, index: int) -> int:
        """Where in ``original`` the code point ``index`` came from."""
        return self.begins[index]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of ``original`` that the span ``[start, end)`` came from. Raises ``ValueError``."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no such span: {start}..{end} of {len(self.text)}")
        return self.begins[start], self.finishes[end - 1]


@dataclass(frozen=True, slots=True)
class Spelt:
    """A disguised word: its span of the original, and what it is read as.

    ``faint``: two characters of which one only sounds or looks alike, or is a letter, and both are common: that happens
    by chance, and is no evidence alone.
    """

    start: int
    end: int
    word: str
    faint: bool


class DecodedPassage(Passage):
    """A segment read with its disguises taken off, ``spelt``."""

    def __init__(self, segment: Segment, decoded: Decoded, spelt: Sequence[Spelt]) -> None:
        super().__init__(segment)
        self.__dict__["base"] = self.__dict__["compact"] = decoded
        self.spelt = tuple(spelt)


class Decoder:
    """Takes disguises off; ``words`` are the folded words of the rules."""

    def __init__(self, words: Iterable[str]) -> None:
        self._tree = WordTree(words)
        self._segmenter = Segmenter(())

    def decode(self, passage: Passage, stretches: Iterable[tuple[int, int]]) -> DecodedPassage | None:
        """``passage`` with the words written out in ``stretches`` (of its compact view); ``None`` if there are none."""
        text = passage.compact.text
        readings = [
            reading
            for left, right in stretches
            for reading in self._chosen(text, left, right)
            if not _is_abbreviation(reading, passage) and (len(text) <= SHORT or not self._is_faint(reading, text))
        ]
        if not readings and _RINGS.search(text) is None:
            return None
        pieces: list[str] = []
        begins: list[int] = []
        finishes: list[int] = []
        cursor = 0

        def copy(until: int) -> None:
            for index in range(cursor, until):
                begin, finish = passage.compact.span(index, index + 1)
                begins.append(begin)
                finishes.append(finish)
            pieces.append(_RINGS.sub(lambda match: DIGITS[match.group()], text[cursor:until]))

        spelt = []
        for reading in readings:
            copy(reading.start)
            pieces.append(reading.word)
            whole = passage.compact.span(reading.start, reading.end)
            spelt.append(Spelt(*whole, reading.word, self._is_faint(reading, text)))
            begins.extend(passage.compact.span(*span)[0] for span in reading.spans)
            last = [passage.compact.span(*span)[0] for span in reading.spans[1:]]
            finishes.extend((*last, whole[1]))
            cursor = reading.end
        copy(len(text))
        decoded = Decoded(passage.compact.original, "".join(pieces), begins=tuple(begins), finishes=tuple(finishes))
        return DecodedPassage(passage.segment, decoded, spelt)

    def _chosen(self, text: str, left: int, right: int) -> list[Reading]:
        """Credible readings that do not overlap: the longest first, of those the most literal."""
        stretch = text[:right]
        found: dict[tuple[int, int, str], Reading] = {}
        for start in range(left, min(right, len(text))):
            for reading in self._tree.readings(stretch, start):
                key = reading.start, reading.end, reading.word
                best = found.get(key)
                if best is None or reading.literal > best.literal:
                    found[key] = reading
        words = cache(lambda: self._segmenter.tokens(text, left, right))
        ranked = sorted(found.values(), key=lambda each: (-len(each.word), -each.literal, each.start, each.word))
        taken: list[Reading] = []
        for reading in ranked:
            free = all(reading.end <= other.start or other.end <= reading.start for other in taken)
            if free and self._credible(reading, text, words):
                taken.append(reading)
        return sorted(taken, key=lambda each: each.start)

    def _is_faint(self, reading: Reading, text: str) -> bool:
        if len(reading.word) > 2:
            return False
        if Disguise.INITIAL in reading.disguises:
            return True
        if reading.inserted or not any(each in _HEARD for each in reading.disguises):
            return False
        return all(self._segmenter.frequency(text[start]) > _RARE for start, _ in reading.spans)

    def _credible(self, reading: Reading, text: str, words: Callable[[], Sequence[tuple[int, int]]]) -> bool:
        hidden = [disguise for disguise in reading.disguises if disguise is not None]
        length = len(reading.word)
        if reading.inserted and not _deliberate(reading, hidden):
            return False
        if not hidden:
            return True
        initials = hidden.count(Disguise.INITIAL)
        spoken = initials + hidden.count(Disguise.SYLLABLE)
        if spoken and not _whole_run(reading, text):
            return False
        if initials == length:
            return length >= _LONG_INITIALS
        if initials > length // 2:
            return False
        if initials and not any(
            disguise is None and not text[span[0]].isascii()
            for span, disguise in zip(reading.spans, reading.disguises, strict=True)
        ):
            return False
        heard = [disguise for disguise in hidden if disguise in _HEARD]
        if not heard:
            return length > 1
        if initials and 2 * reading.literal < length:
            return False
        if length == 2 and len(heard) == 2:
            return False
        if Disguise.NEAR in heard and (len(heard) > 1 or length < 3):
            return False
        if length == 3 and len(heard) == 3:
            return False
        if length >= 4 and len(heard) == length and set(heard) != {Disguise.SOUND}:
            return False
        return self._rare_alone(reading, text) and _is_no_word(reading, words())

    def _rare_alone(self, reading: Reading, text: str) -> bool:
        """A sign that stands for another in a short word is none that stands alone in every sentence (的、在、与)."""
        most = _MOST_ALONE.get(len(reading.word))
        return most is None or all(
            self._segmenter.frequency(text[span[0]]) <= most
            for span, disguise in zip(reading.spans, reading.disguises, strict=True)
            if disguise is not None and disguise in _HEARD
        )


def _is_no_word(reading: Reading, words: Iterable[tuple[int, int]]) -> bool:
    """A sign that was taken for another stands alone: part of a word of the dictionary, it means what it says."""
    places = [
        span[0]
        for span, disguise in zip(reading.spans, reading.disguises, strict=True)
        if disguise is not None and disguise in _HEARD
    ]
    return not any(end - start > 1 and any(start <= place < end for place in places) for start, end in words)


def _is_abbreviation(reading: Reading, passage: Passage) -> bool:
    """Capital letters beside a single character: 性AI is no word that somebody hides."""
    if len(reading.word) > 2:
        return False
    left, right = passage.compact.span(reading.start, reading.end)
    return any("A" <= sign <= "Z" for sign in passage.segment.text[left:right])


def _deliberate(reading: Reading, hidden: Sequence[Disguise]) -> bool:
    """Signs inside a word are a disguise where no text puts them, or where they part every two characters."""
    odd = any(sign not in _ORDINARY for sign in reading.inserted)
    if odd:
        return True
    gaps = sum(before[1] != after[0] for before, after in zip(reading.spans, reading.spans[1:], strict=False))
    return len(reading.word) > 2 and gaps == len(reading.word) - 1 and not hidden


def _whole_run(reading: Reading, text: str) -> bool:
    """Letters are read as syllables only from where they begin to where they end."""
    start, end = reading.start, reading.end
    if _LETTERS.match(text[start]) and start > 0 and text[start - 1].isascii() and text[start - 1].isalnum():
        return False
    return not (_LETTERS.match(text[end - 1]) and end < len(text) and text[end].isascii() and text[end].isalnum())
