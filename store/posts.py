"""What accounts published, as it was read: idempotent, so that a batch may come twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from domain.coverage import Coverage
from domain.outcome import Outcome
from domain.post import Attachment, Post, PostKind
from domain.timeline import Moment, Timeline
from store.accounts import Accounts
from store.codec import attachments_from, attachments_record
from store.records import PostRead, StoredPost
from store.schema import posts, reads, revisions
from store.upsert import chunks, upsert

#: Outcomes that bring content; EMPTY says that the page is there and holds nothing.
_CONTENT = frozenset({Outcome.OK, Outcome.EMPTY})


def put_reads(connection: Connection, inspection_id: str, entries: Sequence[PostRead]) -> None:
    """Write attempts to read posts, the last one of each post winning unless it saw less."""
    merged: dict[str, PostRead] = {}
    for entry in entries:
        before = merged.get(entry.post.id)
        if before is None or not (_settled(before.outcome) and not _settled(entry.outcome)):
            merged[entry.post.id] = entry
    standing: dict[str, Row[Any]] = {}
    for part in chunks(list(merged)):
        for row in connection.execute(select(posts).where(posts.c.id.in_(part))):
            standing[row.id] = row
    done = {key: _merge(entry, standing.get(key)) for key, entry in merged.items()}
    upsert(
        connection,
        posts,
        [_row(entry, standing.get(key), inspection_id) for key, entry in done.items()],
        keep=("first_inspection_id", "first_seen_at", "settled", "scanned_revision"),
    )
    upsert(
        connection,
        revisions,
        [
            {"post_id": key, "revision": e.post.revision, "seen_at": e.read_at, "evidence": e.post.evidence}
            for key, e in done.items()
            if e.outcome in _CONTENT
        ],
        keep=("seen_at", "evidence"),
    )
    _record_reads(connection, inspection_id, list(done.values()))


def _settled(outcome: Outcome) -> bool:
    return not outcome.is_reach


def _record_reads(connection: Connection, inspection_id: str, entries: Sequence[PostRead]) -> None:
    """A failed second attempt of one night does not undo the first."""
    rows = [
        {
            "inspection_id": inspection_id,
            "post_id": entry.post.id,
            "outcome": entry.outcome.value,
            "revision": entry.post.revision,
            "read_at": entry.read_at,
        }
        for entry in entries
    ]
    failed = [row for row, entry in zip(rows, entries, strict=True) if entry.outcome.is_reach]
    upsert(connection, reads, [row for row, entry in zip(rows, entries, strict=True) if not entry.outcome.is_reach])
    upsert(connection, reads, failed, keep=("outcome", "revision", "read_at"))


def _merge(entry: PostRead, row: Row[Any] | None) -> PostRead:
    """``entry`` with what is on file where tonight's attempt says nothing of it."""
    if row is None:
        return entry
    new, old = entry.post, post_from(row)
    if entry.outcome not in _CONTENT or (entry.outcome is Outcome.EMPTY and old.text):
        return replace(entry, post=replace(old, published_at=old.published_at or new.published_at))
    held = {attachment.url: attachment for attachment in old.attachments if attachment.digest}
    attachments = tuple(_kept(attachment, held) for attachment in new.attachments)
    return replace(
        entry,
        post=replace(
            new, attachments=attachments, published_at=new.published_at or old.published_at, url=new.url or old.url
        ),
    )


def _kept(attachment: Attachment, held: dict[str, Attachment]) -> Attachment:
    """A file that could not be fetched tonight is still the file that was fetched before."""
    return held.get(attachment.url, attachment) if attachment.outcome.is_reach else attachment


