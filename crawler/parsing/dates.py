"""Dates as platforms write them, turned into instants. What carries no zone is China time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from domain.clock import CHINA, in_china

_RELATIVE = re.compile(r"^(\d+)\s*(秒|分钟|分|小时|个小时|天)前$")
_DAY_WORD = re.compile(r"^(今天|昨天|前天)\s*(?:(\d{1,2}):(\d{2})(?::(\d{2}))?)?$")
_MONTH_DAY = re.compile(r"^(\d{1,2})(?:-|/|月)(\d{1,2})日?\s*(?:(\d{1,2}):(\d{2})(?::(\d{2}))?)?$")
_FULL = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]*(\d{1,2})[:：时](\d{2})(?:[:：分](\d{2}))?)?"
)
_UNIT = {"秒": "seconds", "分": "minutes", "分钟": "minutes", "小时": "hours", "个小时": "hours", "天": "days"}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_CTIME = re.compile(r"^\w{3} (\w{3}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2}):?(\d{2}) (\d{4})$")
#: Epochs outside these years are identifiers or milliseconds misread, not dates.
_EARLIEST, _LATEST = 631_152_000, 4_102_444_800


def from_epoch(seconds: int | None) -> datetime | None:
    """The instant of an epoch in seconds or milliseconds; ``None`` for 0 and for what is no date."""
    if not seconds:
        return None
    if seconds > _LATEST:
        seconds //= 1000
    return datetime.fromtimestamp(seconds, UTC) if _EARLIEST <= seconds <= _LATEST else None


def china_date(text: str) -> datetime | None:
    """The first full date in ``text`` (``2026-11-20``, ``2026年11月20日 10:12``), zone-less, read as China time."""
    found = _FULL.search(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    return _build(year, month, day, hour, minute, second)


def relative_date(text: str, fetched_at: datetime) -> datetime | None:
    """The instant a listing means by ``刚刚``, ``5分钟前``, ``昨天 18:30``, ``06-14``, or by a full date.

    Relative words are resolved against ``fetched_at`` at +08:00. A day and month without a year is the latest such day
    that is not after ``fetched_at``. ``None`` where the text is no date.
    """
    text = text.strip()
    here = in_china(fetched_at)
    if text == "刚刚":
        return here
    if found := _RELATIVE.match(text):
        return here - timedelta(**{_UNIT[found[2]]: int(found[1])})
    if found := _DAY_WORD.match(text):
        day = here - timedelta(days=("今天", "昨天", "前天").index(found[1]))
        return _build(day.year, day.month, day.day, *(int(part or 0) for part in found.groups()[1:]))
    if found := _CTIME.match(text):
        return _ctime(found)
    if found := _MONTH_DAY.match(text):
        parts = [int(part or 0) for part in found.groups()]
        for year in range(here.year, here.year - 9, -1):  # 02-29 may lie up to eight years back
            moment = _build(year, *parts)
            if moment is not None and moment <= here:
                return moment
        return None
    return china_date(text)


def _ctime(found: re.Match[str]) -> datetime | None:
    """``Sun Nov 22 10:00:00 +0800 2026``, read without the locale."""
    name, day, hour, minute, second, sign, zone_hours, zone_minutes, year = found.groups()
    if name not in _MONTHS:
        return None
    moment = _build(int(year), _MONTHS.index(name) + 1, int(day), int(hour), int(minute), int(second))
    offset = timedelta(hours=int(zone_hours), minutes=int(zone_minutes)) * (1 if sign == "+" else -1)
    return moment + timedelta(hours=8) - offset if moment else None


def _build(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime | None:
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=CHINA)
    except ValueError:
        return None
