"""What one page of a government website says. Pure: bytes in, reading out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from crawler.feeds import looks_like_feed, parse_feed
from crawler.parsing.markup import decode, tree
from crawler.parsing.payload import integer, json_value, mapping
from crawler.platforms.website.article import read_article
from crawler.platforms.website.columns import NOTHING, read_list, read_search, read_unknown_list
from crawler.platforms.website.paging import disclosure_address, next_page
from crawler.platforms.website.site import Page, open_page, site_profile
from crawler.platforms.website.walls import wall_of
from domain.markup import readable_text
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading


def read(body: bytes, url: str, fetched_at: datetime, *, status: int = 200, content_type: str = "") -> Reading:
    """Read a column list, a disclosure list or its fragment, an article, a feed, a firewall's page or an error."""
    if looks_like_feed(body):
        return parse_feed(body, url, fetched_at, status=status)
    text = decode(body, content_type)
    page = open_page(url, text, tree(text))
    if status < 400:
        reading = _search_reply(body, page) or _content(page)
        if reading is not None:
            return reading
    wall = wall_of(text, page.root, status)
    if wall is not None:
        return Reading(outcome=wall[0], detail=wall[1])
    what = "空页面" if not text.strip() else "页面结构不认识"
    return Reading(
        outcome=Outcome.LAYOUT_CHANGED,
        account=page.site_name,
        account_key=page.host,
        detail=f"{what}（HTTP {status}）：既不是栏目列表也不是文章；请人工打开核对，并更新解析程序",
    )


def _content(page: Page) -> Reading | None:
    if page.meta.get("articletitle"):  # only articles declare it, and their margins hold lists
        article = read_article(page)
        return _single(article, page) if article is not None else None
    entries = read_list(page)
    if entries:
        return _listing(entries, page, next_page(page, len(entries)))
    ajax = disclosure_address(page)
    if ajax:
        return _listing((), page, {"url": ajax})
    if entries is not None or _says_nothing(page):
        return Reading(
            outcome=Outcome.EMPTY,
            kind=PostKind.LIST,
            account=page.site_name,
            account_key=page.host,
            detail="栏目没有内容",
        )
    article = read_article(page)
    if article is not None:
        return _single(article, page)
    found = read_unknown_list(page)
    return _listing(found, page, next_page(page, len(found))) if found else None


def _says_nothing(page: Page) -> bool:
    """True for a fragment that consists of 暂无相关信息."""
    shown = readable_text(page.root)
    return len(shown) < 40 and NOTHING.search(shown) is not None


def _search_reply(body: bytes, page: Page) -> Reading | None:
    reply = json_value(body) if body.lstrip()[:1] in (b"{", b"[") else None
    data = mapping(reply, "data")
    if not isinstance(reply, Mapping) or "data" not in data:
        return None
    entries = read_search(data, page)
    return Reading(
        outcome=Outcome.OK if entries else Outcome.EMPTY,
        kind=PostKind.LIST,
        account_key=page.host,
        posts=tuple(entries),
        total=integer(data, "total"),
    )


def _listing(entries: Sequence[RawPost], page: Page, following: Mapping[str, str]) -> Reading:
    return Reading(
        outcome=Outcome.OK,
        kind=PostKind.LIST,
        account=page.site_name,
        account_key=page.host,
        posts=tuple(entries),
        profile=site_profile(page),
        cursor=following,
    )


def _single(article: RawPost, page: Page) -> Reading:
    return Reading(
        outcome=article.outcome,
        kind=article.kind,
        account=page.site_name,
        account_key=page.host,
        posts=(article,),
        profile=site_profile(page),
        detail=article.detail,
    )
