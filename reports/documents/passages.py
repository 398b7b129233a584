"""Passages and annexes that circulars and summaries share."""

from __future__ import annotations

from domain.clock import in_china
from domain.rule import Severity
from reports import labels
from reports.documents.content import Annex, Block, Grid, Heading, Paragraph, chinese_date, numeral
from reports.documents.facts import PeriodFacts, graded, rate
from reports.ledger import PROBLEM, STAGE, UNMENDED, LedgerRow, Stage
from reports.tally import tally as counted

#: Problems of one kind that are told one by one; the rest stands in the annex.
TOLD = 5
#: Kinds whose page is not named in a paper that many read: naming it would spread what has to disappear.
UNNAMED = frozenset({"secrecy"})
#: Kinds whose address is left out as long as the page is not mended.
UNLINKED = frozenset({"privacy", "secrecy"})
#: A day that the office fills in.
OPEN_DAY = "×月×日"
APART = "（具体信息另行通知）"
#: Rows of an annex; a longer list belongs into a workbook, and the document says so.
LIMIT = 1000


def general(facts: PeriodFacts) -> list[Block]:
    """总体情况: accounts, the share that was inspected, what was found and what became of it."""
    total, checked = len(facts.accounts), len(facts.checked)
    kinds = "、".join(f"{name}{count}个" for name, count in facts.by_platform())
    until = chinese_date(min(facts.period.until, facts.today))
    first = f"截至{until}，全局备案在用政务新媒体{total}个" + (f"，其中{kinds}。" if kinds else "。")
    first += f"本期检查{checked}个，检查比例{rate(checked, total)}；"
    first += f"没有严重问题的合格账号{facts.passed}个，合格率{rate(facts.passed, checked)}。"
    if missed := total - checked:
        first += f"另有{missed}个账号因平台限制等原因未能检查，不作评价。"
    tally = facts.tally
    if not tally.problems:
        second = "本期没有经研判属实的问题。"
    else:
        second = f"本期发现并经研判属实的问题{tally.problems}个，其中{graded(tally)}。"
        second += f"截至{chinese_date(facts.today)}，已整改并经复查销号{tally.closed}个，尚未销号{tally.unmended}个"
        second += f"（其中逾期{tally.overdue}个）。" if tally.overdue else "。"
    blocks: list[Block] = [Paragraph(first), Paragraph(second)]
    if facts.earlier:
        blocks.append(
            Paragraph(
                f"对此前尚未销号的{len(facts.earlier)}个问题进行复查，{facts.mended_earlier}个已整改到位，"
                f"{facts.unmended_earlier}个未整改到位。"
            )
        )
    return blocks


def problems(facts: PeriodFacts) -> list[Block]:
    """存在的主要问题, kind by kind, each with its first examples by name."""
    blocks: list[Block] = []
    for number, (family, rows) in enumerate(facts.by_family(), start=1):
        blocks.append(Heading(2, f"（{numeral(number)}）{labels.FAMILY.get(family, family)}（{len(rows)}个）"))
        blocks += [Paragraph(_sentence(row)) for row in rows[:TOLD]]
        if len(rows) > TOLD:
            blocks.append(Paragraph(f"其余{len(rows) - TOLD}个见附件1。"))
    return blocks or [Paragraph("本期没有经研判属实的问题。")]


def _sentence(row: LedgerRow) -> str:
    who = f"“{row.account_name}”（{labels.platform(row.platform)}）"
    where = ""
    if row.post_title and row.family not in UNNAMED:
        when = f"{chinese_date(in_china(row.published_at).date())}发布的" if row.published_at else ""
        where = f"{when}《{row.post_title.strip('《》')}》"
    against = f"，不符合{row.clauses}" if row.clauses else ""
    return f"{who}{where}：{_problem(row)}{against}。"


def _problem(row: LedgerRow) -> str:
    return f"{labels.FAMILY[row.family]}问题{APART}" if row.family in UNNAMED else row.problem.rstrip("。")


