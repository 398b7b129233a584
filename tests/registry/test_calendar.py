"""Working days: the national plan, the office's corrections, and periods counted in them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.calendar import WorkCalendar, add_months
from domain.errors import RegistryError
from registry import calendar as work_calendar


@pytest.fixture(scope="module")
def plan() -> WorkCalendar:
    return work_calendar.build(2027)


@pytest.mark.parametrize("day", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"])
def test_weekend_days_of_2026_that_are_worked(plan: WorkCalendar, day: str) -> None:
    assert date.fromisoformat(day).weekday() >= 5
    assert plan.is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-01-01", "2026-01-03"),
        ("2026-02-15", "2026-02-23"),
        ("2026-04-04", "2026-04-06"),
        ("2026-05-01", "2026-05-05"),
        ("2026-06-19", "2026-06-21"),
        ("2026-09-25", "2026-09-27"),
        ("2026-10-01", "2026-10-07"),
    ],
)
def test_holidays_of_2026_are_not_worked(plan: WorkCalendar, first: str, last: str) -> None:
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        assert not plan.is_working_day(day), day
        day += timedelta(days=1)


def test_three_working_days_over_the_spring_festival(plan: WorkCalendar) -> None:
    # Approved on Friday 13 February; the 14th is worked, the 15th to the 23rd are not.
    assert plan.add_working_days(date(2026, 2, 13), 3) == date(2026, 2, 25)
    assert plan.working_days_between(date(2026, 2, 13), date(2026, 2, 25)) == 3


def test_thirty_working_days_of_announcement(plan: WorkCalendar) -> None:
    last = plan.add_working_days(date(2026, 6, 18), 30)
    assert plan.working_days_between(date(2026, 6, 18), last) == 30
    assert plan.working_days_between(date(2026, 6, 18), last - timedelta(days=1)) == 29
    assert last == date(2026, 7, 31)


def test_the_first_day_never_counts(plan: WorkCalendar) -> None:
    assert plan.add_working_days(date(2026, 6, 17), 1) == date(2026, 6, 18)
    assert plan.add_working_days(date(2026, 6, 17), 0) == date(2026, 6, 17)
    assert plan.working_days_between(date(2026, 6, 17), date(2026, 6, 17)) == 0
    assert plan.working_days_between(date(2026, 6, 18), date(2026, 6, 17)) == 0


def test_calendar_days_roll_only_when_asked(plan: WorkCalendar) -> None:
    assert plan.add_calendar_days(date(2026, 6, 18), 1) == date(2026, 6, 19)
    assert plan.add_calendar_days(date(2026, 6, 18), 1, roll=True) == date(2026, 6, 22)
    with pytest.raises(ValueError, match="negative"):
        plan.add_calendar_days(date(2026, 6, 18), -1)
    with pytest.raises(ValueError, match="negative"):
        plan.add_working_days(date(2026, 6, 18), -1)


def test_months_end_on_their_last_day() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert add_months(date(2026, 3, 15), 3) == date(2026, 6, 15)


def test_a_year_without_a_published_plan_is_told(plan: WorkCalendar) -> None:
    assert plan.known_through == 2026
    assert work_calendar.warning(plan, date(2026, 12, 31)) == ""
    told = work_calendar.warning(plan, date(2027, 1, 4))
    assert "2027-01-04 超出已知的放假安排（截至 2026 年）" in told
    assert "workdays.csv" in told


def test_the_offices_file_corrects_and_extends_the_plan(tmp_path: Path) -> None:
    path = tmp_path / "workdays.csv"
    path.write_text(
        "日期,类型,备注\n2026-06-22,休息,本地活动\n2026-06-20,上班,补班\n2026年5月9日,休息,\n2027/2/14,上班,春节调休\n",
        encoding="utf-8-sig",
    )
    corrected = work_calendar.build(2027, path)
    assert not corrected.is_working_day(date(2026, 6, 22))
    assert corrected.is_working_day(date(2026, 6, 20))
    assert not corrected.is_working_day(date(2026, 5, 9))
    assert corrected.is_working_day(date(2027, 2, 14))
    assert corrected.known_through == 2027


def test_a_plan_beyond_a_gap_does_not_close_the_gap(tmp_path: Path) -> None:
    path = tmp_path / "workdays.csv"
    path.write_text("日期,类型\n2028-02-12,上班\n", encoding="utf-8")
    assert work_calendar.build(2028, path).known_through == 2026


def test_wrong_rows_are_told_together(tmp_path: Path) -> None:
    path = tmp_path / "workdays.csv"
    path.write_text("日期,类型\n2027-02-30,上班\n2027-02-01,半天\n2027-02-02,休息\n2027-02-02,上班\n", encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        work_calendar.build(2027, path)
    assert [line.split("；")[0] for line in str(caught.value).splitlines()] == [
        "workdays.csv:2：日期“2027-02-30”不对",
        "workdays.csv:3：类型“半天”不认识",
        "workdays.csv:5：日期 2027-02-02 重复",
    ]


def test_templates_are_readable(tmp_path: Path) -> None:
    work_calendar.write_template(tmp_path / "workdays.csv")
    assert work_calendar.load_override(tmp_path / "workdays.csv") == {}
