"""Where links of posts lead, resolved once in a while."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from domain.link import ResolvedLink
from domain.outcome import Outcome
from store.cases import Cases
from store.codec import plain
from store.crypto import derive, lookup_digest
from store.schema import links
from store.upsert import chunks, upsert


def _link_from(row: Row[Any]) -> ResolvedLink:
    return ResolvedLink(
        url=row.url,
        outcome=Outcome(row.outcome),
        status=row.status,
        final_url=row.final_url,
        detail=row.detail,
        resolved_at=row.resolved_at,
    )


class Links(Cases):
    """Links by a keyed digest of their address: addresses can hold private values."""

    def __init__(self, engine: Engine, key: bytes) -> None:
        super().__init__(engine)
        self._link_key = derive(key, "link-ids")

    def write_links(self, connection: Connection, resolved: Sequence[ResolvedLink]) -> None:
        """Write resolutions within a transaction; the last one of an address wins."""
        rows = {
            lookup_digest(self._link_key, link.url): {
                "url": link.url,
                "outcome": link.outcome.value,
                "status": link.status,
                "final_url": link.final_url,
                "detail": plain(link.detail),
                "resolved_at": link.resolved_at,
            }
            for link in resolved
            if link.resolved_at is not None
        }
        upsert(connection, links, [{"id": key, **row} for key, row in rows.items()])

    def put_links(self, resolved: Sequence[ResolvedLink]) -> None:
        """Write resolutions in one transaction."""
        with self.writing() as connection:
            self.write_links(connection, resolved)

    def links(self, urls: Sequence[str]) -> dict[str, ResolvedLink]:
        """What is known of these addresses, by address."""
        ids = [lookup_digest(self._link_key, url) for url in dict.fromkeys(urls)]
        found = {}
        with self.reading() as connection:
            for part in chunks(ids):
                for row in connection.execute(select(links).where(links.c.id.in_(part))):
                    found[row.url] = _link_from(row)
        return found
