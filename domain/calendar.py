"""Working days and the deadlines counted in them.

The regulation counts in working days (第三条: 3, 30), calendar days (第十三条: 1 to 5), hours (第六条: 12) and
months (第五条: 1, 第十二条: 3). The day on which a period begins is never counted (民法典第二百零一条); a month ends
on the same day number, or on the month's last day (第二百零二条).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """Which days are worked.

    ``rest_days`` are weekdays off (public holidays), ``work_days`` are weekend days worked in exchange (调休).
    ``known_through`` is the last year whose plan is complete; beyond it only weekends are certain.
    """

    known_through: int
    rest_days: frozenset[date] = field(default_factory=frozenset)
    work_days: frozenset[date] = field(default_factory=frozenset)

    def is_working_day(self, day: date) -> bool:
        """True when the office works on ``day``."""
        if day in self.work_days:
            return True
        return day.weekday() < 5 and day not in self.rest_days

    def is_known(self, day: date) -> bool:
        """False when the holiday plan of that year is not published yet: a count that reaches it may still move."""
        return day.year <= self.known_through

    def add_working_days(self, start: date, count: int) -> date:
        """The last day of a period of ``count`` working days that begins after ``start``.

        Raises ``ValueError`` for a negative count; zero gives ``start`` itself.
        """
        if count < 0:
            raise ValueError("a period cannot be negative")
        day = start
        for _ in range(count):
            day += timedelta(days=1)
            while not self.is_working_day(day):
                day += timedelta(days=1)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``; 0 when ``end`` is not later."""
        return sum(self.is_working_day(day) for day in _days_after(start, end))

    def add_calendar_days(self, start: date, count: int, *, roll: bool = False) -> date:
        """The last day of a period of ``count`` calendar days that begins after ``start``.

        ``roll`` moves a last day that is a rest day on to the next working day (民法典第二百零三条). Raises
        ``ValueError`` for a negative count.
        """
        if count < 0:
            raise ValueError("a period cannot be negative")
        day = start + timedelta(days=count)
        while roll and not self.is_working_day(day):
            day += timedelta(days=1)
        return day


def add_months(start: date, count: int) -> date:
    """The same day number ``count`` months later, or that month's last day where there is none."""
    month = start.month - 1 + count
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def _days_after(start: date, end: date) -> Iterator[date]:
    day = start + timedelta(days=1)
    while day <= end:
        yield day
        day += timedelta(days=1)
