"""The problems as a table: one row each, the same columns in every format that has columns."""

from __future__ import annotations

from reports import labels
from reports.model import FindingLine, Report

HEADERS = (
    "序号", "账号", "平台", "主办单位", "级别", "问题类别", "问题", "命中内容", "所在语句", "位置", "标题", "发布时间",
    "链接", "依据", "整改建议", "整改时限", "状态", "研判", "把握", "首次发现", "问题编号", "证据摘要", "所涉底线",
    "安全类别", "规则版本",
)  # fmt: skip


def rows(report: Report, findings: tuple[FindingLine, ...] | None = None) -> list[tuple[str, ...]]:
    """One row of strings for each of ``findings`` (all current ones by default), in the order of the report."""
    sponsors = {account.id: account.sponsor for account in report.accounts}
    chosen = report.current if findings is None else findings
    return [_row(report, number, finding, sponsors) for number, finding in enumerate(chosen, start=1)]


def _row(report: Report, number: int, finding: FindingLine, sponsors: dict[str, str]) -> tuple[str, ...]:
    return (
        str(number),
        finding.account_name,
        labels.platform(finding.platform),
        sponsors.get(finding.account_id, ""),
        labels.SEVERITY[finding.severity],
        labels.FAMILY.get(finding.family, finding.family),
        finding.message or finding.rule_title,
        finding.term if finding.post_key else "",
        finding.sentence if finding.post_key else "",
        "；".join(labels.place(place) for place in finding.places),
        finding.post_title,
        labels.instant(finding.published_at) if finding.post_key else "",
        finding.post_url,
        "；".join(labels.clause(report.clause(key)) for key in finding.clauses),
        finding.suggestion,
        labels.days(finding.days),
        labels.SIGHTING[finding.sighting],
        labels.CASE[finding.state],
        labels.CONFIDENCE[finding.confidence],
        labels.instant(finding.first_seen_at),
        finding.fingerprint,
        finding.evidence,
        finding.bottom_line,
        finding.safety_class,
        finding.rule_pack,
    )
