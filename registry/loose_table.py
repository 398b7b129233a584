"""Tables that somebody else's program exported: the header is looked for, what cannot be read is told row by row.

The register's own files are read strictly (``domain.table``); an export is taken as it comes: title rows above the
header, a header of two rows with merged cells, other encodings, other separators, columns nobody needs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import python_calamine as calamine

from domain.errors import ImportFileError
from registry.post_columns import WHEN, WORDS, field_of

Cell = str | float | bool | date | datetime
Grid = list[list[Cell]]
#: Rows among which the header is looked for.
_HEADER_ROWS = 20
#: Excel keeps fifteen digits of a number; a longer one has already lost its end.
_EXACT = 10**15
_UNREADABLE = "\ufffd"
_SEPARATORS = {",": "逗号", "\t": "制表符", ";": "分号", "，": "中文逗号"}


@dataclass(frozen=True, slots=True)
class Record:
    """One row with content: where a person finds it, and its cells by field."""

    place: str
    cells: dict[str, Cell] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """One row that is not used, and why."""

    place: str
    reason: str


@dataclass(slots=True)
class PostTable:
    """What a file holds: its rows, what is refused, what holds no post (a line of totals), and how it was read."""

    records: list[Record] = field(default_factory=list)
    skipped: list[Refused] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Header:
    first: int
    last: int
    fields: dict[int, str]
    unused: tuple[str, ...]
    doubled: tuple[str, ...]


def read_csv(body: bytes, shown: str) -> PostTable:
    """The rows of a CSV file, in whatever encoding and with whatever separator.

    Raises ``ImportFileError`` where the file has no header that is known.
    """
    text, encoding = _decode(body)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=lambda mark: (first.count(mark), mark == ","))
    table = PostTable(notes=[f"按 {encoding} 编码、{_SEPARATORS[separator]}分隔读取"])
    grid: Grid = []
    broken: dict[int, str] = {}
    for number, cells, problem in _csv_rows(text, separator):
        grid.append(list(cells))
        if problem:
            broken[number] = problem
    _gather(grid, shown, "", broken, table)
    return table


def read_workbook(body: bytes, shown: str) -> PostTable:
    """The rows of every sheet that has a header (xlsx, xls, ods, et). A merged cell counts for each cell it covers.

    Raises ``ImportFileError`` for a damaged or locked file, and where no sheet has a header that is known.
    """
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(body))
        listed = [sheet for sheet in book.sheets_metadata if sheet.typ is calamine.SheetTypeEnum.WorkSheet]
        shown_to_all = [sheet for sheet in listed if sheet.visible is calamine.SheetVisibleEnum.Visible]
        hidden = [sheet.name for sheet in listed if sheet not in shown_to_all]
        grids = [(sheet.name, *_grid(book.get_sheet_by_name(sheet.name))) for sheet in shown_to_all]
    except calamine.PasswordError as error:
        raise ImportFileError(shown, "工作簿有密码，没有导入任何内容；请解除密码后重新保存再导入") from error
    except Exception as error:  # a damaged workbook makes the reader raise errors of every kind
        raise ImportFileError(
            shown, "工作簿已损坏或不完整，没有导入任何内容；请重新导出，或在 Excel 中打开并另存为 .xlsx 后再导入"
        ) from error
    table = PostTable(notes=[f"隐藏的工作表没有读：{'、'.join(hidden)}"] if hidden else [])
    several = len(grids) > 1
    problem: ImportFileError | None = None
    read: list[str] = []
    for name, grid, merged in grids:
        if not any(any(_filled(cell) for cell in row) for row in grid):
            continue
        try:
            _gather(grid, shown, f"工作表“{name}”" if several else "", {}, table, merged)
            read.append(name)
        except ImportFileError as error:
            problem = problem or error
            if several:
                table.notes.append(f"工作表“{name}”没有认得的表头，没有读")
    if not read:
        raise problem or ImportFileError(shown, "工作簿是空的，没有导入任何内容；请核对文件")
    return table


def plain_grids(body: bytes, shown: str) -> list[tuple[str, Grid, dict[int, str]]]:
    """Every visible sheet of a workbook, or the one table of a CSV file, as it stands: its name (empty for CSV), its
    rows, and what is wrong with a row by its number. Raises ``ImportFileError`` for a damaged or locked file."""
    if body[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        book = _open_book(body, shown)
        return [
            (sheet.name, _grid(book.get_sheet_by_name(sheet.name))[0], {})
            for sheet in book.sheets_metadata
            if sheet.typ is calamine.SheetTypeEnum.WorkSheet and sheet.visible is calamine.SheetVisibleEnum.Visible
        ]
    text, _ = _decode(body)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=lambda mark: (first.count(mark), mark == ","))
    grid: Grid = []
    broken: dict[int, str] = {}
    for number, cells, problem in _csv_rows(text, separator):
        grid.append(list(cells))
        if problem:
            broken[number] = problem
    return [("", grid, broken)]


def _open_book(body: bytes, shown: str) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(body))
    except calamine.PasswordError as error:
        raise ImportFileError(shown, "工作簿有密码，没有导入任何内容；请解除密码后重新保存再导入") from error
    except Exception as error:  # a damaged workbook makes the reader raise errors of every kind
        raise ImportFileError(
            shown, "工作簿已损坏或不完整，没有导入任何内容；请在 Excel 中打开并另存为 .xlsx 后再导入"
        ) from error


def text_of(cell: Cell | None) -> str:
    """A cell as a person reads it. Raises ``ValueError`` for a number whose last digits Excel has already lost."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, (int, float)):
        if abs(cell) >= _EXACT:
            raise ValueError("长数字被 Excel 当作数值，末几位已经丢失；请把该列设为“文本”格式后重新导出")
        return str(int(cell)) if cell == int(cell) else repr(cell)
    return cell.isoformat(sep=" ") if isinstance(cell, datetime) else str(cell).strip()


