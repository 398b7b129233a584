"""Workbooks and CSV files of the register: empty ones to be filled, and what is on file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from domain.account import Account
from domain.register import Record
from domain.table import write_csv
from registry import accounts as account_rows
from registry.columns import platform_name
from registry.sheets import render
from registry.sheets.catalogue import ACCOUNTS_TITLE, SHEETS
from registry.sheets.described import Column, account_columns, columns_of
from registry.sheets.explaining import explain, on_paper
from registry.sheets.model import Sheet

_EXPLAINED, _OFFERED = "说明", "选项"
#: Rows below the last filled one for which a workbook offers its choices.
_MORE_ROWS = 1000
#: What one cell of a workbook can hold.
_LONGEST = 32767
_BOLD = Font(bold=True)
_MUST = PatternFill("solid", fgColor="F6D7B0")
_MAY = PatternFill("solid", fgColor="DDE6F0")
_WIDE = frozenset(("信息内容", "原文内容", "简介", "信息标题", "标题"))


@dataclass(slots=True, kw_only=True)
class _Offers:
    """The lists of choices, one column each, on a sheet of their own: Excel limits a list in place to 255 signs."""

    sheet: Worksheet
    placed: dict[tuple[str, ...], str] = field(default_factory=dict)

    def of(self, header: str, words: tuple[str, ...]) -> str:
        if words not in self.placed:
            place = len(self.placed) + 1
            letter = get_column_letter(place)
            for number, word in enumerate((header, *words), start=1):
                self.sheet.cell(number, place, word).number_format = "@"
            self.sheet.column_dimensions[letter].width = 22
            self.placed[words] = f"{_OFFERED}!${letter}$2:${letter}${len(words) + 1}"
        return self.placed[words]


def write_workbook(
    path: Path,
    sheets: Iterable[Sheet],
    records: Mapping[str, Sequence[Record]],
    accounts: Sequence[Account],
    *,
    with_accounts: bool = True,
    units: Sequence[str] = (),
    offered: Sequence[Account] = (),
) -> None:
    """A workbook with the sheet of accounts and these ``sheets``; without records it is a template.

    ``offered`` accounts and ``units`` on file are choices in drop-downs. Raises ``ValueError`` with a Chinese reason
    for a text that no cell can hold.
    """
    book = openpyxl.Workbook()
    explained = book.active
    assert isinstance(explained, Worksheet)
    explained.title = _EXPLAINED
    given = tuple(sheets)
    named = tuple(f"{platform_name(each.platform)} {each.name}" for each in offered)
    offers = _Offers(sheet=book.create_sheet(_OFFERED))
    if with_accounts:
        rows = account_rows.rows(accounts)
        _fill(book.create_sheet(ACCOUNTS_TITLE), account_columns(), rows, offers)
    for sheet in given:
        rows = [render.cells(sheet, each) for each in records.get(sheet.kind.kind, ())]
        _fill(book.create_sheet(sheet.title), columns_of(sheet, named, tuple(units)), rows, offers)
    book.move_sheet(offers.sheet, len(book.sheetnames))
    explain(explained, given, with_accounts=with_accounts)
    book.save(path)


def write_sheet_csv(path: Path, sheet: Sheet, records: Sequence[Record]) -> None:
    """One sheet as CSV."""
    write_csv(path, render.headers(sheet), [render.cells(sheet, each) for each in records])


def _fill(sheet: Worksheet, described: Sequence[Column], rows: Sequence[Sequence[str]], offers: _Offers) -> None:
    for number, record in enumerate([[each.header for each in described], *rows], start=1):
        for place, value in enumerate(record, start=1):
            if not value:
                continue
            if len(value) > _LONGEST:
                header = described[place - 1].header
                raise ValueError(
                    f"“{sheet.title}”表第 {number} 行{header}有 {len(value)} 字，超过 Excel 一格的 {_LONGEST} 字；"
                    "请导出为 .csv（加 --kind）"
                )
            cell = sheet.cell(number, place)
            cell.value = value
            cell.data_type = "s"
            cell.number_format = "@"
    for place, each in enumerate(described, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = 42 if each.header in _WIDE else max(14, 2 * len(each.header) + 6)
        sheet.column_dimensions[letter].number_format = "@"
        head = sheet.cell(1, place)
        head.font = _BOLD
        head.fill = _MUST if each.required else _MAY
        head.alignment = Alignment(vertical="center", wrap_text=True)
        if each.words:
            _offer(sheet, letter, each, offers, len(rows) + _MORE_ROWS)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    on_paper(sheet)


def _offer(sheet: Worksheet, letter: str, column: Column, offers: _Offers, last: int) -> None:
    listed = DataValidation(
        type="list",
        formula1=offers.of(column.header, column.words),
        allow_blank=True,
        showErrorMessage=not column.is_open,
        errorTitle="不在可选范围",
        error="请从下拉列表中选一个",
        showInputMessage=bool(column.help),
        promptTitle=column.header[:32],
        prompt=column.help[:255],
    )
    sheet.add_data_validation(listed)
    listed.add(f"{letter}2:{letter}{last}")


def known_sheets() -> tuple[Sheet, ...]:
    """Every sheet of records."""
    return tuple(SHEETS.values())
