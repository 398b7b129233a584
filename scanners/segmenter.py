"""Word boundaries, asked for only around a hit."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from math import log
from typing import TYPE_CHECKING, Protocol

from scanners.dictionary import dictionary
from scanners.folding import HAN

if TYPE_CHECKING:
    import jieba

#: The block handed to the segmenter reaches this far on both sides; a verdict does not change beyond eight characters.
_REACH = 8
_OTHER = re.compile(f"[^{HAN}a-z0-9]")
#: What the library takes for a run of words, and how it cuts everything else.
_WORDS = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+")
_BETWEEN = re.compile(r"\r\n|.", re.DOTALL)
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


class Table(Protocol):
    """As much of a ``dict`` as the library asks of its table."""

    def get(self, word: str, /) -> int | None:
        """Uses of ``word``, ``None`` for what neither is nor begins one."""

    def __contains__(self, word: object, /) -> bool: ...

    def __getitem__(self, word: str, /) -> int: ...


class _Overlay:
    """A few words over half a million others that all segmenters share."""

    def __init__(self, below: dict[str, int], above: dict[str, int]) -> None:
        self._below, self._above = below, above

    def get(self, word: str, /) -> int | None:
        found = self._above.get(word)
        return self._below.get(word) if found is None else found

    def __contains__(self, word: object, /) -> bool:
        return word in self._below or word in self._above

    def __getitem__(self, word: str, /) -> int:
        found = self._above.get(word)
        return self._below[word] if found is None else found


class Segmenter:
    """A tokenizer of its own (the library's global one can be changed by anybody), with the lexicons' words added.

    Library and dictionary are loaded on first use, for most texts never. The library's cache, which anybody on the
    machine can write, is not used.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(sorted(set(words)))
        self._tokenizer: jieba.Tokenizer | None = None
        self._cut = lru_cache(maxsize=4096)(self._boundaries)
        self._known = lru_cache(maxsize=4096)(self._known_words)
        self._own = frozenset(self._words)

    def _loaded(self) -> jieba.Tokenizer:
        if self._tokenizer is None:
            import jieba

            jieba.setLogLevel(logging.WARNING)
            tokenizer = jieba.Tokenizer()
            tokenizer.FREQ, tokenizer.total = self._table, self._total
            tokenizer.initialized = True
            self._tokenizer = tokenizer
        return self._tokenizer

    @cached_property
    def _table(self) -> Table:
        """The dictionary with our words, each used once."""
        table = dictionary().table
        if not self._words:
            return table
        more: dict[str, int] = {}
        for word in self._words:
            if not table.get(word):
                more[word] = 1
                for end in range(1, len(word)):
                    if word[:end] not in table:
                        more.setdefault(word[:end], 0)
        return _Overlay(table, more)

    @cached_property
    def _log_total(self) -> float:
        return log(self._total)

    @cached_property
    def _total(self) -> int:
        known = dictionary()
        return known.total + sum(not known.table.get(word) for word in self._words)

    def _boundaries(self, block: str) -> frozenset[int]:
        position = 0
        found = {0}
        for token in self._loaded().cut(block):
            position += len(token)
            found.add(position)
        return frozenset(found)

    def frequency(self, word: str) -> int:
        """How often the dictionary's own texts have ``word``; 0 for a word that it does not hold."""
        return dictionary().uses(word) or int(word in self._own)

    def tokens(self, text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The dictionary's words in the block around ``text[start:end]``, as spans of ``text``; none is guessed."""
        left, right = max(0, start - _REACH), min(len(text), end + _REACH)
        return tuple((left + first, left + last) for first, last in self._known(text[left:right]))

    def _known_words(self, block: str) -> tuple[tuple[int, int], ...]:
        """As the library cuts without guessing, span by span and some three times faster."""
        found: list[tuple[int, int]] = []
        at = 0
        for match in _WORDS.finditer(block):
            found.extend((place.start(), place.end()) for place in _BETWEEN.finditer(block, at, match.start()))
            at = match.end()
            found.extend(self._likeliest(block, match.start(), at))
        found.extend((place.start(), place.end()) for place in _BETWEEN.finditer(block, at))
        return tuple(found)

    def _likeliest(self, text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The words of ``text[first:last]`` whose frequencies have the greatest product; letters and digits joined."""
        frequency = self._table.get
        total = self._log_total
        sums = [0.0] * (last - first + 1)
        ends = [0] * (last - first)
        for index in range(last - first - 1, -1, -1):
            start = end = first + index
            best, found = 0.0, 0
            while end < last:
                end += 1
                uses = frequency(text[start:end])
                if uses is None:
                    break
                if uses:
                    here = log(uses) - total + sums[end - first]
                    if not found or here >= best:
                        best, found = here, end
            if not found:
                best, found = log(frequency(text[start]) or 1) - total + sums[index + 1], start + 1
            sums[index], ends[index] = best, found
        at = joined = first
        while at < last:
            end = ends[at - first]
            if end - at > 1 or text[at] not in _LATIN:
                if joined < at:
                    yield joined, at
                yield at, end
                joined = end
            at = end
        if joined < last:
            yield joined, last

    def is_word(self, text: str, start: int, end: int) -> bool:
        """True when both ends of ``text[start:end]`` are word boundaries in the block around it."""
        left, right = max(0, start - _REACH), min(len(text), end + _REACH)
        block = text[left:right]
        before = [match.end() for match in _OTHER.finditer(block, 0, start - left)]
        first = before[-1] if before else 0
        after = _OTHER.search(block, end - left)
        last = after.start() if after else len(block)
        boundaries = self._cut(block[first:last])
        return start - left - first in boundaries and end - left - first in boundaries
