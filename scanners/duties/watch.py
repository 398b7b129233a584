"""巡检和检查: the nightly run itself (第九条, R62) and the quarterly check of the lead section (第十三条, R87)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from domain.register import RegularCheck
from scanners.duties.concern import on_day
from scanners.duties.hearing import Breach, Hearing
from scanners.guards import Guard

#: A run that comes so soon after the one before is the same rhythm, even where a calendar day lies between them.
_DAILY = timedelta(hours=30)
_ONE = timedelta(days=1)
#: Working days within which a check has its report (default).
_REPORT_DAYS = 10


def run_missed(hearing: Hearing) -> Iterator[Breach]:
    """Days between two of the last inspections at hand on which nobody looked: each stretch once.

    The rule can only speak when the next inspection runs; until then the status of the schedule must be watched.
    """
    nights = sorted(night.at for night in hearing.facts.nights)
    for before, after in pairwise(nights):
        first, last = on_day(before) + _ONE, on_day(after) - _ONE
        if first > last and hearing.spared(Guard.ALIKE, "两次巡检相邻"):
            continue
        if after - before <= _DAILY and hearing.spared(Guard.LIMIT, f"相隔 {after - before}"):
            continue
        stretch = f"{first}" if first == last else f"{first} 至 {last}"
        yield Breach(
            episode=str(first),
            explanation=f"{on_day(before)} 巡检之后，下一次是 {on_day(after)}，{stretch} 没有每日巡检的记录",
            facts={"stretch": stretch, "missed": str(max((last - first).days + 1, 1))},
        )


def check_missed(hearing: Hearing) -> Iterator[Breach]:
    """At least one check in every natural quarter that is over, from the quarter of the first check on file.

    Where the sheet is kept but empty, only the quarter that ended last is held against the office.
    """
    if not hearing.register.keeps(RegularCheck) and hearing.spared(Guard.NOT_KEPT, "定期检查"):
        return
    days = sorted(each.checked_on for each in hearing.register.all(RegularCheck) if each.checked_on is not None)
    done = {_quarter(day) for day in days}
    last = _before(_quarter(hearing.today))
    first = min(_quarter(days[0]), last) if days else last
    quarter, least = last, _back(last, 4)
    while quarter >= max(first, least):
        if quarter not in done or not hearing.spared(Guard.ON_FILE, _name(quarter)):
            yield Breach(
                episode=_name(quarter),
                explanation=f"{_name(quarter)}已结束，定期检查台账里没有这一季度的检查",
                facts={"quarter": _name(quarter)},
            )
        quarter = _before(quarter)
    running = _quarter(hearing.today)
    if running not in done and not hearing.spared(Guard.LIMIT, f"{_name(running)}未结束"):
        yield Breach(episode=_name(running), explanation="本季度还没有检查")


def report_missing(hearing: Hearing) -> Iterator[Breach]:
    """A check has its report within ten working days (default)."""
    for each in hearing.register.all(RegularCheck):
        if each.checked_on is None or (each.report.strip() and hearing.spared(Guard.ON_FILE, each.report)):
            continue
        limit = hearing.calendar.add_working_days(each.checked_on, _REPORT_DAYS)
        if hearing.today <= limit and hearing.spared(Guard.LIMIT, f"期限 {limit}"):
            continue
        yield Breach(
            episode=each.key,
            record=f"{each.kind}:{each.key}",
            explanation=f"{each.checked_on} 的定期检查应在 {limit} 前形成报告，台账没有登记报告",
            facts={"checked": str(each.checked_on), "limit": str(limit)},
        )


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


def _before(quarter: tuple[int, int]) -> tuple[int, int]:
    year, number = quarter
    return (year, number - 1) if number > 1 else (year - 1, 4)


def _back(quarter: tuple[int, int], count: int) -> tuple[int, int]:
    for _ in range(count - 1):
        quarter = _before(quarter)
    return quarter


def _name(quarter: tuple[int, int]) -> str:
    return f"{quarter[0]}年第{'一二三四'[quarter[1] - 1]}季度"
