"""Cells of a sheet by the row, and the segments that are made of them.

A sheet has hundreds of thousands of cells, and its rows are alike: what they share (columns, heads, why a cell is not
seen) is kept once, and a row is one string. Address and surroundings of a cell are put together where they are needed,
on the parent's side of the pipe.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any, cast

from domain.post import Origin, Segment, Spot

#: Parts the cells of a row, and the rows. A row that holds one of them in a cell is told cell by cell.
CELL, ROW = "\x1f", "\x1e"
#: Longest context kept with a cell (characters).
CONTEXT = 200
#: Cells of a row that stand around one: all of a narrow row, the nearest and the first of a wide one.
_NARROW, _NEAR = 14, 6

_SEGMENT = cast(Any, Segment)


class _Open:
    """A segment as long as it is being written. A frozen dataclass is filled by one call for each of its fields; this
    class has the same slots, is filled in a fifth of the time, and then becomes a ``Segment``."""

    __slots__ = ("context", "field", "hidden", "locator", "origin", "spots", "text")

    field: str
    text: str
    origin: Origin
    hidden: bool
    locator: str
    context: str
    spots: tuple[Spot, ...]


def surroundings(head: str, texts: Sequence[str], index: int) -> str:
    """The context of the cell ``index`` of a row: its head, a tab, and the other cells."""
    if len(texts) <= _NARROW:
        others = "\t".join((*texts[:index], *texts[index + 1 :]))
    else:
        first = max(0, index - _NEAR)
        lead = texts[: min(_NEAR, first)]
        others = "\t".join((*lead, *texts[first:index], *texts[index + 1 : index + 1 + _NEAR]))
    return f"{head}\t{others}"[:CONTEXT] if others or head else ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What rows share, cell by cell: the letters of the column, its head, and why the cell is not seen (empty where it
    is)."""

    columns: tuple[str, ...]
    heads: tuple[str, ...]
    whys: tuple[str, ...]


@dataclass(slots=True)
class Grid:
    """Rows of one sheet: of each its number, its shape (a place in ``shapes``), and its cells joined by ``CELL``.

    ``prefix`` stands before every address; ``hidden`` is true where nothing of it is seen.
    """

    field: str
    prefix: str
    hidden: bool
    shapes: list[Shape] = made(default_factory=list)
    numbers: list[int] = made(default_factory=list)
    forms: list[int] = made(default_factory=list)
    rows: list[str] = made(default_factory=list)
    count: int = 0

    @property
    def characters(self) -> int:
        """How much text stands in it, with a sign between two cells."""
        return sum(map(len, self.rows))

    def segments(self) -> list[Segment]:
        """Every cell, row by row; raises ``ValueError`` where a row is not of its shape."""
        field, prefix, document = self.field, self.prefix, Origin.DOCUMENT
        shapes = [_spelled(shape, prefix, self.hidden) for shape in self.shapes]
        longest = max((len(head) for shape in self.shapes for head in shape.heads), default=0)
        told: list[Any] = []
        for number, form, row in zip(self.numbers, self.forms, self.rows, strict=True):
            texts = row.split(CELL)
            narrow = 1 < len(texts) <= _NARROW
            line = "\t" + row.replace(CELL, "\t") if narrow else ""
            cut = len(line) + longest > CONTEXT
            shown = str(number)
            start = 0
            for text, (place, head, note, unseen) in zip(texts, shapes[form], strict=True):
                if narrow:
                    # the row without this cell and the tab before it
                    end = start + len(text) + 1
                    around = f"{head}{line[:start]}{line[end:]}"
                    if cut:
                        around = around[:CONTEXT]
                    start = end
                else:
                    around = surroundings(head, texts, start)
                    start += 1
                segment = _Open()
                segment.field = field
                segment.text = text
                segment.origin = document
                segment.hidden = unseen
                segment.locator = f"{place}{shown}{note}"
                segment.context = around
                segment.spots = ()
                segment.__class__ = _SEGMENT
                told.append(segment)
        return told


def _spelled(shape: Shape, prefix: str, hidden: bool) -> list[tuple[str, str, str, bool]]:
    """What stands before the row's number in the address of each cell, its head, what stands behind, and whether the
    cell is not seen."""
    return [
        (prefix + letters, head, f"（{why}）" if why else "", hidden or bool(why))
        for letters, head, why in zip(shape.columns, shape.heads, shape.whys, strict=True)
    ]


def cells_apart(
    shape: Shape, number: int, texts: Sequence[str], *, field: str, prefix: str, hidden: bool
) -> list[Segment]:
    """The cells of one row, whatever signs they hold."""
    return [
        Segment(field, text, Origin.DOCUMENT, unseen, f"{place}{number}{note}", surroundings(head, texts, index))
        for index, (text, (place, head, note, unseen)) in enumerate(
            zip(texts, _spelled(shape, prefix, hidden), strict=True)
        )
    ]


@dataclass(slots=True)
class Gathered:
    """Segments in their order, and between them grids, each with how many segments stand before it."""

    segments: list[Segment] = made(default_factory=list)
    grids: list[tuple[int, Grid]] = made(default_factory=list)

    def add(self, grid: Grid) -> None:
        """The next cells."""
        if grid.rows:
            self.grids.append((len(self.segments), grid))

    @property
    def count(self) -> int:
        """How many segments there are, cells among them."""
        return len(self.segments) + sum(grid.count for _, grid in self.grids)

    def all(self) -> tuple[Segment, ...]:
        """Every segment, and every cell as one."""
        return opened(self.segments, self.grids)


def opened(segments: Sequence[Segment], grids: Sequence[tuple[int, Grid]]) -> tuple[Segment, ...]:
    """``segments`` with the cells of ``grids`` at their places."""
    told: list[Segment] = []
    last = 0
    for place, grid in grids:
        told.extend(segments[last:place])
        told.extend(grid.segments())
        last = place
    told.extend(segments[last:])
    return tuple(told)
