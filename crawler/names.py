"""Which kinds of addresses a host name has: what an IPv6 check asks. Asked below the spiders, like the network itself.

Against the replica the names, too, are the replica's: no test asks the real ones.
"""

from __future__ import annotations

import asyncio
import json
import socket
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from crawler.plan import CrawlPlan, ReplicaAddress

#: The host under which the replica answers for names (RFC 2606: nobody else can have it).
REPLICA_HOST = "names.invalid"
#: Longer than this no name server is waited for (seconds).
_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Addresses:
    """What a name resolves to. ``known`` is false where the question was not answered: nothing may be concluded."""

    v4: bool = False
    v6: bool = False
    known: bool = True


class Names(Protocol):
    """Asks for the addresses of a host name; never raises for what the other side does."""

    async def addresses(self, host: str) -> Addresses:
        """Whether ``host`` has A and AAAA records."""


class SystemNames:
    """The name servers of this machine."""

    async def addresses(self, host: str) -> Addresses:
        """Both kinds are asked for: a name without any address is a wrong name, not one without IPv6."""
        v6 = await self._has(host, socket.AF_INET6)
        v4 = await self._has(host, socket.AF_INET)
        if v6:
            return Addresses(v4=bool(v4), v6=True)
        if v6 is None or not v4:
            return Addresses(known=False)
        return Addresses(v4=True)

    @staticmethod
    async def _has(host: str, family: socket.AddressFamily) -> bool | None:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(_PATIENCE):
                return bool(await loop.getaddrinfo(host, 443, family=family, type=socket.SOCK_STREAM))
        except socket.gaierror as error:
            return False if error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None)) else None
        except (OSError, TimeoutError, UnicodeError):
            return None


class ReplicaNames:
    """The names of the local stand-in."""

    def __init__(self, address: ReplicaAddress) -> None:
        self._address = address

    async def addresses(self, host: str) -> Addresses:
        """What the replica says."""
        return await asyncio.to_thread(self._ask, host)

    def _ask(self, host: str) -> Addresses:
        url = f"http://{self._address.host}:{self._address.http_port}/addresses?host={quote(host)}"
        request = urllib.request.Request(url, headers={"X-Replica-Host": REPLICA_HOST})
        try:
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(request, timeout=_PATIENCE) as reply:
                found = json.loads(reply.read())
        except (OSError, ValueError, urllib.error.URLError):
            return Addresses(known=False)
        return Addresses(v4=bool(found.get("a")), v6=bool(found.get("aaaa")), known=bool(found.get("known")))


def names_for(plan: CrawlPlan) -> Names:
    """Who is asked in the crawl of ``plan``."""
    return ReplicaNames(plan.replica) if plan.replica is not None else SystemNames()
