"""Sheets (xlsx, xls, et, ods, csv): every cell with its address, the head of its column and the rest of its row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

import python_calamine as calamine

from domain.errors import DocumentError
from domain.post import Origin, Segment
from extractors.formats.text import decode
from extractors.model import Context, Extraction

#: Rows looked at for the head of a table (titles and notes often stand above it).
_HEAD_ROWS = 5
#: Longest context kept with a cell (characters).
_CONTEXT_LIMIT = 200


def extract(body: bytes, context_: Context) -> Extraction:
    """Every non-empty cell of every sheet; sheets that Excel hides are marked hidden."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(body))
    except calamine.PasswordError as error:
        raise DocumentError(context_.name, "工作簿已加密，请解除密码后再查") from error
    except calamine.CalamineError as error:
        raise DocumentError(context_.name, "工作簿损坏或格式不规范，请重新导出后再查") from error
    segments: list[Segment] = []
    for sheet in book.sheets_metadata:
        if sheet.typ is not calamine.SheetTypeEnum.WorkSheet:
            continue
        hidden = sheet.visible is not calamine.SheetVisibleEnum.Visible
        page = book.get_sheet_by_name(sheet.name)
        rows = [[_shown(value) for value in row] for row in page.to_python(skip_empty_area=False)]
        segments.extend(_cells(rows, sheet.name, hidden, context_))
    return Extraction(tuple(segments))


def read_csv(body: bytes, context_: Context) -> Extraction:
    """Every non-empty cell of a CSV file."""
    content = decode(body, context_.name)
    rows = [[value.strip() for value in row] for row in csv.reader(io.StringIO(content))]
    return Extraction(tuple(_cells(rows, "", False, context_)))


def _cells(rows: Sequence[Sequence[str]], sheet: str, hidden: bool, context_: Context) -> Iterator[Segment]:
    heads = _heads(rows)
    for row_number, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            if not text:
                continue
            head = heads.get(column, "")
            others = (other for index, other in enumerate(row) if other and index != column)
            context = "\t".join(filter(None, (head if head != text else "", *others)))[:_CONTEXT_LIMIT]
            address = f"{_letters(column)}{row_number}"
            place = context_.place(f"{sheet}!{address}" if sheet else address)
            yield Segment(context_.field, text, Origin.DOCUMENT, hidden, place, context)


def _heads(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """The head of each column: the last text without digits among the first rows."""
    heads: dict[int, str] = {}
    for row in rows[:_HEAD_ROWS]:
        for column, text in enumerate(row):
            if text and len(text) <= 20 and not any(character.isdigit() for character in text):
                heads.setdefault(column, text)
    return heads


def _letters(column: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _shown(value: object) -> str:
    """A cell as text; a number without the ``.0`` and the exponent that hide its digits."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e20 else repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return str(value).strip()
