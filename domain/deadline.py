"""The last day of a time to rectify, and the sentence that says how it was counted.

The day on which a notice is served is not counted (民法典第二百零一条). Whether days are calendar or working days is
the office's choice; the regulation (第十三条) only says one to five days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.calendar import WorkCalendar


class Counting(StrEnum):
    """What is counted."""

    CALENDAR = "calendar"
    WORKING = "working"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """Counts days as the office chose. ``roll`` moves a last calendar day that is a rest day on to the next working
    day (民法典第二百零三条)."""

    calendar: WorkCalendar
    counting: Counting = Counting.CALENDAR
    roll: bool = False

    def due_on(self, served_on: date, days: int) -> date:
        """The last day of ``days`` days after ``served_on``; raises ``ValueError`` for less than one day."""
        if days < 1:
            raise ValueError("a time to rectify has at least one day")
        if self.counting is Counting.WORKING:
            return self.calendar.add_working_days(served_on, days)
        return self.calendar.add_calendar_days(served_on, days, roll=self.roll)

    @property
    def told(self) -> str:
        """How it is counted, as it is printed."""
        start = "整改时限自通知书送达次日起算"
        if self.counting is Counting.WORKING:
            return f"{start}，按工作日计（法定节假日和公休日不计，调休上班日计入）"
        end = "末日逢休息日的顺延至下一个工作日" if self.roll else "节假日和公休日计入、不顺延"
        return f"{start}，按自然日计，{end}"

    def caution(self, last: date) -> str:
        """What is uncertain about a count that reaches ``last``; empty where nothing is."""
        rests_on_plan = self.counting is Counting.WORKING or self.roll
        if not rests_on_plan or self.calendar.is_known(last):
            return ""
        return f"{last.year} 年放假安排尚未公布，时限按周末推算，公布后以放假安排为准"
