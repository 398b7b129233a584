"""The register of accounts as imported: each import is one transaction and one event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from domain.account import Account
from domain.errors import StoreError
from store.codec import account_from, account_record
from store.engine import Database
from store.records import ImportResult
from store.schema import account_aliases, accounts, register_events
from store.upsert import chunks, upsert


class Accounts(Database):
    """Accounts on file."""

    def put_accounts(self, entries: Iterable[Account], *, source: str, at: datetime) -> ImportResult:
        """Import one register. Accounts of the same ``source`` that it no longer holds go off file (their history
        stays). The same register twice changes nothing and leaves no second event.

        Raises ``StoreError`` where two accounts claim one id or alias.
        """
        with self.writing() as connection:
            result = self._put_accounts(connection, entries, source=source, at=at)
            if result != ImportResult():
                changes = accounts_changes(result)
                connection.execute(register_events.insert().values(source=source, at=at, changes=changes))
        return result

    def _put_accounts(
        self, connection: Connection, entries: Iterable[Account], *, source: str, at: datetime
    ) -> ImportResult:
        """One register within a transaction; the event is left to the caller."""
        given = list(entries)
        _refuse_doubles(given)
        records = {account.id: account_record(account) for account in given}
        standing = {row.id: row for row in connection.execute(select(accounts))}
        added = [i for i in records if i not in standing or not standing[i].on_file]
        changed = [i for i in records if i not in added and standing[i].record != records[i]]
        removed = [i for i, row in standing.items() if row.on_file and row.source == source and i not in records]
        if not (added or changed or removed):
            return ImportResult()
        upsert(
            connection,
            accounts,
            [
                {
                    "id": account.id,
                    "platform": account.platform,
                    "name": account.name,
                    "standing": account.standing.value,
                    "on_file": True,
                    "source": source,
                    "record": records[account.id],
                    "updated_at": at,
                }
                for account in given
                if account.id in added or account.id in changed
            ],
        )
        for part in chunks(removed):
            connection.execute(update(accounts).where(accounts.c.id.in_(part)).values(on_file=False, updated_at=at))
        for part in chunks([*records, *removed]):
            connection.execute(delete(account_aliases).where(account_aliases.c.account_id.in_(part)))
        upsert(
            connection,
            account_aliases,
            [{"alias": alias, "account_id": account.id} for account in given for alias in account.aliases],
        )
        return ImportResult(tuple(added), tuple(changed), tuple(removed))

    def accounts(self, ids: Sequence[str] | None = None) -> tuple[Account, ...]:
        """Accounts on file in the order of their ids; with ``ids`` those (on file or not), in the order given."""
        with self.reading() as connection:
            if ids is None:
                query = select(accounts.c.record).where(accounts.c.on_file).order_by(accounts.c.id)
                return tuple(account_from(record) for record in connection.scalars(query))
            found = {}
            for part in chunks(list(ids)):
                for row in connection.execute(select(accounts.c.id, accounts.c.record).where(accounts.c.id.in_(part))):
                    found[row.id] = account_from(row.record)
        return tuple(found[i] for i in ids if i in found)

    def account(self, id_or_alias: str) -> Account | None:
        """The account of that id or alias, or ``None``."""
        with self.reading() as connection:
            record = connection.scalar(select(accounts.c.record).where(accounts.c.id == id_or_alias))
            if record is None:
                query = select(accounts.c.record).join(account_aliases).where(account_aliases.c.alias == id_or_alias)
                record = connection.scalar(query)
        return None if record is None else account_from(record)


def accounts_changes(result: ImportResult) -> dict[str, Any]:
    """What an import did with accounts, as its event keeps it."""
    return {"added": list(result.added), "changed": list(result.changed), "removed": list(result.removed)}


def _refuse_doubles(given: list[Account]) -> None:
    seen: dict[str, str] = {}
    for account in given:
        for name in (account.id, *account.aliases):
            if name in seen:
                raise StoreError(f"台账：{name} 同时属于 {seen[name]} 和 {account.id}；请删去重复的一行或曾用标识")
            seen[name] = account.id
