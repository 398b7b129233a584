"""Rows of a sheet with content: what stands in them by field, and where a person finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from registry import columns
from registry.sheets.cells import EMPTY, Cell
from registry.sheets.grids import Grid
from registry.sheets.header import Header

#: How rows begin that close a sheet and hold no record.
_CLOSING = re.compile(r"(?:合|总|小|共)计\s*(?:[:：].*)?$|(?:制表|填表|填报)(?:人|单位|日期|时间)?\s*[:：]|以下空白")
#: The same where what a record must have is not there.
_PERHAPS = re.compile(r"(?:注|备注|说明|单位负责人)\s*[:：]|(?:制表|填表|填报)(?:人|单位)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row: its 1-based number and its filled cells by field."""

    number: int
    cells: Mapping[str, Cell]


def place_of(where: str, number: int) -> str:
    """A row as a person is told it: ``台账.xlsx 工作表“人员”第 5 行``."""
    return f"{where}{'' if where.endswith('”') else ' '}第 {number} 行"


def lines(grid: Grid, header: Header, notes: list[str]) -> Iterator[Line]:
    """The rows below the header that hold something; what is passed over or filled in is told in ``notes``."""
    covered = _covered(grid, header)
    if covered:
        notes.append("数据中的合并单元格按其内容填入每一行")
    passed: list[str] = []
    hidden: list[str] = []
    for index in range(header.last + 1, len(grid.rows)):
        own = {name: grid.at(index, column) for column, name in header.columns.items()}
        filled = {name: cell for name, cell in own.items() if cell.is_filled}
        if not filled:
            if _words(grid, index):
                passed.append(str(index + 1))
            continue
        if _repeats(filled, header) or _closes(grid, index, filled, header):
            passed.append(str(index + 1))
            continue
        if index + 1 in grid.hidden:
            hidden.append(str(index + 1))
        joined = {name: covered.get((index, column), EMPTY) for column, name in header.columns.items()}
        yield Line(number=index + 1, cells={**{n: c for n, c in joined.items() if c.is_filled}, **filled})
    if nameless := _nameless(grid, header):
        notes.append(f"第 {'、'.join(nameless)} 列没有表头，其中的内容没有读")
    if passed:
        notes.append(f"第 {'、'.join(passed)} 行没有记录（序号、重复的表头、合计或说明），没有读")
    if hidden:
        notes.append(f"第 {'、'.join(hidden)} 行是隐藏的行，也读入了；不要的请删除后重新导入")


def _covered(grid: Grid, header: Header) -> dict[tuple[int, int], Cell]:
    """What merged cells below the header say about the rows that they cover."""
    found: dict[tuple[int, int], Cell] = {}
    for area in grid.merges:
        if area.top <= header.last or area.bottom == area.top:
            continue
        value = grid.at(area.top, area.left)
        if value.is_filled:
            found.update({(row, area.left): value for row in range(area.top, area.bottom + 1)})
    return found


def _nameless(grid: Grid, header: Header) -> list[str]:
    """Letters of the columns that hold something and have no name."""
    below = grid.rows[header.last + 1 :]
    wide = max((len(row) for row in below), default=0)
    return [
        get_column_letter(column + 1)
        for column in range(wide)
        if column not in header.columns
        and not any(grid.at(row, column).is_filled for row in (header.first, header.last))
        and any(column < len(row) and row[column].is_filled for row in below)
    ]


def _words(grid: Grid, index: int) -> bool:
    """True where a row without any record says something all the same: more than its number."""
    return any(cell.is_filled and not cell.text.isdigit() for cell in grid.rows[index])


def _repeats(filled: Mapping[str, Cell], header: Header) -> bool:
    shown = {name: header.names[column] for column, name in header.columns.items()}
    return len(filled) > 1 and all(shown[name].endswith(cell.text) and cell.text for name, cell in filled.items())


def _closes(grid: Grid, index: int, filled: Mapping[str, Cell], header: Header) -> bool:
    first = next((cell.text for cell in grid.rows[index] if cell.is_filled), "")
    if _CLOSING.match(first):
        return True
    fields = header.sheet.fields if header.sheet is not None else ()
    required = {each.name for each in fields if each.required} if fields else set(columns.REQUIRED)
    return bool(_PERHAPS.match(first)) and not required <= set(filled)
