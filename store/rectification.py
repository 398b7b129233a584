"""The log of rectifications: entries are added, in one unbroken chain; nothing else can be done to them.

Each entry is sealed, with the one before it, by a keyed digest: whoever rewrites the database without the
installation's key breaks the chain. The last digest is kept in ``meta`` too, so that a cut-off end shows.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from domain.clock import require_aware
from domain.errors import StoreError
from domain.rectification import EventKind, RectificationEvent
from store.crypto import derive
from store.duties import Duties
from store.schema import meta, rectification_events
from store.upsert import upsert

#: Where ``meta`` keeps the length and the last digest of the log.
_END = "rectification_end"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """An entry to be added."""

    matter: str
    kind: str
    at: datetime
    by: str
    body: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class LogCheck:
    """What checking the log came to: its length, its last digest, and what is wrong with it (empty: nothing)."""

    entries: int
    digest: str
    problems: tuple[str, ...] = ()


class RectificationLog(Duties):
    """Entries by sequence."""

    def __init__(self, engine: Engine, key: bytes) -> None:
        super().__init__(engine, key)
        self._log_key = derive(key, "rectification-log")

    def append_events(self, entries: Sequence[NewEvent], *, after: int | None = None) -> tuple[RectificationEvent, ...]:
        """Add entries in one transaction: all or none.

        ``after`` is the length of the log on which they were decided. Raises ``StoreError`` where somebody else has
        added to it since, and for a notice number that is taken.
        """
        if not entries:
            return ()
        added: list[RectificationEvent] = []
        with self.writing() as connection:
            sequence, digest = self._end(connection)
            if after is not None and sequence != after:
                raise StoreError("整改记录：刚才另有操作写入了新的记录，本次没有写入；请重新执行一次")
            for entry in entries:
                if entry.kind == EventKind.ISSUED and self._is_issued(connection, entry.matter):
                    raise StoreError(f"整改记录：通知书编号 {entry.matter} 已经用过；请换一个编号")
                sequence += 1
                digest = self._seal(digest, sequence, entry)
                row = {
                    "sequence": sequence,
                    "matter": entry.matter,
                    "kind": entry.kind,
                    "at": entry.at,
                    "by": entry.by,
                    "body": dict(entry.body),
                    "digest": digest,
                }
                connection.execute(rectification_events.insert().values(**row))
                added.append(RectificationEvent(**row))  # type: ignore[arg-type]
            upsert(connection, meta, [{"name": _END, "value": f"{sequence}:{digest}"}])
        return tuple(added)

    def rectification_events(self, matter: str | None = None) -> tuple[RectificationEvent, ...]:
        """Every entry, or those of one matter, oldest first."""
        query = select(rectification_events).order_by(rectification_events.c.sequence)
        if matter is not None:
            query = query.where(rectification_events.c.matter == matter)
        with self.reading() as connection:
            return tuple(_event_from(row) for row in connection.execute(query))

    def check_log(self) -> LogCheck:
        """Hold every entry against its digest, and the end of the log against what was kept of it."""
        problems: list[str] = []
        digest, expected = "", 0
        with self.reading() as connection:
            for row in connection.execute(select(rectification_events).order_by(rectification_events.c.sequence)):
                expected += 1
                if row.sequence != expected:
                    problems.append(f"第 {expected} 条不见了（其后是第 {row.sequence} 条）；请从备份核对")
                    expected = row.sequence
                try:
                    body = row.body
                except StoreError:
                    body = None
                entry = NewEvent(matter=row.matter, kind=row.kind, at=row.at, by=row.by, body=body or {})
                if not hmac.compare_digest(self._seal(digest, row.sequence, entry), row.digest):
                    problems.append(f"第 {row.sequence} 条与校验值不符，可能被改动；请从备份核对")
                digest = row.digest
            kept = connection.scalar(select(meta.c.value).where(meta.c.name == _END)) or "0:"
        if kept != f"{expected}:{digest}":
            problems.append(f"记录应止于第 {kept.partition(':')[0]} 条，实际止于第 {expected} 条；请从备份核对")
        return LogCheck(expected, digest, tuple(problems))

    def _end(self, connection: Connection) -> tuple[int, str]:
        table = rectification_events.c
        row = connection.execute(select(table.sequence, table.digest).order_by(table.sequence.desc()).limit(1)).first()
        return (row.sequence, row.digest) if row is not None else (0, "")

    @staticmethod
    def _is_issued(connection: Connection, number: str) -> bool:
        table = rectification_events.c
        query = select(table.sequence).where(table.matter == number, table.kind == EventKind.ISSUED.value).limit(1)
        return connection.scalar(query) is not None

    def _seal(self, before: str, sequence: int, entry: NewEvent) -> str:
        said = [before, sequence, entry.matter, entry.kind, require_aware(entry.at).isoformat(), entry.by, entry.body]
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hmac.new(self._log_key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _event_from(row: Row[Any]) -> RectificationEvent:
    return RectificationEvent(
        sequence=row.sequence,
        matter=row.matter,
        kind=row.kind,
        at=row.at,
        by=row.by,
        body=row.body,
        digest=row.digest,
    )
