"""Accounts whose platform answers badly, or not at all, while everybody else is served."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property

from replica.request import Reply, Request, text_reply
from replica.server import CUT_OFF, answer_world
from replica.wechat_pages.addresses import biz_of, bizuin_of, long_url, short_url
from replica.world import World, WorldAccount

#: A request that hangs is let go after this many seconds, whatever happens: no thread may stay for ever.
HANG_SECONDS = 600.0


class Fault(StrEnum):
    """How the platform fails for one account."""

    ERROR = "error"  # 500, every time
    CUT = "cut"  # the connection is closed before an answer
    GARBAGE = "garbage"  # 200, and bytes that mean nothing
    HANG = "hang"  # no answer at all


class FaultyWorld:
    """Answers like the world, but for the accounts of ``faults``. Give ``answer`` to a ``ReplicaServer``.

    A request belongs to an account when its address or body holds a mark of that account: its key, its host, its
    token, its ``__biz``, the credential that its route names, or the address of one of its articles.
    """

    def __init__(self, world: World, faults: Mapping[str, Fault]) -> None:
        self.world = world
        self.faults = dict(faults)
        self._released = threading.Event()

    def answer(self, request: Request) -> Reply:
        """The world's answer, or what the account's fault makes of it. robots.txt is always served."""
        fault = None if request.path == "/robots.txt" else self._fault(request)
        match fault:
            case Fault.ERROR:
                return text_reply("internal error\n", 500)
            case Fault.CUT:
                return CUT_OFF
            case Fault.GARBAGE:
                return Reply(200, {"Content-Type": "application/octet-stream"}, bytes(range(256)) * 16)
            case Fault.HANG:
                self._released.wait(HANG_SECONDS)
                return CUT_OFF
        return answer_world(self.world, request)

    def release(self) -> None:
        """Let every request go that hangs, and every later one."""
        self._released.set()

    def _fault(self, request: Request) -> Fault | None:
        if not self.faults:
            return None
        text = f"{request.url}\n{request.headers.get('referer', '')}\n{request.body.decode('utf-8', 'replace')}"
        return next((fault for fault, marks in self._marks if any(mark in text for mark in marks)), None)

    @cached_property
    def _marks(self) -> tuple[tuple[Fault, frozenset[str]], ...]:
        by_id = self.world.by_id
        return tuple((fault, marks_of(self.world, by_id[account])) for account, fault in self.faults.items())


def marks_of(world: World, entry: WorldAccount) -> frozenset[str]:
    """What shows in a request that it is about this account."""
    account = entry.account
    marks = {account.key, *entry.traits.get("token", "").split()}
    for route in account.routes:
        if route.kind in ("lookup", "album"):
            marks.add(route.address)
        marks.update(world.credentials.get(route.credential, {}).values())
    if account.platform == "wechat":
        marks |= {biz_of(account), biz_of(account).replace("=", "%3D"), f"MP_WXS_{bizuin_of(account)}"}
        marks.update(short_url(post) for post in world.posts_of(account.id))
        marks.update(long_url(account, post).partition("?")[2] for post in world.posts_of(account.id))
    else:
        marks.update(f"/{post.key}" for post in world.posts_of(account.id))
        marks.update(f"={post.key}" for post in world.posts_of(account.id))
    return frozenset(mark for mark in marks if len(mark) > 5)
