"""All words of all rules in one automaton."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

import ahocorasick

Payload = TypeVar("Payload")


class WordMatcher(Generic[Payload]):
    """Finds every occurrence of every word, overlapping ones too.

    The automaton is fed the UTF-8 bytes of a text dressed as Latin-1 characters: over real Chinese code points its
    nodes have thousands of children and it runs four times slower. ``iter_long`` is not used: it misses matches.
    """

    def __init__(self, entries: Iterable[tuple[str, Payload]]) -> None:
        grouped: dict[str, list[Payload]] = {}
        for word, payload in entries:
            if word:
                grouped.setdefault(word, []).append(payload)
        self._automaton = ahocorasick.Automaton()
        for word, payloads in grouped.items():
            self._automaton.add_word(_bytes_as_text(word), (len(word), tuple(payloads)))
        self._automaton.make_automaton()
        self._empty = not grouped

    def find(self, text: str) -> Iterator[tuple[int, int, Payload]]:
        """``(start, end, payload)`` in code points of ``text``, by rising end."""
        if self._empty:
            return
        raw = text.encode("utf-8", "surrogatepass")
        seen_bytes = seen = 0
        for last, (length, payloads) in self._automaton.iter(raw.decode("latin-1")):
            end_byte = last + 1
            seen += len(raw[seen_bytes:end_byte].decode("utf-8", "surrogatepass"))
            seen_bytes = end_byte
            for payload in payloads:
                yield seen - length, seen, payload


def _bytes_as_text(word: str) -> str:
    return word.encode("utf-8", "surrogatepass").decode("latin-1")
