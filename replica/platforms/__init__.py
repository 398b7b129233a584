"""One module a platform, found by looking into this folder.

Each module says which hosts it answers for (``HOSTS``: exact names or ``*.suffix``) and answers them
(``answer(world, request)``). Names with a leading underscore are helpers.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from replica.request import Reply, Request
from replica.world import World


class Platform(Protocol):
    """What a module of this folder offers."""

    @property
    def HOSTS(self) -> Sequence[str]: ...  # noqa: N802

    def answer(self, world: World, request: Request) -> Reply: ...


@cache
def platforms() -> dict[str, Platform]:
    """Every platform by module name. An exact host of two modules is a mistake and raises ``ValueError``."""
    found = {
        info.name: cast(Platform, import_module(f"{__name__}.{info.name}"))
        for info in pkgutil.iter_modules(__path__)
        if not info.name.startswith("_")
    }
    _refuse_doubles(found)
    return found


def platform_of(host: str) -> Platform | None:
    """The platform that answers for ``host``: an exact name wins over a suffix, a longer suffix over a shorter."""
    best: tuple[int, Platform] | None = None
    for platform in platforms().values():
        rank = max((_rank(pattern, host) for pattern in platform.HOSTS), default=0)
        if rank and (best is None or rank > best[0]):
            best = (rank, platform)
    return best[1] if best else None


def _rank(pattern: str, host: str) -> int:
    if pattern == host:
        return 1000
    if pattern.startswith("*.") and host.endswith(pattern[1:]):
        return len(pattern)
    return 0


def _refuse_doubles(found: dict[str, Platform]) -> None:
    owners: dict[str, str] = {}
    for name, platform in found.items():
        for host in _unique(platform.HOSTS):
            if host in owners:
                raise ValueError(f"two platforms answer for {host}: {owners[host]} and {name}")
            owners[host] = name


def _unique(hosts: Iterable[str]) -> set[str]:
    return set(hosts)
