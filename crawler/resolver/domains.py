"""Registrable domains, by the list of public suffixes that comes with the library: no list is fetched."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

import tldextract


@cache
def _suffixes() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def registrable(url: str) -> str:
    """The domain that somebody has registered (``www.liuxi.gov.cn`` → ``liuxi.gov.cn``); an IP address stays itself.

    Under a suffix that the list does not know the last two labels count. Empty where ``url`` names no host.
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""
    found = _suffixes()(host)
    if found.domain and found.suffix:
        return f"{found.domain}.{found.suffix}"
    labels = host.split(".")
    return host if host.replace(".", "").isdigit() or ":" in host else ".".join(labels[-2:])
