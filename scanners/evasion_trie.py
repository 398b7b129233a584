"""The words that people disguise, in a tree that can be walked by sound, by shape, by parts and by syllables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from scanners.confusion import Likeness, likely
from scanners.evasion_signs import FOREIGN, PICTURES, splits, syllables
from scanners.numerals import DIGITS

#: Signs left out within a word: so many in a row, no more.
_MOST_SKIPPED = 3
#: zhuang, chuang, shuang.
_LONGEST_SYLLABLE = 6
#: Pairs of characters whose readings are remembered.
_PAIRS = 65_536
#: Readings of one place are not followed further once so many steps were taken: a hostile text stays cheap.
_MOST_STEPS = 400


class Disguise(StrEnum):
    """How a sign stands for a character of the word."""

    SOUND = "同音"
    NEAR = "近音"
    SHAPE = "形近"
    SPLIT = "拆字"
    SYLLABLE = "拼音"
    INITIAL = "首字母"
    PICTURE = "表情"
    DIGIT = "变体数字"


@dataclass(frozen=True, slots=True)
class Reading:
    """``text[start:end]`` read as ``word``: for each of its characters the span that stands for it and how."""

    word: str
    spans: tuple[tuple[int, int], ...]
    disguises: tuple[Disguise | None, ...]
    inserted: str

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]

    @property
    def literal(self) -> int:
        """How many characters stand as they are."""
        return sum(disguise is None for disguise in self.disguises)


class _Node:
    __slots__ = ("children", "word")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.word = ""


class WordTree:
    """All words, folded. ``readings`` walks it from one place of a text."""

    def __init__(self, words: Iterable[str]) -> None:
        self._root = _Node()
        signs: set[str] = set()
        for word in words:
            node = self._root
            for sign in word:
                node = node.children.setdefault(sign, _Node())
            node.word = word
            signs.update(word)
        #: What stands in a text, to the characters of words that it may stand for.
        self._meant: dict[str, dict[str, Disguise]] = {}
        for sign in signs:
            for other, likeness in likely(sign).items():
                self._meant.setdefault(other, {})[sign] = _KINDS[likeness]
        #: First characters of words by their syllable, and by its first letter with what comes after it.
        self._spoken_first: dict[str, list[str]] = {}
        self._initial_first: dict[str, list[str]] = {}
        for sign, node in self._root.children.items():
            for syllable in syllables(sign):
                self._spoken_first.setdefault(syllable, []).append(sign)
            nexts = {*node.children, *(syllable[0] for child in node.children for syllable in syllables(child))}
            for letter in {syllable[0] for syllable in syllables(sign)}:
                for after in nexts:
                    self._initial_first.setdefault(letter + after, []).append(sign)
        self._second: dict[str, frozenset[str]] = {}
        self._firsts = lru_cache(maxsize=_PAIRS)(self._first_signs)

    def readings(self, text: str, start: int) -> Iterator[Reading]:
        """Every disguised reading of a word that begins at ``start``."""
        sign = text[start]
        if sign.isascii() and sign.isalnum() and start and text[start - 1].isascii() and text[start - 1].isalnum():
            return  # letters are read from the first of them on
        if sign.isalnum() or sign in PICTURES:
            yield from self._walk(text, start, self._root, (), (), "", [_MOST_STEPS])

    def _first_signs(self, pair: str) -> tuple[tuple[str, Disguise | None], ...]:
        """What the first of two Han characters can stand for, if a word that begins with it can go on."""
        sign, after = pair[0], pair[1]
        found: list[tuple[str, Disguise | None]] = []
        for other, disguise in ((sign, None), *self._meant.get(sign, {}).items()):
            node = self._root.children.get(other)
            if node is None or (disguise is not None and other == sign):
                continue
            known = self._second.get(other)
            if known is None:
                known = frozenset(node.children).union(*(likely(child) for child in node.children))
                self._second[other] = known
            if after in known:
                found.append((other, disguise))
        return tuple(found)

    def _walk(
        self,
        text: str,
        at: int,
        node: _Node,
        spans: tuple[tuple[int, int], ...],
        disguises: tuple[Disguise | None, ...],
        inserted: str,
        steps: list[int],
    ) -> Iterator[Reading]:
        if node.word and (inserted or any(disguises)):
            yield Reading(node.word, spans, disguises, inserted)
        steps[0] -= 1
        if at >= len(text) or steps[0] < 0:
            return
        for sign, end, disguise in self._steps(text, at, node):
            child = node.children[sign]
            yield from self._walk(text, end, child, (*spans, (at, end)), (*disguises, disguise), inserted, steps)
        end = _after_noise(text, at) if spans else at
        if at < end < len(text):
            for sign, last, disguise in self._steps(text, end, node):
                child = node.children[sign]
                more = inserted + text[at:end]
                yield from self._walk(text, last, child, (*spans, (end, last)), (*disguises, disguise), more, steps)

    def _steps(self, text: str, at: int, node: _Node) -> Iterator[tuple[str, int, Disguise | None]]:
        """The children that the text at ``at`` can stand for, and where the text goes on."""
        sign = text[at]
        children = node.children
        if node is self._root and _is_han(text, at) and _is_han(text, at + 1):
            pair = text[at : at + 2]
            for whole in splits().get(pair, ""):
                if whole in children:
                    yield whole, at + 2, Disguise.SPLIT
            if text[at + 1 : at + 3] not in splits() and text[at + 1] not in DIGITS:
                for other, disguise in self._firsts(pair):
                    yield other, at + 1, disguise
                return
        if sign in children:
            yield sign, at + 1, None
        digit = DIGITS.get(sign)
        if digit is not None and digit in children:
            yield digit, at + 1, Disguise.DIGIT
        if "\u4e00" <= sign <= "\u9fff":
            for whole in splits().get(text[at : at + 2], ""):
                if whole in children:
                    yield whole, at + 2, Disguise.SPLIT
            meant = self._meant.get(sign)
            if meant is not None:
                for other in meant.keys() & children.keys():
                    if other != sign:
                        yield other, at + 1, meant[other]
            return
        picture = PICTURES.get(sign)
        if picture is not None:
            if picture in children:
                yield picture, at + 1, Disguise.PICTURE
            for other in self._meant.get(picture, {}).keys() & children.keys():
                if self._meant[picture][other] is Disguise.SOUND and other != picture:
                    yield other, at + 1, Disguise.PICTURE
            return
        letter = FOREIGN.get(sign, sign)
        if letter != sign and letter in children:
            yield letter, at + 1, Disguise.SHAPE
        if "a" <= letter <= "z":
            yield from self._spoken(text, at, letter, node)

    def _spoken(self, text: str, at: int, letter: str, node: _Node) -> Iterator[tuple[str, int, Disguise | None]]:
        if node is self._root:
            for size in range(2, _LONGEST_SYLLABLE + 1):
                for other in self._spoken_first.get(text[at : at + size], ()):
                    yield other, at + size, Disguise.SYLLABLE
            for other in self._initial_first.get(letter + text[at + 1 : at + 2], ()):
                yield other, at + 1, Disguise.INITIAL
            return
        for other in node.children:
            for syllable in syllables(other):
                if syllable[0] != letter:
                    continue
                if len(syllable) > 1 and text.startswith(syllable, at):
                    yield other, at + len(syllable), Disguise.SYLLABLE
                yield other, at + 1, Disguise.INITIAL


def _after_noise(text: str, at: int) -> int:
    """Where the text goes on after the signs inserted at ``at``: marks and pictures, or one letter or digit alone."""
    end = at
    while end < len(text) and end - at < _MOST_SKIPPED and not text[end].isalnum():
        end += 1
    if end == at and text[at].isascii() and _is_han(text, at - 1) and _is_han(text, at + 1):
        return at + 1
    return end if text[end : end + 1].isalnum() or text[end : end + 1] in PICTURES else at


def _is_han(text: str, at: int) -> bool:
    return "\u4e00" <= text[at : at + 1] <= "\u9fff"


_KINDS = {
    Likeness.SAME_SOUND: Disguise.SOUND,
    Likeness.NEAR_SOUND: Disguise.NEAR,
    Likeness.SHAPE: Disguise.SHAPE,
}
