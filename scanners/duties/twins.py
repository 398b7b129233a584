"""同根同源 (第七条, R44): which posts have a twin on the unit's own website."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from rapidfuzz import fuzz

from domain.post import Post
from scanners.duties.concern import on_day, passed_over
from scanners.duties.hearing import Breach, Hearing, Sibling
from scanners.duties.matching import plain_title
from scanners.guards import Guard

#: Own posts of the last days from which on a share says something.
_LEAST = 5
_Shelf = Mapping[date, Sequence[tuple[str, Sibling]]]


def share_low(hearing: Hearing) -> Iterator[Breach]:
    """None of the last thirty days' own posts is on the website, which did publish (R44). The rate has no threshold in
    the regulation: a notice only where there is nothing in common at all (option ``least``, share)."""
    if passed_over(hearing):
        return
    if not hearing.facts.twins:
        return  # without a website on file nothing can be said
    since = hearing.now - timedelta(days=hearing.norms.relevance_days)
    own = [
        post
        for post in hearing.facts.posts
        if post.published_at is not None and since < post.published_at <= hearing.now and _is_own(post)
    ]
    if len(own) < _LEAST and (not own or hearing.spared(Guard.COUNT, f"{len(own)} 篇")):
        return
    known = {post.key for post, _ in twin_pairs(hearing)}
    shared = sum(post.key in known for post in own)
    if shared / len(own) > float(hearing.option("least", "0")) and hearing.spared(
        Guard.LIMIT, f"{len(own)} 篇中 {shared} 篇与网站同源"
    ):
        return
    yield Breach(
        episode=f"{hearing.today:%Y-%m}",
        explanation=f"近 {hearing.norms.relevance_days} 天自行发布 {len(own)} 篇，网站上有同一信息的 {shared} 篇",
        facts={"posts": str(len(own)), "shared": str(shared), "days": str(hearing.norms.relevance_days)},
    )


def twin_pairs(hearing: Hearing) -> list[tuple[Post, Sibling]]:
    """Each post with the post of the website that has its title and lies within three days (default)."""
    memo = hearing.facts.memo
    if "twins" not in memo:
        shelf = _shelf(hearing.facts.twins)
        days, least = hearing.norms.twin_days, hearing.norms.repost_title * 100
        found = ((post, _twin(post, shelf, days, least)) for post in hearing.facts.posts)
        memo["twins"] = [(post, twin) for post, twin in found if twin is not None]
    pairs: list[tuple[Post, Sibling]] = memo["twins"]
    return pairs


def _twin(post: Post, shelf: _Shelf, days: int, least: float) -> Sibling | None:
    title = plain_title(post.title)
    if not title or post.published_at is None:
        return None
    best, best_score = None, 0.0
    for away in range(-days - 1, days + 2):
        for other, twin in shelf.get(on_day(post.published_at) + timedelta(days=away), ()):
            assert twin.published_at is not None, "only dated ones are on the shelf"
            if abs(twin.published_at - post.published_at) > timedelta(days=days):
                continue
            score = fuzz.ratio(title, other, score_cutoff=max(least, best_score))
            if score > best_score:
                best, best_score = twin, score
    return best


def _shelf(twins: Sequence[Sibling]) -> _Shelf:
    """The website's posts by day: a post looks at a week of them, never at all."""
    found: dict[date, list[tuple[str, Sibling]]] = {}
    for twin in twins:
        title = plain_title(twin.title)
        if title and twin.published_at is not None:
            found.setdefault(on_day(twin.published_at), []).append((title, twin))
    return found


def _is_own(post: Post) -> bool:
    return post.original is not False and not post.repost_source
