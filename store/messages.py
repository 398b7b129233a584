"""The outbox: every message waits here until its channel took it. No address of a channel is ever stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from domain.inspection import InspectionKind, InspectionState
from domain.message import FULL_VIEW, Message, Topic
from domain.outcome import Outcome
from store.engine import Database
from store.schema import coverages, inspections, messages
from store.upsert import upsert

#: The first wait after a channel refused, doubled with every refusal up to the last.
_FIRST, _LAST = timedelta(minutes=5), timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A message for one channel: ``sent_at`` is ``None`` while it waits."""

    message: Message
    channel: str
    created_at: datetime
    due_at: datetime
    attempts: int
    sent_at: datetime | None


class Messages(Database):
    """Messages on file."""

    def post_messages(self, entries: Sequence[tuple[str, Message]], at: datetime) -> None:
        """File messages by channel; what a channel was told, or is about to be told, is left alone."""
        rows = [
            {
                "key": message.key,
                "channel": channel,
                "topic": message.topic.value,
                "body": {"title": message.title, "text": message.text},
                "created_at": at,
                "due_at": at,
                "attempts": 0,
                "sent_at": None,
            }
            for channel, message in entries
        ]
        if rows:
            with self.writing() as connection:
                upsert(connection, messages, rows, keep=tuple(rows[0]))

    def messages(self, *, due: datetime | None = None, limit: int = 200) -> tuple[Posted, ...]:
        """Messages, newest first; with ``due`` those that are to be sent at that moment, oldest first."""
        query = select(messages).limit(limit)
        if due is None:
            query = query.order_by(messages.c.created_at.desc(), messages.c.key)
        else:
            query = query.where(messages.c.sent_at.is_(None), messages.c.due_at <= due).order_by(messages.c.created_at)
        with self.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(
            Posted(
                message=Message(key=row.key, topic=Topic(row.topic), title=row.body["title"], text=row.body["text"]),
                channel=row.channel,
                created_at=row.created_at,
                due_at=row.due_at,
                attempts=row.attempts,
                sent_at=row.sent_at,
            )
            for row in rows
        )

    def claim_message(self, posted: Posted, at: datetime) -> bool:
        """Before it is sent: false where another process took it. Its next attempt is set already, so that a crash
        costs one wait, not the message."""
        wait = min(_FIRST * 2 ** min(posted.attempts, 10), _LAST)
        change = (
            update(messages)
            .where(
                messages.c.key == posted.message.key,
                messages.c.channel == posted.channel,
                messages.c.attempts == posted.attempts,
                messages.c.sent_at.is_(None),
            )
            .values(attempts=posted.attempts + 1, due_at=at + wait)
        )
        with self.writing() as connection:
            return bool(connection.execute(change).rowcount)

    def message_sent(self, posted: Posted, at: datetime) -> None:
        """The channel took it."""
        change = update(messages).where(messages.c.key == posted.message.key, messages.c.channel == posted.channel)
        with self.writing() as connection:
            connection.execute(change.values(sent_at=at))

    def reached(self) -> tuple[tuple[datetime, Mapping[str, bool]], ...]:
        """For each of the last nightly inspections, newest first: which accounts were looked at, and which were not."""
        done = (
            select(inspections.c.id, inspections.c.now)
            .where(
                inspections.c.kind == InspectionKind.NIGHTLY.value,
                inspections.c.state == InspectionState.COMPLETE.value,
            )
            .order_by(inspections.c.now.desc(), inspections.c.id.desc())
            .limit(FULL_VIEW)
            .subquery()
        )
        query = select(done.c.id, done.c.now, coverages.c.account_id, coverages.c.outcome).join(
            coverages, coverages.c.inspection_id == done.c.id
        )
        found: dict[str, tuple[datetime, dict[str, bool]]] = {}
        with self.reading() as connection:
            for row in connection.execute(query.order_by(done.c.now.desc(), done.c.id.desc())):
                night = found.setdefault(row.id, (row.now, {}))
                night[1][row.account_id] = not Outcome(row.outcome).is_reach
        return tuple(found.values())
