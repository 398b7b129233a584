"""Where the next page of a list is."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from crawler.parsing.markup import absolute, inner_text
from crawler.platforms.website import hanweb, trs
from crawler.platforms.website.site import Page

_PAGE_COUNT = re.compile(r"pageCount\D{1,6}(\d{1,5})")
_COLUMN = re.compile(r"content/column/(\d+)")
_COLUMN_VARIABLE = re.compile(r"columnId\W{1,6}(\d{3,})", re.IGNORECASE)
_SITE_ID = re.compile(r"siteId\W{1,6}(\d{3,})", re.IGNORECASE)
_LABEL = "/site/label/8888"


def next_page(page: Page, entries: int) -> dict[str, str]:
    """What the request for the page after ``page``, which showed ``entries`` rows, needs: its ``url``, and a ``body``
    where it is a POST. Empty on the last page."""
    url = _fragment(page, entries) or _lonsun(page)
    if not url and hanweb.is_hanweb(page):
        return hanweb.next_group(page, entries)
    url = url or _anchor(page) or trs.next_page(page)
    return {"url": url} if url else {}


def disclosure_address(page: Page, page_size: int = 15) -> str:
    """The request by which a disclosure index fills its list; empty where ``page`` is none.

    The list is loaded by script; the page itself only names the organ, the catalogue and the site.
    """
    parts = urlsplit(page.url)
    organ = re.search(r"/public/column/(\d+)", parts.path)
    site = _SITE_ID.search(page.text)
    if organ is None or site is None:
        return ""
    asked = dict(parse_qsl(parts.query))
    return disclosure_query(page.url, organ[1], site[1], asked.get("catId", ""), asked.get("type", "4"), page_size)


def disclosure_query(
    base: str, organ: str, site: str, catalogue: str = "", kind: str = "4", page_size: int = 15
) -> str:
    """The first page of a disclosure list (``/site/label/8888``) on the site of ``base``."""
    query = {
        "IsAjax": "1", "dataType": "html", "labelName": "publicInfoList", "siteId": site, "pageSize": str(page_size),
        "pageIndex": "1", "action": "list", "isDate": "true", "dateFormat": "yyyy-MM-dd", "length": "80",
        "organId": organ, "type": kind, "catIds": "", "cId": catalogue, "result": "暂无相关信息",
        "file": "/xxgk/publicInfoList_newest2020",
    }  # fmt: skip
    return urljoin(base, f"{_LABEL}?{urlencode(query)}")


def _fragment(page: Page, entries: int) -> str:
    """A disclosure fragment carries no pager: a full page may have a next one."""
    parts = urlsplit(page.url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    if _LABEL not in parts.path:
        return ""
    current, size = int(query.get("pageIndex") or 1), int(query.get("pageSize") or 15)
    count = _PAGE_COUNT.search(page.text)
    if entries < size or (count is not None and current >= int(count[1])):
        return ""
    query["pageIndex"] = str(current + 1)
    return urlunsplit(parts._replace(query=urlencode(query)))


def _lonsun(page: Page) -> str:
    """``content/column/<id>?pageIndex=``: the static ``index_2.html`` does not exist on these sites."""
    count = _PAGE_COUNT.search(page.text)
    column = _COLUMN.search(page.url) or _COLUMN.search(page.text) or _COLUMN_VARIABLE.search(page.text)
    if count is None or column is None:
        return ""
    current = int(dict(parse_qsl(urlsplit(page.url).query)).get("pageIndex") or 1)
    if current >= int(count[1]):
        return ""
    return urljoin(page.url, f"/content/column/{column[1]}?pageIndex={current + 1}")


def _anchor(page: Page) -> str:
    for anchor in page.root.iter("a"):
        if inner_text(anchor).strip(" >»›＞") in ("下一页", "下页") or inner_text(anchor) in ("»", "›"):
            address = absolute(anchor.get("href") or "", page.url)
            if address and address != page.url and not (anchor.get("href") or "").startswith(("#", "javascript")):
                return address
    return ""
