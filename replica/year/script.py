"""The year from its cast: what is published and filed on which day, and the breaches that are seeded into it."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from domain.account import Account
from replica.year import breaches, desk
from replica.year.cast import BUREAU, Cast
from replica.year.cast import build as build_cast
from replica.year.model import CHINA, Year
from replica.year.writing import post_of, repost_of

#: The past that is on file when the first inspection looks.
_PAST = timedelta(days=40)
#: Hours between two posts of one account.
_RHYTHM = (40, 58)
_TASKS = 26
SOURCE = "云江省民政厅"


def build(first: date = date(2026, 1, 1), last: date = date(2026, 12, 31), seed: int = 20260101) -> Year:
    """The whole year with its breaches."""
    year, cast = plain(first, last, seed)
    breaches.seed(year, cast)
    return year


def plain(first: date = date(2026, 1, 1), last: date = date(2026, 12, 31), seed: int = 20260101) -> tuple[Year, Cast]:
    """The year of an office that does everything right."""
    rng = random.Random(seed)
    cast = build_cast()
    year = Year(bureau=BUREAU, first=first, last=last, accounts=list(cast.accounts))
    desk.fill(year, cast)
    for account in cast.accounts:
        if account.platform != "app":
            _news(year, cast, account, rng)
    _tasks(year, cast, rng)
    return year, cast


def _news(year: Year, cast: Cast, account: Account, rng: random.Random) -> None:
    moment = datetime.combine(year.first - _PAST, datetime.min.time(), CHINA) + timedelta(hours=rng.randint(8, 20))
    end = datetime.combine(year.last, datetime.max.time(), CHINA)
    number = 0
    while moment < end:
        number += 1
        post = post_of(account, number, moment, rng)
        year.publish(post)
        year.put(year.seen_on(moment), desk.approval_of(cast, account, post))
        moment += timedelta(hours=rng.randint(*_RHYTHM), minutes=rng.randint(0, 59))


def _tasks(year: Year, cast: Cast, rng: random.Random) -> None:
    days = (year.last - year.first).days
    for number in range(1, _TASKS + 1):
        day = year.first + timedelta(days=days * number // (_TASKS + 1))
        dispatched = desk.at(day, rng.randint(8, 17))
        task = desk.repost_task(number, dispatched, cast.accounts)
        year.put(year.seen_on(dispatched), task)
        for account in cast.accounts:
            if account.id in task.accounts:
                moment = dispatched + timedelta(minutes=rng.randint(20, 600))
                post = repost_of(account, number, moment, task.title, task.text, SOURCE)
                year.publish(post)
                year.put(year.seen_on(moment), desk.approval_of(cast, account, post))
