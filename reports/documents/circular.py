"""通报, and the summaries of a quarter or a year that go to the superior."""

from __future__ import annotations

from domain.rule import Severity
from reports import labels
from reports.documents import passages
from reports.documents.content import Block, Grid, Heading, Official, Paragraph, chinese_date
from reports.documents.facts import PeriodFacts

#: Whom a circular of the bureau goes to.
UNITS = "机关各科室、局属各单位"


def circular(facts: PeriodFacts, *, to: str = UNITS, letterhead: str = "", number: str = "") -> Official:
    """关于某季度全局政务新媒体检查情况的通报: to the units, names what people found to be problems."""
    opening = f"根据{'和'.join(facts.basis)}，" if facts.basis else ""
    since, until = facts.period.since, min(facts.period.until, facts.today)
    opening += f"{facts.signer}于{chinese_date(since)}至{chinese_date(until)}对全局政务新媒体进行了检查，"
    body: list[Block] = [
        Paragraph(f"{opening}现将有关情况通报如下："),
        Heading(1, "一、总体情况"),
        *passages.general(facts),
        Heading(1, "二、存在的主要问题"),
        *passages.problems(facts),
        Heading(1, "三、整改情况"),
        *passages.rectified(facts),
        Heading(1, "四、下一步工作要求"),
        *passages.demands(facts),
    ]
    return Official(
        title=(facts.signer, f"关于{facts.period.label}", "全局政务新媒体", "检查情况的通报"),
        to=to,
        body=tuple(body),
        signer=facts.signer,
        on=facts.today,
        annexes=passages.annexes(facts),
        letterhead=letterhead,
        number=number,
    )


def summary(facts: PeriodFacts, *, to: str = "", letterhead: str = "", number: str = "") -> Official:
    """关于某季度（年度）政务新媒体监管工作情况的报告: the same figures, for the superior."""
    yearly = facts.period.label.endswith("年度")
    body: list[Block] = [
        Paragraph(f"现将{facts.bureau}{facts.period.label}政务新媒体监管工作情况报告如下："),
        Heading(1, "一、基本情况"),
        Paragraph(_work(facts)),
        *passages.general(facts),
        *(_parts(facts) if facts.parts else ()),
        Heading(1, "二、发现的主要问题"),
        *passages.problems(facts),
        Heading(1, "三、整改落实情况"),
        *passages.rectified(facts),
        Heading(1, "四、下一步工作打算"),
        Paragraph("一是盯紧未销号问题，逐项督促整改、复查销号；二是压实主办单位责任，严格三级审核、先审后发；"
                  "三是加强日常巡检，对反复出现的问题开展专项检查。"),
    ]  # fmt: skip
    return Official(
        title=(
            (facts.bureau, facts.period.label, "政务新媒体", "监管工作总结")
            if yearly
            else (facts.bureau, f"关于{facts.period.label}", "政务新媒体", "监管工作情况的报告")
        ),
        to=to,
        body=tuple(body),
        signer=facts.bureau,
        on=facts.today,
        annexes=passages.annexes(facts, everything=True),
        letterhead=letterhead,
        number=number,
    )


def _work(facts: PeriodFacts) -> str:
    tally = facts.tally
    text = f"{facts.period.label}共开展巡检{facts.inspections}次，程序发现问题线索{tally.rows}条，"
    judged = tally.rows - tally.unjudged
    text += f"已研判{judged}条，其中属实{tally.problems}条"
    return text + (f"，待研判{tally.unjudged}条。" if tally.unjudged else "。")


def _parts(facts: PeriodFacts) -> list[Block]:
    """The quarters of a year side by side."""
    headers = ("时期", "问题线索", "属实", *(labels.SEVERITY[grade] for grade in Severity), "已销号", "未销号", "逾期")
    rows = [
        (
            period.label.removeprefix(f"{period.since.year}年"),
            str(tally.rows),
            str(tally.problems),
            *(str(tally.problem_severities[grade]) for grade in Severity),
            str(tally.closed),
            str(tally.unmended),
            str(tally.overdue),
        )
        for period, tally in facts.parts
    ]
    total = tuple(str(sum(int(row[at]) for row in rows)) for at in range(1, len(headers)))
    return [
        Paragraph("各季度情况如下（单位：个，级别为属实问题的级别）："),
        Grid(headers, (*rows, ("合计", *total)), (3, *[1.8] * (len(headers) - 1)), size=12.0),
    ]
