"""The history of profiles: one row for each state, from the night it was first seen to the last."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from domain.profile import ProfileFacts, ProfileHistory, ProfileState
from store.codec import plain
from store.engine import Database
from store.schema import accounts, captures, profile_snapshots, profiles


class Profiles(Database):
    """States of profiles by account."""

    def profile_read(self, account_id: str) -> tuple[dict[str, Any], str, datetime] | None:
        """What the platform last said about the account, the digest of that answer, and when it was read."""
        query = select(profiles).where(profiles.c.account_id == account_id)
        with self.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else (dict(row.profile), row.evidence, row.fetched_at)

    def put_snapshot(
        self, account_id: str, facts: ProfileFacts, *, evidence: str, inspection_id: str, at: datetime
    ) -> None:
        """File tonight's state: the same as the last one prolongs it, another begins a new row. What was not told
        tonight is taken over. The same night twice leaves one row."""
        with self.writing() as connection:
            last = connection.execute(
                select(profile_snapshots)
                .where(profile_snapshots.c.account_id == account_id)
                .order_by(profile_snapshots.c.number.desc())
                .limit(1)
            ).first()
            told = {name: plain(value) for name, value in facts.record().items()}
            now = ProfileFacts(**told)
            if last is not None:
                now = now.over(ProfileFacts(**last.facts))
                if now.record() == last.facts:
                    connection.execute(
                        update(profile_snapshots)
                        .where(profile_snapshots.c.account_id == account_id, profile_snapshots.c.number == last.number)
                        .values(last_seen_at=max(at, last.last_seen_at))
                    )
                    return
            connection.execute(
                profile_snapshots.insert().values(
                    account_id=account_id,
                    number=1 if last is None else last.number + 1,
                    facts=now.record(),
                    evidence=evidence,
                    inspection_id=inspection_id,
                    first_seen_at=at,
                    last_seen_at=at,
                )
            )

    def captured_as(self, inspection_id: str, kind: str) -> dict[str, str]:
        """By account, the last response of this kind that this inspection has kept."""
        query = (
            select(captures.c.account_id, captures.c.digest)
            .where(captures.c.inspection_id == inspection_id, captures.c.kind == kind)
            .order_by(captures.c.id)
        )
        with self.reading() as connection:
            return {row.account_id: row.digest for row in connection.execute(query)}

    def profile_history(self, account_id: str) -> ProfileHistory:
        """Every state of the account's profile, and when the register last changed the account."""
        query = (
            select(profile_snapshots)
            .where(profile_snapshots.c.account_id == account_id)
            .order_by(profile_snapshots.c.number)
        )
        with self.reading() as connection:
            rows = connection.execute(query).all()
            registered = connection.scalar(select(accounts.c.updated_at).where(accounts.c.id == account_id))
        return ProfileHistory(states=tuple(_state(row) for row in rows), registered_at=registered)


def _state(row: Row[Any]) -> ProfileState:
    return ProfileState(
        facts=ProfileFacts(**row.facts),
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
        evidence=row.evidence,
    )
