"""When a fictional account publishes: about evenly, in working hours, and the newest exactly as old as planned."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from domain.clock import CHINA, in_china
from replica.demo.accounts import Plan
from replica.demo.topics import OCCASIONS, SOLAR_TERMS

#: The demo's constant clock.
DEMO_NOW = datetime(2026, 6, 18, 22, 0, tzinfo=CHINA)


def moments(plan: Plan, rng: random.Random) -> list[datetime]:
    """The instants of ``plan.count`` publications, newest first, no two in one minute."""
    newest = in_china(DEMO_NOW - plan.newest_age)
    taken = {newest}
    step = (plan.span - plan.newest_age) / max(plan.count - 1, 1)
    for place in range(1, plan.count):
        drift = rng.uniform(-0.3, 0.3) if place < plan.count - 1 else -0.3
        around = newest - step * (place + drift)
        while True:
            at = around.replace(hour=rng.randint(8, 18), minute=rng.randrange(60), second=0, microsecond=0)
            if at >= newest:
                at -= timedelta(days=1)
            if at not in taken:
                break
        taken.add(at)
    kept = sorted(taken, reverse=True)
    return _drawn_to_occasions(kept, rng) if plan.occasions and plan.count > 12 else kept


def special_day(at: datetime) -> tuple[int, int]:
    """Month and day, as the calendar of occasions is keyed."""
    day = in_china(at)
    return day.month, day.day


def _drawn_to_occasions(kept: list[datetime], rng: random.Random) -> list[datetime]:
    """Move the nearest publication onto most of the special days that lie within two days of one."""
    days = [(day.month, day.day) for day in OCCASIONS] + list(SOLAR_TERMS)
    moved = set(kept[1:])
    for month, day in days:
        if rng.random() < 0.3 or any(special_day(at) == (month, day) for at in moved):
            continue
        wanted = datetime(DEMO_NOW.year, month, day, rng.randint(8, 10), rng.randrange(60), tzinfo=CHINA)
        if wanted >= kept[0] or wanted in moved:
            continue
        nearest = min(moved, key=lambda at: (abs(at - wanted), at))
        if abs(nearest - wanted) <= timedelta(days=2):
            moved.discard(nearest)
            moved.add(wanted)
    return [kept[0], *sorted(moved, reverse=True)]
