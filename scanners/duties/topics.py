"""What an account is about: its own duties, or something else, and how much of it is its own (第六、七条, R40 to R45).

A post is about the duties where a word of them stands in its title or its first characters. Shares are of the posts of
the last thirty days (default), of five at least.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from domain.post import Post
from scanners.duties.concern import passed_over
from scanners.duties.hearing import Breach, Hearing
from scanners.guards import Guard

_LEAST = 5
_BEGINNING = 200
#: A post of fewer signs says too little to be judged alone; so many are told of one without a title.
_SHORT, _TOLD = 12, 20
#: Months are compared from so many posts on; a smaller fall of the share is chance.
_LEAST_COMPARED = 10
_FALL = 0.3


def few_duties(hearing: Hearing) -> Iterator[Breach]:
    """Less than half of the posts are about the unit's duties (R42): a notice. Option ``words``."""
    yield from _share(hearing, _words(hearing, "words"), above=False)


def unrelated(hearing: Hearing) -> Iterator[Breach]:
    """More than three tenths are neither about the duties nor about party and government (R43, R45).

    Options ``words`` and ``public``.
    """
    yield from _share(hearing, (*_words(hearing, "words"), *_words(hearing, "public")), above=True)


def original_falls(hearing: Hearing) -> Iterator[Breach]:
    """The share of originals is far below that of the thirty days before (R40): a notice, no breach."""
    if passed_over(hearing):
        return
    days = timedelta(days=hearing.norms.relevance_days)
    now = [post for post in _recent(hearing, hearing.now - days, hearing.now) if post.original is not None]
    before = [
        post for post in _recent(hearing, hearing.now - 2 * days, hearing.now - days) if post.original is not None
    ]
    few = min(len(now), len(before)) < _LEAST_COMPARED
    if few and (not now or not before or hearing.spared(Guard.COUNT, f"{len(before)} 篇、{len(now)} 篇")):
        return
    one = sum(bool(post.original) for post in before) / len(before)
    other = sum(bool(post.original) for post in now) / len(now)
    if one - other < _FALL and hearing.spared(Guard.LIMIT, f"{one:.0%}、{other:.0%}"):
        return
    yield Breach(
        episode="share",
        explanation=f"前 30 天 {len(before)} 篇中原创占 {one:.0%}，近 30 天 {len(now)} 篇中占 {other:.0%}",
        facts={"before": f"{one:.0%}", "now": f"{other:.0%}"},
    )


def _share(hearing: Hearing, words: Sequence[str], *, above: bool) -> Iterator[Breach]:
    if passed_over(hearing):
        return
    days = hearing.norms.relevance_days
    posts = _recent(hearing, hearing.now - timedelta(days=days), hearing.now)
    if len(posts) < _LEAST and (not posts or hearing.spared(Guard.COUNT, f"{len(posts)} 篇")):
        return
    off = [post for post in posts if not any(word in _head(post) for word in words)]
    share = len(off) / len(posts)
    limit = hearing.norms.unrelated_share if above else 1 - hearing.norms.relevance_share
    if share <= limit and hearing.spared(Guard.LIMIT, f"{len(posts)} 篇中 {len(off)} 篇"):
        return
    named = "、".join(f"“{post.title or post.text[:15]}”" for post in off[:3]) or "无"
    yield Breach(
        episode="share",
        explanation=f"近 {days} 天 {len(posts)} 篇中 {len(off)} 篇（{share:.0%}）没有相关用语，如{named}",
        facts={"days": str(days), "posts": str(len(posts)), "off": str(len(off)), "named": named},
    )


def _recent(hearing: Hearing, since: datetime, until: datetime) -> list[Post]:
    return [
        post for post in hearing.facts.posts if post.published_at is not None and since < post.published_at <= until
    ]


def _head(post: Post) -> str:
    return f"{post.title}\n{post.text[:_BEGINNING]}"


def _words(hearing: Hearing, name: str) -> tuple[str, ...]:
    found = hearing.options.get(name, [])
    own = hearing.norms.duty_words if name == "words" else ()
    return (*map(str, found if isinstance(found, list) else []), *own)


def unrelated_post(hearing: Hearing) -> Iterator[Breach]:
    """One post that has no word of the duties, nor of party and government, in its title and text (R43, R45): a notice.

    Options ``words`` and ``public``, as for the share. Posts without a text (videos, pictures) are judged by the title.
    """
    post = hearing.facts.post
    if post is None or passed_over(hearing):
        return
    if len(post.title) + len(post.text) < _SHORT and hearing.spared(Guard.COUNT, "文字太少"):
        return
    words = (*_words(hearing, "words"), *_words(hearing, "public"))
    found = next((word for word in words if word in post.title), None) or next(
        (word for word in words if word in post.text), None
    )
    if found is not None and hearing.spared(Guard.ALIKE, f"有“{found}”"):
        return
    yield Breach(
        episode=post.key,
        record=f"post:{post.key}",
        explanation="标题和正文里没有民政职能、党政和公共服务的用语",
        facts={"title": post.title or post.text[:_TOLD]},
        term=post.title or post.text[:_TOLD],
    )
