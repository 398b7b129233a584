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


class Approvals:
    """The approvals of one account, found by key, by address and by title."""

    def __init__(self, approvals: Iterable[Approval]) -> None:
        self._keys: dict[str, Approval] = {}
        self._urls: dict[str, Approval] = {}
        self._titles: dict[str, list[Approval]] = {}
        for each in approvals:
            if each.post_key:
                self._keys.setdefault(each.post_key, each)
            elif each.url:
                self._urls.setdefault(each.url, each)
            elif wanted := plain_title(each.title):
                self._titles.setdefault(wanted, []).append(each)

    def of(self, post: Post) -> Approval | None:
        """The approval of ``post``: by key, else by address, else by title (the one signed nearest to publication)."""
        known = self._keys.get(post.key) or self._urls.get(post.url)
        return known or _nearest(post, self._titles.get(plain_title(post.title), ()))


def approval_of(post: Post, approvals: Iterable[Approval]) -> Approval | None:
    """The approval of one post among ``approvals``."""
    return Approvals(approvals).of(post)


def _nearest(post: Post, titled: Sequence[Approval]) -> Approval | None:
    published = post.published_at
    if published is None or not titled:
        return titled[0] if titled else None

    def distance(each: Approval) -> timedelta:
        signed = each.final_at or each.second_at or each.first_at or each.wanted_at
        return abs(signed - published) if signed is not None else timedelta()

    best = min(titled, key=distance)
    return best if distance(best) <= _NEAR else None