# -- CSV -------------------------------------------------------------------------------------------------------------


def _decode(body: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; bytes that are none of it become U+FFFD, their rows are refused."""
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
    tried = [(body.decode(name, "replace"), shown) for name, shown in (("utf-8", "UTF-8"), ("gb18030", "GB18030"))]
    return min(tried, key=lambda one: one[0].count(_UNREADABLE))


def _csv_rows(text: str, separator: str) -> Iterator[tuple[int, list[str], str]]:
    """Rows with their number and what is wrong with them. A quote that is never closed costs its own line only."""
    lines = text.splitlines(keepends=True)
    start = number = 0
    while start < len(lines):
        reader = csv.reader(lines[start:], delimiter=separator, strict=True)
        done = 0
        try:
            for cells in reader:
                done = reader.line_num
                number += 1
                yield number, cells, "有无法识别的字节" if any(_UNREADABLE in cell for cell in cells) else ""
            return
        except csv.Error:
            number += 1
            # The broken row begins after the last whole one; a reader may have gone far beyond it.
            yield number, [lines[start + done].strip()], "引号没有成对，或引号后还有文字"
            start += done + 1


# -- workbooks -------------------------------------------------------------------------------------------------------


def _grid(sheet: calamine.CalamineSheet) -> tuple[Grid, list[tuple[int, int]]]:
    """All cells from the first row and column on, merged ones filled; and the rows that merged cells span."""
    rows: Grid = [list(row) for row in sheet.to_python(skip_empty_area=False)]  # type: ignore[arg-type]
    spans: list[tuple[int, int]] = []
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        spans.append((top, bottom))
        for row in rows[top : bottom + 1]:
            row.extend([""] * (right + 1 - len(row)))
            row[left : right + 1] = [value] * (right + 1 - left)
    return rows, spans


# -- header and rows -------------------------------------------------------------------------------------------------


def _gather(
    grid: Grid,
    shown: str,
    where: str,
    broken: dict[int, str],
    table: PostTable,
    merged: Sequence[tuple[int, int]] = (),
) -> None:
    header = _find_header(grid, shown, where)
    _tell_header(header, where, merged, table)
    for index in range(header.last + 1, len(grid)):
        place = f"{where}第 {index + 1} 行"
        row = grid[index]
        if problem := broken.get(index + 1):
            table.refused.append(Refused(place, f"{problem}；请改正这一行后重新导入"))
            continue
        if not any(_filled(cell) for cell in row):
            continue
        cells = {name: row[column] for column, name in header.fields.items() if column < len(row)}
        if not any(_filled(cell) for cell in cells.values()):
            table.skipped.append(Refused(place, "没有内容，像是合计或说明"))
            continue
        table.records.append(Record(place, cells))


def _find_header(grid: Grid, shown: str, where: str) -> _Header:
    """The row, or the two rows, that name the most fields."""
    rows = range(min(len(grid), _HEADER_ROWS))
    single = [_header(grid, first, first) for first in rows]
    double = [_header(grid, first, first + 1) for first in rows if first + 1 < len(grid)]
    best = max([*single, *double], key=lambda header: len(header.fields), default=None)  # of equals the first
    named = set(best.fields.values()) if best is not None else set()
    begin = f"{where}：" if where else ""
    if best is None or len(named) < 2:
        raise ImportFileError(
            shown,
            f"{begin}找不到表头，没有导入任何内容；"
            "表头应有“发布时间”和“标题”或“正文”，模板见 xunjian import --template",
        )
    if WHEN not in named or not named & WORDS:
        missing = "发布时间" if WHEN not in named else "标题或正文"
        raise ImportFileError(
            shown,
            f"{begin}表头缺少“{missing}”列，没有导入任何内容；请补上该列，模板见 xunjian import --template",
            row=best.last + 1,
        )
    return best


def _header(grid: Grid, first: int, last: int) -> _Header:
    """The fields that rows ``first`` to ``last`` name: the lower row says it, the upper one where it does not."""
    found: dict[str, tuple[int, int, str]] = {}
    unused: list[str] = []
    doubled: list[str] = []
    for column in range(max(len(grid[first]), len(grid[last]))):
        names = [str(row[column]).strip() for row in (grid[last], grid[first]) if column < len(row)]
        name = next((name for name in names if name), "")
        field_name, rank = field_of(name)
        if not field_name:
            unused += [name] if name else []
        elif field_name not in found:
            found[field_name] = (rank, column, name)
        else:
            better, worse = sorted((found[field_name], (rank, column, name)))
            found[field_name] = better
            doubled.append(worse[2])
    fields = {column: field_name for field_name, (_, column, _) in found.items()}
    return _Header(first, last, fields, tuple(dict.fromkeys(unused)), tuple(doubled))


def _tell_header(header: _Header, where: str, merged: Sequence[tuple[int, int]], table: PostTable) -> None:
    rows = f"第 {header.first + 1} 行"
    if header.last > header.first:
        rows = f"第 {header.first + 1} 至 {header.last + 1} 行（两行表头）"
    above = f"，前 {header.first} 行不是数据" if header.first else ""
    in_header = any(top <= header.last for top, _ in merged)
    joined = "，合并单元格已展开" if in_header else ""
    table.notes.append(f"{where}表头在{rows}{above}{joined}")
    if any(bottom > header.last for _, bottom in merged):
        table.notes.append(f"{where}数据中的合并单元格按其内容填入每一行")
    if header.unused:
        table.notes.append(f"{where}没有用到的列：{'、'.join(header.unused)}")
    if header.doubled:
        table.notes.append(f"{where}同一内容有几列，没有用：{'、'.join(header.doubled)}")


def _filled(cell: Cell | None) -> bool:
    return cell is not None and str(cell).strip() != ""
