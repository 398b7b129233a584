"""Forty times to rectify, counted by hand on the calendars of 2025 and 2026.

2025: 元旦 1 Jan; 春节 28 Jan – 4 Feb, worked 26 Jan and 8 Feb; 清明 4–6 Apr; 劳动节 1–5 May, worked 27 Apr;
端午 31 May – 2 Jun; 国庆和中秋 1–8 Oct, worked 28 Sep and 11 Oct. 2026: 元旦 1–3 Jan, worked 4 Jan; 春节 15–23 Feb,
worked 14 and 28 Feb; 清明 4–6 Apr; 劳动节 1–5 May, worked 9 May; 端午 19–21 Jun; 中秋 25–27 Sep; 国庆 1–7 Oct, worked
20 Sep and 10 Oct (国务院办公厅关于 2025 年、2026 年部分节假日安排的通知).
"""

from __future__ import annotations

from datetime import date

import pytest

from domain.deadline import Counting, Deadlines
from registry.calendar import build

CALENDAR = build(2027)
WORKING = Deadlines(calendar=CALENDAR, counting=Counting.WORKING)
PLAIN = Deadlines(calendar=CALENDAR)
ROLLED = Deadlines(calendar=CALENDAR, roll=True)

CASES = [
    # ordinary weeks
    (WORKING, "2026-06-08", 1, "2026-06-09"),  # Monday to Tuesday
    (WORKING, "2026-06-08", 5, "2026-06-15"),  # over one weekend
    (WORKING, "2026-06-12", 1, "2026-06-15"),  # served on a Friday
    (WORKING, "2026-06-12", 3, "2026-06-17"),
    (WORKING, "2026-06-13", 1, "2026-06-15"),  # served on a Saturday
    (PLAIN, "2026-06-12", 1, "2026-06-13"),
    (PLAIN, "2026-06-12", 3, "2026-06-15"),
    (ROLLED, "2026-06-12", 1, "2026-06-15"),
    (ROLLED, "2026-06-12", 3, "2026-06-15"),
    (ROLLED, "2026-06-08", 5, "2026-06-15"),  # ends on a Saturday
    # holidays of 2026
    (WORKING, "2026-06-18", 1, "2026-06-22"),  # 端午
    (WORKING, "2026-06-18", 3, "2026-06-24"),
    (PLAIN, "2026-06-18", 3, "2026-06-21"),
    (ROLLED, "2026-06-18", 3, "2026-06-22"),
    (WORKING, "2026-09-24", 1, "2026-09-28"),  # 中秋
    (WORKING, "2026-09-30", 1, "2026-10-08"),  # 国庆
    (WORKING, "2026-09-30", 3, "2026-10-10"),  # the third is the Saturday that is worked
    (WORKING, "2026-09-30", 5, "2026-10-13"),
    (PLAIN, "2026-09-30", 5, "2026-10-05"),
    (ROLLED, "2026-09-30", 5, "2026-10-08"),
    (WORKING, "2026-04-03", 1, "2026-04-07"),  # 清明
    (WORKING, "2026-04-30", 1, "2026-05-06"),  # 劳动节
    (WORKING, "2026-04-30", 5, "2026-05-11"),  # 6, 7, 8, the worked Saturday 9, 11
    (WORKING, "2026-04-30", 3, "2026-05-08"),
    (ROLLED, "2026-04-30", 3, "2026-05-06"),
    # make-up weekends
    (WORKING, "2026-02-13", 1, "2026-02-14"),  # the Saturday before 春节 is worked
    (WORKING, "2026-02-13", 3, "2026-02-25"),  # 14, 24, 25
    (WORKING, "2026-02-24", 5, "2026-03-02"),  # 25, 26, 27, the worked Saturday 28, 2 March
    (WORKING, "2026-09-18", 1, "2026-09-20"),  # the Sunday is worked, the Saturday is not
    (ROLLED, "2026-05-08", 1, "2026-05-09"),  # ends on a worked Saturday
    # month ends
    (PLAIN, "2026-01-29", 3, "2026-02-01"),
    (PLAIN, "2028-02-27", 3, "2028-03-01"),  # leap year
    (PLAIN, "2026-02-27", 3, "2026-03-02"),
    (WORKING, "2026-07-30", 3, "2026-08-04"),
    # year end
    (PLAIN, "2025-12-31", 1, "2026-01-01"),
    (WORKING, "2025-12-31", 1, "2026-01-04"),  # 元旦 to the Sunday that is worked
    (WORKING, "2025-12-30", 3, "2026-01-05"),
    (ROLLED, "2025-12-31", 3, "2026-01-04"),
    # reopened: the days run anew from the recheck
    (WORKING, "2026-10-10", 3, "2026-10-14"),  # found unmended on the worked Saturday
    (WORKING, "2025-09-28", 5, "2025-10-11"),  # served on a worked Sunday: 29, 30, 9, 10, the worked Saturday 11
]


def test_there_are_forty():
    assert len(CASES) == 40


@pytest.mark.parametrize(("counting", "served", "days", "due"), CASES)
def test_the_table(counting, served, days, due):
    assert counting.due_on(date.fromisoformat(served), days) == date.fromisoformat(due)


def test_the_sentence_and_the_caution():
    assert "工作日" in WORKING.told
    assert "不顺延" in PLAIN.told
    assert WORKING.caution(date(2026, 6, 1)) == ""
    assert "尚未公布" in WORKING.caution(date(2030, 1, 4))
    assert PLAIN.caution(date(2030, 1, 4)) == ""
    with pytest.raises(ValueError, match="at least one"):
        PLAIN.due_on(date(2026, 6, 1), 0)
