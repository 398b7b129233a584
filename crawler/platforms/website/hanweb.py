"""Lists of Hanweb (JPAAS): items as CDATA records, the first group inside the page, the others behind a proxy.

A page holds its first group in ``<script type="text/xml"><datastore>``; ``nextgroup`` names the request for the next
(``dataproxy.jsp?page=1&columnid=…``), whose reply is such a datastore again. Pages without a ``nextgroup`` configure
``jpage({totalRecord, perPage, proxyUrl, ajaxParam})``; there the next group is asked for by record numbers.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from crawler.parsing.markup import tree
from crawler.platforms.website.site import Page

_RECORDS = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.DOTALL)
_NEXT_GROUP = re.compile(r"<nextgroup>(.*?)</nextgroup>", re.DOTALL)
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_OLD_STORE = re.compile(r"(?:InitData\w*|dataStore)\s*[:=]\s*\[(.*?)\]\s*[;,]", re.DOTALL)
_OLD_ITEM = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", re.DOTALL)
_PROXY = re.compile(r"proxyUrl\s*:\s*[\"']([^\"']+)[\"']")
_PARAMETERS = re.compile(r"ajaxParam\s*:\s*\{([^}]*)\}")
_PAIR = re.compile(r"[\"']?(\w+)[\"']?\s*:\s*(?:[\"']([^\"']*)[\"']|([\w./-]+))")
_TOTAL = re.compile(r"totalRecord\s*[:=]\s*[\"']?(\d+)|<totalrecord>\s*(\d+)", re.IGNORECASE)
_PER_PAGE = re.compile(r"perPage\s*[:=]\s*[\"']?(\d+)")


def is_hanweb(page: Page) -> bool:
    """True for a page or a reply that holds such a list."""
    return "<datastore>" in page.text or (".jpage(" in page.text and _PROXY.search(page.text) is not None)


def records(page: Page) -> Iterator[Any] | None:
    """The items of the list; ``None`` where ``page`` holds none of this kind."""
    if "<datastore>" in page.text:
        return (tree(f"<ul>{_unescaped(record)}</ul>") for record in _RECORDS.findall(page.text))
    if not is_hanweb(page):
        return None
    stores = _OLD_STORE.findall(page.text)
    items = [one or other for store in stores for one, other in _OLD_ITEM.findall(store)]
    return (tree(f"<ul>{item}</ul>") for item in (_unquoted(item) for item in items) if "<a" in item)


def next_group(page: Page, entries: int) -> dict[str, str]:
    """What the next request needs (``url``, and for a POST ``body``); empty on the last group."""
    if not is_hanweb(page):
        return {}
    total = _TOTAL.search(page.text)
    known = int(total[1] or total[2]) if total else None
    if entries == 0 or (known is not None and _shown(page, entries) >= known):
        return {}
    named = _NEXT_GROUP.search(page.text)
    link = _HREF.search(html.unescape(named[1])) if named else None
    if link is not None and "dataproxy" in link[1]:
        return {"url": _quoted(urljoin(page.url, link[1]))}
    return _by_numbers(page, entries, known)


def _by_numbers(page: Page, entries: int, total: int | None) -> dict[str, str]:
    """The next group by the numbers of its records, as the site's own script asks for it."""
    parts = urlsplit(page.url)
    query = dict(parse_qsl(parts.query))
    if "startrecord" in query:  # a reply: go on from it; its parameters travel in the body of the next request
        end = int(query.get("endrecord") or 0)
        span = end - int(query.get("startrecord") or 1) + 1
        if span <= 0 or entries < span:
            return {}
        query |= {"startrecord": str(end + 1), "endrecord": str(end + span)}
        return {"url": urlunsplit(parts._replace(query=urlencode(query))), "same_body": "1"}
    proxy, parameters, size = _PROXY.search(page.text), _PARAMETERS.search(page.text), _PER_PAGE.search(page.text)
    if proxy is None or parameters is None or total is None:
        return {}
    given = {name: quoted or bare for name, quoted, bare in _PAIR.findall(parameters[1])}
    step = {"startrecord": entries + 1, "endrecord": entries * 2, "perpage": int(size[1]) if size else entries}
    return {"url": urljoin(page.url, f"{proxy[1]}?{urlencode(step)}"), "body": urlencode(given)}


def _shown(page: Page, entries: int) -> int:
    """How many records stand up to the end of this group, where that can be told."""
    query = dict(parse_qsl(urlsplit(page.url).query))
    end = query.get("endrecord", "")
    return int(end) if end.isdigit() else entries


def _unescaped(record: str) -> str:
    return html.unescape(record) if "&lt;" in record else record


def _unquoted(item: str) -> str:
    return item.replace("\\'", "'").replace('\\"', '"').replace("\\/", "/")


def _quoted(url: str) -> str:
    """The address with its query encoded: these links carry Chinese names as they are."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query=urlencode(parse_qsl(parts.query, keep_blank_values=True))))
