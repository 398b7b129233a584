"""Many small texts are folded and searched as one: what has nothing in it costs no object and no call of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from scanners.nearscan import MARGIN
from scanners.panel import Panel, Seen
from scanners.views import base_of, compact_of, numbers_in

#: Stands between two texts: no character of any text (Unicode keeps it free), no word holds it, and no view moves it.
SEPARATOR = "\ufdd0"
#: Stands in its place in a text that holds one all the same.
_OTHER = "\ufdd1"
_MARGIN = _OTHER * MARGIN
#: Texts are joined up to so many code points; a longer one is searched alone.
BLOCK = 65_536


def blocks(texts: Sequence[str]) -> Iterator[range]:
    """Which of ``texts`` are searched together."""
    first = size = 0
    for index, text in enumerate(texts):
        if index > first and size + len(text) > BLOCK:
            yield range(first, index)
            first, size = index, 0
        size += len(text)
    if first < len(texts):
        yield range(first, len(texts))


def look(panel: Panel, texts: Sequence[str], alone: Sequence[bool], *, everything: bool) -> list[Seen | None]:
    """What was seen in each text; ``None`` for nothing. ``alone`` tells of each text whether it is all that its post
    holds. ``everything`` keeps what only an explanation needs."""
    found: list[Seen | None] = [None] * len(texts)
    for block in blocks(texts):
        for index, seen in _look(panel, texts[block.start : block.stop], alone[block.start : block.stop], everything):
            found[block.start + index] = seen
    return found


def _look(panel: Panel, texts: Sequence[str], alone: Sequence[bool], everything: bool) -> Iterator[tuple[int, Seen]]:
    base = base_of(SEPARATOR.join([_MARGIN, *(_without_separator(text) for text in texts), _MARGIN]))
    compact = compact_of(base)
    base_begins, begins = base.begins(SEPARATOR), compact.begins(SEPARATOR)
    seen: dict[int, Seen] = {}
    for start, stop in numbers_in(base):
        index = int(np.searchsorted(base_begins, start, "right")) - 1
        here, first = seen.setdefault(index, Seen(numbers=True)), int(base_begins[index])
        here.runs.append((start - first, stop - first))
    index, first, end = -1, 0, 0
    for match in panel.find(compact.text):
        if match[0] >= end:
            index = int(np.searchsorted(begins, match[0], "right")) - 1
            first, end = int(begins[index]), int(begins[index + 1])
            here = seen.get(index) or seen.setdefault(index, Seen())
        panel.see(here, compact.text, match, first, everything=everything)
    for spot in panel.spots(compact, everything=everything):
        index = int(np.searchsorted(begins, spot[0], "right")) - 1
        panel.see_spot(seen.setdefault(index, Seen()), spot, int(begins[index]))
    for index, here in seen.items():
        if not everything:
            panel.settle(
                here,
                compact.text[begins[index] : begins[index + 1] - 1],
                base.text[base_begins[index] : base_begins[index + 1] - 1],
                alone=alone[index],
            )
        if not here.nothing:
            yield index, here


def _without_separator(text: str) -> str:
    return text.replace(SEPARATOR, _OTHER) if SEPARATOR in text else text
