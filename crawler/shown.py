"""Posts that a listing already showed in full, so that they need no request of their own."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.visit import Visit
from domain.post import RawPost


class ShownPosts:
    """By account and key: the post as the listing showed it, and the digest of that capture."""

    def __init__(self) -> None:
        self._posts: dict[tuple[str, str], tuple[RawPost, str]] = {}

    def add(self, visit: Visit, posts: Iterable[RawPost], digest: str) -> None:
        """Remember ``posts`` where tonight wants them; the first showing of a key stands."""
        for post in posts:
            if post.post_key and visit.wants(post.post_key):
                self._posts.setdefault((visit.account.id, post.post_key), (post, digest))

    def get(self, visit: Visit, key: str) -> tuple[RawPost | None, str]:
        """The post and the digest of its capture, or ``(None, "")``."""
        return self._posts.get((visit.account.id, key), (None, ""))
