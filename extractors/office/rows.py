"""Rows of a sheet on their way into a grid: heads are found, and rows of one shape are told alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import eq

from domain.post import Segment
from extractors.cells import CELL, ROW, Gathered, Grid, Shape, cells_apart
from extractors.model import Context
from extractors.office.grid import Heads, Span, letters

_LONG_DIGITS = re.compile(r"\d{4}")
_names: list[str] = []


class Rows:
    """Takes in the rows of one sheet from above; the cells go into ``gathered``, the last of them with ``close``."""

    __slots__ = (
        "_bases",
        "_context",
        "_forms",
        "_gathered",
        "_grid",
        "_heads",
        "_prefix",
        "_range",
        "_version",
        "count",
    )

    def __init__(self, gathered: Gathered, context: Context, name: str = "", spans: Iterable[Span] = ()) -> None:
        place = context.place(name)
        self._gathered, self._context = gathered, context
        self._heads = Heads(spans, name)
        self._prefix = f"{place}!" if place else ""
        self._range: tuple[int, ...] = ()
        self._version = 0
        self.count = 0
        self._begin()

    def _begin(self) -> None:
        self._grid = Grid(self._context.field, self._prefix, self._context.hidden)
        self._forms: dict[tuple[tuple[int, ...], tuple[str, ...], tuple[str, ...]], int] = {}
        self._bases: dict[tuple[tuple[int, ...], tuple[str, ...]], tuple[tuple[str, ...], int]] = {}

    def dense(self, number: int, row: Sequence[str]) -> None:
        """The next row, whose columns are counted from the first; empty cells are passed over."""
        if all(row):
            if len(row) != len(self._range):
                self._range = tuple(range(len(row)))
            self.add(number, self._range, row)
        else:
            self.add(number, tuple(c for c, text in enumerate(row) if text), [text for text in row if text])

    def add(
        self,
        number: int,
        columns: tuple[int, ...],
        texts: Sequence[str],
        whys: tuple[str, ...] = (),
        *,
        apart: bool = False,
    ) -> Sequence[Segment]:
        """The next row: ``number`` from 1, its columns from 0, what stands in them, and why each is not seen (nothing
        where all are). With ``apart`` the row is not put away but returned, each cell as a segment."""
        if not columns:
            return ()
        heads = self._heads
        joined = CELL.join(texts)
        # below a head only a row without long numbers can be another one
        if not heads.found or _LONG_DIGITS.search(joined) is None:
            heads.see(number, dict(zip(columns, texts, strict=True)))
        self.count += len(texts)
        if apart or ROW in joined or joined.count(CELL) >= len(texts):
            self.close()
            shape = _shape(columns, self._told(columns, texts), whys)
            grid = self._grid
            told = cells_apart(shape, number, texts, field=grid.field, prefix=grid.prefix, hidden=grid.hidden)
            if not apart:
                self._gathered.segments.extend(told)
            return told
        grid = self._grid
        grid.forms.append(self._form(columns, texts, whys))
        grid.numbers.append(number)
        grid.rows.append(joined)
        grid.count += len(texts)
        return ()

    def _form(self, columns: tuple[int, ...], texts: Sequence[str], whys: tuple[str, ...]) -> int:
        if self._heads.found:
            if self._heads.version != self._version:
                self._version = self._heads.version
                self._bases.clear()
            known = self._bases.get((columns, whys))
            if known is None:
                base = tuple(map(self._heads.above, columns))
                known = self._bases[columns, whys] = base, self._place(columns, base, whys)
            if not any(map(eq, texts, known[0])):
                return known[1]
        return self._place(columns, self._told(columns, texts), whys)

    def _told(self, columns: tuple[int, ...], texts: Sequence[str]) -> tuple[str, ...]:
        """The head of each cell."""
        row = dict(zip(columns, texts, strict=True))
        of = self._heads.of
        return tuple(of(column, row, text) for column, text in row.items())

    def _place(self, columns: tuple[int, ...], heads: tuple[str, ...], whys: tuple[str, ...]) -> int:
        key = columns, heads, whys
        form = self._forms.get(key)
        if form is None:
            form = self._forms[key] = len(self._grid.shapes)
            self._grid.shapes.append(_shape(columns, heads, whys))
        return form

    def close(self) -> None:
        """Hand over what has come in; further rows may follow."""
        self._gathered.add(self._grid)
        self._begin()


def _shape(columns: tuple[int, ...], heads: tuple[str, ...], whys: tuple[str, ...]) -> Shape:
    while len(_names) <= columns[-1]:
        _names.append(letters(len(_names)))
    return Shape(tuple(_names[column] for column in columns), heads, whys or ("",) * len(columns))
