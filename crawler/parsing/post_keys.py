"""The key of a post that its address names, on platforms whose posts people bring by hand."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from crawler.parsing.addresses import canonical_address, key_of_address

#: Host suffix → what in the path is the platform's own number.
_PATHS = (
    ("toutiao.com", re.compile(r"/(?:article/|item/|video/|w/|a|i)(\d{10,})")),
    ("douyin.com", re.compile(r"/(?:video|note|article)/(\d{10,})")),
    ("iesdouyin.com", re.compile(r"/share/(?:video|note)/(\d{10,})")),
    ("kuaishou.com", re.compile(r"/(?:short-video|photo|long-video)/(\w{8,})")),
    ("bilibili.com", re.compile(r"/(?:video/(BV\w{8,}|av\d+)|opus/(\d+)|read/(cv\d+))")),
    ("xiaohongshu.com", re.compile(r"/(?:explore|discovery/item)/([0-9a-f]{16,})")),
)
#: Host suffix → parameters of the query that hold it.
_QUERIES = (
    ("baijiahao.baidu.com", ("id",)),
    ("mbd.baidu.com", ("nid", "id")),
    ("xuexi.cn", ("id", "item_id")),
    ("pdnews.cn", ("id", "articleId", "contentId")),
    ("people.cn", ("id", "articleId")),
    ("xinhuanet.com", ("docid", "id")),
    ("xinhuaxmt.com", ("docid", "id")),
    ("douyin.com", ("modal_id", "vid")),
    ("channels.weixin.qq.com", ("eid", "id")),
)


def key_in_address(url: str) -> str:
    """The platform's own key in ``url``; empty where the address alone does not say it."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    host = (parts.hostname or "").lower()
    if not host:
        return ""
    for suffix, pattern in _PATHS:
        if _ends(host, suffix) and (found := pattern.search(parts.path)):
            return next(group for group in found.groups() if group)
    query = parse_qs(f"{parts.query}&{parts.fragment.partition('?')[2]}")
    for suffix, names in _QUERIES:
        if _ends(host, suffix):
            value = next((query[name][0] for name in names if query.get(name)), "")
            if value:
                return re.sub(r"[^\w.-]", "_", value)
    return key_of_address(url)


def same_address(url: str) -> str:
    """``url`` in the one form under which two copies of an address can be compared: without scheme, fragment and
    differences of quoting."""
    return unquote(canonical_address(url).partition("://")[2].rstrip("/"))


def _ends(host: str, suffix: str) -> bool:
    return host == suffix or host.endswith(f".{suffix}")
