"""The register beyond accounts: typed records, sealed, with what each was before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, select

from domain.account import Account
from domain.errors import StoreError
from domain.register import BY_ACCOUNT, Approval, Record, Register, accounts_of
from domain.register_codec import from_plain, to_plain
from store.accounts import accounts_changes
from store.crypto import derive, lookup_digest
from store.links import Links
from store.records import ImportResult
from store.schema import register_events, register_history, register_records, register_sheets
from store.upsert import chunks, upsert


class Registers(Links):
    """Records by kind and key."""

    def __init__(self, engine: Engine, key: bytes) -> None:
        super().__init__(engine, key)
        self._register_key = derive(key, "register-digests")

    def put_register(
        self,
        sheets: Mapping[str, Iterable[Record]],
        *,
        source: str,
        at: datetime,
        replace: frozenset[str] = frozenset(),
    ) -> dict[str, ImportResult]:
        """Import the records of several kinds in one transaction and one event; what changed by kind (keys).

        Of the kinds in ``replace`` records of the same ``source`` that are no longer given go off file; of the others
        records are added and changed only. What a record was before is kept. An import that changes nothing leaves no
        event. Raises ``StoreError`` where one key stands twice; then nothing is written.
        """
        return self.put_office(None, sheets, source=source, at=at, replace=replace)[1]

    def put_office(
        self,
        accounts: Iterable[Account] | None,
        sheets: Mapping[str, Iterable[Record]],
        *,
        source: str,
        at: datetime,
        replace: frozenset[str] = frozenset(),
    ) -> tuple[ImportResult | None, dict[str, ImportResult]]:
        """What one file of the office holds, in one transaction and one event: accounts as by ``put_accounts``
        (``None``: the file has none, they stay), records as by ``put_register``."""
        given = {kind: tuple(records) for kind, records in sheets.items()}
        for kind, records in given.items():
            _refuse_doubles(kind, records)
        results: dict[str, ImportResult] = {}
        changes: dict[str, Any] = {}
        with self.writing() as connection:
            own = None if accounts is None else self._put_accounts(connection, accounts, source=source, at=at)
            if own is not None and own != ImportResult():
                changes.update(accounts_changes(own))
            for kind, records in given.items():
                results[kind] = self._put(connection, kind, records, source, at, whole=kind in replace)
                upsert(connection, register_sheets, [{"kind": kind, "source": source, "imported_at": at}])
            changes.update(
                (kind, {"added": len(r.added), "changed": len(r.changed), "removed": len(r.removed)})
                for kind, r in results.items()
                if r != ImportResult()
            )
            if changes:
                connection.execute(register_events.insert().values(source=source, at=at, changes=changes))
        return own, results

    def _put(
        self, connection: Connection, kind: str, records: Sequence[Record], source: str, at: datetime, *, whole: bool
    ) -> ImportResult:
        bodies = {record.key: to_plain(record) for record in records}
        digests = {key: self._digest(body) for key, body in bodies.items()}
        standing = self._standing(connection, kind, None if whole else list(bodies))
        added = [key for key in bodies if key not in standing]
        changed = [key for key in bodies if key in standing and standing[key][0] != digests[key]]
        removed = [key for key, (_, owner) in standing.items() if key not in bodies and owner == source and whole]
        self._remember(connection, kind, [*changed, *removed], at)
        for part in chunks(removed):
            connection.execute(
                delete(register_records).where(register_records.c.kind == kind, register_records.c.key.in_(part))
            )
        accounts = {record.key: next(accounts_of(record), "") for record in records}
        rows = [
            {
                "kind": kind,
                "key": key,
                "account_id": accounts[key],
                "body": bodies[key],
                "digest": digests[key],
                "source": source,
                "updated_at": at,
            }
            for key in (*added, *changed)
        ]
        upsert(connection, register_records, rows)
        return ImportResult(tuple(added), tuple(changed), tuple(removed))

    def _standing(self, connection: Connection, kind: str, keys: Sequence[str] | None) -> dict[str, tuple[str, str]]:
        table = register_records.c
        query = select(table.key, table.digest, table.source).where(table.kind == kind)
        if keys is None:
            return {row.key: (row.digest, row.source) for row in connection.execute(query)}
        found: dict[str, tuple[str, str]] = {}
        for part in chunks(keys):
            rows = connection.execute(query.where(table.key.in_(part)))
            found.update({row.key: (row.digest, row.source) for row in rows})
        return found

    def _remember(self, connection: Connection, kind: str, keys: Sequence[str], until: datetime) -> None:
        table = register_records.c
        for part in chunks(keys):
            query = select(table.key, table.body).where(table.kind == kind, table.key.in_(part))
            rows = [
                {"kind": kind, "key": row.key, "body": row.body, "until": until} for row in connection.execute(query)
            ]
            connection.execute(register_history.insert(), rows)

    def _digest(self, body: Mapping[str, Any]) -> str:
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return lookup_digest(self._register_key, text)

    def register(self) -> Register:
        """Every record but those of which there is one a post (``approvals`` has them)."""
        table = register_records.c
        query = select(table.kind, table.key, table.body).where(table.kind.not_in(BY_ACCOUNT))
        with self.reading() as connection:
            rows = connection.execute(query.order_by(table.kind, table.key)).all()
            kept = frozenset(connection.scalars(select(register_sheets.c.kind)))
        return Register(records=tuple(from_plain(row.kind, row.body) for row in rows), filled=kept)

    def kept_sheets(self) -> frozenset[str]:
        """The kinds of records that the office has ever imported."""
        with self.reading() as connection:
            return frozenset(connection.scalars(select(register_sheets.c.kind)))

    def records(self, kind: str) -> tuple[Record, ...]:
        """Every record of one kind, by key."""
        table = register_records.c
        query = select(table.body).where(table.kind == kind).order_by(table.key)
        with self.reading() as connection:
            return tuple(from_plain(kind, body) for body in connection.scalars(query))

    def approvals(self, account_id: str) -> tuple[Approval, ...]:
        """The approvals of one account's posts, by key."""
        table = register_records.c
        query = select(table.body).where(table.kind == Approval.kind, table.account_id == account_id)
        with self.reading() as connection:
            found = [from_plain(Approval.kind, body) for body in connection.scalars(query.order_by(table.key))]
        return tuple(record for record in found if isinstance(record, Approval))

    def record_history(self, kind: str, key: str) -> tuple[tuple[datetime, Record], ...]:
        """What a record was before, oldest first, each with the moment until which it held."""
        table = register_history.c
        query = select(table.until, table.body).where(table.kind == kind, table.key == key).order_by(table.id)
        with self.reading() as connection:
            return tuple((row.until, from_plain(kind, row.body)) for row in connection.execute(query))


def _refuse_doubles(kind: str, records: Sequence[Record]) -> None:
    seen: set[str] = set()
    for record in records:
        if record.kind != kind:
            raise StoreError(f"台账：{record.key} 不是 {kind} 类记录；请检查导入的表")
        if record.key in seen:
            raise StoreError(f"台账：{kind} 中的编号 {record.key} 出现两次；请删去重复的一行")
        seen.add(record.key)
