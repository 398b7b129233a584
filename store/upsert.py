"""Insert or update, in the one spelling that SQLite and PostgreSQL share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

#: Rows in one statement; SQLite allows 32,766 parameters.
CHUNK = 500


def upsert(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, keep: Iterable[str] = ()
) -> None:
    """Insert ``rows``; where the primary key exists, overwrite all columns but those in ``keep``.

    With every column kept an existing row is left alone. Rows must agree in their columns.
    """
    if rows:
        statement = _statement(connection.dialect.name, table, tuple(rows[0]), frozenset(keep))
        connection.execute(statement, list(rows))


@cache
def _statement(dialect: str, table: Table, columns: tuple[str, ...], keep: frozenset[str]) -> Any:
    """Made once for each form: to build one costs more than to run it."""
    insert: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    keys = [column.name for column in table.primary_key]
    kept = {*keys, *keep}
    statement = insert(table)
    changed = {name: statement.excluded[name] for name in columns if name not in kept}
    if changed:
        return statement.on_conflict_do_update(index_elements=keys, set_=changed)
    return statement.on_conflict_do_nothing(index_elements=keys)


def chunks(values: Sequence[Any], size: int = CHUNK) -> Iterable[Sequence[Any]]:
    """``values`` in pieces that fit into one IN list."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
