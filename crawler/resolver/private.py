"""Links of posts are written by others: none may lead a visit into this machine or this network.

Two gates. Addresses and names that are private by themselves are refused before robots.txt is asked. What a name
resolves to is judged where the connection is made, so that a name cannot show one address and use another.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase

if TYPE_CHECKING:
    from twisted.internet.defer import Deferred

#: Names that are never of the internet (RFC 6761, RFC 6762, RFC 8375, and what office networks use).
_LOCAL = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home.arpa", "corp", "home")


class PrivateAddress(IgnoreRequest):
    """The link leads into a private network, or to this very machine."""


def is_private(host: str) -> bool:
    """True for an address or a name that is private by itself."""
    host = host.strip("[]").rstrip(".").lower()
    try:
        return not _plain(host).is_global
    except ValueError:
        return "." not in host or any(host == name or host.endswith(f".{name}") for name in _LOCAL)


def _plain(host: str) -> Any:
    """The IP address; also in the spellings that browsers read as one (``2130706433``, ``0x7f.1``). ``ValueError``
    where it is a name."""
    if ":" in host:
        address = ip_address(host.split("%")[0])
        return getattr(address, "ipv4_mapped", None) or address
    parts = host.split(".")
    if not parts[-1][:1].isdigit():
        raise ValueError(host)
    *heads, last = [int(part, _base(part)) for part in parts]
    if len(parts) > 4 or any(part > 255 for part in heads):
        raise ValueError(host)
    number = last + sum(part << 8 * (3 - place) for place, part in enumerate(heads))
    return ip_address(number) if number < 2**32 else ip_address("0.0.0.0")  # noqa: S104 (refused, not bound)


def _base(part: str) -> int:
    """Number systems in which the parts of an address may be written."""
    if part.startswith("0x"):
        return 16
    return 8 if part.startswith("0") and part != "0" else 10


class PublicOnlyMiddleware:
    """Refuses a request whose address is private by itself; redirects pass here as well."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PublicOnlyMiddleware:
        """Built by Scrapy."""
        del crawler
        return cls()

    def process_request(self, request: Request) -> None:
        """Raise ``PrivateAddress`` where ``request`` must not be sent."""
        if is_private(urlsplit(request.url).hostname or ""):
            raise PrivateAddress("private address")


class PublicOnlyResolver(CachingThreadedResolver):
    """Scrapy's resolver, but a name that leads to a private address is refused. The office's own proxy is none of
    the names in links, and may well stand in its own network."""

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)
        proxies = (proxy if "//" in proxy else f"//{proxy}" for proxy in getproxies().values())
        self._own = {urlsplit(proxy).hostname for proxy in proxies}

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 (Twisted's name)
        """The address of ``name``; fails with ``PrivateAddress`` where it is private."""
        found = super().getHostByName(name, timeout)
        if name not in self._own:
            found.addCallback(_public)
        return found


def _public(address: str) -> str:
    if is_private(address):
        raise PrivateAddress("private address")
    return address
