"""Insert or update, in the one spelling that SQLite and PostgreSQL share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    if not rows:
        return
    insert: Any = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    keys = [column.name for column in table.primary_key]
    kept = {*keys, *keep}
    statement = insert(table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in kept}
    if changed:
        statement = statement.on_conflict_do_update(index_elements=keys, set_=changed)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    connection.execute(statement, list(rows))


def chunks(values: Sequence[Any], size: int = CHUNK) -> Iterable[Sequence[Any]]:
    """``values`` in pieces that fit into one IN list."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
