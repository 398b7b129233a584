"""Writes the template for posts that people bring: a table to fill, and in a workbook a page that explains it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from domain.table import write_csv
from registry.post_columns import Template

_ROWS = 2000
_CHOICES = {"类型": "图文,图片,视频,音频,短文", "原创": "是,否", "状态": "正常,已删除,违规"}
_FILL = PatternFill("solid", fgColor="DDE6F0")


def write_template(path: Path, template: Template) -> None:
    """Write ``template`` as .xlsx or .csv. Raises ``ValueError`` for another suffix.

    The sheet that is filled in holds no example: it would be imported as a post.
    """
    headers = [column.header for column in template.columns]
    suffix = path.suffix.lower()
    if suffix == ".csv":
        write_csv(path, headers, ())
        return
    if suffix != ".xlsx":
        raise ValueError(f"{path.name}：模板只能写成 .xlsx 或 .csv")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "内容"
    for place, column in enumerate(template.columns, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = 60 if column.header in ("正文", "微博内容", "字幕文字") else 24
        sheet.column_dimensions[letter].number_format = "@"
        cell = sheet.cell(1, place, column.header + (" *" if column.required else ""))
        cell.font, cell.fill = Font(bold=True), _FILL
        for row in range(2, _ROWS + 1) if column.header in ("作品编号", "微博编号", "发布时间") else ():
            sheet.cell(row, place).number_format = "@"  # else Excel rounds long numbers and rewrites dates
        if column.header in _CHOICES:
            offered = DataValidation(type="list", formula1=f'"{_CHOICES[column.header]}"', allow_blank=True)
            sheet.add_data_validation(offered)
            offered.add(f"{letter}2:{letter}{_ROWS}")
    sheet.freeze_panes = "A2"
    _explain(book, template)
    book.save(path)


def _explain(book: openpyxl.Workbook, template: Template) -> None:
    sheet = book.create_sheet("填写说明")
    lines = [f"{template.name}内容导入：一篇一行，填在“内容”表中。带 * 的列必填。"]
    if template.export:
        lines.append(f"平台后台也可导出：{template.export}。导出的表可以直接导入，列名不必改。")
    lines.append("填好后运行：xunjian import 本文件 --account 账号标识")
    for line in lines:
        sheet.append([line])
    sheet.append([])
    sheet.append(["列名", "是否必填", "怎么填", "举例"])
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = Font(bold=True), _FILL
    for column in template.columns:
        sheet.append([column.header, "必填" if column.required else "", column.help, column.example])
    for letter, width in zip("ABCD", (24, 12, 60, 48), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=len(lines) + 2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
