"""Looks apps up in their stores: one request an app."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import ClassVar
from urllib.parse import urlencode

from crawler.base import AccountSpider
from crawler.visit import Ending, Visit
from domain.account import Route
from domain.outcome import Outcome
from domain.post import PostKind, Reading

_APPLE = "https://itunes.apple.com/lookup"
_TENCENT = "https://upage.html5.qq.com/wechat-apkinfo"


class AppSpider(AccountSpider):
    """An app has no posts: its visit is the store's record."""

    name = "app"
    platform: ClassVar[str] = "app"
    api_hosts: ClassVar[frozenset[str]] = frozenset({"itunes.apple.com"})  # a published interface for programs

    async def route_lookup(self, visit: Visit, routes: Sequence[Route]) -> Ending:
        """Apple's lookup by track id (``route.address``), or by bundle id where none is on file."""
        number = next((route.address for route in routes if route.address), "") or visit.account.attributes.get(
            "track_id", ""
        )
        asked = {"id": number.removeprefix("id")} if number else {"bundleId": visit.account.key}
        # Edge caches serve stale versions for hours; the clock's instant makes the address new.
        query = asked | {"country": "cn", "t": str(int(visit.now().timestamp()))}
        fetched, reading = await visit.get(f"{_APPLE}?{urlencode(query)}", kind="profile")
        return await self._record(visit, reading, fetched.digest)

    async def route_tencent(self, visit: Visit, routes: Sequence[Route]) -> Ending:
        """应用宝 by package name (``route.address``, else the account's key)."""
        package = next((route.address for route in routes if route.address), "") or visit.account.key
        fetched, reading = await visit.get(
            _TENCENT,
            kind="profile",
            method="POST",
            headers={"Content-Type": "application/json"},
            body=json.dumps({"packagename": package}).encode(),
        )
        return await self._record(visit, reading, fetched.digest)

    @staticmethod
    async def _record(visit: Visit, reading: Reading, digest: str) -> Ending:
        """The ending that the store's record means; a record of another app than the one on file is said so."""
        if reading.outcome is not Outcome.OK:
            complete = reading.outcome is Outcome.DELETED
            return Ending(reading.outcome, reading.detail, complete=complete)
        if reading.kind is not PostKind.PROFILE:
            return Ending(Outcome.LAYOUT_CHANGED, "应用商店返回的不是应用资料")
        await visit.profile(reading, digest)
        if visit.account.key and reading.account_key != visit.account.key:
            visit.note(f"商店登记的包名是 {reading.account_key}，与台账 {visit.account.key} 不一致；请核对")
        return Ending(Outcome.OK, complete=True)
