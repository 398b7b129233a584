"""Nights on which nobody looked, out of the nightly inspections that came to their end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from domain.clock import in_china

_DAY = timedelta(days=1)


def missing_nights(
    runs: Iterable[datetime], now: datetime, *, at: time = time(), grace_hours: float = 30
) -> list[date]:
    """Days (China) after the first run whose nightly run did not come, oldest first.

    A day is missing when no run served it and a later one did, or ``grace_hours`` have passed since its hour ``at``.
    Where ``at`` is in the second half of the day, a run before noon belongs to the evening before.
    """
    served = sorted({_night(in_china(run), at) for run in runs})
    if not served:
        return []
    present = in_china(now)
    found, day = [], served[0] + _DAY
    while day < served[-1] or datetime.combine(day, at, present.tzinfo) + timedelta(hours=grace_hours) <= present:
        if day not in served:
            found.append(day)
        day += _DAY
    return found


def _night(run: datetime, at: time) -> date:
    """The day whose night a run serves."""
    return run.date() - _DAY if run.hour < 12 <= at.hour else run.date()
