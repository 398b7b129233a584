"""What people decided on cases: append-only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from domain.case import Decision, Verdict
from domain.errors import StoreError
from store.scanning import Scanning
from store.schema import cases, decisions
from store.upsert import chunks


def _decision_from(row: Row[Any]) -> Decision:
    return Decision(
        fingerprint=row.fingerprint,
        verdict=Verdict(row.verdict),
        reason=row.reason,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        expires_at=row.expires_at,
    )


class Decisions(Scanning):
    """Decisions on file."""

    def decisions(self, fingerprint: str) -> tuple[Decision, ...]:
        """What people decided on one case, oldest first."""
        with self.reading() as connection:
            return tuple(decisions_of(connection, [fingerprint]).get(fingerprint, ()))

    def decide(self, entries: Sequence[Decision]) -> None:
        """Append decisions. ``StoreError`` for a case that is not on file, a missing reason, or an acceptance
        without an end: then none is written."""
        with self.writing() as connection:
            check_decisions(connection, entries)
            append_decisions(connection, entries)


def decisions_of(connection: Connection, names: Sequence[str]) -> dict[str, list[Decision]]:
    """The decisions on these cases, oldest first, by fingerprint."""
    found: dict[str, list[Decision]] = {}
    for part in chunks(list(names)):
        query = select(decisions).where(decisions.c.fingerprint.in_(part)).order_by(decisions.c.id)
        for row in connection.execute(query):
            found.setdefault(row.fingerprint, []).append(_decision_from(row))
    return found


def check_decisions(connection: Connection, entries: Sequence[Decision]) -> None:
    """Raises ``StoreError`` for a decision that cannot be written, as ``Decisions.decide`` says."""
    names = [entry.fingerprint for entry in entries]
    known: set[str] = set()
    for part in chunks(names):
        known.update(connection.scalars(select(cases.c.fingerprint).where(cases.c.fingerprint.in_(part))))
    for entry in entries:
        if entry.fingerprint not in known:
            raise StoreError(f"研判：没有指纹为 {entry.fingerprint} 的问题；请核对指纹，或先运行巡检")
        if not entry.reason.strip() or not entry.decided_by.strip():
            raise StoreError(f"研判：{entry.fingerprint} 缺少理由或处理人；请补齐后再导入")
        if entry.verdict is Verdict.ACCEPT and entry.expires_at is None:
            raise StoreError(f"研判：{entry.fingerprint} 暂予接受须写明截止日期；请补齐后再导入")


def append_decisions(connection: Connection, entries: Sequence[Decision]) -> None:
    """Write decisions within a transaction."""
    rows = [
        {
            "fingerprint": entry.fingerprint,
            "verdict": entry.verdict.value,
            "reason": entry.reason,
            "decided_by": entry.decided_by,
            "decided_at": entry.decided_at,
            "expires_at": entry.expires_at,
        }
        for entry in entries
    ]
    if rows:
        connection.execute(decisions.insert(), rows)
