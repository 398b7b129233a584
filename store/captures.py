"""The index of the evidence archive, and the one transaction in which a crawl hands its catch over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Row, func, select

from domain.errors import StoreError
from domain.outcome import Outcome
from store.dismissals import Dismissals
from store.evidence import EvidenceArchive, EvidenceRecord, Location
from store.inspections import coverage_row
from store.posts import put_reads, settle
from store.records import Batch, CaptureRecord
from store.schema import captures, coverages, profiles
from store.upsert import chunks, upsert


@dataclass(frozen=True, slots=True)
class ArchiveState:
    """What a check of the evidence found. ``missing`` are digests that findings may point to and that cannot be read
    back, each with the reason; ``unindexed`` counts whole records that no index entry names (left by a power cut)."""

    records: int
    missing: tuple[tuple[str, str], ...]
    unindexed: int


def _capture_row(record: CaptureRecord) -> dict[str, Any]:
    return {
        "digest": record.digest,
        "inspection_id": record.inspection_id,
        "account_id": record.account_id,
        "url": record.url,
        "status": record.status,
        "outcome": record.outcome.value,
        "kind": record.kind,
        "fetched_at": record.fetched_at,
        "file": record.file,
        "offset": record.offset,
        "has_body": record.has_body,
    }


def _capture_from(row: Row[Any]) -> CaptureRecord:
    return CaptureRecord(
        digest=row.digest,
        inspection_id=row.inspection_id,
        account_id=row.account_id,
        url=row.url,
        status=row.status,
        outcome=Outcome(row.outcome),
        kind=row.kind,
        fetched_at=row.fetched_at,
        file=row.file,
        offset=row.offset,
        has_body=row.has_body,
    )


class Captures(Dismissals):
    """Evidence by digest."""

    def __init__(self, engine: Engine, key: bytes, evidence: Path) -> None:
        super().__init__(engine, key)
        self.evidence = EvidenceArchive(evidence)

    def ingest(self, batch: Batch) -> None:
        """Write what a crawl caught, all or nothing. Idempotent but for the captures, which are events."""
        with self.writing() as connection:
            if batch.captures:
                connection.execute(captures.insert(), [_capture_row(record) for record in batch.captures])
            put_reads(connection, batch.inspection_id, batch.reads)
            upsert(
                connection,
                profiles,
                [
                    {"account_id": account_id, "profile": dict(profile), "evidence": digest, "fetched_at": at}
                    for account_id, profile, digest, at in batch.profiles
                ],
            )
            self.write_links(connection, batch.links)
            upsert(connection, coverages, [coverage_row(batch.inspection_id, item) for item in batch.coverages])
            for coverage in batch.coverages:
                # Posts that people brought are no ground on which a later walk may stop, unless they are all there is.
                if coverage.checked and (coverage.complete or coverage.route != "import"):
                    settle(connection, coverage.account_id)

    def archived(self, digests: Sequence[str]) -> frozenset[str]:
        """Those of ``digests`` whose bodies lie in the archive."""
        found: set[str] = set()
        with self.reading() as connection:
            for part in chunks(list(digests)):
                query = select(captures.c.digest).where(captures.c.digest.in_(part), captures.c.has_body)
                found.update(connection.scalars(query))
        return frozenset(found)

    def captures(self, digest: str) -> tuple[CaptureRecord, ...]:
        """Every time these bytes were served, oldest first. ``digest`` may be its beginning (8 hex digits or more)."""
        query = select(captures).order_by(captures.c.id)
        if len(digest) < 64:
            query = query.where(captures.c.digest.startswith(digest, autoescape=True))
        else:
            query = query.where(captures.c.digest == digest)
        if len(digest) < 8:
            return ()
        with self.reading() as connection:
            return tuple(_capture_from(row) for row in connection.execute(query))

    def listing_evidence(self, inspection_id: str) -> dict[str, str]:
        """By account, the last list or profile that this inspection fetched: what a finding about the account itself
        rests on."""
        query = (
            select(captures.c.account_id, captures.c.digest)
            .where(captures.c.inspection_id == inspection_id, captures.c.kind.in_(("list", "profile")))
            .order_by(captures.c.id)
        )
        with self.reading() as connection:
            return {row.account_id: row.digest for row in connection.execute(query)}

    def captured(self, inspection_id: str) -> tuple[tuple[str, str, int], ...]:
        """How many responses of each kind this inspection has kept, as ``(account id, kind, number)``."""
        query = (
            select(captures.c.account_id, captures.c.kind, func.count())
            .where(captures.c.inspection_id == inspection_id)
            .group_by(captures.c.account_id, captures.c.kind)
            .order_by(captures.c.account_id, captures.c.kind)
        )
        with self.reading() as connection:
            return tuple((row[0], row[1], row[2]) for row in connection.execute(query))

    def show(self, digest: str) -> EvidenceRecord | None:
        """The response whose body has this digest, or ``None`` where there is none; ``StoreError`` where it is
        damaged."""
        holder = next((record for record in self.captures(digest) if record.has_body), None)
        if holder is None:
            return None
        return self.evidence.read(Location(holder.file, holder.offset), holder.digest)

    def bytes_of(self, digest: str) -> bytes | None:
        """The body with this digest, or ``None``."""
        record = self.show(digest)
        return None if record is None else record.body

    def body_or_none(self, digest: str) -> bytes | None:
        """The body with this digest; ``None`` also where the archive is damaged there."""
        try:
            return self.bytes_of(digest)
        except StoreError:
            return None

    def verify_evidence(self) -> ArchiveState:
        """Read the whole archive back and compare it with its index."""
        with self.reading() as connection:
            rows = connection.execute(
                select(captures.c.digest, captures.c.file, captures.c.offset, captures.c.has_body)
            ).all()
        missing: list[tuple[str, str]] = []
        for row in rows:
            try:
                check = self.evidence.read if row.has_body else self.evidence.confirm
                check(Location(row.file, row.offset), row.digest)
            except Exception as error:  # every kind of damage is told, none ends the check
                missing.append((row.digest, str(error)))
        indexed = {(row.file, row.digest) for row in rows}
        found = [(file, digest) for file in self.evidence.files() for digest in self.evidence.walk(file)]
        return ArchiveState(
            records=len(rows), missing=tuple(missing), unindexed=sum(1 for entry in found if entry not in indexed)
        )

    def profile(self, account_id: str) -> dict[str, Any] | None:
        """What the platform last said about the account itself."""
        with self.reading() as connection:
            found = connection.scalar(select(profiles.c.profile).where(profiles.c.account_id == account_id))
        return None if found is None else dict(found)