def _row(entry: PostRead, row: Row[Any] | None, inspection_id: str) -> dict[str, Any]:
    post, outcome = entry.post, entry.outcome
    gone_at = row.gone_at if row is not None else None
    if outcome.is_gone:
        gone_at = gone_at or entry.read_at
    elif outcome in _CONTENT:
        gone_at = None
    unread = outcome.is_reach
    return {
        "id": post.id,
        "account_id": post.account_id,
        "key": post.key,
        "url": post.url,
        "kind": post.kind.value,
        "title": post.title,
        "text": post.text,
        "published_at": post.published_at,
        "original": post.original,
        "repost_source": post.repost_source,
        "images": list(post.images),
        "links": list(post.links),
        "attachments": attachments_record(post.attachments),
        "evidence": post.evidence,
        "revision": post.revision,
        "pinned": entry.pinned,
        "settled": False,
        "outcome": outcome.value if row is None or not unread or row.last_read_at is None else row.outcome,
        "gone_at": gone_at,
        "first_inspection_id": inspection_id,
        "first_seen_at": entry.read_at,
        "last_read_at": (row.last_read_at if row is not None else None) if unread else entry.read_at,
        "scanned_revision": None,
    }


def post_from(row: Row[Any]) -> Post:
    """A row of ``posts`` as the domain knows it."""
    return Post(
        account_id=row.account_id,
        key=row.key,
        url=row.url,
        kind=PostKind(row.kind),
        title=row.title,
        text=row.text,
        published_at=row.published_at,
        original=row.original,
        repost_source=row.repost_source,
        images=tuple(row.images),
        links=tuple(row.links),
        attachments=attachments_from(row.attachments),
        evidence=row.evidence,
    )


def stored_from(row: Row[Any]) -> StoredPost:
    """A row of ``posts`` with what the inspections know of it."""
    return StoredPost(
        post=post_from(row),
        outcome=Outcome(row.outcome),
        first_seen_at=row.first_seen_at,
        last_read_at=row.last_read_at,
        gone_at=row.gone_at,
        pinned=row.pinned,
    )


def settle(connection: Connection, account_id: str) -> None:
    """The walk came to its end, whatever its route can show: from now on every post on file is ground to stop on."""
    connection.execute(update(posts).where(posts.c.account_id == account_id, ~posts.c.settled).values(settled=True))


class Posts(Accounts):
    """Posts on file."""

    def put_posts(self, inspection_id: str, entries: Sequence[PostRead]) -> None:
        """Write attempts to read posts in one transaction; the same attempt twice changes nothing."""
        with self.writing() as connection:
            put_reads(connection, inspection_id, entries)

    def post(self, post_id: str) -> StoredPost | None:
        """One post on file, or ``None``."""
        return next(iter(self.posts([post_id])), None)

    def posts(self, post_ids: Sequence[str]) -> tuple[StoredPost, ...]:
        """The posts of these ids that are on file, in the order given."""
        found: dict[str, StoredPost] = {}
        with self.reading() as connection:
            for part in chunks(list(post_ids)):
                for row in connection.execute(select(posts).where(posts.c.id.in_(part))):
                    found[row.id] = stored_from(row)
        return tuple(found[i] for i in post_ids if i in found)

    def posts_of(self, account_id: str, *, since: datetime | None = None) -> tuple[StoredPost, ...]:
        """All posts of an account, newest first; with ``since`` those published (or first seen) after it."""
        query = select(posts).where(posts.c.account_id == account_id)
        with self.reading() as connection:
            found = [stored_from(row) for row in connection.execute(query)]
        if since is not None:
            found = [item for item in found if (item.post.published_at or item.first_seen_at) > since]
        found.sort(key=lambda item: (item.post.published_at or item.first_seen_at, item.post.key), reverse=True)
        return tuple(found)

    def timeline(self, account_id: str, coverage: Coverage) -> Timeline:
        """When the account published, newest first; posts without a date of publication are no moment."""
        account = self.account(account_id)
        assert account is not None, "a timeline is asked only of accounts on file"
        query = select(posts.c.published_at, posts.c.kind, posts.c.key, posts.c.gone_at).where(
            posts.c.account_id == account_id, posts.c.published_at.is_not(None)
        )
        with self.reading() as connection:
            rows = connection.execute(query).all()
        moments = [Moment(r.published_at, PostKind(r.kind), r.key, r.gone_at is not None) for r in rows]
        moments.sort(key=lambda moment: (moment.published_at, moment.key), reverse=True)
        return Timeline(account=account, coverage=coverage, moments=tuple(moments))
