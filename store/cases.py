"""Cases, how each inspection saw them, and what people decided (append-only)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from domain.case import CaseState, Decision, Sighting, Verdict, case_state
from domain.errors import StoreError
from domain.finding import Finding
from domain.inspection import InspectionState
from domain.post import KnownPost
from store.codec import finding_from
from store.conclusion import write_cases
from store.decisions import Decisions, decisions_of
from store.records import Case, Presence, Sighted, Verdicts
from store.schema import cases, findings, inspections, posts, scans, sightings
from store.upsert import chunks


def _case_from(row: Row[Any], entries: Sequence[Decision], now: datetime) -> Case:
    state = case_state(entries, now)
    closed = [entry.decided_at for entry in entries if entry.verdict is Verdict.RECTIFIED]
    return Case(
        fingerprint=row.fingerprint,
        rule_id=row.rule_id,
        account_id=row.account_id,
        post_id=row.post_id,
        presence=Presence(row.presence),
        opened_in=row.opened_in,
        opened_at=row.opened_at,
        seen_in=row.seen_in,
        seen_at=row.seen_at,
        state=state,
        closed_at=closed[-1] if closed and state is CaseState.CLOSED else None,
    )


class Cases(Decisions):
    """What became of findings."""

    def cases(self, account_ids: Iterable[str], now: datetime) -> tuple[Case, ...]:
        """All cases of these accounts with their state at ``now``, by fingerprint."""
        found: list[Case] = []
        for part in chunks(list(account_ids)):
            with self.reading() as connection:
                rows = connection.execute(select(cases).where(cases.c.account_id.in_(part))).all()
                decided = decisions_of(connection, [row.fingerprint for row in rows])
            found.extend(_case_from(row, decided.get(row.fingerprint, ()), now) for row in rows)
        return tuple(sorted(found, key=lambda case: case.fingerprint))

    def all_cases(self, now: datetime, fingerprints: Iterable[str]) -> tuple[Case, ...]:
        """The cases with these fingerprints that are on file, whatever their account."""
        found: list[Case] = []
        with self.reading() as connection:
            for part in chunks(list(fingerprints)):
                rows = connection.execute(select(cases).where(cases.c.fingerprint.in_(part))).all()
                decided = decisions_of(connection, [row.fingerprint for row in rows])
                found.extend(_case_from(row, decided.get(row.fingerprint, ()), now) for row in rows)
        return tuple(found)

    def last_findings(self, entries: Iterable[Case]) -> dict[str, Finding]:
        """The findings of these cases as they were last seen, by fingerprint."""
        by_inspection: dict[str, list[str]] = {}
        for case in entries:
            by_inspection.setdefault(case.seen_in, []).append(case.fingerprint)
        found: dict[str, Finding] = {}
        with self.reading() as connection:
            for inspection_id, names in by_inspection.items():
                for part in chunks(names):
                    query = select(findings).where(
                        findings.c.inspection_id == inspection_id, findings.c.fingerprint.in_(part)
                    )
                    found.update(
                        {row["fingerprint"]: finding_from(row) for row in connection.execute(query).mappings()}
                    )
        return found

    def walk_cases(
        self, now: datetime, *, since: datetime | None = None, until: datetime | None = None, size: int = 500
    ) -> Iterator[list[tuple[Case, Finding]]]:
        """Every case that was opened from ``since`` until before ``until``, oldest first, in pages of ``size``, with
        its state at ``now`` and the finding as it was last seen: a register of years is never held whole."""
        query = select(cases).order_by(cases.c.opened_at, cases.c.fingerprint)
        if since is not None:
            query = query.where(cases.c.opened_at >= since)
        if until is not None:
            query = query.where(cases.c.opened_at < until)
        with self.reading() as connection:
            for rows in connection.execution_options(yield_per=size).execute(query).partitions():
                with self.reading() as other:
                    decided = decisions_of(other, [row.fingerprint for row in rows])
                page = [_case_from(row, decided.get(row.fingerprint, ()), now) for row in rows]
                last = self.last_findings(page)
                yield [(case, last[case.fingerprint]) for case in page if case.fingerprint in last]

    def conclude(self, inspection_id: str, verdicts: Verdicts, finished_at: datetime) -> None:
        """Write how the inspection saw every case, and its end, in one transaction."""
        with self.writing() as connection:
            row = connection.execute(select(inspections).where(inspections.c.id == inspection_id)).one()
            if row.state != InspectionState.RUNNING.value:
                raise StoreError(f"{inspection_id}：该次巡检已经结束，不能再次写入结论")
            write_cases(connection, inspection_id, row.now, verdicts)
            connection.execute(
                update(posts)
                .where(posts.c.id == scans.c.post_id, scans.c.inspection_id == inspection_id)
                .values(scanned_revision=scans.c.revision)
            )
            connection.execute(
                update(inspections)
                .where(inspections.c.id == inspection_id)
                .values(state=InspectionState.COMPLETE.value, finished_at=finished_at)
            )

    def sighted(self, inspection_id: str, now: datetime | None = None) -> tuple[Sighted, ...]:
        """How this inspection saw every case of its accounts, with the finding as it was last seen; states are those
        at ``now`` (the inspection's own by default)."""
        query = (
            select(findings, sightings.c.sighting, sightings.c.detail)
            .join(
                findings,
                (findings.c.inspection_id == sightings.c.seen_in) & (findings.c.fingerprint == sightings.c.fingerprint),
            )
            .select_from(sightings)
            .where(sightings.c.inspection_id == inspection_id)
            .order_by(findings.c.account_id, findings.c.post_id, findings.c.rule_id, findings.c.fingerprint)
        )
        with self.reading() as connection:
            moment = now or connection.scalar(select(inspections.c.now).where(inspections.c.id == inspection_id))
            if moment is None:
                return ()
            rows = connection.execute(query).mappings().all()
            names = [row["fingerprint"] for row in rows]
            stored: dict[str, Row[Any]] = {}
            for part in chunks(names):
                for case in connection.execute(select(cases).where(cases.c.fingerprint.in_(part))):
                    stored[case.fingerprint] = case
            decided = decisions_of(connection, names)
        return tuple(
            Sighted(
                finding=finding_from(row),
                sighting=Sighting(row["sighting"]),
                case=_case_from(stored[row["fingerprint"]], decided.get(row["fingerprint"], ()), moment),
                detail=row["detail"],
            )
            for row in rows
        )

    def known_posts(self, account_id: str, now: datetime) -> tuple[tuple[KnownPost, ...], frozenset[str]]:
        """What a spider must know of the posts on file, and the keys of those that were never read: an earlier visit
        saw them in a list and could not open them. A case that people closed counts as open until the post has been
        read once more: that look verifies the closing."""
        cases_of: dict[str, list[Case]] = {}
        for case in self.cases([account_id], now):
            cases_of.setdefault(case.post_id, []).append(case)
        query = select(posts).where(posts.c.account_id == account_id).order_by(posts.c.key)
        with self.reading() as connection:
            rows = connection.execute(query).all()
        known = tuple(
            KnownPost(
                key=row.key,
                url=row.url,
                first_seen_at=row.first_seen_at,
                last_read_at=row.last_read_at or row.first_seen_at,
                published_at=row.published_at,
                has_open_case=any(_wants_a_look(case, row.last_read_at) for case in cases_of.get(row.id, ())),
                is_gone=row.gone_at is not None,
                settled=row.settled,
            )
            for row in rows
        )
        return known, frozenset(row.key for row in rows if row.last_read_at is None)


def _wants_a_look(case: Case, last_read_at: datetime | None) -> bool:
    if case.state is CaseState.CLOSED:
        return case.closed_at is not None and (last_read_at is None or last_read_at < case.closed_at)
    return case.state.is_open
