"""Post numbers in their two notations, and dates the way Weibo writes them."""

from __future__ import annotations

from datetime import datetime

from domain.clock import in_china

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def bid_of(mid: str) -> str:
    """The letters for a post number: groups of seven digits from the right, each in base 62 on four places."""
    groups = []
    while mid:
        mid, group = mid[:-7], mid[-7:]
        value, letters = int(group), ""
        while value:
            value, rest = divmod(value, 62)
            letters = _DIGITS[rest] + letters
        groups.append(letters.rjust(4, "0") if mid else letters or "0")
    return "".join(reversed(groups))


def full_date(at: datetime) -> str:
    """``Thu Jun 18 21:18:00 +0800 2026``, whatever the machine's language."""
    day = in_china(at)
    return f"{_WEEKDAYS[day.weekday()]} {_MONTHS[day.month - 1]} {day:%d %H:%M:%S} +0800 {day.year}"


def shown_date(at: datetime, now: datetime, *, loosely: bool) -> str:
    """What a listing shows: relative to ``now`` while fresh; ``loosely`` gives an older post month and day alone."""
    day, today = in_china(at), in_china(now)
    minutes = int((today - day).total_seconds() // 60)
    if minutes < 1:
        return "刚刚"
    if minutes < 60:
        return f"{minutes}分钟前"
    days = (today.date() - day.date()).days
    if days < 2:
        return f"{'昨天' if days else '今天'} {day:%H:%M}"
    return f"{day:%m-%d}" if loosely and day.year == today.year else full_date(at)
