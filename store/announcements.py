"""What platforms announced as sent: kept until a visit has read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from domain.announcement import Announcement
from domain.outcome import Outcome
from store.codec import plain
from store.engine import Database
from store.schema import announcements, posts
from store.upsert import upsert

#: An announced article that no visit could read is tried for this long.
WAITS = timedelta(days=30)
#: An announcement without an article is told for this long.
TOLD = timedelta(days=2)


class Announcements(Database):
    """Announcements by account, sending and article."""

    def put_announcements(self, entries: Sequence[Announcement], heard_at: datetime) -> None:
        """File what a platform announced. The platform repeats itself until it is answered: the same announcement twice
        is one row, and the later words win."""
        rows = {
            (item.account_id, item.job, item.number): {
                "account_id": item.account_id,
                "job": item.job,
                "number": item.number,
                "key": item.key,
                "url": item.url,
                "outcome": item.outcome.value,
                "detail": plain(item.detail),
                "sent_at": item.sent_at,
                "heard_at": heard_at,
            }
            for item in entries
        }
        with self.writing() as connection:
            upsert(connection, announcements, list(rows.values()), keep=("heard_at",))

    def announced(self, account_id: str, now: datetime) -> tuple[Announcement, ...]:
        """What was announced of an account and is not on file yet, oldest first; what names no article is told for two
        days."""
        query = (
            select(announcements)
            .where(announcements.c.account_id == account_id, announcements.c.sent_at > now - WAITS)
            .order_by(announcements.c.sent_at, announcements.c.job, announcements.c.number)
        )
        on_file = select(posts.c.key, posts.c.url).where(posts.c.account_id == account_id)
        with self.reading() as connection:
            found = [_announcement(row) for row in connection.execute(query)]
            if not found:
                return ()
            known = connection.execute(on_file).all()
        keys, urls = {row.key for row in known}, {row.url for row in known}
        return tuple(item for item in found if _waits(item, keys, urls, now))


def _waits(item: Announcement, keys: set[str], urls: set[str], now: datetime) -> bool:
    if item.key and item.outcome is Outcome.OK:
        return item.key not in keys and item.url not in urls
    return item.sent_at > now - TOLD


def _announcement(row: Row[Any]) -> Announcement:
    return Announcement(
        account_id=row.account_id,
        job=row.job,
        number=row.number,
        key=row.key,
        url=row.url,
        outcome=Outcome(row.outcome),
        detail=row.detail,
        sent_at=row.sent_at,
    )
