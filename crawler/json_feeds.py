"""JSON Feed (jsonfeed.org), which RSSHub (``?format=json``) and wewe-rss (``.json``) offer beside RSS."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crawler.feeds import NO_FULL_TEXT, feed_date, without_future
from crawler.parsing.addresses import canonical_address, key_of_address
from crawler.parsing.markup import absolute, anchors, pictures, plain, tree
from crawler.parsing.payload import mapping, objects, string
from domain.clock import CHINA
from domain.markup import readable_text
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading


def is_json_feed(data: Mapping[str, Any]) -> bool:
    """True where ``data`` calls itself a JSON Feed."""
    return "jsonfeed.org" in string(data, "version") and isinstance(data.get("items"), list)


def parse_json_feed(data: Mapping[str, Any], url: str, fetched_at: datetime) -> Reading:
    """Read a JSON Feed as ``feeds.parse_feed`` reads RSS. wewe-rss gives only ``date_modified``."""
    posts: dict[str, RawPost] = {}
    for item in objects(data.get("items")):
        post = _entry(item, url)
        posts.setdefault(canonical_address(post.url) or post.title, post)
    found, shifted = without_future(tuple(posts.values()), fetched_at)
    title = plain(string(data, "title"))
    profile = {"name": title, "link": string(data, "home_page_url"), "description": plain(string(data, "description"))}
    return Reading(
        outcome=Outcome.OK if found else Outcome.EMPTY,
        kind=PostKind.LIST,
        account=title,
        posts=found,
        profile={key: value for key, value in profile.items() if value},
        detail=shifted if found else "订阅源里没有条目",
    )


def _entry(item: Mapping[str, Any], base: str) -> RawPost:
    address = absolute(string(item, "url", "external_url", "id"), base)
    markup = string(item, "content_html")
    body = tree(markup) if markup.strip() else None
    text = readable_text(body) if body is not None else string(item, "content_text", "summary")
    failed = NO_FULL_TEXT in text
    authors = [string(author, "name") for author in (mapping(item, "author"), *objects(item.get("authors"))) if author]
    images = tuple(pictures(body, address)) if body is not None else ()
    cover = string(item, "image", "banner_image")
    links = dict.fromkeys(target for target, _ in anchors(body, address)) if body is not None else {}
    return RawPost(
        outcome=Outcome.BRIDGE_ERROR if failed else Outcome.OK,
        kind=PostKind.ARTICLE,
        account=plain(next(iter(authors), "")),
        post_key=key_of_address(address),
        url=address,
        title=plain(string(item, "title")),
        text="" if failed else text,
        published_at=_date(string(item, "date_published", "date_modified")),
        images=images or ((cover,) if cover else ()),
        links=tuple(links),
        truncated=failed or not text,
        detail="转换服务没有取到全文" if failed else "",
    )


def _date(text: str) -> datetime | None:
    """RFC 3339; a date without a zone is China time."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return feed_date(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=CHINA)
