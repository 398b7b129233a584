"""The office's work calendar: the national holiday plan, corrected by a file that the office keeps.

``workdays.csv`` has the columns 日期 (2027-02-07), 类型 (上班 | 休息) and 备注. The national plan of a year is
published in the autumn before it; a year counts as known when the holidays library has its make-up working days, or
when the file has a line for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import holidays

from domain.calendar import WorkCalendar
from domain.errors import RegistryError
from domain.table import parse_date, raise_all, read_csv, write_csv

DATE, KIND, NOTE = "日期", "类型", "备注"
COLUMNS = (DATE, KIND, NOTE)
KINDS = {"上班": True, "休息": False}
#: The first year of the plan; the regulation dates from 2022.
FIRST_YEAR = 2015
#: So far ahead the longest time limit may reach: the thirty working days of an announcement over a long holiday.
LONGEST = timedelta(days=60)


def build(last_year: int, override: Path | None = None) -> WorkCalendar:
    """The calendar from 2015 through ``last_year``, with the office's ``override`` file where it exists.

    Raises ``RegistryError`` for a wrong override file.
    """
    changes = load_override(override) if override is not None and override.exists() else {}
    years = range(FIRST_YEAR, max(last_year, FIRST_YEAR) + 1)
    plan = holidays.country_holidays("CN", years=years)
    exchanged: set[date] = {day for day in plan.weekend_workdays if day.year >= FIRST_YEAR}
    rest = {day for day in plan if changes.get(day) is not True}
    work = {day for day in exchanged if changes.get(day) is not False}
    rest.update(day for day, works in changes.items() if not works)
    work.update(day for day, works in changes.items() if works)
    known = {day.year for day in (*exchanged, *changes)}
    return WorkCalendar(known_through=_last_of_run(known), rest_days=frozenset(rest - work), work_days=frozenset(work))


def _last_of_run(years: Iterable[int]) -> int:
    """The last year before the first gap: a plan for 2028 says nothing about 2027."""
    known = set(years)
    year = FIRST_YEAR
    while year + 1 in known:
        year += 1
    return year


def load_override(path: Path) -> dict[date, bool]:
    """Day to whether it is worked. Raises ``RegistryError`` with every problem and its row."""
    table = read_csv(path, known=COLUMNS, required=(DATE, KIND), error=RegistryError)
    changes: dict[date, bool] = {}
    problems: list[RegistryError] = []
    for row in table.rows:
        day = parse_date(row.get(DATE))
        kind = row.get(KIND)
        if day is None:
            problems.append(RegistryError(table.path, f"日期“{row.get(DATE)}”不对；格式为 2027-02-07", row=row.number))
        elif kind not in KINDS:
            problems.append(RegistryError(table.path, f"类型“{kind}”不认识；可填：上班、休息", row=row.number))
        elif day in changes:
            problems.append(RegistryError(table.path, f"日期 {day} 重复；每天只写一行", row=row.number))
        else:
            changes[day] = KINDS[kind]
    raise_all(problems)
    return changes


def write_template(path: Path) -> None:
    """An override file without any day."""
    write_csv(path, COLUMNS, ())


def warning(calendar: WorkCalendar, day: date) -> str:
    """What to tell a person about a deadline that reaches ``day``; empty when nothing is uncertain."""
    if calendar.is_known(day):
        return ""
    year = calendar.known_through + 1
    return (
        f"{day} 超出已知的放假安排（截至 {calendar.known_through} 年），期限可能变动；"
        f"请把 {year} 年的调休安排填入 workdays.csv"
    )
