"""Files of the office as grids of cells: workbooks of every usual kind, and CSV in every usual encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

import openpyxl
import python_calamine as calamine
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from domain.errors import RegistryError, system_reason
from registry.sheets.cells import EMPTY, UNCALCULATED, Cell, cell_of

_SEPARATORS = {",": "逗号", "\t": "制表符", ";": "分号", "，": "中文逗号"}
#: Signs of one cell of a CSV file.
_LONGEST = 10_000_000
_BROKEN = "工作簿已损坏或不完整；请在 Excel 中打开并另存为 .xlsx 后再导入"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """A merged cell: rows and columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True, kw_only=True)
class Grid:
    """One sheet. ``name`` is empty for a CSV file; ``hidden`` are the 1-based rows that Excel does not show."""

    name: str = ""
    rows: list[list[Cell]] = field(default_factory=list)
    merges: tuple[Merge, ...] = ()
    hidden: tuple[int, ...] = ()
    notes: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """True where nothing is written."""
        return not any(cell.is_filled for row in self.rows for cell in row)

    def at(self, row: int, column: int) -> Cell:
        """One cell; beyond the edge it is empty."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return EMPTY
        return self.rows[row][column]


def read(path: Path, shown: str) -> tuple[list[Grid], list[str]]:
    """The sheets of a file that are shown, and what a person should know about the reading.

    Raises ``RegistryError`` for a file that cannot be read, is locked or is of no kind that is known.
    """
    try:
        body = path.read_bytes()
    except OSError as error:
        raise RegistryError(shown, f"读不出文件（{system_reason(error)}）；请检查路径与权限") from error
    if not body.strip():
        raise RegistryError(shown, "是空文件；请核对")
    if body.startswith(b"PK\x03\x04"):
        if path.suffix.lower() in (".docx", ".docm") or b"word/document.xml" in body:
            raise RegistryError(
                shown, "是 Word 文档，不是台账的工作簿；请用 xunjian registry template 写出模板，填好再导入"
            )
        return _openxml(body, shown)
    if body.startswith(b"\xd0\xcf\x11\xe0"):
        return _older(body, shown)
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".et", ".ods"):
        raise RegistryError(shown, f"不是工作簿，多半只改了扩展名；{_BROKEN}")
    return [_csv(body, shown)], []


def _openxml(body: bytes, shown: str) -> tuple[list[Grid], list[str]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(body))
        grids, hidden, uses_formulas = [], [], False
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                hidden.append(sheet.title)
                continue
            uses_formulas |= any(cell.data_type == "f" for cell in _cells(sheet))
            grids.append(sheet)
        values = openpyxl.load_workbook(io.BytesIO(body), data_only=True) if uses_formulas else None
        read = [_worksheet(sheet, values[sheet.title] if values is not None else None) for sheet in grids]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, OSError) as error:
        if b"content.xml" in body[:4096] or b"opendocument" in body[:200]:
            return _older(body, shown)
        raise RegistryError(shown, _BROKEN) from error
    return read, _told_hidden(hidden)


def _cells(sheet: Worksheet) -> Iterator[BookCell]:
    # Only cells that stand in the file: a stray mark in the last row must not make a million empty ones.
    return (cell for cell in sheet._cells.values() if isinstance(cell, BookCell))


def _worksheet(sheet: Worksheet, values: Worksheet | None) -> Grid:
    found: dict[tuple[int, int], Cell] = {}
    for cell in _cells(sheet):
        value = cell.value
        if cell.data_type == "f" and values is not None:
            result = values.cell(cell.row, cell.column).value
            made = UNCALCULATED if result is None else cell_of(result)
        else:
            made = cell_of(value)
        if made.is_filled:
            found[cell.row - 1, cell.column - 1] = made
    merges = tuple(
        Merge(top=area.min_row - 1, left=area.min_col - 1, bottom=area.max_row - 1, right=area.max_col - 1)
        for area in sheet.merged_cells.ranges
    )
    height = max((row for row, _ in found), default=-1) + 1
    rows: list[list[Cell]] = [[] for _ in range(height)]
    for (row, column), made in sorted(found.items(), key=lambda each: each[0]):
        rows[row].extend([EMPTY] * (column + 1 - len(rows[row])))
        rows[row][column] = made
    hidden = tuple(number for number, look in sorted(sheet.row_dimensions.items()) if look.hidden and number <= height)
    return Grid(name=sheet.title, rows=rows, merges=merges, hidden=hidden)


def _older(body: bytes, shown: str) -> tuple[list[Grid], list[str]]:
    """xls, et and ods. Hidden rows cannot be told there."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(body))
        listed = [sheet for sheet in book.sheets_metadata if sheet.typ is calamine.SheetTypeEnum.WorkSheet]
        visible = [each.name for each in listed if each.visible is calamine.SheetVisibleEnum.Visible]
        grids = [_calamine(book.get_sheet_by_name(name), name) for name in visible]
    except calamine.PasswordError as error:
        raise RegistryError(shown, "工作簿有密码；请解除密码后重新保存再导入") from error
    except Exception as error:  # a damaged workbook makes the reader raise errors of every kind
        raise RegistryError(shown, f"{_BROKEN}；有密码的请先解除密码") from error
    return grids, _told_hidden([each.name for each in listed if each.name not in visible])


def _calamine(sheet: calamine.CalamineSheet, name: str) -> Grid:
    rows = [
        [cell_of(value if value != "" else None) for value in row] for row in sheet.to_python(skip_empty_area=False)
    ]
    merges = tuple(
        Merge(top=top, left=left, bottom=bottom, right=right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Grid(name=name, rows=rows, merges=merges)


def _told_hidden(names: list[str]) -> list[str]:
    return [f"隐藏的工作表没有读：{'、'.join(names)}"] if names else []


def _csv(body: bytes, shown: str) -> Grid:
    text, encoding = _decode(body)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=lambda mark: (first.count(mark), mark == ","))
    rows: list[list[Cell]] = []
    # One cell may hold a whole article; without a bound of our own 128 KB would be the end.
    csv.field_size_limit(_LONGEST)
    try:
        # Strict: a quote that is never closed would swallow the rows below it without a word.
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            rows.append([cell_of(cell) for cell in row])  # noqa: PERF401 - the count of rows names the broken one
    except csv.Error as error:
        raise RegistryError(
            f"{shown} 第 {len(rows) + 1} 行", "引号没有成对，后面的行分不开；请在 Excel 中打开核对后重新保存"
        ) from error
    usual = encoding == "UTF-8" and separator == ","
    return Grid(rows=rows, notes=[] if usual else [f"按 {encoding} 编码、{_SEPARATORS[separator]}分隔读取"])


def _decode(body: bytes) -> tuple[str, str]:
    for mark, name, shown in (
        (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
        (b"\xff\xfe", "utf-16", "UTF-16"),
        (b"\xfe\xff", "utf-16", "UTF-16"),
    ):
        if body.startswith(mark):
            return body.decode(name, "replace"), shown
    for name, shown in (("utf-8", "UTF-8"), ("gb18030", "GB18030")):
        try:
            return body.decode(name), shown
        except UnicodeDecodeError:
            continue
    return body.decode("utf-8", "replace"), "UTF-8"
