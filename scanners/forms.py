"""The wrong forms of many phrases, found without being written out.

There are some hundred wrong forms for each short phrase. A scan of a whole corpus writes them out and looks for all of
them at once; for a few pages it is cheaper to look at the text: a piece of it that is one edit away from a phrase has a
shorter piece in common with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")
Payload = TypeVar("Payload")
#: What an item contributes to a form.
Case = TypeVar("Case")


class Forms(Generic[Item, Case, Payload]):
    """``items`` with their texts. ``forms_of`` tells the wrong forms of an item, each one edit away from its text (one
    character replaced, dropped, doubled, or two neighbours swapped); ``payload_of`` makes what belongs to a form of the
    contributions of all items. Forms among ``known`` are none. From ``long`` characters on only swaps are forms.
    """

    def __init__(
        self,
        items: Iterable[tuple[str, Item]],
        forms_of: Callable[[Item], Iterable[tuple[str, Case]]],
        payload_of: Callable[[tuple[tuple[Item, Case], ...]], Payload],
        *,
        long: int,
    ) -> None:
        self._items = tuple(items)
        self._known = frozenset(text for text, _ in self._items)
        self._forms_of, self._payload_of = forms_of, payload_of
        self._near: dict[str, list[int]] = {}
        self._written: dict[str, list[int]] = {}
        for index, (text, item) in enumerate(self._items):
            if len(text) < long:
                for piece in {text, *_shorter(text)}:
                    self._near.setdefault(piece, []).append(index)
            else:
                for form, _ in forms_of(item):
                    self._written.setdefault(form, []).append(index)
        sizes = {len(text) for text, _ in self._items if len(text) < long}
        self._sizes = sorted({size + step for size in sizes for step in (-1, 0, 1)})
        self._long_sizes = sorted({len(form) for form in self._written})
        self._payloads: dict[str, Payload | None] = {}

    def find(self, text: str) -> Iterator[tuple[int, int, str, Payload]]:
        """Every form in ``text``: its span, the form, and what belongs to it."""
        written = self._written
        length = len(text)
        for start in range(length):
            for size in self._sizes:
                end = start + size
                if end > length:
                    break
                piece = text[start:end]
                if self._is_near(piece):
                    payload = self._payload(piece)
                    if payload is not None:
                        yield start, end, piece, payload
            for size in self._long_sizes:
                end = start + size
                if end > length:
                    break
                if text[start:end] in written and not (size in self._sizes and self._is_near(text[start:end])):
                    payload = self._payload(text[start:end])
                    if payload is not None:
                        yield start, end, text[start:end], payload

    def _is_near(self, piece: str) -> bool:
        return piece in self._near or any(shorter in self._near for shorter in _shorter(piece))

    def all(self) -> Iterator[tuple[str, Payload]]:
        """Every form, written out."""
        cases: dict[str, list[tuple[Item, Case]]] = {}
        for _, item in self._items:
            for form, case in self._forms_of(item):
                if form not in self._known:
                    cases.setdefault(form, []).append((item, case))
        for form, own in cases.items():
            yield form, self._payload_of(tuple(own))

    def _payload(self, piece: str) -> Payload | None:
        if piece not in self._payloads:
            self._payloads[piece] = self._make(piece)
        return self._payloads[piece]

    def _make(self, piece: str) -> Payload | None:
        if piece in self._known:
            return None
        found = set(self._written.get(piece, ()))
        for key in (piece, *_shorter(piece)):
            found.update(self._near.get(key, ()))
        cases = [
            (self._items[index][1], case)
            for index in sorted(found)
            for form, case in self._forms_of(self._items[index][1])
            if form == piece
        ]
        return self._payload_of(tuple(cases)) if cases else None


def _shorter(text: str) -> Iterator[str]:
    """The text without one of its characters."""
    return (text[:at] + text[at + 1 :] for at in range(len(text)))
