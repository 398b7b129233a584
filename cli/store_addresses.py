"""Whether an address in an app store is that of an app on file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qs

if TYPE_CHECKING:
    from domain.account import Account

#: Host → route of the register that names the app there; "" for stores that know an app by its package.
_STORES = {
    "apps.apple.com": "lookup",
    "itunes.apple.com": "lookup",
    "sj.qq.com": "tencent",
    "a.app.qq.com": "tencent",
    "android.myapp.com": "tencent",
    "appgallery.huawei.com": "huawei",
    "appgallery.cloud.huawei.com": "huawei",
    "app.mi.com": "",
}
_QUERIES = ("id", "bundleId", "pkgname", "pname", "package")


def is_offered_at(account: Account, parts: SplitResult) -> bool:
    """True where ``parts`` is the page of ``account`` in a store: ``…/id1690000101``, ``…/appdetail/<package>``,
    ``…#/app/C100…``."""
    host = (parts.hostname or "").lower()
    if host not in _STORES:
        return False
    kinds = {_STORES[host], "tencent"} if _STORES[host] != "huawei" else {"huawei"}
    own = {account.key} | {route.address for route in account.routes if route.kind in kinds and route.address}
    own |= {
        value for name, value in account.attributes.items() if name in ("track_id", "huawei_id", "package", "bundle_id")
    }
    query = parse_qs(parts.query)
    named = [
        *parts.path.split("/"),
        *parts.fragment.split("/"),
        *(value for q in _QUERIES for value in query.get(q, [])),
    ]
    return any(name and (name in own or name.removeprefix("id") in own) for name in named)
