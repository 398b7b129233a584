"""The workbook the office files: overview, accounts, problems, what was not checked, clauses, word lists."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any, Final

import xlsxwriter

from domain.clock import in_china
from domain.rule import Severity
from reports import labels, summary
from reports.model import Report
from reports.table import HEADERS, rows

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_FONT: Final = "宋体"
#: Excel's limit for the characters of one cell, less a margin for the mark of the cut.
_CELL_LIMIT: Final = 32_000
#: Control characters that XML 1.0, and so a workbook, cannot hold.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TINT: Final = {
    Severity.VETO: "#F6D5D2",
    Severity.MAJOR: "#FBE5CF",
    Severity.MINOR: "#FBF3D0",
    Severity.NOTICE: "#E9EDF1",
}

#: Widths in characters; a column that is not named has 14.
_WIDTHS: Final = {
    "序号": 6, "账号": 22, "平台": 12, "主办单位": 24, "级别": 7, "问题类别": 12, "问题": 36, "命中内容": 24,
    "所在语句": 48, "位置": 18, "标题": 36, "发布时间": 17, "链接": 36, "依据": 40, "整改建议": 36, "整改时限": 10,
    "状态": 11, "研判": 9, "把握": 15, "首次发现": 17, "问题编号": 23, "证据摘要": 40, "账号标识": 30, "主管单位": 24,
    "检查结果": 24, "原因": 48, "处理办法": 48, "最近更新": 17, "条款": 44, "条文": 90, "核对": 12, "词库": 26,
    "版本": 16, "项目": 22, "内容": 90, "部分": 30, "规则": 30,
    "要求": 8, "怎样理解": 60, "检查方式": 20, "本次": 16, "问题数": 8, "说明": 60, "没有读到的账号": 40,
    "事项": 32, "算法": 60, "所涉底线": 14, "安全类别": 14, "规则版本": 12,
}  # fmt: skip


def render(report: Report) -> bytes:
    """A workbook without formulas, links or macros; the same report always gives the same bytes."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        # The archive's own time of making: the inspection's, so that the file is reproducible.
        created = (in_china(report.finished_at or report.now)).replace(tzinfo=None, microsecond=0)
        book.set_properties({"title": summary.title(report), "author": report.bureau, "created": created})
        writer = _Writer(book)
        _overview(writer, report)
        _accounts(writer, report)
        _findings(writer, report)
        _not_checked(writer, report)
        _credentials(writer, report)
        _candidates(writer, report)
        _interaction(writer, report)
        _obligations(writer, report)
        _readings(writer, report)
        _clauses(writer, report)
        _word_lists(writer, report)
    return buffer.getvalue()


class _Writer:
    """Writes tables with one look: bold frozen header, filter, widths, wrapped cells."""

    def __init__(self, book: Any) -> None:
        base = {
            "font_name": _FONT,
            "font_size": 10.5,
            "valign": "top",
            "text_wrap": True,
            "border": 1,
            "border_color": "#BFC5CC",
        }
        self._book = book
        self._head = book.add_format(
            {**base, "bold": True, "bg_color": "#E8ECF0", "valign": "vcenter", "align": "center"}
        )
        self._cell = book.add_format(base)
        self._tints = {severity: book.add_format({**base, "bg_color": tint}) for severity, tint in _TINT.items()}

    def table(
        self,
        name: str,
        headers: Sequence[str],
        body: Sequence[Sequence[str | int]],
        *,
        tints: Sequence[Severity | None] = (),
        tint_column: int = -1,
        landscape: bool = True,
        empty: str = "无",
    ) -> None:
        """One sheet. ``tints`` colours the cell in ``tint_column`` of each row by its severity."""
        sheet = self._book.add_worksheet(name)
        for column, header in enumerate(headers):
            sheet.set_column(column, column, _WIDTHS.get(header, 14))
            sheet.write_string(0, column, header, self._head)
        sheet.set_row(0, 22)
        sheet.freeze_panes(1, 2 if len(headers) > 6 else 0)
        for number, row in enumerate(body, start=1):
            tint = tints[number - 1] if number <= len(tints) else None
            for column, value in enumerate(row):
                look = self._tints[tint] if tint is not None and column == tint_column else self._cell
                if isinstance(value, int):
                    sheet.write_number(number, column, value, look)
                else:
                    sheet.write_string(number, column, cell_text(value), look)
        if body:
            sheet.autofilter(0, 0, len(body), len(headers) - 1)
        else:
            sheet.write_string(1, 0, empty, self._cell)
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        if landscape:
            sheet.set_landscape()
        sheet.set_footer("&C第 &P 页，共 &N 页")


def _overview(writer: _Writer, report: Report) -> None:
    body: list[tuple[str, str]] = [*summary.facts(report), ("结论", summary.conclusion(report))]
    body += [(labels.SEVERITY[severity], f"{count} 个") for severity, count in report.by_severity().items()]
    body += [
        (
            "未检查条款",
            f"{labels.rule_gap(gap.rule_title, gap.reason)}；条款："
            + "、".join(labels.clause(report.clause(key)) for key in gap.clauses),
        )
        for gap in report.clause_gaps
    ]
    body += [("说明", note) for note in summary.notes(report)]
    writer.table("总览", ("项目", "内容"), body, landscape=False)


