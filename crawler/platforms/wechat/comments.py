"""Readers' comments under an article, as figures only: neither who wrote nor what was written leaves this module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from crawler.parsing.dates import from_epoch
from crawler.parsing.payload import integer, mapping, objects

_HOUR = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentFigures:
    """What ``comment/list`` says in numbers.

    ``total`` is the platform's own counter, ``seen`` how many comments were looked at, ``answered`` those the account
    replied to; ``reply_seconds`` the time each reply took; ``waiting_since`` the oldest comment without a reply.
    """

    total: int = 0
    seen: int = 0
    answered: int = 0
    reply_seconds: tuple[int, ...] = ()
    waiting_since: datetime | None = None

    @property
    def unanswered(self) -> int:
        """Comments that were looked at and have no reply."""
        return self.seen - self.answered


def read_comments(data: Mapping[str, Any]) -> CommentFigures:
    """One page of ``comment/list``. ``reply`` is an object, a list of them, or missing."""
    seen = answered = 0
    times: list[int] = []
    waiting: datetime | None = None
    for comment in objects(data.get("comment")):
        seen += 1
        written = integer(comment, "create_time")
        replied = _replied_at(comment)
        if replied is None:
            moment = from_epoch(written)
            if moment is not None and (waiting is None or moment < waiting):
                waiting = moment
            continue
        answered += 1
        if written and replied >= written:
            times.append(replied - written)
    return CommentFigures(
        total=integer(data, "total") or 0,
        seen=seen,
        answered=answered,
        reply_seconds=tuple(times),
        waiting_since=waiting,
    )


def _replied_at(comment: Mapping[str, Any]) -> int | None:
    """When the account first replied (0 where the reply has no time); ``None`` where it has not."""
    given = comment.get("reply")
    replies = [mapping(comment, "reply")] if isinstance(given, Mapping) else list(objects(given))
    moments = [integer(reply, "create_time") or 0 for reply in replies if reply.get("content") or reply]
    return min(moments) if moments else None


def add_up(pages: Iterable[CommentFigures]) -> CommentFigures:
    """The figures of several pages or articles together."""
    listed = list(pages)
    waiting = [page.waiting_since for page in listed if page.waiting_since is not None]
    return CommentFigures(
        total=sum(page.total for page in listed),
        seen=sum(page.seen for page in listed),
        answered=sum(page.answered for page in listed),
        reply_seconds=tuple(seconds for page in listed for seconds in page.reply_seconds),
        waiting_since=min(waiting, default=None),
    )


def as_profile(figures: CommentFigures, articles: int, now: datetime) -> dict[str, object]:
    """The figures as a part of an account's profile: ``articles`` with comments, ``comments``, ``answered``,
    ``unanswered``, ``median_reply_hours``, ``longest_reply_hours``, ``waiting_days`` of the oldest without a reply."""
    profile: dict[str, object] = {
        "articles": articles,
        "comments": figures.total,
        "looked_at": figures.seen,
        "answered": figures.answered,
        "unanswered": figures.unanswered,
    }
    if figures.reply_seconds:
        profile["median_reply_hours"] = round(median(figures.reply_seconds) / _HOUR, 1)
        profile["longest_reply_hours"] = round(max(figures.reply_seconds) / _HOUR, 1)
    if figures.waiting_since is not None:
        profile["waiting_days"] = max((now - figures.waiting_since).days, 0)
    return profile
