"""The side of the store that scanning works on: what is to be extracted and scanned, and what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, delete, or_, select

from domain.finding import Finding
from domain.outcome import Outcome
from store.codec import finding_from, finding_row, segments_from, segments_record, unexamined_from, unexamined_record
from store.inspections import Inspections
from store.records import Extraction
from store.schema import extractions, findings, posts, reads, scans
from store.upsert import chunks, upsert


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanResult:
    """What the scanner found in one revision of one post."""

    post_id: str
    revision: str
    findings: tuple[Finding, ...] = field(default=(), repr=False)


class Scanning(Inspections):
    """Posts on their way through extraction and scan."""

    def posts_to_scan(
        self, inspection_id: str, account_ids: Sequence[str], book: str, *, everything: bool = False
    ) -> tuple[str, ...]:
        """Ids of the posts that this inspection must still scan with the rule book ``book``.

        Those are the posts it read, and any whose present revision no complete inspection has scanned; with
        ``everything`` all that are on file. Posts that are gone are left out.
        """
        done = select(scans.c.post_id).where(
            scans.c.inspection_id == inspection_id, scans.c.book == book, scans.c.revision == posts.c.revision
        )
        seen = select(reads.c.post_id).where(
            reads.c.inspection_id == inspection_id, reads.c.outcome.in_([Outcome.OK.value, Outcome.EMPTY.value])
        )
        never = and_(
            posts.c.last_read_at.is_not(None),
            or_(posts.c.scanned_revision.is_(None), posts.c.scanned_revision != posts.c.revision),
        )
        found: list[str] = []
        for part in chunks(list(account_ids)):
            query = select(posts.c.id).where(
                posts.c.account_id.in_(part),
                posts.c.gone_at.is_(None),
                posts.c.last_read_at.is_not(None) if everything else or_(posts.c.id.in_(seen), never),
                posts.c.id.not_in(done),
            )
            with self.reading() as connection:
                found.extend(connection.scalars(query))
        return tuple(sorted(found))

    def put_segments(self, extraction: Extraction) -> None:
        """What the attachments of one revision hold; replaces what an older revision held."""
        row = {
            "post_id": extraction.post_id,
            "revision": extraction.revision,
            "segments": segments_record(extraction.segments),
            "unexamined": unexamined_record(extraction.unexamined),
            "links": list(extraction.links),
        }
        with self.writing() as connection:
            upsert(connection, extractions, [row])

    def extractions(self, post_ids: Sequence[str]) -> dict[str, Extraction]:
        """What the attachments of these posts hold, by post id; compare ``revision`` before using it."""
        found = {}
        with self.reading() as connection:
            for part in chunks(list(post_ids)):
                for row in connection.execute(select(extractions).where(extractions.c.post_id.in_(part))):
                    found[row.post_id] = Extraction(
                        post_id=row.post_id,
                        revision=row.revision,
                        segments=segments_from(row.segments),
                        unexamined=unexamined_from(row.unexamined),
                        links=tuple(row.links),
                    )
        return found

    def unexamined(self, inspection_id: str) -> dict[str, Extraction]:
        """Of the posts this inspection scanned, those of which a part could not be searched, by post id."""
        query = select(scans.c.post_id).where(scans.c.inspection_id == inspection_id)
        with self.reading() as connection:
            ids = list(connection.scalars(query))
        return {key: item for key, item in self.extractions(ids).items() if item.unexamined}

    def stage(self, inspection_id: str, book: str, results: Sequence[ScanResult]) -> None:
        """Write what was found in a batch of posts, in one transaction. It counts once the inspection is complete; a
        second scan of the same post replaces the first."""
        with self.writing() as connection:
            for part in chunks([result.post_id for result in results]):
                connection.execute(
                    delete(findings).where(findings.c.inspection_id == inspection_id, findings.c.post_id.in_(part))
                )
            rows = [finding_row(inspection_id, finding) for result in results for finding in result.findings]
            upsert(connection, findings, rows)
            upsert(
                connection,
                scans,
                [
                    {"inspection_id": inspection_id, "post_id": r.post_id, "revision": r.revision, "book": book}
                    for r in results
                ],
            )

    def stage_accounts(self, inspection_id: str, found: Mapping[str, Sequence[Finding]]) -> None:
        """Write what the account rules found, by account; replaces what stood there."""
        with self.writing() as connection:
            for part in chunks(list(found)):
                connection.execute(
                    delete(findings).where(
                        findings.c.inspection_id == inspection_id,
                        findings.c.post_id == "",
                        findings.c.account_id.in_(part),
                    )
                )
            rows = [finding_row(inspection_id, finding) for items in found.values() for finding in items]
            upsert(connection, findings, rows)

    def findings(self, inspection_id: str) -> tuple[Finding, ...]:
        """Everything this inspection's scan found, in a stable order."""
        query = select(findings).where(findings.c.inspection_id == inspection_id)
        order = (findings.c.account_id, findings.c.post_id, findings.c.rule_id, findings.c.fingerprint)
        with self.reading() as connection:
            rows = connection.execute(query.order_by(*order)).mappings().all()
        return tuple(finding_from(row) for row in rows)

    def scanned(self, inspection_id: str) -> dict[str, str]:
        """The posts this inspection scanned, each with the revision that was scanned."""
        query = select(scans.c.post_id, scans.c.revision).where(scans.c.inspection_id == inspection_id)
        with self.reading() as connection:
            return {row.post_id: row.revision for row in connection.execute(query)}

    def gone(self, post_ids: Sequence[str]) -> frozenset[str]:
        """Those of the posts that the platform said are no longer there."""
        found: set[str] = set()
        with self.reading() as connection:
            for part in chunks(list(post_ids)):
                query = select(posts.c.id).where(posts.c.id.in_(part), posts.c.gone_at.is_not(None))
                found.update(connection.scalars(query))
        return frozenset(found)
