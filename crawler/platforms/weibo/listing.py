"""Listings of posts: cards of the mobile site, statuses of the desktop site and of the open API."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawler.parsing.payload import integer, mapping, objects, string
from crawler.platforms.weibo.blog import is_advertisement, read_blog
from crawler.platforms.weibo.profile import read_profile
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading

_POST_CARD, _GROUP_CARD = 9, 11
_CONTAINER = re.compile(r"^(?:107603|230413|230283|100505)(\d{6,})")


def read_cards(data: Mapping[str, Any], url: str, fetched_at: datetime) -> Reading:
    """Read one page of the mobile listing. Advertisements and other people's posts in it are left out."""
    info = mapping(data, "cardlistInfo")
    cards = list(_post_cards(data.get("cards")))
    owner = _owner(info, url) or _commonest_writer(mapping(card, "mblog") for card in cards)
    posts = []
    for card in cards:
        blog = mapping(card, "mblog")
        if _is_foreign(blog, owner):
            continue
        pinned = string(card, "profile_type_id").startswith("proweibotop_")
        posts.append(read_blog(blog, fetched_at, whole=False, pinned=pinned))
    since = string(info, "since_id")
    cursor = {"since_id": since} if since and since != "0" else {}
    if not cards and (facts := _facts(data.get("cards"))):
        return Reading(outcome=Outcome.OK, kind=PostKind.PROFILE, account_key=owner, profile=facts)
    if not cards and not cursor:
        return Reading(outcome=Outcome.EMPTY, kind=PostKind.LIST, account_key=owner, detail="列表里没有微博")
    user = mapping(data, "userInfo")
    return _listing(posts, owner, cursor, integer(info, "total"), read_profile(user).profile if user else None)


def read_statuses(statuses: object, url: str, fetched_at: datetime, *, since: str, total: int | None) -> Reading:
    """Read one page of the desktop site or of the open API."""
    blogs = list(objects(statuses))
    owner = _owner({}, url) or _commonest_writer(blogs)
    posts = [read_blog(blog, fetched_at, whole=False) for blog in blogs if not _is_foreign(blog, owner)]
    cursor = {"since_id": since} if since and since != "0" else {}
    if not posts and not cursor:
        return Reading(
            outcome=Outcome.EMPTY, kind=PostKind.LIST, account_key=owner, total=total, detail="列表里没有微博"
        )
    writers = (mapping(blog, "user") for blog in blogs)
    user = next((user for user in writers if writer_of(user) == owner and "followers_count" in user), None)
    return _listing(posts, owner, cursor, total, read_profile(user).profile if user else None)


def _listing(
    posts: Iterable[RawPost],
    owner: str,
    cursor: Mapping[str, str],
    total: int | None,
    profile: Mapping[str, object] | None,
) -> Reading:
    unique: dict[str, RawPost] = {}
    for post in posts:  # pages repeat items near the borders of days
        kept = unique.setdefault(post.post_key or str(len(unique)), post)
        if post.pinned and not kept.pinned:
            unique[post.post_key] = post
    ordered = tuple(unique.values())
    named = next((post for post in ordered if post.account), None)
    return Reading(
        outcome=Outcome.OK,
        kind=PostKind.LIST,
        account=named.account if named else "",
        account_key=owner or (named.account_key if named else ""),
        posts=ordered,
        profile=profile,
        cursor=cursor,
        total=total,
    )


def _post_cards(cards: object) -> Iterator[Mapping[str, Any]]:
    """Cards that hold a post, also those inside a group; dividers, banners and the like are passed over."""
    for card in objects(cards):
        kind = integer(card, "card_type")
        if kind == _POST_CARD and mapping(card, "mblog"):
            yield card
        elif kind == _GROUP_CARD:
            yield from _post_cards(card.get("card_group"))


def _facts(cards: object) -> dict[str, object]:
    """The rows of an account's information page (``230283<uid>_-_INFO``): 简介, 注册时间, IP属地 …"""
    rows = [row for card in objects(cards) for row in (card, *objects(card.get("card_group")))]
    return {
        string(row, "item_name"): string(row, "item_content")
        for row in rows
        if string(row, "item_name") and string(row, "item_content")
    }


def _owner(info: Mapping[str, Any], url: str) -> str:
    """Whose listing it is, by the container it names or by the request."""
    query = parse_qs(urlsplit(url).query)
    for word in (string(info, "containerid"), *query.get("containerid", ())):
        if found := _CONTAINER.match(word):
            return found[1]
    return next((word for name in ("uid", "value") for word in query.get(name, ()) if word.isdigit()), "")


def _commonest_writer(blogs: Iterable[Mapping[str, Any]]) -> str:
    """Whose listing it is where nothing names the owner: whoever wrote most of it."""
    writers = Counter(filter(None, (writer_of(mapping(blog, "user")) for blog in blogs)))
    return writers.most_common(1)[0][0] if writers else ""


def writer_of(user: Mapping[str, Any]) -> str:
    """The user id of a user object."""
    return string(user, "idstr", "id")


def _is_foreign(blog: Mapping[str, Any], owner: str) -> bool:
    """True for what another account wrote: 赞过的微博, recommendations, advertisements.

    The mark of an advertisement alone decides nothing: the account's own promoted posts carry it too.
    """
    writer = writer_of(mapping(blog, "user"))
    liked = string(mapping(blog, "title"), "text").startswith(("赞过", "他赞过", "她赞过", "TA赞过"))
    return liked or (is_advertisement(blog) and writer != owner) or bool(owner and writer and writer != owner)
