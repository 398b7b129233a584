"""All words of all rules in one automaton, behind one small interface.

Two libraries can do the work, with the same hits in the same order. ``daachorse`` is the fastest one and is taken where
it is installed; it has no wheel for every processor. ``pyahocorasick`` always works. ``XUNJIAN_MATCHER`` names one of
them to force it.
"""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from domain.errors import ConfigError

Payload = TypeVar("Payload")
#: Start and end in code points of the text, and the number of the word.
Match = tuple[int, int, int]

#: Names the library to use; empty or not set: the fastest one that is there.
VARIABLE = "XUNJIAN_MATCHER"
_HALF_PAIR = re.compile("[\ud800-\udfff]")


class Automaton(Protocol):
    """Finds every occurrence of every word, overlapping ones too: by rising end, and of one end the longest first."""

    def find(self, text: str) -> Sequence[Match]:
        """All matches in ``text``."""


class Daachorse:
    """The automaton of ``daachorse``: over code points, in a double array."""

    def __init__(self, words: Sequence[str]) -> None:
        import daachorse

        self._find: Callable[[str], list[Match]] = daachorse.CharwiseDoubleArrayAhoCorasick(
            list(words)
        ).find_overlapping

    def find(self, text: str) -> Sequence[Match]:
        """All matches in ``text``."""
        try:
            return self._find(text)
        except UnicodeEncodeError:  # half a surrogate pair: no word holds one, so another sign that none holds does
            return self._find(_HALF_PAIR.sub("\uffff", text))


class Pyahocorasick:
    """The automaton of ``pyahocorasick``, fed the UTF-8 bytes of a text dressed as Latin-1 characters.

    Over real Chinese code points its nodes have thousands of children and it runs four times slower. ``iter_long`` is
    not used: it misses matches.
    """

    def __init__(self, words: Sequence[str]) -> None:
        import ahocorasick

        self._automaton = ahocorasick.Automaton()
        for number, word in enumerate(words):
            self._automaton.add_word(_bytes_as_text(word), (len(word), number))
        self._automaton.make_automaton()

    def find(self, text: str) -> Sequence[Match]:
        """All matches in ``text``."""
        raw = text.encode("utf-8", "surrogatepass")
        found: list[Match] = []
        seen_bytes = seen = 0
        for last, (length, number) in self._automaton.iter(raw.decode("latin-1")):
            end_byte = last + 1
            if end_byte != seen_bytes:
                seen += len(raw[seen_bytes:end_byte].decode("utf-8", "surrogatepass"))
                seen_bytes = end_byte
            found.append((seen - length, seen, number))
        return found


class Lookup:
    """No automaton, only a table of the words: ready at once, and good enough for a few pages of text."""

    def __init__(self, words: Sequence[str]) -> None:
        self._numbers = {word: number for number, word in enumerate(words)}
        lengths: dict[str, set[int]] = {}
        for word in words:
            lengths.setdefault(word[-1], set()).add(len(word))
        self._lengths = {last: sorted(found, reverse=True) for last, found in lengths.items()}

    def find(self, text: str) -> Sequence[Match]:
        """All matches in ``text``."""
        numbers, found = self._numbers, []
        for end, last in enumerate(text, start=1):
            for length in self._lengths.get(last, ()):
                number = numbers.get(text[end - length : end]) if length <= end else None
                if number is not None:
                    found.append((end - length, end, number))
        return found


#: By name, the fastest first.
KINDS: Mapping[str, Callable[[Sequence[str]], Automaton]] = {"daachorse": Daachorse, "pyahocorasick": Pyahocorasick}
#: So many code points are searched without an automaton before one is built; many a process sees no more.
FEW = 20_000
_MODULES = {"daachorse": "daachorse", "pyahocorasick": "ahocorasick"}


def chosen() -> str:
    """The name of the library in use. Raises ``ConfigError`` where ``XUNJIAN_MATCHER`` names none that is there."""
    present = [name for name in KINDS if importlib.util.find_spec(_MODULES[name]) is not None]
    wanted = os.environ.get(VARIABLE, "").strip()
    if wanted and wanted not in present:
        raise ConfigError(f"环境变量 {VARIABLE}：没有“{wanted}”；可用：{'、'.join(present)}，不设则自动选用")
    return wanted or present[0]


def build(words: Sequence[str], kind: str = "") -> Automaton:
    """An automaton of distinct, non-empty words. Raises ``ConfigError`` as ``chosen`` does."""
    if not words:
        return Lookup(words)
    name = kind or chosen()
    if name != "pyahocorasick" and any(_has_half_pair(word) for word in words):
        name = "pyahocorasick"  # the only one that can hold half a surrogate pair
    return KINDS[name](words)


class WordMatcher(Generic[Payload]):
    """Finds the words of ``entries``, and hands out what belongs to each. ``kind`` forces a library. ``idle`` tells of
    words that lead to nothing; it is asked, once for each word, when the automaton is built."""

    def __init__(
        self,
        entries: Iterable[tuple[str, Payload]],
        kind: str = "",
        idle: Callable[[str, Sequence[Payload]], bool] | None = None,
    ) -> None:
        payloads: dict[str, list[Payload]] = {}
        for word, payload in entries:
            if word:
                payloads.setdefault(word, []).append(payload)
        self.words = tuple(payloads)
        #: What belongs to each of ``words``, by its number.
        self.payloads: tuple[list[Payload], ...] = tuple(payloads.values())
        self._idle = idle
        self._kind = kind or chosen()
        self._left = 0 if kind else FEW
        self._automaton: Automaton = Lookup(self.words) if self._left else build(self.words, self._kind)

    def prepare(self) -> None:
        """Build what a long search needs now, instead of when the first texts have passed."""
        if self._left:
            self._left = 0
            if self._idle is not None:
                found = zip(self.words, self.payloads, strict=True)
                kept = [(word, payload) for word, payload in found if not self._idle(word, payload)]
                self.words, self.payloads = tuple(word for word, _ in kept), tuple(payload for _, payload in kept)
            self._automaton = build(self.words, self._kind)

    def matches(self, text: str) -> Sequence[Match]:
        """All matches in ``text``, each with the number of its word."""
        if self._left:
            self._left -= len(text)
            if self._left <= 0:
                self._left = 1
                self.prepare()
        return self._automaton.find(text)

    def find(self, text: str) -> Iterator[tuple[int, int, Payload]]:
        """``(start, end, payload)`` in code points of ``text``, by rising end."""
        for start, end, number in self.matches(text):
            for payload in self.payloads[number]:
                yield start, end, payload


def _bytes_as_text(word: str) -> str:
    return word.encode("utf-8", "surrogatepass").decode("latin-1")


def _has_half_pair(word: str) -> bool:
    return _HALF_PAIR.search(word) is not None
