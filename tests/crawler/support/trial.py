"""A platform that exists for the tests of the common walk only."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime

from crawler.base import AccountSpider
from crawler.browser import browser_meta, browser_ready
from crawler.visit import Ending
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading


def post(data: dict) -> RawPost:
    at = data.get("at")
    return RawPost(
        kind=PostKind.TEXT,
        post_key=data["key"],
        url=data.get("url", ""),
        title=data.get("title", ""),
        published_at=datetime.fromisoformat(at) if at else None,
        pinned=data.get("pinned", False),
        outcome=Outcome(data.get("outcome", "OK")),
    )


class TrialSpider(AccountSpider):
    name = "trial"
    platform = "trial"
    api_hosts = frozenset({"api.trial.test"})

    def is_wall(self, url):
        return "/wall" in url

    def read_response(self, fetched):
        if self.is_wall(fetched.location):
            return Reading(outcome=Outcome.VERIFY_WALL, detail="要求验证")
        try:
            data = json.loads(fetched.body)
        except ValueError:
            return Reading(outcome=Outcome.LAYOUT_CHANGED)
        if "posts" in data:
            return Reading(
                outcome=Outcome.OK,
                kind=PostKind.LIST,
                posts=tuple(map(post, data["posts"])),
                cursor={"next": data["next"]} if data.get("next") else {},
            )
        if data.get("crash"):
            raise KeyError("第一行 private text")
        found = post(data)
        return Reading(outcome=found.outcome, kind=PostKind.TEXT, posts=(found,))

    async def route_list(self, visit, routes):
        url = routes[0].address
        while url:
            _, reading = await visit.get(url)
            if reading.outcome is not Outcome.OK:
                return Ending(reading.outcome, reading.detail)
            if not visit.see(reading.posts):
                break
            url = reading.cursor.get("next", "")
        return Ending(Outcome.OK, complete=True)

    async def route_secret(self, visit, routes):
        _, reading = await visit.get(
            "https://api.trial.test/list?access_token={token}",
            method="POST",
            body=b'{"secret":"{secret}"}',
            secrets={"{token}": "T0KEN", "{secret}": "S3CRET"},
        )
        return Ending(reading.outcome, reading.detail)

    async def route_broken(self, visit, routes):
        raise RuntimeError("private text")

    async def route_hang(self, visit, routes):
        await asyncio.sleep(60)
        return Ending(Outcome.OK)

    async def route_close(self, visit, routes):
        self.closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="test"))
        await asyncio.sleep(60)
        return Ending(Outcome.OK)

    async def route_stop(self, visit, routes):
        self.closing = asyncio.ensure_future(self.crawler.stop_async())
        await asyncio.sleep(60)
        return Ending(Outcome.OK)


class BrowsingSpider(TrialSpider):
    needs_browser = True

    async def route_browse(self, visit, routes):
        if not browser_ready(self.plan.browser):
            return Ending(Outcome.NO_TOOL, "没有浏览器")
        fetched = await visit.fetch(routes[0].address, meta=browser_meta(visit.account.id, "xunjian"))
        await visit.keep(fetched, "list", fetched.outcome)
        return Ending(fetched.outcome, fetched.detail)
