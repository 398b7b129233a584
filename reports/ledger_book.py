"""The 违规台账 as a workbook, written row by row: memory does not grow with the rows.

Two further sheets hold the statistics (figures, not formulas) and where the evidence of each row lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from domain.clock import in_china
from domain.rule import Severity
from reports import labels
from reports.cells import cleaned
from reports.formats.html import web_address
from reports.ledger import HEADERS, NUMBERS, STAGE, LedgerRow, Stage, cells
from reports.tally import Tally

#: Excel keeps at most 65,530 links in a sheet; each row has two. Rows beyond this show the same text without a link.
LINKED_ROWS: Final = 10_000
#: Excel's own limit for an address.
_ADDRESS_LIMIT: Final = 2079
_FONT: Final = "宋体"
_WIDTHS: Final = {
    "编号": 7, "发现时间": 17, "账号": 22, "平台": 12, "主办单位": 24, "主管单位": 24, "级别": 7, "问题类别": 12,
    "问题": 36, "命中内容": 24, "所在语句": 48, "标题": 36, "发布时间": 17, "链接": 36, "依据": 40, "整改建议": 36,
    "责任人": 10, "通知书": 20, "复查结果": 20, "再次整改次数": 9, "逾期天数": 9, "状态": 24, "问题编号": 23,
    "证据摘要": 40,
}  # fmt: skip
_TINT: Final = {
    Severity.VETO: "#F6D5D2",
    Severity.MAJOR: "#FBE5CF",
    Severity.MINOR: "#FBF3D0",
    Severity.NOTICE: "#E9EDF1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerHead:
    """What stands over the rows: whose ledger, of which time, made when and by what."""

    bureau: str
    scope: str
    made_at: datetime
    program: str

    @property
    def title(self) -> str:
        """``柳溪市民政局政务新媒体违规台账``."""
        return f"{self.bureau}政务新媒体违规台账"

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Label and value."""
        return (
            ("台账", self.title),
            ("范围", self.scope),
            ("制表时间", f"{labels.instant(self.made_at)}（北京时间）"),
            ("程序", self.program),
            ("说明", "每一行是一个问题，误报和已销号的也在内；个人信息均已遮盖；证据原件在取证档案中，不随表附送。"),
        )


def write(path: Path, head: LedgerHead, rows: Iterable[LedgerRow]) -> Tally:
    """Write the workbook to ``path``; returns the figures of what was written. No cell is a formula."""
    tally = Tally()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "tmpdir": str(path.parent),  # beside the file: the system's own folder may be small and shared
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        created = in_china(head.made_at).replace(tzinfo=None, microsecond=0)
        book.set_properties({"title": head.title, "author": head.bureau, "created": created})
        _Book(book, head, tally).fill(rows)
    return tally


