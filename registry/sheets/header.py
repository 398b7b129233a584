"""Where a sheet's header stands, and which sheet it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from registry import columns
from registry.post_columns import plain_name
from registry.sheets.catalogue import ACCOUNTS_TITLE, SHEETS, is_accounts, sheet_named
from registry.sheets.grids import Grid
from registry.sheets.model import Sheet

#: Rows among which the header is looked for.
_ROWS = 20
#: Columns that an office puts beside: read past without a word.
_BESIDE = frozenset(map(plain_name, ("序号", "行号", "No", "№")))
_ACCOUNT_COLUMNS = {plain_name(header): header for header in columns.COLUMNS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """``sheet`` is ``None`` for the sheet of accounts. ``columns``: column to the name of the field (for accounts: the
    header); ``unknown``: what else stands in the header; ``doubled``: names of which there are several columns."""

    sheet: Sheet | None
    first: int
    last: int
    columns: Mapping[int, str]
    names: Mapping[int, str]
    unknown: tuple[str, ...]
    doubled: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the office calls the sheet."""
        return ACCOUNTS_TITLE if self.sheet is None else self.sheet.title


def find(grid: Grid, wanted: str = "") -> Header | None:
    """The header of ``grid``; ``wanted`` is a title that a person gave. ``None`` where no sheet is recognised.

    The title of the sheet decides where it is a known one, else what most of the columns belong to.
    """
    named = wanted or grid.name
    if named and is_accounts(named):
        return _best(grid, [None], least=1)
    sheet = sheet_named(named) if named else None
    if sheet is not None:
        found = _best(grid, [sheet], least=1)
        if found is not None:
            return found
    return _best(grid, [None, *SHEETS.values()], least=2)


def _best(grid: Grid, sheets: Iterable[Sheet | None], *, least: int) -> Header | None:
    names = _names(grid)
    rows = range(min(len(grid.rows), _ROWS))
    spans = [(first, last) for first in rows for last in (first, first + 1) if last < len(grid.rows)]
    found = [_header(sheet, names, first, last) for sheet in sheets for first, last in spans]
    able = [each for each in found if len(set(each.columns.values())) >= least]
    return min(
        able,
        key=lambda each: (
            -len(set(each.columns.values())),
            len(each.missing),
            len(each.unknown),
            each.last - each.first,
        ),
        default=None,
    )


def _names(grid: Grid) -> list[list[str]]:
    """The texts of the rows among which the header is looked for, merged cells filled in both directions."""
    rows = [[cell.text for cell in row] for row in grid.rows[: _ROWS + 1]]
    for area in grid.merges:
        value = grid.at(area.top, area.left).text
        for row in rows[area.top : area.bottom + 1]:
            row.extend([""] * (area.right + 1 - len(row)))
            row[area.left : area.right + 1] = [value] * (area.right + 1 - area.left)
    return rows


def _header(sheet: Sheet | None, rows: list[list[str]], first: int, last: int) -> Header:
    found: dict[int, str] = {}
    names: dict[int, str] = {}
    unknown: list[str] = []
    doubled: list[str] = []
    for column in range(max(len(rows[first]), len(rows[last]))):
        upper, lower = (row[column] if column < len(row) else "" for row in (rows[first], rows[last]))
        several = (f"{upper}{lower}", lower, upper) if last > first else (lower,)
        name, shown = next(
            ((name, shown) for shown in several if shown and (name := _known(sheet, shown))), ("", lower or upper)
        )
        if not name:
            if shown and plain_name(shown) not in _BESIDE:
                unknown.append(shown)
        elif name in found.values():
            doubled.append(shown)
        else:
            found[column], names[column] = name, shown
    required = columns.REQUIRED if sheet is None else [each.name for each in sheet.fields if each.required]
    missing = tuple(name for name in required if name not in found.values())
    return Header(
        sheet=sheet,
        first=first,
        last=last,
        columns=found,
        names=names,
        unknown=tuple(dict.fromkeys(unknown)),
        doubled=tuple(dict.fromkeys(doubled)),
        missing=missing if sheet is None else tuple(sheet.by_name[name].header for name in missing),
    )


def _known(sheet: Sheet | None, shown: str) -> str:
    if sheet is None:
        return _ACCOUNT_COLUMNS.get(plain_name(shown), "")
    found = sheet.by_header.get(plain_name(shown))
    return found.name if found is not None else ""
