"""Which account on file a person means. What is on no registered account is refused, never looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from cli.store_addresses import is_offered_at
from domain.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.account import Account
    from store import Store

#: Hosts on which many owners have their pages: the host alone says nothing there.
_SHARED = (
    "weixin.qq.com",
    "weibo.com",
    "weibo.cn",
    "toutiao.com",
    "apple.com",
    "douyin.com",
    "iesdouyin.com",
    "kuaishou.com",
)


def find_account(store: Store, target: str) -> Account:
    """The account with that id, former id, name or address. Raises ``ConfigError`` where there is none or several."""
    target = target.strip()
    if re.match(r"https?://", target, re.I):
        return _by_address(store, target)
    account = store.account(target)
    on_file = store.accounts()
    if account is not None and account.id in {known.id for known in on_file}:
        return account
    named = [known for known in on_file if target in (known.name, known.key)]
    if len(named) == 1:
        return named[0]
    if named:
        raise ConfigError(f"“{target}”有 {len(named)} 个账号；请写明标识：{'、'.join(known.id for known in named)}")
    near = [f"{known.name}（{known.id}）" for known in on_file if target and target in known.name][:3]
    hint = f"；相近：{'、'.join(near)}" if near else "；在册账号见 xunjian registry export"
    raise ConfigError(f"“{target}”不是在册账号，不予核查{hint}")


def _by_address(store: Store, address: str) -> Account:
    on_file = store.accounts()
    found = [account for account in on_file if _owns(account, address)]
    if not found:
        found = [account for account in on_file if any(_same(p.post.url, address) for p in store.posts_of(account.id))]
    if len(found) == 1:
        return found[0]
    if found:
        raise ConfigError(f"{address}：有 {len(found)} 个账号用这个网址；请写明标识：{_ids(found)}")
    raise ConfigError(f"{address}：不属于任何在册账号，不予核查；如确属本单位，请先登入台账（xunjian registry import）")


def _ids(accounts: Sequence[Account]) -> str:
    return "、".join(account.id for account in accounts)


def _owns(account: Account, address: str) -> bool:
    """True where the address itself says that it is this account's."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    if account.platform == "website":
        own = {account.key, *(alias.partition(":")[2] for alias in account.aliases)}
        return host.removeprefix("www.") in {name.lower().removeprefix("www.") for name in own}
    if account.home_url and _same(account.home_url, address):
        return True
    if account.platform == "app":
        return is_offered_at(account, parts)
    if not any(host == shared or host.endswith(f".{shared}") for shared in _SHARED):
        return False
    segments = [segment for segment in parts.path.split("/") if segment]
    match account.platform:
        case "wechat":
            biz = account.attributes.get("biz", "")
            return host.endswith("weixin.qq.com") and bool(biz) and biz in parse_qs(parts.query).get("__biz", [])
        case "weibo":
            return host.endswith(("weibo.com", "weibo.cn")) and account.key in segments
        case "toutiao":
            names = (account.key, account.attributes.get("token", account.key))
            return host.endswith("toutiao.com") and any(name in segments for name in names)
        case "douyin" | "kuaishou":
            return host.endswith((f"{account.platform}.com", f"ies{account.platform}.com")) and account.key in segments
    return False


def _same(one: str, other: str) -> bool:
    return bool(one) and _canonical(one) == _canonical(other)


def _canonical(address: str) -> tuple[object, ...]:
    """Without scheme, fragment, final slash and the order of the query."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return (address,)
    query = sorted((name, tuple(values)) for name, values in parse_qs(parts.query, keep_blank_values=True).items())
    return (parts.hostname or "").lower(), unquote(parts.path).rstrip("/"), tuple(query)