def _place(row: LedgerRow) -> str:
    """What the annex says of the place: problem, title and address, as far as they may be spread."""
    if row.family in UNNAMED:
        return _problem(row)
    hidden = row.family in UNLINKED and row.stage in UNMENDED
    address = "（链接见整改通知书）" if hidden and row.post_url else row.post_url
    return "\n".join(part for part in (row.problem, row.post_title, address) if part)


def rectified(facts: PeriodFacts) -> list[Block]:
    """整改情况 in figures of the notices of the period."""
    units = facts.units
    if not units:
        return [Paragraph("本期没有发出整改通知书。")]

    def total(name: str) -> int:
        return sum(getattr(unit, name) for unit in units)

    text = f"本期向{len(units)}个单位发出整改通知书{total('notices')}份，列问题{total('issued')}项。"
    text += f"截至{chinese_date(facts.today)}，单位已回复{total('replied')}项，复查销号{total('closed')}项"
    text += f"（其中逾期完成{total('closed_late')}项）" if total("closed_late") else ""
    text += f"，待复查{total('waiting')}项，复查未通过而重新整改{total('reopened')}项，逾期未完成{total('overdue')}项"
    text += f"，撤销{total('cancelled')}项。" if total("cancelled") else "。"
    blocks: list[Block] = [Paragraph(text)]
    late = [unit.unit for unit in units if unit.overdue]
    if late:
        blocks.append(Paragraph(f"逾期未完成整改的单位：{'、'.join(late)}。"))
    if facts.closures:
        blocks.append(Paragraph(f"按照第十三条规定责令关停：{'、'.join(facts.closures)}。"))
    return blocks


def deadlines(facts: PeriodFacts) -> str:
    """``严重问题1日内、较重问题3日内``; what has no time is left out."""
    parts = [f"{labels.SEVERITY[grade]}问题{facts.days[grade]}日内" for grade in Severity if facts.days.get(grade)]
    return "、".join(parts)


def demands(facts: PeriodFacts) -> list[Block]:
    """下一步工作要求, which the office edits before it signs."""
    when = chinese_date(facts.reply_by) if facts.reply_by else OPEN_DAY
    rule = facts.regulation or "政务新媒体管理制度"
    told = f"{deadlines(facts)}完成整改（{facts.counting}），" if facts.days else "限期完成整改，"
    asked: list[tuple[str, str]] = []
    if facts.rows or facts.unmended_earlier:
        text = f"有关单位要对照问题清单逐项整改，{told}并于{when}前将整改情况报{facts.signer}。"
        asked.append(("立行立改", text))
    text = "各单位要对所办政务新媒体全面自查，严格执行信息内容三级审核和先审后发，"
    asked.append(("举一反三", text + ("严防同类问题再次发生。" if asked else "严防出现问题。")))
    text = f"对工作落实不到位、长期整改不到位以及拒绝整改的，按照{rule}第十三条规定责令关停账号，予以公开通报。"
    asked.append(("严格问责", text))
    blocks: list[Block] = []
    for number, (title, text) in enumerate(asked, start=1):
        blocks += [Heading(2, f"（{numeral(number)}）{title}"), Paragraph(text)]
    return blocks


# -- annexes -----------------------------------------------------------------------------------------------------------