def _accounts(writer: _Writer, report: Report) -> None:
    headers = (
        "序号", "账号", "平台", "主办单位", "主管单位", "账号标识", "类别", "状况", "检查结果", "最近更新", "距今天数",
        "列表篇数", "读取篇数", "平台计数", "读取通道", "访问次数", "严重", "较重", "一般", "提示",
    )  # fmt: skip
    body: list[tuple[str | int, ...]] = []
    for number, account in enumerate(report.accounts, start=1):
        counts = report.by_severity(report.of_account(account.id))
        body.append((
            number, account.name, labels.platform(account.platform), account.sponsor, account.supervisor, account.id,
            labels.PURPOSE[account.purpose], labels.STANDING[account.standing], labels.check_result(account),
            labels.instant(account.newest_at), "" if account.days_quiet is None else account.days_quiet,
            account.listed, account.read, labels.counted(account),
            labels.route(account.route) if account.route else "", account.requests, *counts.values(),
        ))  # fmt: skip
    writer.table("账号", headers, body)


def _findings(writer: _Writer, report: Report) -> None:
    tints = [finding.severity for finding in report.current]
    body: list[tuple[str | int, ...]] = [(int(row[0]), *row[1:]) for row in rows(report)]
    writer.table("问题", HEADERS, body, tints=tints, tint_column=HEADERS.index("级别"), empty="本次没有发现问题")


def _not_checked(writer: _Writer, report: Report) -> None:
    headers = ("账号", "平台", "主办单位", "标题", "部分", "检查结果", "原因", "处理办法")
    sponsors = {account.id: account for account in report.accounts}
    body: list[tuple[str, ...]] = [
        (account.name, labels.platform(account.platform), account.sponsor, "", "整个账号", labels.check_result(account),
         labels.reason(account), labels.remedy(account))
        for account in report.not_checked
    ]  # fmt: skip
    for gap in report.part_gaps:
        account = sponsors.get(gap.account_id)
        where = (labels.platform(account.platform), account.sponsor) if account else ("", "")
        body.append((gap.account_name, *where, gap.post_title, gap.part, "未能检查", gap.reason, labels.PART_REMEDY))
    writer.table("未能检查", headers, body, empty="没有未能检查的账号和内容")


def _credentials(writer: _Writer, report: Report) -> None:
    """Only where something is known: an empty sheet would read as "nothing expires"."""
    if not report.credentials:
        return
    body = [
        (
            one.label,
            labels.day(one.expires_at) if one.expires_at else "",
            labels.countdown(one),
            one.refusal or one.remedy,
        )
        for one in report.credentials
    ]
    writer.table("凭据到期", ("项目", "到期日", "还有", "处理办法"), body, landscape=False)


def _candidates(writer: _Writer, report: Report) -> None:
    if not report.candidates:
        return
    body = [
        (labels.platform(one.platform), one.name, one.key, labels.CANDIDATE[one.kind], one.resembles, one.subject,
         "；".join(one.reasons), one.id[:12])
        for one in report.candidates
    ]  # fmt: skip
    writer.table("疑似假冒", ("平台", "账号", "账号标识", "判断", "近似于", "认证主体", "原因", "编号"), body)


def _interaction(writer: _Writer, report: Report) -> None:
    told = [labels.interaction(account) for account in report.accounts if account.interaction is not None]
    if told:
        writer.table("互动", [name for name, _ in told[0]], [tuple(value for _, value in row) for row in told])


def _obligations(writer: _Writer, report: Report) -> None:
    if not report.obligations:
        return
    headers = ("要求", "怎样理解", "检查方式", "本次", "问题数", "说明", "规则", "没有读到的账号")
    body = [
        (line.id, line.reading, labels.REQUIREMENT[line.how], labels.OBLIGATION[line.state], line.findings,
         labels.obligation(line), "、".join(line.rules), "、".join(line.missed))
        for line in report.obligations
    ]  # fmt: skip
    writer.table("要求检查情况", headers, body)


def _readings(writer: _Writer, report: Report) -> None:
    if report.readings:
        body = [(one.article, one.label, one.value, "本局改定" if one.is_own else "推荐") for one in report.readings]
        writer.table("期限和限度", ("条款号", "事项", "算法", "来自"), body, landscape=False)


def _clauses(writer: _Writer, report: Report) -> None:
    body = [
        (labels.clause_name(clause), clause.text, "已核对" if clause.confirmed else labels.UNCONFIRMED, key)
        for key, clause in sorted(report.clauses.items())
    ]
    writer.table("依据", ("条款", "条文", "核对", "编号"), body)


def _word_lists(writer: _Writer, report: Report) -> None:
    body: list[tuple[str | int, ...]] = [
        (words.title, words.version, words.words, words.name) for words in report.word_lists
    ]
    body.append(("规则集", report.rules_digest, report.rule_count, report.program))
    writer.table("词库", ("词库", "版本", "条数", "文件"), body, landscape=False)


def cell_text(value: str) -> str:
    """``value`` as a cell can hold it."""
    value = _CONTROL.sub("\ufffd", value)
    return value if len(value) <= _CELL_LIMIT else value[:_CELL_LIMIT] + "……（过长，已截断）"
