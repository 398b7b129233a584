"""When a post is read again: at ages 1, 3, 7 and 30 days, and every night while a case on it is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.post import KnownPost

#: Ages at which a post is read again, so that edits and withdrawals are seen (days).
REREAD_AGES_DAYS = (1, 3, 7, 30)
#: Two reads closer than this belong to the same night.
SAME_NIGHT = timedelta(hours=12)


def is_due(post: KnownPost, now: datetime) -> bool:
    """True when ``post`` should be read again at ``now``."""
    if post.is_gone:
        return False
    if post.has_open_case and now - post.last_read_at >= SAME_NIGHT:
        return True
    born = post.published_at or post.first_seen_at
    return any(post.last_read_at < born + timedelta(days=age) <= now for age in REREAD_AGES_DAYS)


def choose_due(posts: Iterable[KnownPost], now: datetime, budget: int) -> tuple[KnownPost, ...]:
    """The due posts within ``budget`` (a number of reads): those with open cases first, then the longest unread."""
    due = [post for post in posts if is_due(post, now)]
    due.sort(key=lambda post: (not post.has_open_case, post.last_read_at, post.key))
    return tuple(due[: max(budget, 0)])
