"""Inspections: their beginning, what they covered, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from domain.coverage import Counted, Coverage
from domain.inspection import Inspection, InspectionKind, InspectionState
from domain.outcome import Outcome
from store.codec import attempts_from, attempts_record, plain
from store.posts import Posts
from store.records import ReadRecord
from store.schema import captures, coverages, findings, inspections, posts, reads, scans
from store.upsert import upsert


def coverage_row(inspection_id: str, coverage: Coverage) -> dict[str, Any]:
    """A coverage as a row."""
    return {
        "inspection_id": inspection_id,
        "account_id": coverage.account_id,
        "outcome": coverage.outcome.value,
        "detail": plain(coverage.detail),
        "route": coverage.route,
        "complete": coverage.complete,
        "listed": coverage.listed,
        "read": sorted(coverage.read),
        "newest_at": coverage.newest_at,
        "platform_total": coverage.platform_total,
        "accounted": coverage.accounted,
        "requests": coverage.requests,
        "attempts": attempts_record(coverage.attempts),
        "finished_at": coverage.finished_at,
    }


def _coverage_from(row: Row[Any]) -> Coverage:
    return Coverage(
        account_id=row.account_id,
        outcome=Outcome(row.outcome),
        detail=row.detail,
        route=row.route,
        complete=row.complete,
        listed=row.listed,
        read=frozenset(row.read),
        newest_at=row.newest_at,
        platform_total=row.platform_total,
        accounted=row.accounted,
        requests=row.requests,
        attempts=attempts_from(row.attempts),
        finished_at=row.finished_at,
    )


def _inspection_from(row: Row[Any]) -> Inspection:
    return Inspection(
        id=row.id,
        kind=InspectionKind(row.kind),
        state=InspectionState(row.state),
        now=row.now,
        account_ids=tuple(row.account_ids),
        finished_at=row.finished_at,
    )


class Inspections(Posts):
    """Inspections on file."""

    def running(self) -> tuple[tuple[Inspection, str], ...]:
        """Inspections that are under way or were interrupted, each with its scope key, newest first."""
        query = select(inspections).where(inspections.c.state == InspectionState.RUNNING.value)
        with self.reading() as connection:
            rows = connection.execute(query.order_by(inspections.c.now.desc(), inspections.c.id.desc())).all()
        return tuple((_inspection_from(row), row.scope) for row in rows)

    def begin(self, kind: InspectionKind, scope: str, now: datetime, account_ids: Sequence[str]) -> Inspection:
        """Open a new inspection; its id is ``<instant>-<kind>``, with a number where that is taken."""
        stem = f"{now:%Y%m%dT%H%M%SZ}-{kind.value}"
        with self.writing() as connection:
            taken = set(connection.scalars(select(inspections.c.id).where(inspections.c.id.startswith(stem))))
            inspection_id, number = stem, 1
            while inspection_id in taken:
                number += 1
                inspection_id = f"{stem}-{number:02d}"
            connection.execute(
                inspections.insert().values(
                    id=inspection_id,
                    kind=kind.value,
                    state=InspectionState.RUNNING.value,
                    scope=scope,
                    now=now,
                    account_ids=list(account_ids),
                    facts={},
                    finished_at=None,
                )
            )
        return Inspection(
            id=inspection_id, kind=kind, state=InspectionState.RUNNING, now=now, account_ids=tuple(account_ids)
        )

    def abandon(self, inspection_id: str) -> None:
        """Give an interrupted inspection up: what it read stays, its half-done findings go."""
        with self.writing() as connection:
            for table in (findings, scans):
                connection.execute(delete(table).where(table.c.inspection_id == inspection_id))
            connection.execute(
                update(inspections)
                .where(inspections.c.id == inspection_id, inspections.c.state == InspectionState.RUNNING.value)
                .values(state=InspectionState.ABANDONED.value)
            )

    def inspection(self, inspection_id: str | None = None) -> Inspection | None:
        """One inspection; without an id the latest complete one."""
        query = select(inspections)
        if inspection_id is not None:
            query = query.where(inspections.c.id == inspection_id)
        else:
            query = (
                query.where(inspections.c.state == InspectionState.COMPLETE.value)
                .order_by(inspections.c.finished_at.desc(), inspections.c.now.desc(), inspections.c.id.desc())
                .limit(1)
            )
        with self.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else _inspection_from(row)

    def inspections(self) -> tuple[Inspection, ...]:
        """All inspections, newest first."""
        with self.reading() as connection:
            rows = connection.execute(
                select(inspections).order_by(inspections.c.now.desc(), inspections.c.id.desc())
            ).all()
        return tuple(_inspection_from(row) for row in rows)

    def put_facts(self, inspection_id: str, facts: Mapping[str, Any]) -> None:
        """What the inspection judged with (word lists and versions, rules that did not run); JSON, no private value."""
        with self.writing() as connection:
            connection.execute(update(inspections).where(inspections.c.id == inspection_id).values(facts=dict(facts)))

    def facts(self, inspection_id: str) -> Mapping[str, Any]:
        """What ``put_facts`` wrote; empty where there is nothing."""
        with self.reading() as connection:
            facts = connection.scalar(select(inspections.c.facts).where(inspections.c.id == inspection_id))
        return facts or {}

    def put_coverage(self, inspection_id: str, coverage: Coverage) -> None:
        """How the reading of one account ended (``ingest`` does the same within a batch)."""
        with self.writing() as connection:
            upsert(connection, coverages, [coverage_row(inspection_id, coverage)])

    def covered(self, inspection_id: str) -> frozenset[str]:
        """Accounts whose reading has ended in this inspection."""
        query = select(coverages.c.account_id).where(coverages.c.inspection_id == inspection_id)
        with self.reading() as connection:
            return frozenset(connection.scalars(query))

    def coverages(self, inspection_id: str) -> tuple[Coverage, ...]:
        """Coverages in the order of the accounts. ``read`` holds every post that this inspection read, also those
        read before it was interrupted."""
        query = select(coverages).where(coverages.c.inspection_id == inspection_id).order_by(coverages.c.account_id)
        with self.reading() as connection:
            found = [_coverage_from(row) for row in connection.execute(query)]
            read: dict[str, set[str]] = {}
            for row in connection.execute(
                select(posts.c.account_id, posts.c.key, reads.c.outcome)
                .join(reads, reads.c.post_id == posts.c.id)
                .where(reads.c.inspection_id == inspection_id)
            ):
                if not Outcome(row.outcome).is_reach:
                    read.setdefault(row.account_id, set()).add(row.key)
        return tuple(replace(item, read=item.read | read.get(item.account_id, set())) for item in found)

    def walked_at(self, account_id: str) -> datetime | None:
        """The moment of the last inspection that walked the account's listing to its end."""
        query = (
            select(func.max(inspections.c.now))
            .join(coverages, coverages.c.inspection_id == inspections.c.id)
            .where(coverages.c.account_id == account_id, coverages.c.complete)
        )
        with self.reading() as connection:
            latest: datetime | None = connection.scalar(query)
        return latest

    def blocked(self, account_id: str, now: datetime) -> dict[str, datetime]:
        """Routes of the account that must not be asked yet at ``now``, each with the moment it may be asked again: what
        the other side said when it refused the last time."""
        query = (
            select(coverages.c.attempts)
            .join(inspections, coverages.c.inspection_id == inspections.c.id)
            .where(coverages.c.account_id == account_id, inspections.c.now < now)
            .order_by(inspections.c.now.desc(), inspections.c.id.desc())
            .limit(1)
        )
        with self.reading() as connection:
            record = connection.scalar(query)
        return {a.route: a.retry_at for a in attempts_from(record or ()) if a.retry_at is not None and a.retry_at > now}

    def counted(self, account_id: str) -> Counted | None:
        """The last comparison of the account's listing with the platform's own counter, and how many posts were found
        by later inspections."""
        query = (
            select(coverages.c.route, coverages.c.platform_total, coverages.c.accounted, inspections.c.now)
            .join(inspections, coverages.c.inspection_id == inspections.c.id)
            .where(
                coverages.c.account_id == account_id,
                coverages.c.platform_total.is_not(None),
                coverages.c.accounted.is_not(None),
            )
            .order_by(inspections.c.now.desc(), inspections.c.id.desc())
            .limit(1)
        )
        with self.reading() as connection:
            row = connection.execute(query).first()
            if row is None:
                return None
            later = (
                select(func.count())
                .select_from(posts)
                .join(inspections, posts.c.first_inspection_id == inspections.c.id)
                .where(posts.c.account_id == account_id, inspections.c.now > row.now)
            )
            found = connection.scalar(later) or 0
        return Counted(row.route, row.platform_total, row.accounted + found)

    def spent(self, inspection_id: str) -> dict[str, int]:
        """Requests that this inspection has made so far, by account, as far as they were answered."""
        query = (
            select(captures.c.account_id, func.count())
            .where(captures.c.inspection_id == inspection_id)
            .group_by(captures.c.account_id)
        )
        with self.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def last_import(self, account_id: str) -> Coverage | None:
        """How the account was covered when people last brought posts of it; ``finished_at`` is the instant of the
        export. ``None`` where nobody ever did."""
        query = (
            select(coverages)
            .join(inspections, coverages.c.inspection_id == inspections.c.id)
            .where(
                coverages.c.account_id == account_id,
                coverages.c.route == "import",
                inspections.c.kind == InspectionKind.IMPORT.value,
                inspections.c.state == InspectionState.COMPLETE.value,
            )
            .order_by(coverages.c.finished_at.desc())
            .limit(1)
        )
        with self.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else _coverage_from(row)

    def reads(self, inspection_id: str) -> dict[str, ReadRecord]:
        """How each attempt of this inspection to read a post ended, by post id."""
        with self.reading() as connection:
            rows = connection.execute(select(reads).where(reads.c.inspection_id == inspection_id)).all()
        return {
            row.post_id: ReadRecord(
                post_id=row.post_id, outcome=Outcome(row.outcome), revision=row.revision, read_at=row.read_at
            )
            for row in rows
        }

    def counts(self, inspection_id: str) -> tuple[int, int]:
        """Accounts whose reading has ended, and posts read, so far."""
        with self.reading() as connection:
            accounts_done = connection.scalar(
                select(func.count()).select_from(coverages).where(coverages.c.inspection_id == inspection_id)
            )
            posts_read = connection.scalar(
                select(func.count()).select_from(reads).where(reads.c.inspection_id == inspection_id)
            )
        return accounts_done or 0, posts_read or 0
