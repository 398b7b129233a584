"""The sentences at the head of a report: title, facts, conclusion and what to bear in mind."""

from __future__ import annotations

from collections import Counter

from domain.case import Sighting
from domain.inspection import InspectionState
from reports import labels
from reports.model import Report


def title(report: Report) -> str:
    """``柳溪市民政局政务新媒体巡检报告``."""
    return f"{report.bureau}政务新媒体巡检报告"


def facts(report: Report) -> list[tuple[str, str]]:
    """What was inspected, when and with what, as label and value."""
    pairs = [
        ("单位", report.bureau),
        ("检查类型", labels.INSPECTION[report.kind]),
        ("检查时间", f"{labels.instant(report.now)}（北京时间）"),
        ("检查编号", report.inspection_id),
        ("检查状态", labels.INSPECTION_STATE[report.state]),
        ("规则", f"{report.rule_count} 条，版本 {_version(report)}"),
        ("程序", report.program),
    ]
    return [(name, value) for name, value in pairs if value]


def _version(report: Report) -> str:
    return " ".join(part for part in (report.rule_pack, report.rules_digest) if part) or labels.NO_DAYS


def conclusion(report: Report) -> str:
    """One sentence a leader reads: how many accounts, how many could not be checked, how many problems."""
    total, checked, missed = len(report.accounts), len(report.checked), len(report.not_checked)
    parts = [f"本次应检查账号 {total} 个，已检查 {checked} 个"]
    if missed:
        parts.append(f"未能检查 {missed} 个（不作任何判定）")
    parts.append(f"读取内容 {report.posts_read} 篇")
    text = "，".join(parts) + "。"
    if not report.current:
        scope = "已检查的账号中没有发现问题" if checked else "没有任何账号得到检查，不能得出结论"
        return text + scope + "。"
    graded = "、".join(f"{labels.SEVERITY[grade]} {count} 个" for grade, count in report.by_severity().items() if count)
    concerned = len({finding.account_id for finding in report.current})
    text += f"发现问题 {len(report.current)} 个，涉及账号 {concerned} 个，其中{graded}；新增 {len(report.new)} 个。"
    carried = sum(finding.sighting is Sighting.NOT_REREAD for finding in report.current)
    if carried:
        text += f"其中 {carried} 个是此前发现、本次没有重新读到的，沿用上次结论。"
    if report.settled:
        text += f"另有 {len(report.settled)} 个原有问题本次已看不到，待复核销号。"
    return text


def notes(report: Report) -> list[str]:
    """What a reader must know so as not to read too much into the report."""
    found = [
        "本报告由程序依据规则和词库生成，问题须经人工研判确认；个人信息均已遮盖。",
        "“未能检查”表示程序没有读到内容，既不等于没有问题，也不等于不更新。",
    ]
    if any(not clause.confirmed for clause in report.clauses.values()):
        found.append(f"标有“{labels.UNCONFIRMED}”的条款尚未与原文逐字核对，引用前请查对。")
    if report.requirements:
        parts = "、".join(
            f"{name} {report.requirements[status]} 项"
            for status, name in labels.REQUIREMENT.items()
            if report.requirements.get(status)
        )
        found.append(f"管理制度的要求共 {sum(report.requirements.values())} 项：{parts}；没有发现问题不等于全部符合。")
    if report.clause_gaps:
        found.append("“未检查条款”所列事项本次没有检查，不能视为合格。")
    if report.dismissed:
        found.append(f"另有 {report.dismissed} 个问题此前已由人工判为误报、暂予保留或销号，未列入。")
    if report.state is not InspectionState.COMPLETE:
        found.append("本次检查尚未完成，报告内容不完整；再次运行同一命令即可接着检查。")
    return found


def obligations(report: Report) -> str:
    """How many requirements were checked in this inspection, how many only partly, and how many not."""
    counts = Counter(line.state for line in report.obligations)
    parts = [f"{name} {counts[state]} 项" for state, name in labels.OBLIGATION.items() if counts[state]]
    return f"制度的 {len(report.obligations)} 项要求中，{'，'.join(parts)}。"
