"""The side of the store that the duty rules work on: earlier nights, an account's later posts, what was found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from domain.finding import Finding
from domain.inspection import InspectionKind, InspectionState
from domain.outcome import Outcome
from domain.post import Post
from store.codec import finding_row
from store.posts import stored_from
from store.register import Registers
from store.schema import coverages, findings, inspections, posts
from store.upsert import chunks, upsert

#: Earlier nights that a rule may look back on.
_NIGHTS = 200


class Duties(Registers):
    """What is asked once an account."""

    def nights_of(
        self, account_id: str, before: datetime, limit: int = _NIGHTS
    ) -> tuple[tuple[datetime, Outcome], ...]:
        """How inspections that came to their end before ``before`` saw this account, newest first."""
        query = (
            select(inspections.c.now, coverages.c.outcome)
            .join(coverages, coverages.c.inspection_id == inspections.c.id)
            .where(
                coverages.c.account_id == account_id,
                inspections.c.state == InspectionState.COMPLETE.value,
                inspections.c.now < before,
            )
            .order_by(inspections.c.now.desc())
            .limit(limit)
        )
        with self.reading() as connection:
            return tuple((row.now, Outcome(row.outcome)) for row in connection.execute(query))

    def nightly_runs(self, before: datetime, limit: int = _NIGHTS) -> tuple[datetime, ...]:
        """When nightly inspections that came to their end were made, newest first."""
        query = (
            select(inspections.c.now)
            .where(
                inspections.c.kind == InspectionKind.NIGHTLY.value,
                inspections.c.state == InspectionState.COMPLETE.value,
                inspections.c.now < before,
            )
            .order_by(inspections.c.now.desc())
            .limit(limit)
        )
        with self.reading() as connection:
            return tuple(connection.scalars(query))

    def posts_since(self, account_id: str, since: datetime) -> tuple[Post, ...]:
        """The posts of an account that are still there and were published (or, undated, first seen) after ``since``,
        newest first."""
        moment = func.coalesce(posts.c.published_at, posts.c.first_seen_at)
        query = select(posts).where(
            posts.c.account_id == account_id,
            posts.c.gone_at.is_(None),
            posts.c.last_read_at.is_not(None),
            moment > since,
        )
        with self.reading() as connection:
            rows = connection.execute(query.order_by(moment.desc(), posts.c.key)).all()
        return tuple(stored_from(row).post for row in rows)

    def stage_duties(
        self, inspection_id: str, account_ids: Sequence[str], entries: Sequence[Finding], rules: Sequence[str]
    ) -> None:
        """Write what the duty rules ``rules`` found on these accounts; replaces what they had found before."""
        with self.writing() as connection:
            for part in chunks(list(account_ids)):
                for some in chunks(list(rules), 200):
                    connection.execute(
                        delete(findings).where(
                            findings.c.inspection_id == inspection_id,
                            findings.c.account_id.in_(part),
                            findings.c.rule_id.in_(some),
                        )
                    )
            upsert(connection, findings, [finding_row(inspection_id, finding) for finding in entries])
