"""RSS and Atom as a route of any platform: bytes in, a listing out.

Bridges lie about dates (zone-less ones are read as UTC by most readers) and fail with HTML pages; both are recognised
here. A feed that stands still says nothing about the account: whoever asks must confirm it elsewhere.
"""

from __future__ import annotations

import calendar
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import feedparser

from crawler.parsing.addresses import canonical_address, key_of_address
from crawler.parsing.dates import china_date
from crawler.parsing.markup import absolute, anchors, pictures, plain, tree
from domain.clock import CHINA
from domain.markup import readable_text
from domain.outcome import Outcome
from domain.post import PostKind, RawAttachment, RawPost, Reading

_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
#: A zone that means one thing only. ``CST`` does not: China and Chicago both use it, and these feeds are Chinese.
_ZONE = re.compile(r"(?:[+-]\d{2}:?\d{2}|\b(?:GMT|UTC|UT)|(?<=\d)Z)\s*$", re.IGNORECASE)
_RFC_DATE = re.compile(r"(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_CDATA = re.compile(r"^\s*<!\[CDATA\[(.*?)\]\]>\s*$", re.DOTALL)
#: How far a zone mistaken for GMT moves a date, and how far clocks may differ.
_ZONE_ERROR, _SLACK = timedelta(hours=8), timedelta(minutes=10)
#: What wewe-rss writes in place of the text that it could not get.
NO_FULL_TEXT = "获取全文失败"


def looks_like_feed(body: bytes) -> bool:
    """True when ``body`` begins as RSS, RDF or Atom."""
    head = body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and _FEED.search(head) is not None and b"<html" not in head[:512].lower()


def parse_feed(body: bytes, url: str, fetched_at: datetime, *, status: int = 200) -> Reading:
    """Read a feed.

    Entries come in the feed's order, each once by its canonical address. An error page, broken XML without an entry,
    and a document that declares entities are ``BRIDGE_ERROR``; a sound feed without an entry is ``EMPTY``. An entry
    whose full text the bridge could not get has outcome ``BRIDGE_ERROR`` itself and keeps title, address and date.
    Dates that lie after ``fetched_at`` are China time with a wrong zone, and are set right.
    """
    if status >= 400:
        return failed_feed(f"订阅源返回 HTTP {status}：转换服务出错，不能据此判断账号是否更新")
    if not looks_like_feed(body):
        return failed_feed("订阅源返回的不是 RSS/Atom：转换服务出错，不能据此判断账号是否更新")
    if _ENTITY.search(body):
        return failed_feed("订阅源带有实体声明，出于安全不予解析")
    # Never hand over a string or bytes: feedparser would take them for an address or a file name.
    feed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    if feed.bozo and not feed.entries:
        return failed_feed("订阅源的 XML 不完整，没有可读的条目：不能据此判断账号是否更新")
    posts: dict[str, RawPost] = {}
    for entry in feed.entries:
        post = _entry(entry, url)
        posts.setdefault(canonical_address(post.url) or post.title, post)
    found, shifted = without_future(tuple(posts.values()), fetched_at)
    channel = feed.feed
    title = plain(str(channel.get("title", "")))
    profile = {
        "name": title,
        "link": str(channel.get("link", "")),
        "description": plain(str(channel.get("description", "") or channel.get("subtitle", ""))),
        "generator": str(channel.get("generator", "")),
    }
    truncated = bool(feed.bozo) and not _harmless(feed)
    return Reading(
        outcome=Outcome.OK if posts else Outcome.EMPTY,
        kind=PostKind.LIST,
        account=title,
        posts=found,
        profile={key: value for key, value in profile.items() if value},
        detail="订阅源的 XML 有错误，可能缺条目" if truncated else shifted if posts else "订阅源里没有条目",
    )


def without_future(posts: tuple[RawPost, ...], fetched_at: datetime) -> tuple[tuple[RawPost, ...], str]:
    """``posts`` with dates that can be: a bridge that writes China time and calls it GMT is eight hours ahead, and its
    newest entry gives that away. Returns the posts and the remark that is to be made."""
    newest = max((post.published_at for post in posts if post.published_at), default=None)
    if newest is None or newest <= fetched_at + _SLACK:
        return posts, ""
    if newest > fetched_at + _ZONE_ERROR + _SLACK:
        return posts, "订阅源有条目的时间在将来；请检查转换服务的时钟"
    moved = tuple(
        replace(post, published_at=post.published_at - _ZONE_ERROR) if post.published_at else post for post in posts
    )
    return moved, "订阅源把北京时间写成了格林尼治时间，已按北京时间更正；请检查转换服务的时区"


def feed_date(raw: str, parsed: object = None) -> datetime | None:
    """The instant of a feed date: ``parsed`` (UTC, as feedparser gives it) is trusted only where ``raw`` has a zone;
    anything else is China time (WeRSS writes RFC 822 with an empty zone, Lonsun ``2026-10-04 01:39:11.0``)."""
    raw = raw.strip()
    if parsed is not None and _ZONE.search(raw):
        try:
            return datetime.fromtimestamp(calendar.timegm(parsed), UTC)  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError):
            return None
    if found := _RFC_DATE.search(raw):
        day, month, year, *clock = found.groups()
        if month.lower() in _MONTHS:
            hour, minute, second = (int(part or 0) for part in clock)
            try:
                return datetime(
                    int(year), _MONTHS.index(month.lower()) + 1, int(day), hour, minute, second, tzinfo=CHINA
                )
            except ValueError:
                return None
    return china_date(raw)