def list_of_problems(facts: PeriodFacts) -> Annex:
    """附件: every problem of the period."""
    newest = {account.id: account.newest_at for account in facts.accounts}
    looked = {account.id: account.checked_at for account in facts.accounts}
    rows = tuple(
        (
            str(number),
            row.account_name,
            labels.platform(row.platform),
            row.sponsor,
            labels.SEVERITY[row.severity],
            labels.FAMILY.get(row.family, row.family),
            _place(row),
            row.clauses,
            labels.day(looked.get(row.account_id) or row.found_at),
            labels.day(newest.get(row.account_id)),
            row.due_on.isoformat() if row.due_on else "",
            row.status,
        )
        for number, row in enumerate(facts.rows[:LIMIT], start=1)
    )
    headers = (
        "序号", "政务新媒体名称", "类型", "主办单位", "级别", "问题类别", "具体问题（已脱敏）", "检查依据",
        "检查时间", "最近更新", "整改时限", "目前状态",
    )  # fmt: skip
    blocks: list[Block] = [Grid(headers, rows, (1.1, 2.6, 1.8, 2.4, 1.3, 1.8, 5.2, 3.8, 2.7, 2.7, 2.7, 2.2), size=9.0)]
    if len(facts.rows) > LIMIT:
        left = len(facts.rows) - LIMIT
        blocks.append(Paragraph(f"以上为前{LIMIT}个，其余{left}个见违规台账（xunjian document ledger）。"))
    return Annex(("存在问题的政务新媒体名单",), tuple(blocks))


def list_of_units(facts: PeriodFacts) -> Annex:
    """附件: what became of the notices, unit by unit."""
    headers = (
        "单位", "通知书（份）", "问题（项）", "已回复", "已销号", "逾期销号", "重新整改", "待复查", "逾期未完成",
        "撤销", "销号率",
    )  # fmt: skip
    names = ("notices", "issued", "replied", "closed", "closed_late", "reopened", "waiting", "overdue", "cancelled")
    rows = [
        (
            unit.unit,
            *(str(getattr(unit, name)) for name in names),
            f"{unit.closing_rate:.2%}",
        )
        for unit in facts.units
    ]  # fmt: skip
    return Annex(("各单位整改情况统计表",), (Grid(headers, tuple(rows), (5, *[2.0] * 10)),))


def statistics(facts: PeriodFacts, *, everything: bool = False) -> Annex:
    """附件: the problems of the period by platform, kind and state; with ``everything`` all findings, judged or not,
    as the ledger has them."""
    tally = facts.tally if everything else counted(facts.rows)
    grades = tuple(labels.SEVERITY[grade] for grade in Severity)
    lines: list[tuple[str, ...]] = []
    for title, counter, shown in (
        ("平台", tally.by_platform, labels.platform),
        ("类别", tally.by_family, lambda family: labels.FAMILY.get(family, family)),
    ):
        for key in sorted({key for key, _ in counter}):
            counts = [counter[key, grade] for grade in Severity]
            lines.append((title, shown(key), *map(str, counts), str(sum(counts))))
    stages = [stage for stage in Stage if everything or stage in PROBLEM]
    told = "程序发现的全部记录，含待研判和研判为误报的" if everything else "经研判属实的问题"
    return Annex(
        ("检查发现问题统计表",),
        (
            Grid(("口径", "名称", *grades, "合计"), tuple(lines), (2, 5, 2, 2, 2, 2, 2), size=12.0),
            Paragraph(f"注：上表为{told}（单位：个），状态如下。"),
            Grid(
                ("状态", "数量（个）"),
                (*((STAGE[stage], str(tally.stages[stage])) for stage in stages), ("合计", str(tally.rows))),
                (6, 3),
                size=12.0,
            ),
        ),
        landscape=False,
    )


def reposts(facts: PeriodFacts) -> Annex:
    """附件: what had to be reposted, and when it was."""
    share = 22 / max(len(facts.repost_headers), 1)
    widths = tuple(share for _ in facts.repost_headers)
    return Annex(("重要信息转载情况表",), (Grid(facts.repost_headers, tuple(facts.reposts[:LIMIT]), widths),))


def annexes(facts: PeriodFacts, *, everything: bool = False) -> tuple[Annex, ...]:
    """The annexes that have something to tell; ``everything`` counts what nobody has judged, too."""
    made = [list_of_problems(facts)] if facts.rows else []
    made += [list_of_units(facts)] if facts.units else []
    told = facts.tally.rows if everything else len(facts.rows)
    made += [statistics(facts, everything=everything)] if told else []
    made += [reposts(facts)] if facts.reposts else []
    return tuple(made)
