"""Which screenshots were made of which page. The pictures themselves lie in the evidence archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from store.codec import plain
from store.engine import Database
from store.schema import shots
from store.upsert import upsert


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotRecord:
    """One screenshot of one page with one set of marks.

    ``page`` is the digest of the captured bytes, ``marks`` that of what was to be marked, ``digest`` the picture's
    (empty where none could be made), ``marked`` the number of places marked, ``detail`` what is to be said of it.
    """

    post_id: str
    page: str
    marks: str
    digest: str = ""
    marked: int = 0
    detail: str = ""
    inspection_id: str = ""
    made_at: datetime


class Shots(Database):
    """Screenshots by post."""

    def put_shot(self, record: ShotRecord) -> None:
        """File one; the same page with the same marks again replaces it."""
        row = {
            "post_id": record.post_id,
            "page": record.page,
            "marks": record.marks,
            "shot": record.digest,
            "marked": record.marked,
            "detail": plain(record.detail),
            "inspection_id": record.inspection_id,
            "made_at": record.made_at,
        }
        with self.writing() as connection:
            upsert(connection, shots, [row])

    def made_shots(self, post_id: str) -> frozenset[tuple[str, str]]:
        """Page and marks of the pictures that were really made of this post."""
        query = select(shots.c.page, shots.c.marks).where(shots.c.post_id == post_id, shots.c.shot != "")
        with self.reading() as connection:
            return frozenset((row.page, row.marks) for row in connection.execute(query))

    def shot_of(self, post_id: str, until: datetime) -> ShotRecord | None:
        """The last picture of this post that an inspection at ``until`` could have, or why there is none."""
        query = select(shots).where(shots.c.post_id == post_id, shots.c.made_at <= until).order_by(shots.c.made_at)
        with self.reading() as connection:
            found = connection.execute(query).all()
        if not post_id or not found:
            return None
        row = found[-1]
        return ShotRecord(
            post_id=row.post_id,
            page=row.page,
            marks=row.marks,
            digest=row.shot,
            marked=row.marked,
            detail=row.detail,
            inspection_id=row.inspection_id,
            made_at=row.made_at,
        )

    def pictures_of(self, page: str) -> tuple[str, ...]:
        """The digests of all pictures made of the page with this digest (or its beginning), the newest first."""
        query = (
            select(shots.c.shot)
            .where(shots.c.page.startswith(page, autoescape=True), shots.c.shot != "")
            .order_by(shots.c.made_at.desc(), shots.c.shot)
        )
        with self.reading() as connection:
            return tuple(dict.fromkeys(connection.scalars(query)))

    def shots_of(self, inspection_id: str) -> tuple[ShotRecord, ...]:
        """Every picture that this inspection made, by post."""
        query = select(shots).where(shots.c.inspection_id == inspection_id).order_by(shots.c.post_id, shots.c.marks)
        with self.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(
            ShotRecord(
                post_id=row.post_id,
                page=row.page,
                marks=row.marks,
                digest=row.shot,
                marked=row.marked,
                detail=row.detail,
                inspection_id=row.inspection_id,
                made_at=row.made_at,
            )
            for row in rows
        )
