"""违规台账: one row for every finding on file, with what became of it. Whatever is in a row is masked already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.rule import Severity
from reports import labels


class Stage(StrEnum):
    """Where a finding stands. The order is that of the work."""

    UNJUDGED = "unjudged"
    CONFIRMED = "confirmed"
    ISSUED = "issued"
    REPLIED = "replied"
    REOPENED = "reopened"
    CLOSED = "closed"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


STAGE: Final = MappingProxyType(
    {
        Stage.UNJUDGED: "待研判",
        Stage.CONFIRMED: "已确认，待通知",
        Stage.ISSUED: "已通知，待整改",
        Stage.REPLIED: "已回复，待复查",
        Stage.REOPENED: "复查未通过，重新整改",
        Stage.CLOSED: "复查通过，已销号",
        Stage.ACCEPTED: "暂予保留",
        Stage.DISMISSED: "误报",
    }
)
#: Stages of what a person found to be a problem: what a circular may name.
PROBLEM: Final = frozenset({Stage.CONFIRMED, Stage.ISSUED, Stage.REPLIED, Stage.REOPENED, Stage.CLOSED})
#: Stages in which a unit still has something to do.
UNMENDED: Final = frozenset({Stage.CONFIRMED, Stage.ISSUED, Stage.REPLIED, Stage.REOPENED})


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One finding. ``present`` is false where its place was last seen without it, or gone; ``recheck`` tells the last
    recheck in Chinese; days are those of the notice that counts now."""

    fingerprint: str
    found_at: datetime
    account_id: str
    account_name: str
    platform: str
    sponsor: str
    supervisor: str
    severity: Severity
    family: str
    problem: str
    stage: Stage
    present: bool = True
    term: str = ""
    sentence: str = ""
    post_title: str = ""
    post_url: str = ""
    published_at: datetime | None = None
    clauses: str = ""
    suggestion: str = ""
    responsible: str = ""
    notice: str = ""
    notified_on: date | None = None
    due_on: date | None = None
    replied_on: date | None = None
    closed_on: date | None = None
    recheck: str = ""
    reopened: int = 0
    overdue_days: int = 0
    evidence: str = ""

    @property
    def is_problem(self) -> bool:
        """True where a person found it to be a problem."""
        return self.stage in PROBLEM

    @property
    def status(self) -> str:
        """The stage in words, with what must not be overlooked."""
        told = STAGE[self.stage]
        if self.overdue_days:
            told += f"（逾期 {self.overdue_days} 天）"
        elif not self.present and self.stage in (Stage.UNJUDGED, *UNMENDED):
            told += "（最近一次已看不到）"
        return told


HEADERS: Final = (
    "编号", "发现时间", "账号", "平台", "主办单位", "主管单位", "级别", "问题类别", "问题", "命中内容", "所在语句",
    "标题", "发布时间", "链接", "依据", "整改建议", "责任人", "通知书", "通知日期", "整改时限", "回复日期", "销号日期",
    "复查结果", "再次整改次数", "逾期天数", "状态", "问题编号", "证据摘要",
)  # fmt: skip
#: Columns of numbers.
NUMBERS: Final = frozenset({"编号", "再次整改次数", "逾期天数"})


def cells(number: int, row: LedgerRow) -> tuple[str | int, ...]:
    """``row`` as it stands in every format with columns."""
    return (
        number,
        labels.instant(row.found_at),
        row.account_name,
        labels.platform(row.platform),
        row.sponsor,
        row.supervisor,
        labels.SEVERITY[row.severity],
        labels.FAMILY.get(row.family, row.family),
        row.problem,
        row.term,
        row.sentence,
        row.post_title,
        labels.instant(row.published_at) if row.published_at else "",
        row.post_url,
        row.clauses,
        row.suggestion,
        row.responsible,
        row.notice,
        _day(row.notified_on),
        _day(row.due_on),
        _day(row.replied_on),
        _day(row.closed_on),
        row.recheck,
        row.reopened,
        row.overdue_days,
        row.status,
        row.fingerprint,
        row.evidence,
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
