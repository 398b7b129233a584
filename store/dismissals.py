"""Dismissals that reach beyond one finding, as a log of what people did with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from domain.case import Decision
from domain.errors import StoreError
from domain.triage import Dismissal, DismissScope, same_person
from store.crypto import lookup_digest
from store.decisions import append_decisions, check_decisions, decisions_of
from store.rectification import RectificationLog
from store.schema import dismissal_events

PROPOSED, CONFIRMED, ENDED = "proposed", "confirmed", "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDismissal:
    """A dismissal to be filed. ``term`` is the folded word as it stands (kept as a keyed digest only),
    ``masked_term`` what may be shown of it."""

    scope: DismissScope
    rule_id: str
    account_id: str = ""
    term: str = field(default="", repr=False)
    masked_term: str = ""
    reason: str
    by: str
    at: datetime


class Dismissals(RectificationLog):
    """Dismissals by number."""

    def term_digest(self, folded: str) -> str:
        """The keyed digest by which two words are the same."""
        return lookup_digest(self._log_key, f"term\x1f{folded}")

    def dismissals(self) -> tuple[Dismissal, ...]:
        """Every dismissal with what became of it, oldest first."""
        with self.reading() as connection:
            rows = connection.execute(select(dismissal_events).order_by(dismissal_events.c.id)).all()
        found: dict[int, Dismissal] = {}
        for row in rows:
            found[row.entry] = _after(found.get(row.entry), row)
        return tuple(found.values())

    def record_triage(self, decisions: Sequence[Decision], dismissals: Sequence[NewDismissal] = ()) -> None:
        """Append decisions and dismissals in one transaction. Raises ``StoreError`` as ``decide`` does; then nothing
        is written."""
        with self.writing() as connection:
            check_decisions(connection, decisions)
            append_decisions(connection, decisions)
            for entry in dismissals:
                self._propose(connection, entry)

    def decisions_on(self, fingerprints: Sequence[str]) -> dict[str, list[Decision]]:
        """The decisions on these cases, oldest first, by fingerprint."""
        with self.reading() as connection:
            return decisions_of(connection, fingerprints)

    def confirm_dismissal(self, number: int, by: str, at: datetime) -> Dismissal:
        """The second person agrees. Raises ``StoreError`` for a number that does not wait, and for the first person."""
        one = self._find(number)
        if not one.waits:
            raise StoreError(f"全局排除 {number}：不在等待复核的状态；请用 xunjian triage list 查看")
        if same_person(one.proposed_by, by):
            raise StoreError(f"全局排除 {number}：由 {one.proposed_by} 提出，须由另一人复核；请换人确认")
        self._add(one, CONFIRMED, "", by, at)
        return replace(one, confirmed_by=by, confirmed_at=at)

    def end_dismissal(self, number: int, by: str, at: datetime, reason: str) -> Dismissal:
        """A person takes it back, or does not agree to it. Raises ``StoreError`` where it has ended already."""
        one = self._find(number)
        if one.ended_at is not None:
            raise StoreError(f"同类排除 {number}：已经撤销；无须再次撤销")
        self._add(one, ENDED, reason, by, at)
        return replace(one, ended_by=by, ended_at=at)

    def _find(self, number: int) -> Dismissal:
        for one in self.dismissals():
            if one.id == number:
                return one
        raise StoreError(f"没有编号为 {number} 的同类排除；请用 xunjian triage list 查看编号")

    def _propose(self, connection: Connection, entry: NewDismissal) -> None:
        number = (connection.scalar(select(func.max(dismissal_events.c.entry))) or 0) + 1
        everywhere = entry.scope is DismissScope.EVERYWHERE
        connection.execute(
            dismissal_events.insert().values(
                entry=number,
                kind=PROPOSED,
                scope=entry.scope.value,
                rule_id=entry.rule_id,
                account_id="" if everywhere else entry.account_id,
                term_digest=self.term_digest(entry.term) if everywhere else "",
                term=entry.masked_term if everywhere else "",
                reason=entry.reason,
                by=entry.by,
                at=entry.at,
            )
        )

    def _add(self, one: Dismissal, kind: str, reason: str, by: str, at: datetime) -> None:
        with self.writing() as connection:
            connection.execute(
                dismissal_events.insert().values(
                    entry=one.id,
                    kind=kind,
                    scope=one.scope.value,
                    rule_id=one.rule_id,
                    account_id=one.account_id,
                    term_digest=one.term_digest,
                    term=one.term,
                    reason=reason,
                    by=by,
                    at=at,
                )
            )


def _after(one: Dismissal | None, row: Row[Any]) -> Dismissal:
    if row.kind == PROPOSED or one is None:
        return Dismissal(
            id=row.entry,
            scope=DismissScope(row.scope),
            rule_id=row.rule_id,
            account_id=row.account_id,
            term=row.term,
            term_digest=row.term_digest,
            reason=row.reason,
            proposed_by=row.by,
            proposed_at=row.at,
        )
    if row.kind == CONFIRMED:
        return replace(one, confirmed_by=row.by, confirmed_at=row.at)
    return replace(one, ended_by=row.by, ended_at=row.at)
