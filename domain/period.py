"""The time that a document speaks of: a month, a quarter or a year, by days in China."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.clock import CHINA

_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class Period:
    """From ``since`` through ``until``, both included; ``label`` as it is printed: ``2026年第三季度``."""

    since: date
    until: date
    label: str

    @property
    def begins(self) -> datetime:
        """The first instant of it."""
        return datetime.combine(self.since, time(), CHINA)

    @property
    def ends(self) -> datetime:
        """The first instant after it."""
        return datetime.combine(self.until + timedelta(days=1), time(), CHINA)


def period_of(said: str) -> Period:
    """``2026``, ``2026Q3`` or ``2026-09`` as a period. Raises ``ValueError`` for anything else."""
    text = said.strip().upper()
    if found := re.fullmatch(r"(20\d\d)年?", text):
        year = int(found[1])
        return Period(date(year, 1, 1), date(year, 12, 31), f"{year}年度")
    if found := re.fullmatch(r"(20\d\d)-?Q([1-4])", text):
        year, quarter = int(found[1]), int(found[2])
        first = date(year, 3 * quarter - 2, 1)
        return Period(first, _last_day(year, 3 * quarter), f"{year}年第{_QUARTERS[quarter - 1]}季度")
    if (found := re.fullmatch(r"(20\d\d)-(\d{1,2})", text)) and 1 <= int(found[2]) <= 12:
        year, month = int(found[1]), int(found[2])
        return Period(date(year, month, 1), _last_day(year, month), f"{year}年{month}月")
    raise ValueError(f"“{said}”不是时期；请写成 2026Q3（季度）、2026（年度）或 2026-09（月份）")


def quarter_before(day: date) -> Period:
    """The last quarter that had ended on ``day``."""
    year, quarter = day.year, (day.month - 1) // 3
    return period_of(f"{year}Q{quarter}") if quarter else period_of(f"{year - 1}Q4")


def _last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
