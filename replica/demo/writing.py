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
        self._titles: set[str] = set()
        self._days: set[tuple[int, int]] = set()

    def special(self, at: datetime, *, short: bool = False) -> Draft | None:
        """The draft that the day itself asks for, if it is a special day and nothing was written for it yet."""
        day = special_day(at)
        if not self.plan.occasions or day in self._days or (day not in _OCCASIONS and day not in SOLAR_TERMS):
            return None
        for _ in range(_TRIES):
            draft = self._for_the_day(at, short)
            if self._is_new(draft):
                self._days.add(day)
                return draft
        return None

    def _for_the_day(self, at: datetime, short: bool) -> Draft:
        day = special_day(at)
        if day in _OCCASIONS:
            return compose.occasion(_OCCASIONS[day], self.plan.unit, at, self.rng, short=short)
        draft = compose.solar_term(*SOLAR_TERMS[day], self.plan.unit, self.rng)
        return Draft("", ("".join(draft.paragraphs),)) if short else draft

    def article(self, at: datetime) -> Draft:
        """A whole article on the next topic of the deck."""
        return self._fresh(at, compose.article)

    def brief(self, at: datetime) -> Draft:
        """A short text on the next topic of the deck."""
        return self._fresh(at, compose.brief)

    def _fresh(self, at: datetime, write: Callable[[Topic, Unit, datetime, random.Random], Draft]) -> Draft:
        for _ in range(_TRIES):
            draft = write(self._draw(at), self.plan.unit, at, self.rng)
            if self._is_new(draft):
                return draft
        raise ValueError(f"{self.plan.id}: the topics give no more different posts")

    def _is_new(self, draft: Draft) -> bool:
        """True for a draft whose title this account and whose text nobody has used; it is used from then on."""
        title, text = draft.title or draft.paragraphs[0], "\n".join(draft.paragraphs)
        if title in self._titles or text in self._written:
            return False
        self._titles.add(title)
        self._written.add(text)
        return True

    def _draw(self, at: datetime) -> Topic:
        month = in_china(at).month
        for _ in range(2):
            for place, topic in enumerate(self._deck):
                if not topic.months or month in topic.months:
                    return self._deck.pop(place)
            self._deck = list(self.plan.topics)
            self.rng.shuffle(self._deck)
        raise ValueError(f"{self.plan.id}: no topic fits month {month}")
