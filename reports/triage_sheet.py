"""The sheet on which findings are judged, as a workbook or as CSV: masked words, choices, no formula."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from domain.table import write_csv
from registry import triage_columns as columns
from reports.formats.xlsx import cell_text

_FONT: Final = "宋体"
_WIDTHS: Final = {
    columns.NUMBER: 6, "级别": 7, "问题": 30, columns.TERM: 20, "所在语句": 48, columns.ACCOUNT: 20, "平台": 12,
    "标题": 30, "发布时间": 17, "链接": 24, columns.VERDICT: 20, columns.REASON: 24, columns.NOTE: 24,
    columns.UNTIL: 12, columns.BY: 10, "目前研判": 24, "主办单位": 22, "依据": 30, "整改建议": 30, "首次发现": 17,
}  # fmt: skip
_CHOICES = "选项"
_HELP: Final = {
    columns.VERDICT: "从下拉列表中选；空白的行不导入",
    columns.REASON: "从下拉列表中选；选“其他”的须填说明",
    columns.UNTIL: "只有“暂予保留”要填，如 2026-12-31",
    columns.BY: "可以留空，导入时用 --by 统一写明",
}

Row = Mapping[str, str | int]


def render(rows: Sequence[Row]) -> bytes:
    """A workbook: frozen header, filter, drop-downs for the verdict and the reason, hidden columns that tie each row
    to its finding. The sheet is not protected: Excel refuses to sort a protected one."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        _sheet(book, rows)
        _choices(book)
    return buffer.getvalue()


def write(path: Path, rows: Sequence[Row]) -> None:
    """Write ``rows`` as the suffix of ``path`` says (.xlsx or .csv); raises ``ValueError`` for another one."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        write_csv(path, columns.HEADERS, ([str(row.get(name, "")) for name in columns.HEADERS] for row in rows))
    elif suffix == ".xlsx":
        path.write_bytes(render(rows))
    else:
        raise ValueError(f"{path}：研判表只有 .xlsx 和 .csv 两种；请改文件名")


def _sheet(book: Any, rows: Sequence[Row]) -> None:
    base = {"font_name": _FONT, "font_size": 10.5, "valign": "top", "text_wrap": True, "border": 1}
    head = book.add_format({**base, "bold": True, "bg_color": "#E8ECF0", "align": "center"})
    filled = book.add_format({**base, "bold": True, "bg_color": "#FBF3D0", "align": "center"})
    cell = book.add_format({**base, "num_format": "@"})
    entry = book.add_format({**base, "bg_color": "#FFFDF3", "num_format": "@", "locked": False})
    sheet = book.add_worksheet("研判")
    place = {name: number for number, name in enumerate(columns.HEADERS)}
    for name, column in place.items():
        hidden = {"hidden": True} if name in columns.HIDDEN else {}
        sheet.set_column(column, column, _WIDTHS.get(name, 14), None, hidden)
        sheet.write_string(0, column, name, filled if name in columns.FILLED else head)
    for number, row in enumerate(rows, start=1):
        for name, column in place.items():
            value = row.get(name, "")
            if isinstance(value, int):
                sheet.write_number(number, column, value, cell)
            else:
                sheet.write_string(number, column, cell_text(value), entry if name in columns.FILLED else cell)
    last = max(len(rows), 1)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, last, len(columns.HEADERS) - 1)
    for name, source in ((columns.VERDICT, "A"), (columns.REASON, "B")):
        count = len(columns.VERDICTS) if source == "A" else len(columns.all_reasons())
        _validate(sheet, place[name], last, f"={_CHOICES}!${source}$1:${source}${count}", _HELP[name])
    for name in (columns.UNTIL, columns.BY):
        told = {"validate": "any", "input_title": name, "input_message": _HELP[name]}
        sheet.data_validation(1, place[name], last, place[name], told)
    locked = {"validate": "custom", "value": "=FALSE", "error_title": "不可修改", "error_message": "这一列由程序填写"}
    for name in columns.HIDDEN:
        sheet.data_validation(1, place[name], last, place[name], locked)


def _validate(sheet: Any, column: int, last: int, source: str, told: str) -> None:
    sheet.data_validation(
        1,
        column,
        last,
        column,
        {
            "validate": "list",
            "source": source,
            "input_message": told,
            "error_title": "不在列表中",
            "error_message": "请从下拉列表中选择",
        },
    )


def _choices(book: Any) -> None:
    sheet = book.add_worksheet(_CHOICES)
    for number, label in enumerate(columns.VERDICTS):
        sheet.write_string(number, 0, label)
    for number, reason in enumerate(columns.all_reasons()):
        sheet.write_string(number, 1, reason)
    sheet.hide()
