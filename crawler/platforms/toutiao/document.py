"""Item pages of Toutiao: the rendered document, its embedded state, and the mobile mirror's JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler.parsing.dates import china_date, from_epoch
from crawler.parsing.markup import anchors, by_class, inner_text, metas, pictures, plain, tree
from crawler.parsing.payload import integer, json_text, mapping, string
from domain.markup import readable_text
from domain.outcome import Outcome
from domain.post import PostKind, RawPost

_ITEM = re.compile(r"/(article|w|video|item)/(\d{6,})|/[ai](\d{6,})")
_KINDS = {"video": PostKind.VIDEO, "w": PostKind.TEXT}
_STATE = "RENDER_DATA"


def key_of(url: str) -> str:
    """The item number in an address of Toutiao; empty where there is none."""
    found = _ITEM.search(urlsplit(url).path)
    return (found[2] or found[3]) if found else ""


def read_document(text: str, url: str) -> RawPost | None:
    """The item that an HTML page shows; ``None`` where it shows none."""
    root = tree(text)
    meta = metas(root)
    found = _ITEM.search(urlsplit(url or meta.get("og:url", "")).path)
    state = next(iter(_states(root)), {})
    article = next(root.iter("article"), None)
    if article is None:
        article = by_class(root, "article-content", "weitoutiao-html", "wtt-content")
    markup = string(state, "content")
    if article is None and not markup:
        return None
    body: Any = tree(markup) if markup else article
    heading = next((found for found in root.iter("h1") if inner_text(found)), None)
    info = " ".join(" ".join(line.itertext()) for line in _lines(root))
    source = string(state, "source", "media_name") or string(mapping(state, "mediaInfo"), "name")
    original = integer(state, "is_original", "isOriginal")
    kind = _KINDS.get(found[1] or "", PostKind.ARTICLE) if found else PostKind.ARTICLE
    return RawPost(
        outcome=Outcome.OK,
        kind=kind,
        account=source or _name(root),
        post_key=(found[2] or found[3]) if found else string(state, "groupId", "group_id", "itemId"),
        url=url,
        title=plain(string(state, "title")) or (inner_text(heading) if heading is not None else ""),
        text=readable_text(body),
        published_at=from_epoch(integer(state, "publish_time", "publishTime")) or china_date(info),
        original=bool(original) if original is not None else ("原创" in info.split() or None),
        images=pictures(body, url),
        links=tuple(dict.fromkeys(target for target, _ in anchors(body, url))),
    )


def read_info(data: Mapping[str, Any], url: str) -> RawPost:
    """The mobile mirror's JSON (``/i<id>/info/``)."""
    body = tree(string(data, "content"))
    user = mapping(data, "media_user")
    original = data.get("is_original")
    return RawPost(
        kind=PostKind.ARTICLE,
        account=string(user, "screen_name") or string(data, "source"),
        account_key=string(user, "id"),
        post_key=key_of(url) or key_of(string(data, "url")),
        url=url,
        title=plain(string(data, "title")),
        text=readable_text(body),
        published_at=from_epoch(integer(data, "publish_time")),
        original=original if isinstance(original, bool) else None,
        images=pictures(body, url),
        links=tuple(dict.fromkeys(target for target, _ in anchors(body, url))),
    )


def _states(root: Any) -> Iterator[Mapping[str, Any]]:
    """The article's part of the embedded state, which is JSON with every character escaped for addresses."""
    for script in root.iter("script"):
        if script.get("id") != _STATE:
            continue
        state = json_text(unquote(script.text or ""))
        for path in (("data",), ("articleInfo",), ("data", "articleInfo"), ()):
            part = mapping(state, *path)
            if "content" in part:
                yield part


def _lines(root: Any) -> Iterator[Any]:
    for name in ("article-meta", "publish-time", "time", "meta"):
        found = by_class(root, name)
        if found is not None:
            yield found
    yield from root.iter("time")


def _name(root: Any) -> str:
    found = by_class(root, "name", "author-name", "user-name")
    return inner_text(found) if found is not None else ""
