"""Days and moments in every form in which an office writes them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from domain.clock import CHINA

#: Excel counts days from here (its 1900 was a leap year, which matters only before March 1900).
_EPOCH = date(1899, 12, 30)
#: Serial numbers that are taken for days: 1990 to 2099.
_SERIALS = range(32874, 73051)
_YEARS = range(1990, 2100)
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_TIME = re.compile(
    r"[T\s,]*(上午|早上|凌晨|中午|下午|晚上|晚)?\s*(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*(?:[:分]\s*(?:(\d{1,2})(?:\.\d+)?\s*秒?)?)?|(半))?"
    r"\s*(\+08:?00)?"
)
_WEEKDAY = re.compile(r"[(（]?\s*(?:星期|周)[一二三四五六日天]\s*[)）]?")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_TENS = re.compile(r"([一二三四五六七八九])?十([一二三四五六七八九])?")
_FORMS = "可写 2026-03-01、2026/3/1、2026.3.1 或 2026年3月1日"


def read_day(text: str) -> date:
    """The day that ``text`` names; a time of day beside it is left out. Raises ``ValueError`` with a Chinese reason."""
    day, _ = _read(text)
    return day


def read_moment(text: str, *, exact: bool) -> datetime:
    """The instant in China that ``text`` names. A day alone is its beginning, or with ``exact`` refused.

    Raises ``ValueError`` with a Chinese reason.
    """
    day, moment = _read(text)
    if moment is None and exact:
        raise ValueError(f"“{text}”只有日期，没有时刻；请写到分钟，如 {day.isoformat()} 09:30")
    return datetime.combine(day, time(0), CHINA) + (moment or timedelta(0))


def _read(text: str) -> tuple[date, timedelta | None]:
    plain = _WEEKDAY.sub(" ", unicodedata.normalize("NFKC", text)).strip()
    if re.search(r"[一二三四五六七八九〇零○十]", plain):
        plain = _TENS.sub(lambda found: f"{_tens(found)}", plain).translate(_DIGITS)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", plain):
        return _serial(float(plain), text)
    found = _DAY.match(plain) or _COMPACT.match(plain)
    if found is None:
        raise ValueError(_why_not(plain, text))
    year, month, day = map(int, found.groups())
    try:
        told = date(year, month, day)
    except ValueError:
        raise ValueError(f"“{text}”这一天不存在；请核对年月日") from None
    if year not in _YEARS:
        raise ValueError(f"“{text}”的年份不对；应在 {_YEARS.start} 至 {_YEARS.stop - 1} 年之间")
    rest = plain[found.end() :].strip()
    return told, _time(rest, text) if rest else None


def _serial(number: float, text: str) -> tuple[date, timedelta | None]:
    if int(number) not in _SERIALS:
        raise ValueError(f"“{text}”不是日期；{_FORMS}")
    seconds = round((number - int(number)) * 86400)
    return _EPOCH + timedelta(days=int(number)), timedelta(seconds=seconds) if seconds else None


def _time(rest: str, text: str) -> timedelta:
    found = _TIME.fullmatch(rest)
    if found is None:
        raise ValueError(f"“{text}”的时刻看不懂；可写 2026-03-01 09:30 或 2026年3月1日9时30分")
    half, hour, minute, second = found[1] or "", int(found[2]), int(found[3] or 0), int(found[4] or 0)
    if found[5]:
        minute = 30
    if half in ("下午", "晚上", "晚") and hour < 12:
        hour += 12
    if half == "中午" and hour < 3:
        hour += 12
    if minute > 59 or second > 59 or hour > 24 or (hour == 24 and (minute or second)):
        raise ValueError(f"“{text}”的时刻不存在；请核对，零点写 00:00 或前一天的 24:00")
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _tens(found: re.Match[str]) -> str:
    tens = (found[1] or "一").translate(_DIGITS)
    return tens + (found[2] or "〇").translate(_DIGITS)


def _why_not(plain: str, text: str) -> str:
    if re.match(r"\d{1,2}\s*[-/.月]\s*\d{1,2}", plain):
        return f"“{text}”没有四位数的年份；{_FORMS}"
    if re.fullmatch(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*月?", plain):
        return f"“{text}”没有写到日；{_FORMS}"
    if re.fullmatch(r"\d{1,2}:\d{2}(:\d{2})?", plain):
        return f"“{text}”只有时刻，没有日期；{_FORMS}"
    return f"“{text}”不是日期；{_FORMS}"
