"""The text of a post: HTML on the mobile site, plain on the desktop site and in the open API."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawler.parsing.markup import absolute, spoken, tree
from crawler.parsing.payload import objects, string
from domain.markup import readable_text, tidy

_SHORT_LINK = re.compile(r"https?://t\.cn/[0-9A-Za-z]+")
#: Pages of Weibo itself behind topics, places and mentions: they are decoration, not links that the account chose.
_OWN_PAGES = re.compile(
    r"^https?://(?:m|s|huati|weibo)\.weibo\.(?:cn|com)/(?:search|p/index|p/\d|n/|weibo)", re.IGNORECASE
)
_PLACEHOLDER = "http://t.cn/Rfd3rQV"  # 查看帮助, under every notice of the platform


@dataclass(frozen=True, slots=True)
class PostText:
    """Readable text, the outward links in it, and whether the listing cut it off (全文)."""

    text: str
    links: tuple[str, ...] = ()
    cut: bool = False


def from_markup(markup: str) -> PostText:
    """Read the HTML of a mobile post: emoticons by their ``alt``, anchors unwrapped, 全文 taken as a sign."""
    root = tree(f"<div>{markup}</div>")
    cut = False
    links: dict[str, None] = {}
    for anchor in list(root.iter("a")):
        if "".join(anchor.itertext()).strip() == "全文" and "/status/" in (anchor.get("href") or ""):
            cut = True
            anchor.text = ""
            for child in list(anchor):
                anchor.remove(child)
        elif target := _target(anchor):
            links.setdefault(target)
    spoken(root)
    return PostText(readable_text(root), tuple(links), cut)


def from_plain(text: str, urls: object = None) -> PostText:
    """Read plain text; ``urls`` is the reply's ``url_struct`` that resolves the short links, where there is one."""
    text = html.unescape(text)
    resolved: dict[str, str] = {}
    for entry in objects(urls):
        target = outward(string(entry, "ori_url", "long_url"))
        resolved[string(entry, "short_url")] = target
    links: dict[str, None] = {}
    for short in _SHORT_LINK.findall(text):
        if target := resolved.get(short, short):
            links.setdefault(target)
    for short, target in resolved.items():
        if target and short in text:
            links.setdefault(target)
    links.pop(_PLACEHOLDER, None)
    return PostText(tidy(text), tuple(links))


def outward(address: str) -> str:
    """The address behind Weibo's warning page (``weibo.cn/sinaurl?u=``); empty for Weibo's own topic pages."""
    address = absolute(address, "https://m.weibo.cn/")
    parts = urlsplit(address)
    if (
        parts.path.startswith("/sinaurl")
        and (host := parts.hostname or "")
        and host.endswith(("weibo.cn", "weibo.com"))
    ):
        query = parse_qs(parts.query)
        address = next((value for name in ("u", "toasturl", "url") for value in query.get(name, ())), "")
        address = absolute(address, "")
    return "" if _OWN_PAGES.match(address) or not address.startswith("http") else address


def _target(anchor: Any) -> str:
    """Where an anchor of a post leads outside Weibo; empty for topics, mentions and repeated parts of the site."""
    short = (anchor.get("data-url") or "").strip()
    if short == _PLACEHOLDER or (anchor.get("href") or "") == _PLACEHOLDER:
        return ""
    if (anchor.get("href") or "").startswith(("/", "#", "javascript:")) and not short:
        return ""
    address = (anchor.get("href") or "").strip()
    if target := outward(address):
        return target
    return short if short.startswith("http") and not _OWN_PAGES.match(address) else ""


def page_link(page: Mapping[str, Any], name: str = "") -> str:
    """The outward link of a post's card (``page_info`` of a web page or a headline article); ``name`` is its kind."""
    if name not in ("webpage", "article") and string(page, "type") not in ("webpage", "article", "0", "24", "5"):
        return ""
    return outward(string(page, "page_url"))
