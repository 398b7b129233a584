"""Reads a sheet of judged findings as it comes back: re-sorted, columns moved, rows above the header, any encoding."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from domain.errors import ImportFileError, system_reason
from domain.table import parse_date
from registry import triage_columns as columns
from registry.loose_table import Cell, Grid, plain_grids, text_of

_HEADER_ROWS = 20
_FORMULA_STARTS = ("'=", "'+", "'-", "'@")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row with content: where a person finds it, and its cells by header. ``problem`` says what is wrong with the
    row as such."""

    place: str
    cells: Mapping[str, str] = field(repr=False)
    until: date | None = None
    problem: str = ""

    def get(self, header: str) -> str:
        """The cell under ``header``, empty where there is none."""
        return self.cells.get(header, "")

    @property
    def has_check(self) -> bool:
        """True where the cells can be held against each other."""
        needed = (columns.CHECK, columns.ACCOUNT, columns.TERM)
        return all(name in self.cells for name in needed) and bool(self.get(columns.CHECK))


def read(path: Path) -> tuple[SheetRow, ...]:
    """The rows of ``path`` (xlsx, xls, csv). Raises ``ImportFileError`` where it cannot be read or has no header with
    the columns 指纹 and 结论."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ImportFileError(path.name, f"读不出文件（{system_reason(error)}）；请检查路径与权限") from error
    found: list[SheetRow] = []
    has_header = False
    grids = plain_grids(body, path.name)
    for name, grid, broken in grids:
        header = _header(grid)
        if header is None:
            continue
        has_header = True
        where = f"工作表“{name}”" if len(grids) > 1 else ""
        found.extend(_rows(grid, header, broken, where))
    if not has_header:
        raise ImportFileError(
            path.name,
            f"找不到含“{columns.FINGERPRINT}”和“{columns.VERDICT}”两列的表头，没有导入任何内容；"
            "请在 xunjian triage export 导出的表上填写，不要删去这两列",
        )
    return tuple(found)


def _header(grid: Grid) -> tuple[int, dict[int, str]] | None:
    """The row that names the most columns, and the columns it names."""
    best: tuple[int, dict[int, str]] | None = None
    for number, row in enumerate(grid[:_HEADER_ROWS]):
        named: dict[int, str] = {}
        for column, cell in enumerate(row):
            name = unicodedata.normalize("NFKC", str(cell)).strip().lstrip("\ufeff")
            if name in columns.HEADERS and name not in named.values():
                named[column] = name
        if {columns.FINGERPRINT, columns.VERDICT} <= set(named.values()) and (
            best is None or len(named) > len(best[1])
        ):
            best = (number, named)
    return best


def _rows(grid: Grid, header: tuple[int, dict[int, str]], broken: Mapping[int, str], where: str) -> list[SheetRow]:
    first, named = header
    found = []
    for index in range(first + 1, len(grid)):
        row = grid[index]
        place = f"{where}第 {index + 1} 行"
        cells: dict[str, str] = {}
        until: date | None = None
        problem = broken.get(index + 1, "")
        for column, name in named.items():
            cell: Cell = row[column] if column < len(row) else ""
            try:
                cells[name] = _text(cell)
            except ValueError as error:
                cells[name], problem = "", problem or str(error)
            if name == columns.UNTIL:
                until = _day(cell)
        if any(cells.values()) or problem:
            found.append(SheetRow(place, cells, until, problem))
    return found


def _text(cell: Cell) -> str:
    text = text_of(cell).strip()
    return text[1:] if text.startswith(_FORMULA_STARTS) else text


def _day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return parse_date(_text(cell).split(" ")[0]) if isinstance(cell, str) and cell.strip() else None
