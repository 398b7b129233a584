"""Excel workbooks of the register: read as text, written so that Excel leaves long digits alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile

import openpyxl
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from domain.errors import RegistryError
from domain.table import raise_all

#: Excel keeps fifteen digits of a number; a longer one has already lost its end.
_EXACT = 10**15
#: Rows for which a template offers its drop-down choices.
_CHOICE_ROWS = 1000


def read(path: Path) -> list[list[str]]:
    """The cells of the first sheet as text. Raises ``RegistryError`` for a broken file or a number cut by Excel."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as reason:
        raise RegistryError(path.name, "读不出工作簿；请在 Excel 中打开并另存为 .xlsx 后重试") from reason
    problems: list[RegistryError] = []
    try:
        records: list[list[str]] = []
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            record: list[str] = []
            for value in cells:
                try:
                    record.append(_text(value))
                except ValueError as reason:
                    problems.append(RegistryError(path.name, str(reason), row=number))
                    record.append("")
            records.append(record)
    finally:
        book.close()
    raise_all(problems)
    return records


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        if abs(value) >= _EXACT:
            raise ValueError("长数字被 Excel 当作数值，末几位已经丢失；请把该列设为“文本”格式后重新填写")
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def write(
    path: Path,
    title: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    choices: Mapping[str, Sequence[str]],
) -> None:
    """A workbook with text cells, a frozen header and drop-down choices by header."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for number, record in enumerate([headers, *rows], start=1):
        for place, value in enumerate(record, start=1):
            cell = sheet.cell(number, place)
            cell.value = value or None
            cell.number_format = "@"
            if value:
                cell.data_type = "s"
    for place, header in enumerate(headers, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = 24
        sheet.column_dimensions[letter].number_format = "@"
        cell = sheet.cell(1, place)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6F0")
        if header in choices:
            offered = DataValidation(type="list", formula1=f'"{",".join(choices[header])}"', allow_blank=True)
            sheet.add_data_validation(offered)
            offered.add(f"{letter}2:{letter}{_CHOICE_ROWS}")
    sheet.freeze_panes = "A2"
    book.save(path)
