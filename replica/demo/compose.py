"""Turns a topic into the text of one post: chooses among alternatives and fills in places, dates and figures."""

from __future__ import annotations

import random
import re
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.clock import in_china
from replica.demo.places import TOWNS, VILLAGES, Unit
from replica.demo.topics import Occasion, Topic

_CHOICE = re.compile(r"\[([^\[\]]*)\]")


#: What the latest figures cover, by the month in which they are told.
_PERIODS = {1: "去年", 2: "一月份", 3: "前两个月", 4: "一季度", 5: "一季度", 6: "前五个月"}


class Draft(NamedTuple):
    """Title and paragraphs of a post before anything is planted in it."""

    title: str
    paragraphs: tuple[str, ...]


def spin(text: str, rng: random.Random) -> str:
    """``text`` with one of each ``[甲|乙]`` chosen, innermost first."""
    while found := _CHOICE.search(text):
        text = text[: found.start()] + rng.choice(found.group(1).split("|")) + text[found.end() :]
    return text


def facts(rng: random.Random, unit: Unit, when: datetime) -> dict[str, str]:
    """What a post of that day may mention. Figures stay on the scale of a small city."""
    day = in_china(when)
    earlier = day - timedelta(days=rng.randint(1, 5))
    soon = day + timedelta(days=rng.randint(1, 4))
    deadline = day + timedelta(days=rng.randint(9, 26))
    small = rng.sample(range(3, 29), 2)
    return {
        "town": rng.choice(TOWNS),
        "village": rng.choice(VILLAGES),
        "unit": unit.short,
        "phone": unit.phone,
        "date": f"{earlier.month}月{earlier.day}日",
        "deadline": f"{deadline.month}月{deadline.day}日",
        "soon": f"{soon.month}月{soon.day}日",
        "month": f"{(day.month - 2) % 12 + 1}月",
        "this_month": f"{day.month}月",
        "next_month": f"{day.month % 12 + 1}月",
        "quarter": _PERIODS[day.month],
        "year": str(day.year),
        "last_year": str(day.year - 1),
        "hours": str(rng.choice((12, 18, 24, 36))),
        "a": str(max(small)),
        "b": str(min(small)),
        "p": str(rng.randint(36, 680)),
        "q": str(rng.randint(900, 1900)),
        "k": str(rng.randint(2100, 9800)),
        "w": f"{rng.randint(186, 9640) / 10:.1f}",
    }


def article(topic: Topic, unit: Unit, when: datetime, rng: random.Random) -> Draft:
    """A whole article."""
    known = facts(rng, unit, when)
    paragraphs = []
    for part in topic.body:
        optional = part.startswith("?")
        if optional and rng.random() < 0.5:
            continue
        paragraphs.append(spin(part.lstrip("?"), rng).format_map(known))
    return Draft(spin(rng.choice(topic.titles), rng).format_map(known), tuple(paragraphs))


def brief(topic: Topic, unit: Unit, when: datetime, rng: random.Random) -> Draft:
    """The short form, with its hashtag."""
    known = facts(rng, unit, when)
    lead = f"#{topic.tag}# " if rng.random() < 0.6 else f"【{spin(rng.choice(topic.titles), rng).format_map(known)}】"
    return Draft("", (lead + spin(rng.choice(topic.brief), rng).format_map(known),))


def occasion(day: Occasion, unit: Unit, when: datetime, rng: random.Random, *, short: bool = False) -> Draft:
    """A post for a special day."""
    known = facts(rng, unit, when)
    paragraphs = [spin(part, rng).format_map(known) for part in day.body]
    if short:
        return Draft("", (f"#{day.name}# " + "".join(paragraphs),))
    return Draft(spin(rng.choice(day.titles), rng).format_map(known), tuple(paragraphs))


def solar_term(name: str, custom: str, unit: Unit, rng: random.Random) -> Draft:
    """Two lines for a solar term, under a picture."""
    greeting = spin(rng.choice(("今日{0}", "{0}到了", "二十四节气·{0}")), rng).format(name)
    wish = spin("[愿您平安喜乐|愿人间有暖|照顾好自己，也照顾好家里的老人]", rng)
    return Draft(greeting, (f"{greeting}。{spin(custom, rng)}。", f"{unit.short}祝您：{wish}。"))
