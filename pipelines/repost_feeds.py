"""Proposals for repost tasks from a superior's feed: a person says which of its entries are important."""

from __future__ import annotations

import hashlib
from datetime import datetime

from crawler.feeds import parse_feed
from domain.errors import DataError
from domain.outcome import Outcome
from domain.register import RepostTask


def proposals(
    body: bytes, name: str, now: datetime, *, since: datetime, words: tuple[str, ...] = ()
) -> list[RepostTask]:
    """The entries of a feed that were published after ``since`` and have one of ``words`` in the title (none: all), as
    tasks for every account that publishes, newest first.

    Raises ``DataError`` for what is no sound feed.
    """
    reading = parse_feed(body, "", now)
    if reading.outcome not in (Outcome.OK, Outcome.EMPTY):
        raise DataError(name, reading.detail or "不是可读的订阅源；请核对地址")
    found = []
    for post in reading.posts:
        if not post.title or post.published_at is None or not since <= post.published_at <= now:
            continue
        if words and not any(word in post.title for word in words):
            continue
        found.append(
            RepostTask(
                key=f"feed-{hashlib.sha256((post.url or post.title).encode()).hexdigest()[:12]}",
                title=post.title,
                url=post.url,
                text=post.text,
                published_at=post.published_at,
                note=f"来自订阅源 {reading.account or name}",
            )
        )
    return sorted(found, key=lambda task: (task.published_at or now, task.key), reverse=True)
