"""巡检情况报告: one inspection as a document to be put before a leader."""

from __future__ import annotations

from collections import Counter

from domain.clock import in_china
from reports import labels, summary
from reports.documents.content import Annex, Block, Grid, Heading, Official, Paragraph, numeral
from reports.model import FindingLine, Report

#: Rows of an annex; a longer list belongs into a workbook, and the document says so.
LIMIT = 1000


def document(report: Report) -> Official:
    """``report`` as a document; the problems stand in its annexes."""
    body: list[Block] = [
        Heading(1, "一、总体情况"),
        Paragraph(f"检查时间为{labels.instant(report.now)}（北京时间），检查编号{report.inspection_id}。"),
        Paragraph(summary.conclusion(report)),
        Heading(1, "二、发现的问题"),
        *_kinds(report.current),
        Heading(1, "三、未能检查的账号"),
        *_missed(report),
        Heading(1, "四、有关说明"),
        *(Paragraph(f"{number}. {note}") for number, note in enumerate(summary.notes(report), start=1)),
    ]
    return Official(
        title=(report.bureau, "政务新媒体", "巡检情况报告"),
        body=tuple(body),
        signer=report.bureau,
        on=in_china(report.finished_at or report.now).date(),
        annexes=(*_findings(report), _accounts(report)),
    )


def _kinds(findings: tuple[FindingLine, ...]) -> list[Block]:
    """One paragraph for each kind of problem, the commonest first."""
    if not findings:
        return [Paragraph("已检查的账号中没有发现问题。")]
    counts = Counter(finding.family for finding in findings)
    blocks: list[Block] = []
    for number, (family, count) in enumerate(counts.most_common(), start=1):
        several = [finding for finding in findings if finding.family == family]
        names = list(dict.fromkeys(f"“{one.account_name}”（{labels.platform(one.platform)}）" for one in several))
        told = "、".join(names[:5]) + (f"等{len(names)}个账号" if len(names) > 5 else "")
        rules = Counter(finding.rule_title for finding in several)
        parts = "、".join(f"{title}{many}个" for title, many in rules.most_common(5))
        more = "等" if len(rules) > 5 else ""
        blocks.append(Heading(2, f"（{numeral(number)}）{labels.FAMILY.get(family, family)}（{count}个）"))
        blocks.append(Paragraph(f"涉及{told}，包括{parts}{more}，详见附件1。"))
    return blocks


def _missed(report: Report) -> list[Block]:
    if not report.not_checked:
        return [Paragraph("没有。")]
    return [
        Paragraph(f"“{one.name}”（{labels.platform(one.platform)}）：{labels.reason(one)}。{labels.remedy(one)}。")
        for one in report.not_checked[:LIMIT]
    ]


def _findings(report: Report) -> tuple[Annex, ...]:
    if not report.current:
        return ()
    sponsors = {account.id: account.sponsor for account in report.accounts}
    rows = tuple(
        (
            str(number),
            f"{one.account_name}\n（{labels.platform(one.platform)}）",
            sponsors.get(one.account_id, ""),
            labels.SEVERITY[one.severity],
            one.message or one.rule_title,
            "\n".join(part for part in (one.post_title, one.post_url) if part) or "账号整体",
            labels.day(one.published_at) if one.published_at else "",
            labels.clauses(report.clause(key) for key in one.clauses),
            labels.days(one.days),
        )
        for number, one in enumerate(report.current[:LIMIT], start=1)
    )
    headers = ("序号", "账号", "主办单位", "级别", "问题（已脱敏）", "标题和链接", "发布日期", "依据", "整改时限")
    blocks: list[Block] = [Grid(headers, rows, (1.1, 3, 3, 1.3, 5, 5.6, 2.6, 5, 1.6))]
    left = len(report.current) - LIMIT
    if left > 0:
        blocks.append(Paragraph(f"以上为前{LIMIT}个，其余{left}个见表格（xunjian report --to xlsx）。"))
    return (Annex(("问题清单",), tuple(blocks)),)


def _accounts(report: Report) -> Annex:
    rows = tuple(
        (
            str(number),
            account.name,
            labels.platform(account.platform),
            account.sponsor,
            labels.check_result(account),
            labels.day(account.newest_at) if account.newest_at else "",
            "" if account.days_quiet is None else str(account.days_quiet),
            *(str(count) if account.checked else "—" for count in report.by_severity(
                report.of_account(account.id)
            ).values()),
        )
        for number, account in enumerate(report.accounts[:LIMIT], start=1)
    )  # fmt: skip
    grades = tuple(labels.SEVERITY[grade] for grade in report.by_severity(()))
    headers = ("序号", "账号", "平台", "主办单位", "检查结果", "最近更新", "距今天数", *grades)
    return Annex(("账号检查情况表",), (Grid(headers, rows, (1.1, 4, 2.4, 4, 4, 2.6, 1.8, 1.2, 1.2, 1.2, 1.2)),))
