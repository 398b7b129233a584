"""Lists of a government website: columns, disclosure lists, and the list structures of other systems."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from crawler.parsing.dates import china_date
from crawler.parsing.markup import absolute, all_by_class, inner_text, tree
from crawler.parsing.payload import objects, string
from crawler.platforms.website.hanweb import records
from crawler.platforms.website.keys import dated_address, external_key, key_of
from crawler.platforms.website.site import Page
from domain.markup import readable_text
from domain.post import PostKind, RawPost

#: A shorter link is a label of the navigation (characters).
_SHORTEST_TITLE = 5
NOTHING = re.compile(r"暂无(?:相关)?(?:信息|数据|内容)")


def read_list(page: Page) -> list[RawPost] | None:
    """The entries of the list on ``page``, in its order; ``None`` where it has no known list."""
    for structure in _STRUCTURES:
        entries = structure(page)
        if entries is not None:
            unique = {
                post.post_key: post for post in reversed(list(filter(None, (_entry(row, page) for row in entries))))
            }
            return list(reversed(unique.values()))
    return None


def read_unknown_list(page: Page) -> list[RawPost] | None:
    """The entries of a list that no known structure describes: the element most of whose rows are a titled link with a
    date of its own. Two such rows are the least that makes a list; one is enough on a page that calls itself a column
    (the last page of many)."""
    least = 1 if page.meta.get("columnname") else 2
    best: list[RawPost] = []
    for element in page.root.iter("ul", "ol", "div", "tbody", "table", "dl", "section"):
        rows = [child for child in element if isinstance(child.tag, str)]
        if len(rows) < least:
            continue
        entries = [entry for row in rows if (entry := _dated_entry(row, page)) is not None]
        if len(entries) > len(best) and len(entries) * 2 >= sum(
            1 for row in rows if next(row.iter("a"), None) is not None
        ):
            best = entries
    unique = {entry.post_key: entry for entry in reversed(best)}
    return list(reversed(unique.values())) if len(unique) >= least else None


def _dated_entry(row: Any, page: Page) -> RawPost | None:
    entry = _entry(row, page)
    if entry is None or len(entry.title) < _SHORTEST_TITLE:
        return None
    if entry.published_at is not None:
        return entry
    within = china_date(inner_text(row)[len(entry.title) :])
    return replace(entry, published_at=within) if within is not None else None


def read_search(data: Mapping[str, Any], page: Page) -> list[RawPost]:
    """The entries of the site's own search as JSON (``labelName=searchDataList``)."""
    posts = []
    for row in objects(data.get("data")):
        title = readable_text(tree(string(row, "title")))
        address = absolute(string(row, "link"), page.url)
        if address and title:
            posts.append(_post(address, title, china_date(string(row, "createDate")), page))
    return posts


def _entry(row: Any, page: Page) -> RawPost | None:
    """One row: a link with its title, and a date somewhere beside it. A divider has no link."""
    link = next((anchor for anchor in row.iter("a") if _leads_somewhere(anchor)), None)
    if link is None:
        return None
    address = absolute(link.get("href") or "", page.url)
    title = " ".join((link.get("title") or "").split()) or inner_text(link)
    if not address or not title:
        return None
    return _post(address, title, _date(row, link) or dated_address(address), page)


def _post(address: str, title: str, published: datetime | None, page: Page) -> RawPost:
    if page.is_own(address):
        return RawPost(
            kind=PostKind.ARTICLE,
            account=page.site_name,
            account_key=page.host,
            post_key=key_of(address),
            url=address,
            title=title,
            published_at=published,
            truncated=True,
        )
    return RawPost(
        kind=PostKind.SHARE_CARD,
        account=page.site_name,
        account_key=page.host,
        post_key=external_key(address),
        url=address,
        title=title,
        published_at=published,
        links=(address,),
        detail="外部链接：栏目条目指向其他站点",
    )


def _leads_somewhere(anchor: Any) -> bool:
    address = (anchor.get("href") or "").strip()
    return bool(address) and not address.lower().startswith(("#", "javascript:", "mailto:"))


def _date(row: Any, link: Any) -> datetime | None:
    """The date of a row: outside its link first, because titles hold dates too."""
    inside = set(link.iter())
    for element in row.iter():
        if element in inside or not isinstance(element.tag, str):
            continue
        for text in (element.text, element.tail):
            if text and (found := china_date(text)) is not None:
                return found
    return china_date(link.tail or "")


# -- structures ------------------------------------------------------------------------------------------------------


def _rows_of(name: str) -> Callable[[Page], Iterator[Any] | None]:
    """Items of every list with the class ``name`` (Lonsun: ``doc_list``, ``xxgk_nav_list``; Xiamen and its like)."""

    def rows(page: Page) -> Iterator[Any] | None:
        lists = list(all_by_class(page.root, name))
        return (item for found in lists for item in found.iter("li")) if lists else None

    return rows


def _definition_rows(page: Page) -> Iterator[Any] | None:
    """Fujian's disclosure lists: one ``dl`` a document, the header row in another block."""
    blocks = [block for block in all_by_class(page.root, "rules_tabs_01") if block.get("role") == "viewlist"]
    return (row for block in blocks for row in block.iter("dl")) if blocks else None


def _table_rows(page: Page) -> Iterator[Any] | None:
    """TRS disclosure lists: a table whose header row names 名称 and 发布日期."""
    for table in page.root.iter("table"):
        header = "".join(inner_text(cell) for cell in table.iter("th"))
        if "名称" in header and "日期" in header:
            return iter(list(table.iter("tr")))
    return None


_STRUCTURES: tuple[Callable[[Page], Iterator[Any] | None], ...] = (
    _rows_of("doc_list"),
    _rows_of("xxgk_nav_list"),
    records,
    _definition_rows,
    _rows_of("list_base_date_01"),
    _rows_of("newul"),
    _table_rows,
)
