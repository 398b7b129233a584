"""Mini programs that the bureau's own posts and menus lead to, compared with the register.

Nobody outside WeChat can list mini programs; the cards in articles and the entries of menus are where they show. One
that is not on file is told to a person: it may be the bureau's own (第一条: all accounts and applications are on file),
or the city's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.account import Account
from domain.coverage import Attempt
from domain.outcome import Outcome
from store import Store

#: Code by which the rule knows what is told here.
CODE = "unregistered-miniprogram"
#: Posts older than this are no sign of what is used today.
RECENT = timedelta(days=92)
_LINK = re.compile(r"weixin://miniprogram/(wx[0-9a-z]+)")
#: Platforms whose posts and menus can hold such cards.
_PLATFORMS = frozenset({"wechat"})
#: Mini programs named one by one.
_NAMED = 5


@dataclass(slots=True)
class Mention:
    """Where one mini program is mentioned: posts by title, newest first, and whether a menu leads there."""

    appid: str
    titles: list[str] = field(default_factory=list)
    in_menu: bool = False


def mentions(store: Store, account: Account, now: datetime) -> dict[str, Mention]:
    """By appid, the mini programs that the account's recent posts and its menu lead to."""
    found: dict[str, Mention] = {}
    if account.platform not in _PLATFORMS:
        return found
    for stored in store.posts_of(account.id, since=now - RECENT):
        if stored.gone_at is None:
            for appid in dict.fromkeys(match[1] for url in stored.post.links if (match := _LINK.match(url))):
                found.setdefault(appid, Mention(appid)).titles.append(stored.post.title)
    for appid in _menu_appids(store.profile(account.id) or {}):
        found.setdefault(appid, Mention(appid)).in_menu = True
    return found


def unregistered(
    store: Store, accounts: Sequence[Account], on_file: Iterable[Account], now: datetime
) -> dict[str, Attempt]:
    """By account, what is to be told of the mini programs it leads to and that are not on file."""
    known = set(_known(on_file))
    told: dict[str, Attempt] = {}
    for account in accounts:
        strange = [mention for appid, mention in mentions(store, account, now).items() if appid not in known]
        if strange:
            detail = "、".join(_named(mention) for mention in sorted(strange, key=lambda one: one.appid)[:_NAMED])
            more = f" 等 {len(strange)} 个" if len(strange) > _NAMED else ""
            told[account.id] = Attempt("miniprogram", Outcome.OK, f"{detail}{more}", code=CODE)
    return told


def _known(on_file: Iterable[Account]) -> Iterator[str]:
    for account in on_file:
        if account.platform == "miniprogram":
            yield account.key
        yield from (alias.partition(":")[2] for alias in account.aliases if alias.startswith("miniprogram:"))


def _named(mention: Mention) -> str:
    where = []
    if mention.titles:
        where.append(f"{len(mention.titles)} 篇内容，如《{mention.titles[0][:20]}》")
    if mention.in_menu:
        where.append("菜单")
    return f"{mention.appid}（{'、'.join(where)}）"


def _menu_appids(value: object) -> Iterator[str]:
    """Every appid of a mini program anywhere in a profile's menu."""
    if isinstance(value, Mapping):
        appid = value.get("appid")
        if isinstance(appid, str) and appid.startswith("wx") and value.get("type") == "miniprogram":
            yield appid
        for part in value.values():
            yield from _menu_appids(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _menu_appids(part)
