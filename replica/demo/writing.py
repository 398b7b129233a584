"""Drafts for one account: topics drawn from a deck, no title and no text twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime

from domain.clock import in_china
from replica.demo import compose
from replica.demo.accounts import Plan
from replica.demo.compose import Draft
from replica.demo.places import Unit
from replica.demo.schedule import special_day
from replica.demo.topics import OCCASIONS, SOLAR_TERMS, Topic

_OCCASIONS = {(day.month, day.day): day for day in OCCASIONS}
_TRIES = 40


class Writer:
    """Writes for one account. ``written`` holds what all accounts have written so far: nothing is said twice."""

    def __init__(self, plan: Plan, rng: random.Random, written: set[str]) -> None:
        self.plan = plan
        self.rng = rng
        self._written = written
        self._deck: list[Topic] = []
        self._used: set[str] = set()

    def special(self, at: datetime, *, short: bool = False) -> Draft | None:
        """The draft that the day itself asks for, if it is a special day and nothing was written for it yet."""
        month_day = special_day(at)
        if not self.plan.occasions or f"day:{month_day}" in self._used:
            return None
        draft: Draft | None = None
        if month_day in _OCCASIONS:
            draft = compose.occasion(_OCCASIONS[month_day], self.plan.unit, at, self.rng, short=short)
        elif month_day in SOLAR_TERMS:
            draft = compose.solar_term(*SOLAR_TERMS[month_day], self.plan.unit, self.rng)
            if short:
                draft = Draft("", ("".join(draft.paragraphs),))
        if draft is not None:
            self._used.add(f"day:{month_day}")
        return draft

    def article(self, at: datetime) -> Draft:
        """A whole article on the next topic of the deck."""
        return self._fresh(at, compose.article)

    def brief(self, at: datetime) -> Draft:
        """A short text on the next topic of the deck."""
        return self._fresh(at, compose.brief)

    def _fresh(self, at: datetime, write: Callable[[Topic, Unit, datetime, random.Random], Draft]) -> Draft:
        for _ in range(_TRIES):
            draft = write(self._draw(at), self.plan.unit, at, self.rng)
            title, text = draft.title or draft.paragraphs[0], "\n".join(draft.paragraphs)
            if title not in self._used and text not in self._written:
                self._used.add(title)
                self._written.add(text)
                return draft
        raise ValueError(f"{self.plan.id}: the topics give no more different posts")

    def _draw(self, at: datetime) -> Topic:
        month = in_china(at).month
        for _ in range(2):
            for place, topic in enumerate(self._deck):
                if not topic.months or month in topic.months:
                    return self._deck.pop(place)
            self._deck = list(self.plan.topics)
            self.rng.shuffle(self._deck)
        raise ValueError(f"{self.plan.id}: no topic fits month {month}")
