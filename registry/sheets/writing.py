"""Workbooks and CSV files of the register: empty ones to be filled, and what is on file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from domain.account import Account
from domain.register import Record
from domain.table import write_csv
from registry import accounts as account_rows
from registry import columns
from registry.columns import platform_name
from registry.sheets import render
from registry.sheets.catalogue import ACCOUNTS_TITLE, SHEETS
from registry.sheets.model import Sheet, Value

_EXPLAINED, _OFFERED = "说明", "选项"
#: Rows below the last filled one for which a workbook offers its choices.
_MORE_ROWS = 1000
#: What one cell of a workbook can hold.
_LONGEST = 32767
_BOLD = Font(bold=True)
_MUST = PatternFill("solid", fgColor="F6D7B0")
_MAY = PatternFill("solid", fgColor="DDE6F0")
_WIDE = frozenset(("信息内容", "原文内容", "简介", "信息标题", "标题"))
#: Columns of the sheet of accounts that are explained nowhere else.
_ACCOUNT_HELP = {
    columns.PLATFORM: "选一个平台",
    columns.KEY: "平台给出的标识：公众号原始 ID、微博 UID、网站域名等",
    columns.NAME: "平台上显示的名称",
    columns.SPONSOR: "主办单位全称",
    columns.ROUTES: "读取方式，见登记各平台的说明",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    header: str
    required: bool = False
    words: tuple[str, ...] = ()
    is_open: bool = False  # other values than the offered ones may be written
    help: str = ""
    example: str = ""


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
        _fill(book.create_sheet(ACCOUNTS_TITLE), _account_columns(), rows, offers)
    for sheet in given:
        rows = [render.cells(sheet, each) for each in records.get(sheet.kind.kind, ())]
        _fill(book.create_sheet(sheet.title), _columns(sheet, named, tuple(units)), rows, offers)
    book.move_sheet(offers.sheet, len(book.sheetnames))
    _explain(explained, given, with_accounts=with_accounts)
    book.save(path)


def write_sheet_csv(path: Path, sheet: Sheet, records: Sequence[Record]) -> None:
    """One sheet as CSV."""
    write_csv(path, render.headers(sheet), [render.cells(sheet, each) for each in records])


def _columns(sheet: Sheet, accounts: tuple[str, ...], units: tuple[str, ...]) -> list[_Column]:
    made: list[_Column] = []
    for each in sheet.fields:
        words, is_open = each.words, False
        if each.value in (Value.ACCOUNT, Value.UNIT) and each.name != "key":
            words, is_open = accounts if each.value is Value.ACCOUNT else units, True
        elif each.value is Value.CHOICES:
            is_open = True
        made.append(
            _Column(
                header=each.header,
                required=each.required,
                words=words,
                is_open=is_open,
                help=each.help,
                example=each.example,
            )
        )
    return made


def _account_columns() -> list[_Column]:
    words = {
        columns.PLATFORM: tuple(dict.fromkeys(map(platform_name, columns.PLATFORMS.values()))),
        columns.PURPOSE: tuple(columns.PURPOSES),
        columns.MEDIUM: tuple(columns.MEDIA),
        columns.STANDING: tuple(columns.STANDINGS),
    }
    return [
        _Column(
            header=header,
            required=header in columns.REQUIRED,
            words=words.get(header, ()),
            help=_ACCOUNT_HELP.get(header, ""),
        )
        for header in columns.COLUMNS
    ]


def _fill(sheet: Worksheet, described: Sequence[_Column], rows: Sequence[Sequence[str]], offers: _Offers) -> None:
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
    _on_paper(sheet)


def _offer(sheet: Worksheet, letter: str, column: _Column, offers: _Offers, last: int) -> None:
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


def _explain(sheet: Worksheet, sheets: Sequence[Sheet], *, with_accounts: bool) -> None:
    opening = (
        "橙色表头为必填列，其余可以先空着；不用的表留空即可，留空的表不会改动已有记录。",
        "日期可写 2026-03-01、2026/3/1 或 2026年3月1日；时间写到分钟，如 2026-03-01 09:30。",
        "一格里写几个的，用顿号或竖线 | 分开。号码、编号列已设为“文本”格式，请勿改动。",
        "一个文件要么全部导入，要么全部不导入；有错时逐行列出，改好再导入。",
    )
    for line in opening:
        sheet.append([line])
    sheet.append([])
    sheet.append(["表", "列", "必填", "填什么", "示例", "可选"])
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = _BOLD, _MAY
    if with_accounts:
        _explain_one(
            sheet,
            ACCOUNTS_TITLE,
            "本局和所属单位的政务新媒体，每个账号一行；文件中没有的账号移出台账",
            _account_columns(),
        )
    for each in sheets:
        rule = "文件中没有的记录移出台账" if each.whole else "只新增和更新，文件中没有的记录不动"
        _explain_one(
            sheet, each.title, f"{each.about}。{rule}；同一条记录按{each.key_help}辨认", _columns(each, (), ())
        )
    for letter, width in zip("ABCDEF", (16, 22, 6, 60, 34, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=len(opening) + 2):
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=cell.column in (4, 5, 6))
    _on_paper(sheet)


def _on_paper(sheet: Worksheet) -> None:
    """Printed across the page, all columns on it."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0


def _explain_one(sheet: Worksheet, title: str, about: str, described: Sequence[_Column]) -> None:
    sheet.append([title, "", "", about])
    for cell in sheet[sheet.max_row]:
        cell.font = _BOLD
    for each in described:
        example = each.example or (each.words[0] if each.words else "")
        sheet.append(["", each.header, "是" if each.required else "", each.help, example, "、".join(each.words)])


def known_sheets() -> tuple[Sheet, ...]:
    """Every sheet of records."""
    return tuple(SHEETS.values())
