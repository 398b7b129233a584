"""What the platform spiders share: posts that a listing already showed in full, and readings that hold no post."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crawler.visit import Visit
from domain.outcome import Outcome
from domain.post import RawPost, Reading


class ShownPosts:
    """By account and key: the post as the listing showed it, and the digest of that capture.

    They need no request of their own.
    """

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


def expect_post(reading: Reading) -> Reading:
    """``reading`` where it holds one post or a refusal; a sound reply of another kind is ``LAYOUT_CHANGED``.

    Without this, a page that turned into a listing would pass for a post that was read and had no text.
    """
    if reading.post is not None or reading.outcome not in (Outcome.OK, Outcome.EMPTY):
        return reading
    return replace(reading, outcome=Outcome.LAYOUT_CHANGED, posts=(), detail="返回的不是这篇内容；请人工打开核对")