def _entry(entry: Mapping[str, Any], base: str) -> RawPost:
    address = absolute(str(entry.get("link", "")), base)
    if not address and str(entry.get("id", "")).startswith("http"):
        address = str(entry["id"])
    markup = _markup(entry)
    body = tree(markup) if markup else None
    text = readable_text(body) if body is not None else ""
    failed = NO_FULL_TEXT in text
    raw, parsed = entry.get("published"), entry.get("published_parsed")
    if not raw:
        raw, parsed = entry.get("updated"), entry.get("updated_parsed")
    images = tuple(map(_original, pictures(body, address))) if body is not None else ()
    links = dict.fromkeys(target for target, _ in anchors(body, address)) if body is not None else {}
    return RawPost(
        outcome=Outcome.BRIDGE_ERROR if failed else Outcome.OK,
        kind=PostKind.ARTICLE,
        account=plain(str(entry.get("author", ""))),
        post_key=key_of_address(address),
        url=address,
        title=plain(_unwrapped(str(entry.get("title", "")))),
        text="" if failed else text,
        published_at=feed_date(str(raw or ""), parsed),
        images=images or _enclosed_pictures(entry),
        links=tuple(links),
        attachments=_enclosures(entry, address),
        truncated=failed or not text,
        detail="转换服务没有取到全文" if failed else "",
    )


def _markup(entry: Mapping[str, Any]) -> str:
    """The longest form of the text that the entry carries."""
    forms = [str(content.get("value", "")) for content in entry.get("content", ()) if isinstance(content, Mapping)]
    forms.append(str(entry.get("summary", "")))
    return max((_unwrapped(form) for form in forms), key=len)


def _unwrapped(text: str) -> str:
    """WeRSS escapes the CDATA mark itself, which then stands in the text."""
    found = _CDATA.match(text)
    return found[1] if found else text


def _original(picture: str) -> str:
    """The picture behind a bridge's proxy, so that the evidence names what the account published."""
    parts = urlsplit(picture)
    if not (parts.path.endswith("/static/res/logo/") or parts.hostname == "img2.jintiankansha.me"):
        return picture
    query = parse_qs(parts.query)
    return next(
        (value for name in ("url", "src") for value in query.get(name, ()) if value.startswith("http")), picture
    )


def _enclosures(entry: Mapping[str, Any], base: str) -> tuple[RawAttachment, ...]:
    files = []
    for enclosure in entry.get("enclosures", ()):
        media_type = str(enclosure.get("type", ""))
        address = absolute(str(enclosure.get("href", "")), base)
        if address and not media_type.startswith("image/"):
            files.append(RawAttachment(url=address, name=address.rsplit("/", 1)[-1], media_type=media_type))
    return tuple(files)


def _enclosed_pictures(entry: Mapping[str, Any]) -> tuple[str, ...]:
    found = (
        str(enclosure.get("href", ""))
        for enclosure in entry.get("enclosures", ())
        if str(enclosure.get("type", "")).startswith("image/")
    )
    return tuple(dict.fromkeys(filter(None, found)))


def _harmless(feed: Mapping[str, Any]) -> bool:
    """Feedparser also calls a feed broken for its declared media type or encoding, which costs no entry."""
    error = feed.get("bozo_exception")
    return isinstance(error, (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType))


def failed_feed(detail: str) -> Reading:
    return Reading(outcome=Outcome.BRIDGE_ERROR, detail=detail)
