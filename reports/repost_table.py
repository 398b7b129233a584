"""重要信息转载情况: each task on each account, the time used, in time or not, and exemptions with reasons."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

from reports import labels

#: What a clerk reads for the state of a line.
STATES = {
    "in_time": "按时",
    "late": "超时",
    "missed": "未转载",
    "waiting": "未到时限",
    "exempt": "不计",
    "unknown": "未检查",
}
HEADERS = (
    "序号", "任务", "原文链接", "起算时间", "时限", "账号", "平台", "主办单位",
    "转载时间", "用时（小时）", "结果", "认定依据", "说明", "转载链接",
)  # fmt: skip
SUMMARY = (
    "任务",
    "起算时间",
    "应转载",
    "按时",
    "超时",
    "未转载",
    "未检查",
    "未到时限",
    "不计",
    "按时率",
    "未转载的账号",
)
_WIDTHS = (6, 40, 36, 17, 17, 22, 12, 24, 17, 12, 10, 10, 40, 36)
_TINT = {"missed": "#F6D5D2", "late": "#FBE5CF", "unknown": "#E9EDF1", "exempt": "#E9EDF1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RepostLine:
    """One task on one account. ``state`` is a key of ``STATES``; ``hours`` from the start to the repost."""

    task_key: str
    task: str
    url: str
    start: datetime
    due: datetime
    account: str
    platform: str
    sponsor: str
    state: str
    reposted_at: datetime | None = None
    hours: float | None = None
    by: str = ""
    reason: str = ""
    post_url: str = ""


def rows(lines: Sequence[RepostLine]) -> Iterator[tuple[str, ...]]:
    """One row of strings for each line."""
    for number, line in enumerate(lines, start=1):
        yield (
            str(number),
            line.task,
            line.url,
            labels.instant(line.start),
            labels.instant(line.due),
            line.account,
            labels.platform(line.platform),
            line.sponsor,
            labels.instant(line.reposted_at) if line.reposted_at else "",
            "" if line.hours is None else f"{line.hours:.1f}",
            STATES[line.state],
            f"{line.by}相同" if line.by else "",
            line.reason,
            line.post_url,
        )


def summary(lines: Sequence[RepostLine]) -> Iterator[tuple[str, ...]]:
    """One row a task: how many had to, did, were late. The rate counts neither exempt nor unread nor waiting ones."""
    tasks: dict[str, list[RepostLine]] = {}
    for line in lines:
        tasks.setdefault(line.task_key, []).append(line)
    for items in tasks.values():
        count = {state: sum(line.state == state for line in items) for state in STATES}
        judged = count["in_time"] + count["late"] + count["missed"]
        yield (
            items[0].task,
            labels.instant(items[0].start),
            str(len(items) - count["exempt"]),
            *(str(count[state]) for state in ("in_time", "late", "missed", "unknown", "waiting", "exempt")),
            f"{count['in_time'] / judged:.1%}" if judged else "",
            "、".join(line.account for line in items if line.state == "missed"),
        )


def to_csv(lines: Sequence[RepostLine]) -> bytes:
    """The lines as CSV that Excel opens in columns."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(HEADERS)
    # A cell that begins like a formula would be run by Excel.
    writer.writerows(["'" + cell if cell[:1] in ("=", "+", "-", "@") else cell for cell in row] for row in rows(lines))
    return buffer.getvalue().encode("utf-8-sig")


def to_xlsx(lines: Sequence[RepostLine], bureau: str, now: datetime) -> bytes:
    """A workbook: every line, and one row a task. No formulas, no links."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        title = f"{bureau}重要信息转载情况（截至 {labels.instant(now)}）"
        head = book.add_format(
            {"bold": True, "bg_color": "#E9EDF1", "border": 1, "text_wrap": True, "font_name": "宋体"}
        )
        big = book.add_format({"bold": True, "font_size": 14, "font_name": "宋体"})
        plain = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "font_name": "宋体"})
        tints = {
            state: book.add_format(
                {"border": 1, "text_wrap": True, "valign": "top", "font_name": "宋体", "bg_color": colour}
            )
            for state, colour in _TINT.items()
        }
        overview = book.add_worksheet("汇总")
        overview.write_string(0, 0, title, big)
        for column, (name, width) in enumerate(zip(SUMMARY, (40, 17, 8, 8, 8, 8, 8, 10, 8, 10, 48), strict=True)):
            overview.set_column(column, column, width)
            overview.write_string(1, column, name, head)
        for at, row in enumerate(summary(lines), start=2):
            for column, cell in enumerate(row):
                overview.write_string(at, column, cell, plain)
        sheet = book.add_worksheet("明细")
        sheet.write_string(0, 0, title, big)
        for column, (name, width) in enumerate(zip(HEADERS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(1, column, name, head)
        for at, (line, row) in enumerate(zip(lines, rows(lines), strict=True), start=2):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell, tints.get(line.state, plain))
        sheet.freeze_panes(2, 0)
        sheet.autofilter(1, 0, max(len(lines) + 1, 1), len(HEADERS) - 1)
    return buffer.getvalue()


def to_text(lines: Sequence[RepostLine]) -> Iterator[str]:
    """For a terminal: each task with its sum, then its accounts."""
    sums = {line.task_key: row for line, row in zip(_first_lines(lines), summary(lines), strict=True)}
    last = ""
    for line in lines:
        if line.task_key != last:
            last, row = line.task_key, sums[line.task_key]
            rate = f"，按时率 {row[9]}" if row[9] else ""
            counts = f"按时 {row[3]}，超时 {row[4]}，未转载 {row[5]}，未检查 {row[6]}，不计 {row[8]}{rate}"
            yield f"{line.task}（{row[1]} 起算，应转载 {row[2]}，{counts}）"
        used = "" if line.hours is None else f"，用时 {line.hours:.1f} 小时"
        when = f"，{labels.instant(line.reposted_at)}" if line.reposted_at else ""
        why = f"：{line.reason}" if line.reason else ""
        yield f"  {STATES[line.state]}  {line.account}（{labels.platform(line.platform)}）{when}{used}{why}"


def _first_lines(lines: Sequence[RepostLine]) -> list[RepostLine]:
    return list({line.task_key: line for line in reversed(lines)}.values())[::-1]
