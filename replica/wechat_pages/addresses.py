"""Where a post lies, and which post lies at an address. Everything is derived from account and post key."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from domain.account import Account
from replica.world import World, WorldAccount, WorldPost

ORIGIN = "https://mp.weixin.qq.com"


def biz_of(account: Account) -> str:
    """The base64 of the account's decimal number (``__biz``); an account without one on file gets one from its key."""
    given = account.attributes.get("biz")
    if given:
        return given
    number = 3_900_000_000 + int(_digest(account.key)[:7], 16) % 90_000_000
    return base64.b64encode(str(number).encode()).decode()


def bizuin_of(account: Account) -> str:
    """The decimal number behind ``__biz``, as bridges name accounts; empty where ``__biz`` holds no number."""
    try:
        number = base64.b64decode(biz_of(account), validate=True).decode("ascii")
    except ValueError:
        return ""
    return number if number.isdigit() else ""


def message_of(post: WorldPost) -> tuple[str, str]:
    """``mid`` and ``idx`` of a post; a key without index is the first of its push."""
    mid, _, index = post.key.partition("_")
    return mid, index or "1"


def signature_of(post: WorldPost) -> str:
    """The 32 hex digits (``sn``) without which a long address does not open."""
    return _digest("sn:" + post.id)[:32]


def short_id(post: WorldPost) -> str:
    """The 22 characters of the short address."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"short:" + post.id.encode()).digest()[:16]).decode().rstrip("=")


def short_url(post: WorldPost) -> str:
    """``https://mp.weixin.qq.com/s/…``"""
    return f"{ORIGIN}/s/{short_id(post)}"


def long_url(account: Account, post: WorldPost, *, scheme: str = "https", decorated: bool = False) -> str:
    """``https://mp.weixin.qq.com/s?__biz=…``; ``decorated`` adds what the official interface appends."""
    mid, index = message_of(post)
    tail = f"&chksm={_digest('chksm:' + post.id)[:56]}#rd" if decorated else ""
    return f"{scheme}://mp.weixin.qq.com/s?__biz={biz_of(account)}&mid={mid}&idx={index}&sn={signature_of(post)}{tail}"


def album_ids(account: Account) -> tuple[str, ...]:
    """The albums (合集) of an account, in the order of its routes."""
    return tuple(route.address for route in account.routes if route.kind == "album")


def album_url(account: Account, album: str) -> str:
    """The public page of an album."""
    return f"{ORIGIN}/mp/appmsgalbum?__biz={biz_of(account)}&action=getalbum&album_id={album}"


@dataclass(frozen=True, slots=True)
class Located:
    """A post and its account."""

    entry: WorldAccount
    post: WorldPost

    @property
    def account(self) -> Account:
        """As the register has it."""
        return self.entry.account


@dataclass(frozen=True, slots=True)
class Directory:
    """Every WeChat post and account of a world by its addresses."""

    by_short: Mapping[str, Located] = field(default_factory=dict)
    by_message: Mapping[tuple[str, str, str], Located] = field(default_factory=dict)
    by_biz: Mapping[str, WorldAccount] = field(default_factory=dict)

    def by_query(self, query: Mapping[str, str]) -> Located | None:
        """The post of a long address; ``None`` when there is none or its signature is wrong."""
        mid = query.get("mid") or query.get("appmsgid", "")
        index = query.get("idx") or query.get("itemidx") or "1"
        found = self.by_message.get((query.get("__biz", ""), mid, index))
        given = query.get("sn") or query.get("sign", "")
        return found if found and given == signature_of(found.post) else None


@lru_cache(maxsize=8)
def directory(world: World) -> Directory:
    """The directory of ``world``."""
    located = tuple(_locate(world))
    return Directory(
        by_short={short_id(item.post): item for item in located},
        by_message={(biz_of(item.account), *message_of(item.post)): item for item in located},
        by_biz={biz_of(entry.account): entry for entry in world.of_platform("wechat")},
    )


def _locate(world: World) -> Iterator[Located]:
    for entry in world.of_platform("wechat"):
        for post in world.posts_of(entry.account.id):
            yield Located(entry, post)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
