"""Which post an address names: the canonical form of addresses, and the platforms' own keys in them."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from crawler.platforms.website.keys import key_of as website_key
from crawler.platforms.weibo.ids import key_of as weibo_key

_ALIASES = {"appmsgid": "mid", "itemidx": "idx", "sign": "sn"}
_IDENTITY = ("__biz", "mid", "idx", "sn")
_SHORT_PATH = re.compile(r"^/s/[\w-]{8,}$")


def canonical_address(url: str) -> str:
    """``url`` without what changes from copy to copy.

    A WeChat address keeps its short form or ``__biz, mid, idx, sn``; any other loses its fragment only.
    """
    url = _unescaped(url.strip())
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if (parts.hostname or "").lower() != "mp.weixin.qq.com":
        return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path, parts.query, ""))
    if _SHORT_PATH.match(parts.path):
        return f"https://mp.weixin.qq.com{parts.path}"
    query = {_ALIASES.get(name, name): values[0] for name, values in parse_qs(parts.query).items()}
    if all(query.get(name) for name in ("__biz", "mid", "idx")):
        identity = {name: query[name] for name in _IDENTITY if name in query}
        return f"https://mp.weixin.qq.com/s?{urlencode(identity, safe='=')}"
    return urlunsplit(("https", "mp.weixin.qq.com", parts.path, parts.query, ""))


def key_of_address(url: str) -> str:
    """The key of the post that ``url`` names on its platform; empty where the address alone does not say it
    (a short WeChat address hides ``mid`` and ``idx``)."""
    canonical = canonical_address(url)
    if not canonical:
        return ""
    parts = urlsplit(canonical)
    host = (parts.hostname or "").lower()
    if host == "mp.weixin.qq.com":
        query = parse_qs(parts.query)
        return f"{query['mid'][0]}_{query['idx'][0]}" if "mid" in query and "idx" in query else ""
    if host.endswith(("weibo.com", "weibo.cn")):
        return weibo_key(canonical)
    return website_key(canonical)


def _unescaped(url: str) -> str:
    """HTML escapes taken off until nothing changes: stored addresses are escaped more than once."""
    while (once := html.unescape(url)) != url:
        url = once
    return url
