"""Keys of a website's posts: what the site itself numbers them by."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from urllib.parse import urlsplit

from crawler.parsing.dates import china_date

_PUBLIC = re.compile(r"/public/(?:[\w-]+/)*(\d+)\.s?html?$", re.IGNORECASE)
_HANWEB = re.compile(r"/(art_\d+_\d+)\.s?html?$", re.IGNORECASE)
_TRS = re.compile(r"/(t\d{8}_\d+)\.s?html?$", re.IGNORECASE)
_NUMBERED = re.compile(r"/([A-Za-z]?\d{3,})\.(?:s?html?|jsp|aspx)$", re.IGNORECASE)


def key_of(url: str) -> str:
    """The site's own number of the article at ``url``; a digest of the address where it names none.

    Disclosure documents are numbered apart from news and carry ``public-``. Empty for an empty address.
    """
    if not url:
        return ""
    parts = urlsplit(url)
    if found := _PUBLIC.search(parts.path):
        return f"public-{found[1]}"
    for pattern in (_TRS, _HANWEB, _NUMBERED):
        if found := pattern.search(parts.path):
            return found[1]
    return f"page-{_digest(f'{parts.netloc.lower()}{parts.path}?{parts.query}')}"


def dated_address(url: str) -> datetime | None:
    """The day that an address holds (``/art/2026/6/10/…``, ``/t20260615_…``); ``None`` where it names none."""
    found = re.search(r"/t(20\d{2})(\d{2})(\d{2})_", url) or re.search(r"/(20\d{2})/(\d{1,2})/(\d{1,2})/", url)
    return china_date("-".join(found.groups())) if found else None


def external_key(url: str) -> str:
    """The key of a column entry that leads to another site."""
    return f"external-{_digest(url)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
