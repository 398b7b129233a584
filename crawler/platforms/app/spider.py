"""Looks apps up in their stores: one request a store, and the addresses of the app's own hosts."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from crawler.base import AccountSpider
from crawler.names import names_for
from crawler.platforms.app import hosts
from crawler.platforms.app.huawei_page import DOWNLOAD_HOST
from crawler.visit import Ending, Visit
from domain.account import Account, Route
from domain.outcome import Outcome
from domain.post import PostKind, Reading

_APPLE = "https://itunes.apple.com/lookup"
_TENCENT = "https://upage.html5.qq.com/wechat-apkinfo"
_TENCENT_PAGE = "https://sj.qq.com/appdetail/"
#: Code of a store that the register names and that does not offer the app.
NOT_LISTED = "not-listed"


class AppSpider(AccountSpider):
    """An app has no posts: its visit are the records of its stores.

    Every store in the register is asked, because people load an app from the one they have. The app is there where one
    store offers it, gone where all of them say so; a store that lacks it is told by the code ``not-listed``.
    """

    name = "app"
    platform: ClassVar[str] = "app"
    api_hosts: ClassVar[frozenset[str]] = frozenset({"itunes.apple.com"})  # a published interface for programs

    def __init__(self, plan: Any, **kwargs: Any) -> None:
        super().__init__(plan, **kwargs)
        self.names = names_for(plan)
        self._records: dict[str, list[tuple[Reading, str]]] = {}

    def default_routes(self, account: Account) -> tuple[Route, ...]:  # noqa: ARG002
        """Apple knows an app by its bundle id."""
        return (Route("lookup"),)

    async def route_lookup(self, visit: Visit, routes: Sequence[Route]) -> Ending:
        """Apple's lookup by track id (``route.address``), or by bundle id where none is on file."""
        number = next((route.address for route in routes if route.address), "") or visit.account.attributes.get(
            "track_id", ""
        )
        asked = {"id": number.removeprefix("id")} if number else {"bundleId": visit.account.key}
        # Edge caches serve stale versions for hours; the clock's instant makes the address new.
        query = asked | {"country": "cn", "t": str(int(visit.now().timestamp()))}
        fetched, reading = await visit.get(f"{_APPLE}?{urlencode(query)}", kind="profile")
        return self._record(visit, reading, fetched.digest)

    async def route_tencent(self, visit: Visit, routes: Sequence[Route]) -> Ending:
        """应用宝 by package name (``route.address``, else the account's key): its record, else the app's page."""
        package = next((route.address for route in routes if route.address), "") or visit.account.key
        fetched, reading = await visit.get(
            _TENCENT,
            kind="profile",
            method="POST",
            headers={"Content-Type": "application/json"},
            body=json.dumps({"packagename": package}).encode(),
        )
        if reading.outcome in (Outcome.NETWORK, Outcome.LAYOUT_CHANGED, Outcome.NOT_AUTHORIZED) or _is_missing(fetched):
            fetched, reading = await visit.get(f"{_TENCENT_PAGE}{package}", kind="profile")
        return self._record(visit, reading, fetched.digest)

    async def route_huawei(self, visit: Visit, routes: Sequence[Route]) -> Ending:
        """AppGallery by the app's number (``route.address``, ``C100…``): where its download address leads. The record
        with the version is given to the store's own page only, and no signature is forged."""
        number = next((route.address for route in routes if route.address), "") or visit.account.attributes.get(
            "huawei_id", ""
        )
        if not number:
            return Ending(Outcome.BAD_REQUEST, "没有登记华为应用市场的应用编号（C 开头）；请在台账补充")
        number = number if number.startswith("C") else f"C{number}"
        url = f"https://{DOWNLOAD_HOST}/appdl/{number}"
        fetched, reading = await visit.get(url, kind="profile", meta={"dont_redirect": True})
        return self._record(visit, reading, fetched.digest)

    # -- all stores together ---------------------------------------------------------------------------------------

    async def _list(self, visit: Visit) -> Ending:
        routes = visit.account.routes or self.default_routes(visit.account)
        endings = [
            (kind, await self._try(visit, kind, tuple(group)))
            for kind, group in itertools.groupby(routes, key=lambda route: route.kind)
        ]
        ending = _together(visit, endings)
        await self._profile(visit)
        return ending

    def _record(self, visit: Visit, reading: Reading, digest: str) -> Ending:
        """The ending that one store's record means; a record of another app than the one on file is said so."""
        if reading.outcome is Outcome.DELETED:
            return Ending(Outcome.DELETED, reading.detail, complete=True, code=NOT_LISTED)
        if reading.outcome is not Outcome.OK:
            return Ending(reading.outcome, reading.detail)
        if reading.kind is not PostKind.PROFILE:
            return Ending(Outcome.LAYOUT_CHANGED, "应用商店返回的不是应用资料")
        self._records.setdefault(visit.account.id, []).append((reading, digest))
        account = visit.account
        own = {account.key, *account.attributes.values(), *(route.address for route in account.routes)}
        if reading.account_key and reading.account_key not in own:
            visit.note(f"商店登记的包名是 {reading.account_key}，与台账 {account.key} 不一致；请核对")
        return Ending(Outcome.OK, complete=True)

    async def _profile(self, visit: Visit) -> None:
        """One profile of all stores, the first one's facts on top, with what was found of the hosts."""
        records = self._records.pop(visit.account.id, [])
        found, told = await hosts.check(self.names, hosts.declared_hosts(visit.account))
        if told is not None:
            visit.attempts.append(told)
            if told.outcome is not Outcome.OK:
                visit.note(f"IPv6：{told.detail}")
        stores = [dict(reading.profile or {}) for reading, _ in records]
        handed_out = [host for store in stores if (host := hosts.host_of(str(store.get("download_url", ""))))]
        theirs, _ = await hosts.check(self.names, dict.fromkeys(handed_out))
        if not records:
            return
        first, digest = records[0]
        profile: Mapping[str, object] = dict(first.profile or {}) | {
            "stores": stores,
            "ipv6": found,
            "store_ipv6": theirs,
        }
        await visit.profile(Reading(outcome=Outcome.OK, kind=PostKind.PROFILE, profile=profile), digest)


def _together(visit: Visit, endings: Sequence[tuple[str, Ending]]) -> Ending:
    """The app is there where one store has it; gone where all say so; else it could not be looked at."""
    listed = [kind for kind, ending in endings if ending.outcome is Outcome.OK]
    failed = [(kind, ending) for kind, ending in endings if ending.outcome.is_reach]
    missing = [ending for _, ending in endings if ending.outcome is Outcome.DELETED]
    for _, ending in failed if listed else ():
        visit.note(ending.detail)
    for ending in missing if listed or failed else ():
        visit.note(ending.detail)
    if listed:
        visit.route = listed[0]
        return Ending(Outcome.OK, complete=not failed)
    if failed:
        visit.route = failed[0][0]
        return failed[0][1]
    return missing[0]


def _is_missing(fetched: Any) -> bool:
    """True where the address of the record itself is gone, which says nothing about the app."""
    return fetched.status in (404, 405, 410)
