"""The sheet of a template that says what to write where."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from registry.sheets.catalogue import ACCOUNTS_TITLE
from registry.sheets.described import Column, account_columns, columns_of
from registry.sheets.model import Sheet

_BOLD = Font(bold=True)
_MAY = PatternFill("solid", fgColor="DDE6F0")


def explain(sheet: Worksheet, sheets: Sequence[Sheet], *, with_accounts: bool) -> None:
    """Say on ``sheet`` what every column of the others wants."""
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
            account_columns(),
        )
    for each in sheets:
        rule = "文件中没有的记录移出台账" if each.whole else "只新增和更新，文件中没有的记录不动"
        _explain_one(
            sheet, each.title, f"{each.about}。{rule}；同一条记录按{each.key_help}辨认", columns_of(each, (), ())
        )
    for letter, width in zip("ABCDEF", (16, 22, 6, 60, 34, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=len(opening) + 2):
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=cell.column in (4, 5, 6))
    on_paper(sheet)


def on_paper(sheet: Worksheet) -> None:
    """Printed across the page, all columns on it."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0


def _explain_one(sheet: Worksheet, title: str, about: str, described: Sequence[Column]) -> None:
    sheet.append([title, "", "", about])
    for cell in sheet[sheet.max_row]:
        cell.font = _BOLD
    for each in described:
        example = each.example or (each.words[0] if each.words else "")
        sheet.append(["", each.header, "是" if each.required else "", each.help, example, "、".join(each.words)])
