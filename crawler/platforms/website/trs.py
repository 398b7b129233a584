"""Paging of TRS sites: ``index.html``, ``index_1.html`` … as their script would write it."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawler.platforms.website.site import Page

_CALL = re.compile(r"\b(?:createPageHTML|createPage|createPageHtml|creatPage|pageHTML)\s*\(([^)]*)\)")
_OBJECT = re.compile(r"\bPager\s*\(\s*\{([^}]*)\}")
_SETTING = re.compile(r"[\"']?(\w+)[\"']?\s*:\s*[\"']?([\w-]+)")
_COUNT = re.compile(r"\b(?:countPage|_?nPageCount|pageCount|totalPage)\s*=\s*[\"']?(\d{1,5})")
_CURRENT = re.compile(r"\b(?:currentPage|_?nCurrIndex|pageIndex|curPage)\s*=\s*[\"']?(\d{1,5})")
_SUFFIXES = frozenset(("html", "shtml", "htm", "shtm", "jhtml", "xhtml"))


def next_page(page: Page) -> str:
    """The address of the next page; empty on the last one, and where the page has no such script."""
    found = _by_call(page.text) or _by_object(page.text) or _by_variables(page.text)
    if found is None:
        return ""
    count, current, name, suffix = found
    return urljoin(page.url, f"{name}_{current + 1}.{suffix}") if current + 1 < count else ""


def _by_call(text: str) -> tuple[int, int, str, str] | None:
    """``createPageHTML(34,0,"index","html")``, with arguments as numbers, strings or variables in any further order."""
    for call in _CALL.finditer(text):
        numbers: list[int] = []
        words: list[str] = []
        for argument in call[1].split(","):
            value = argument.strip()
            if value[:1] in ("'", '"'):
                words.append(value.strip("'\" "))
            elif value.isdigit():
                numbers.append(int(value))
            elif value and (known := re.search(rf"\b{re.escape(value)}\s*=\s*[\"']?(\d+)", text)):
                numbers.append(int(known[1]))
        suffix = next((word for word in reversed(words) if word in _SUFFIXES), "")
        names = [word for word in words if word and word != suffix and re.fullmatch(r"[\w-]+", word)]
        if len(numbers) >= 2 and suffix and names:
            return numbers[0], numbers[1], names[-1], suffix
    return None


def _by_object(text: str) -> tuple[int, int, str, str] | None:
    """``Pager({size:34, current:0, prefix:"index", suffix:"html"})``."""
    found = _OBJECT.search(text)
    values = dict(_SETTING.findall(found[1])) if found else {}
    if values.get("size", "").isdigit() and values.get("current", "").isdigit():
        return int(values["size"]), int(values["current"]), values.get("prefix", "index"), values.get("suffix", "html")
    return None


def _by_variables(text: str) -> tuple[int, int, str, str] | None:
    """``var countPage = 34; var currentPage = 0;``."""
    counted, shown = _COUNT.search(text), _CURRENT.search(text)
    return (int(counted[1]), int(shown[1]), "index", "html") if counted and shown else None
