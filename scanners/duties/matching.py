"""Which approval belongs to which post."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import timedelta

from domain.post import Post
from domain.register import Approval

#: An approval without key and address belongs to a post of the same title within so many days of its last signature.
_NEAR = timedelta(days=31)
_NOISE = re.compile(r"[\W_]+")


def plain_title(title: str) -> str:
    """A title without width, case, space and punctuation."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", title)).casefold()


def approval_of(post: Post, approvals: Iterable[Approval]) -> Approval | None:
    """The approval of ``post``: by key, else by address, else by title (the one signed nearest to publication)."""
    titled: list[Approval] = []
    by_url: Approval | None = None
    wanted = plain_title(post.title)
    for each in approvals:
        if each.post_key:
            if each.post_key == post.key:
                return each
            continue
        if each.url:
            if each.url == post.url and by_url is None:
                by_url = each
            continue
        if wanted and plain_title(each.title) == wanted:
            titled.append(each)
    return by_url or _nearest(post, titled)


def _nearest(post: Post, titled: Sequence[Approval]) -> Approval | None:
    published = post.published_at
    if published is None or not titled:
        return titled[0] if titled else None

    def distance(each: Approval) -> timedelta:
        signed = each.final_at or each.second_at or each.first_at or each.wanted_at
        return abs(signed - published) if signed is not None else timedelta()

    best = min(titled, key=distance)
    return best if distance(best) <= _NEAR else None
