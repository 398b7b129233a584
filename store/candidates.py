"""Accounts that nobody has filed, found in search results. Of a dismissed one only a keyed hash stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from store.codec import plain
from store.engine import Database
from store.schema import candidates, dismissed_candidates
from store.upsert import upsert

OPEN, CONFIRMED = "open", "confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One account. ``id`` is a keyed hash of platform and key; ``kind`` ``unregistered`` or ``lookalike``; ``body`` the
    public facts: name, key, subject, introduction, avatar_hash, resembles, reasons."""

    id: str
    platform: str
    kind: str
    state: str = OPEN
    body: Mapping[str, Any] = field(default_factory=dict, repr=False)
    found_at: datetime
    seen_at: datetime


class Candidates(Database):
    """Candidates by id."""

    def put_candidates(self, found: tuple[Candidate, ...]) -> tuple[int, int, int]:
        """File what one import found: how many are new, were known, and had been dismissed (those are not filed)."""
        new = known = dismissed = 0
        with self.writing() as connection:
            gone = set(connection.scalars(select(dismissed_candidates.c.id)))
            standing = set(connection.scalars(select(candidates.c.id)))
            for item in found:
                if item.id in gone:
                    dismissed += 1
                    continue
                row = {
                    "id": item.id,
                    "platform": item.platform,
                    "kind": item.kind,
                    "state": item.state,
                    "body": {key: plain(v) if isinstance(v, str) else v for key, v in item.body.items()},
                    "found_at": item.found_at,
                    "seen_at": item.seen_at,
                }
                upsert(connection, candidates, [row], keep=("state", "found_at"))
                known += item.id in standing
                new += item.id not in standing
        return new, known, dismissed

    def candidates(self) -> tuple[Candidate, ...]:
        """Every candidate, open and confirmed, by platform and id."""
        query = select(candidates).order_by(candidates.c.platform, candidates.c.id)
        with self.reading() as connection:
            return tuple(_candidate(row) for row in connection.execute(query))

    def confirm_candidate(self, identity: str) -> None:
        """A person has looked: it is what it was taken for."""
        with self.writing() as connection:
            connection.execute(update(candidates).where(candidates.c.id == identity).values(state=CONFIRMED))

    def dismiss_candidate(self, identity: str, at: datetime) -> None:
        """A person has looked: it is nothing. It is deleted; the hash stays, so that it is not proposed again."""
        with self.writing() as connection:
            connection.execute(delete(candidates).where(candidates.c.id == identity))
            row = {"id": identity, "dismissed_at": at}
            upsert(connection, dismissed_candidates, [row], keep=("dismissed_at",))


def _candidate(row: Row[Any]) -> Candidate:
    return Candidate(
        id=row.id,
        platform=row.platform,
        kind=row.kind,
        state=row.state,
        body=dict(row.body),
        found_at=row.found_at,
        seen_at=row.seen_at,
    )