class _Book:
    def __init__(self, book: Any, head: LedgerHead, tally: Tally) -> None:
        self._book, self._head, self._tally = book, head, tally
        base = {"font_name": _FONT, "font_size": 10.5, "valign": "top", "border": 1, "border_color": "#BFC5CC"}
        self._cell = book.add_format({**base, "text_wrap": True})
        self._link = book.add_format({**base, "font_color": "#0B5CAD", "underline": 1})
        self._bold = book.add_format(
            {**base, "bold": True, "bg_color": "#E8ECF0", "valign": "vcenter", "align": "center", "text_wrap": True}
        )
        self._tints = {grade: book.add_format({**base, "bg_color": tint}) for grade, tint in _TINT.items()}

    def fill(self, rows: Iterable[LedgerRow]) -> None:
        """All sheets. The rows come once, so the ledger and the list of evidence are written side by side."""
        ledger = self._sheet("违规台账", HEADERS, [_WIDTHS.get(header, 12) for header in HEADERS], frozen=3)
        statistics = self._sheet("统计", ("项目", "内容"), [34, *[16] * 9], frozen=0)
        proof = self._sheet("证据", ("证据摘要", "台账编号", "原文链接", "怎样调取"), [70, 12, 50, 60], frozen=0)
        last = 0
        for last, row in enumerate(self._tally.counted(rows), start=1):
            self._row(ledger, last, row)
            self._proof(proof, last, row)
        ledger.autofilter(0, 0, max(last, 1), len(HEADERS) - 1)
        if not last:
            ledger.write_string(1, 0, "没有问题记录", self._cell)
        self._statistics(statistics)

    def _row(self, sheet: Any, number: int, row: LedgerRow) -> None:
        linked = number <= LINKED_ROWS
        for column, value in enumerate(cells(number, row)):
            header = HEADERS[column]
            if header in NUMBERS:
                sheet.write_number(number, column, value, self._cell)
                continue
            text = cleaned(str(value))
            look = self._tints[row.severity] if header == "级别" else self._cell
            if linked and text and header in ("链接", "证据摘要"):
                self._linked(sheet, number, column, text, header)
            else:
                sheet.write_string(number, column, text, look)

    def _linked(self, sheet: Any, number: int, column: int, text: str, header: str) -> None:
        address = f"internal:'证据'!A{number + 1}" if header == "证据摘要" else web_address(text)
        if not address or len(address) > _ADDRESS_LIMIT or sheet.write_url(number, column, address, self._link, text):
            sheet.write_string(number, column, text, self._cell)

    def _proof(self, sheet: Any, number: int, row: LedgerRow) -> None:
        told = f"xunjian evidence show {row.evidence[:16]}" if row.evidence else "这个问题没有单独的网页证据"
        self._line(sheet, number, (row.evidence, number, row.post_url, told))

    def _statistics(self, sheet: Any) -> None:
        at = 1
        lines: list[tuple[str | int, ...]] = [*self._head.facts, *figures(self._tally)]
        for line in lines:
            at = self._line(sheet, at, line)
        for table in tables(self._tally):
            at = self._line(sheet, at + 1, table[0], self._bold)
            for line in table[1:]:
                at = self._line(sheet, at, line)

    def _line(self, sheet: Any, at: int, values: Sequence[str | int], look: Any = None) -> int:
        for column, value in enumerate(values):
            if isinstance(value, int):
                sheet.write_number(at, column, value, look or self._cell)
            else:
                sheet.write_string(at, column, cleaned(value), look or self._cell)
        return at + 1

    def _sheet(self, name: str, headers: Sequence[str], widths: Sequence[float], *, frozen: int) -> Any:
        sheet = self._book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_row(0, 24)
        for column, header in enumerate(headers):
            sheet.write_string(0, column, header, self._bold)
        sheet.freeze_panes(1, frozen)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        return sheet


def figures(tally: Tally) -> list[tuple[str, int]]:
    """The figures of the whole ledger, as label and value."""
    stages = tally.stages
    return [
        ("问题记录总数", tally.rows),
        ("经研判属实", tally.problems),
        ("其中未销号", tally.unmended),
        ("其中逾期", tally.overdue),
        ("其中重新整改过", tally.reopened),
        *((f"状态：{STAGE[stage]}", stages[stage]) for stage in Stage),
    ]


def tables(tally: Tally) -> list[list[tuple[str | int, ...]]]:
    """Cross tables, header first: by platform, kind and month against severity, by unit against stage."""
    grades = tuple(labels.SEVERITY[grade] for grade in Severity)
    made = []
    for name, counter, shown in (
        ("按平台", tally.by_platform, labels.platform),
        ("按问题类别", tally.by_family, lambda family: labels.FAMILY.get(family, family)),
        ("按发现月份", tally.by_month, str),
    ):
        lines: list[tuple[str | int, ...]] = [(name, *grades, "合计")]
        for key in sorted({key for key, _ in counter}):
            counts = [counter[key, grade] for grade in Severity]
            lines.append((shown(key), *counts, sum(counts)))
        made.append(lines)
    lines = [("按主办单位", *(STAGE[stage] for stage in Stage), "合计")]
    units = tally.by_unit
    for unit in sorted({unit for unit, _ in units}):
        counts = [units[unit, stage] for stage in Stage]
        lines.append((unit or "（台账没有写）", *counts, sum(counts)))
    return [*made, lines]
