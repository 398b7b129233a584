"""Where links of posts lead, resolved once in a while, and what they showed before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from domain.link import LinkReading, ResolvedLink, Transport
from domain.outcome import Outcome
from store.cases import Cases
from store.codec import plain
from store.crypto import derive, lookup_digest
from store.schema import link_places, link_readings, links, posts
from store.upsert import chunks, upsert

#: Of the pages that a link showed before, the oldest and so many of the newest are handed out.
_NEWEST = 5


def _link_row(link: ResolvedLink) -> dict[str, Any]:
    return {
        "url": link.url,
        "outcome": link.outcome.value,
        "status": link.status,
        "final_url": link.final_url,
        "detail": plain(link.detail),
        "resolved_at": link.resolved_at,
        "page": {
            "domain": link.domain,
            "final_domain": link.final_domain,
            "transport": link.transport.value,
            "title": link.title,
            "text": link.text,
            "content": link.content,
            "capture": link.capture,
        },
    }


def _link_from(row: Row[Any]) -> ResolvedLink:
    page = dict(row.page or {})
    transport = Transport(page.pop("transport", ""))
    return ResolvedLink(
        url=row.url,
        outcome=Outcome(row.outcome),
        status=row.status,
        final_url=row.final_url,
        detail=row.detail,
        resolved_at=row.resolved_at,
        transport=transport,
        **page,
    )


def _reading_row(link_id: str, link: ResolvedLink) -> dict[str, Any]:
    return {
        "link_id": link_id,
        "content": link.content,
        "capture": link.capture,
        "page": {"title": link.title, "text": link.text, "final_url": link.final_url},
        "first_at": link.resolved_at,
        "last_at": link.resolved_at,
    }


def _reading_from(row: Row[Any]) -> LinkReading:
    return LinkReading(capture=row.capture, first_at=row.first_at, last_at=row.last_at, **row.page)


class Links(Cases):
    """Links by a keyed digest of their address: addresses can hold private values."""

    def __init__(self, engine: Engine, key: bytes) -> None:
        super().__init__(engine)
        self._link_key = derive(key, "link-ids")

    def _link_id(self, url: str) -> str:
        return lookup_digest(self._link_key, url)

    def write_links(self, connection: Connection, resolved: Sequence[ResolvedLink]) -> None:
        """Write resolutions within a transaction; the last one of an address wins. A page that could be read goes into
        the history of its link as well: one entry for each content, however often it was seen."""
        last = {self._link_id(link.url): link for link in resolved if link.resolved_at is not None}
        upsert(connection, links, [{"id": key, **_link_row(link)} for key, link in last.items()])
        read = [_reading_row(key, link) for key, link in last.items() if link.outcome is Outcome.OK and link.content]
        upsert(connection, link_readings, read, keep=("first_at",))

    def put_links(self, resolved: Sequence[ResolvedLink]) -> None:
        """Write resolutions in one transaction."""
        with self.writing() as connection:
            self.write_links(connection, resolved)

    def links(self, urls: Sequence[str]) -> dict[str, ResolvedLink]:
        """What is known of these addresses, by address; without what they showed before."""
        ids = [self._link_id(url) for url in dict.fromkeys(urls)]
        found = {}
        with self.reading() as connection:
            for part in chunks(ids):
                for row in connection.execute(select(links).where(links.c.id.in_(part))):
                    found[row.url] = _link_from(row)
        return found

    def with_history(self, resolved: Iterable[ResolvedLink]) -> dict[str, ResolvedLink]:
        """The same links, by address, each with what it showed before its present reading, newest first: the newest
        ones and the oldest."""
        known = {self._link_id(link.url): link for link in resolved}
        before: dict[str, list[LinkReading]] = defaultdict(list)
        wanted = [key for key, link in known.items() if link.content]
        with self.reading() as connection:
            for part in chunks(wanted):
                query = select(link_readings).where(link_readings.c.link_id.in_(part))
                for row in connection.execute(query.order_by(link_readings.c.last_at.desc())):
                    if row.content != known[row.link_id].content:
                        before[row.link_id].append(_reading_from(row))
        return {link.url: replace(link, earlier=_some(before.get(key, ()))) for key, link in known.items()}

    def link_history(self, url: str) -> tuple[LinkReading, ...]:
        """Everything that a link has shown, newest first."""
        query = select(link_readings).where(link_readings.c.link_id == self._link_id(url))
        with self.reading() as connection:
            rows = connection.execute(query.order_by(link_readings.c.last_at.desc())).all()
        return tuple(_reading_from(row) for row in rows)

    def put_link_places(self, places: Iterable[tuple[str, str]]) -> None:
        """Remember that a link stands in a post: pairs of address and post id."""
        rows = [{"link_id": self._link_id(url), "post_id": post_id} for url, post_id in dict.fromkeys(places)]
        with self.writing() as connection:
            for part in chunks(rows):
                upsert(connection, link_places, part)

    def links_to_watch(self, account_ids: Sequence[str], before: datetime, limit: int) -> tuple[str, ...]:
        """Links of posts that are still there, last followed at ``before`` or earlier: the longest ago first."""
        found: list[tuple[datetime, str]] = []
        for part in chunks(list(account_ids)):
            query = (
                select(links.c.resolved_at, links.c.url)
                .where(links.c.resolved_at <= before, links.c.id.in_(_standing(part)))
                .order_by(links.c.resolved_at, links.c.id)
                .limit(limit)
            )
            with self.reading() as connection:
                found.extend((row.resolved_at, row.url) for row in connection.execute(query))
        return tuple(dict.fromkeys(url for _, url in sorted(found)))[:limit]

    def posts_of_links_followed(self, account_ids: Sequence[str], since: datetime) -> tuple[str, ...]:
        """Posts that are still there and hold a link that was followed at ``since`` or later."""
        found: list[str] = []
        for part in chunks(list(account_ids)):
            query = (
                select(link_places.c.post_id)
                .join(links, links.c.id == link_places.c.link_id)
                .join(posts, posts.c.id == link_places.c.post_id)
                .where(links.c.resolved_at >= since, posts.c.account_id.in_(part), posts.c.gone_at.is_(None))
            )
            with self.reading() as connection:
                found.extend(connection.scalars(query))
        return tuple(sorted(set(found)))


def _standing(account_ids: Sequence[str]) -> Any:
    return (
        select(link_places.c.link_id)
        .join(posts, posts.c.id == link_places.c.post_id)
        .where(posts.c.account_id.in_(account_ids), posts.c.gone_at.is_(None))
    )


def _some(readings: Sequence[LinkReading]) -> tuple[LinkReading, ...]:
    return tuple(readings) if len(readings) <= _NEWEST + 1 else (*readings[:_NEWEST], readings[-1])
