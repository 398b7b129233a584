"""Many small texts are folded and searched as one: what has nothing in it costs no object and no call of its own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from scanners import folding
from scanners.nearscan import MARGIN
from scanners.panel import Panel, Seen
from scanners.passage import holds_numbers

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
    joined = SEPARATOR.join([_MARGIN, *(_without_separator(text) for text in texts), _MARGIN])
    base = folding.plain_base(joined)
    seen: dict[int, Seen] = {}
    base_begins: list[int] = []
    for place in holds_numbers(base):
        base_begins = base_begins or _begins(base)
        seen.setdefault(bisect_right(base_begins, place) - 1, Seen()).numbers = True
    compact = folding.plain_compact(base)
    matches = panel.find(compact)
    spots = list(panel.spots(compact, everything=everything))
    if matches or spots:
        begins = _begins(compact)
        index, end = -1, 0
        for match in matches:
            if match[0] >= end:
                index = bisect_right(begins, match[0]) - 1
                end = begins[index + 1]
            panel.see(seen.setdefault(index, Seen()), compact, match, begins[index], everything=everything)
        for spot in spots:
            index = bisect_right(begins, spot[0]) - 1
            panel.see_spot(seen.setdefault(index, Seen()), spot, begins[index])
    if seen and not everything:
        begins, base_begins = _begins(compact), base_begins or _begins(base)
        for index, here in seen.items():
            panel.settle(
                here,
                compact[begins[index] : begins[index + 1] - 1],
                base[base_begins[index] : base_begins[index + 1] - 1],
                alone=alone[index],
            )
    for index, here in seen.items():
        if not here.nothing:
            yield index, here


def _without_separator(text: str) -> str:
    return text.replace(SEPARATOR, _OTHER) if SEPARATOR in text else text


def _begins(text: str) -> list[int]:
    """Where each text of a block begins in a view of the block, and where one more would begin."""
    begins: list[int] = []
    at = text.find(SEPARATOR)
    while at != -1:
        begins.append(at + 1)
        at = text.find(SEPARATOR, at + 1)
    return begins
