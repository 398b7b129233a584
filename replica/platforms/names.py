"""The name servers of the world: which of the register's hosts have addresses of which kind.

Traits of an app: ``no_ipv6`` and ``no_name``, hosts parted by spaces that have no AAAA record, or no address at all.
"""

from __future__ import annotations

from replica.request import Reply, Request, json_reply
from replica.world import World

HOSTS = ("names.invalid",)


def answer(world: World, request: Request) -> Reply:
    """The kinds of addresses of the host that the query names."""
    host = request.query.get("host", "")
    without = {name for entry in world.of_platform("app") for name in entry.traits.get("no_ipv6", "").split()}
    unknown = {name for entry in world.of_platform("app") for name in entry.traits.get("no_name", "").split()}
    return json_reply({"a": host not in unknown, "aaaa": host not in without | unknown, "known": host not in unknown})
