"""Walks a bureau's website: its columns, its disclosure lists, its feed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from crawler.base import AccountSpider
from crawler.platforms.website.paging import disclosure_query
from crawler.shown import ShownPosts, expect_post
from crawler.visit import Ending, Visit
from domain.account import Route
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading

#: A column never has more pages than this before the horizon; a walk that gets here goes in circles.
_MAX_PAGES = 200
_NO_ADDRESS = Ending(Outcome.BAD_REQUEST, "没有登记栏目地址；请在台账补充")


@dataclass(slots=True)
class _Sum:
    """The endings of a site's lists, to be judged as one."""

    endings: list[tuple[str, Ending]] = field(default_factory=list)

    def ending(self, visit: Visit) -> Ending:
        """OK where any list was read; complete only where all were. Lists that were not are named."""
        if not self.endings:
            return _NO_ADDRESS
        read = [ending for _, ending in self.endings if not ending.outcome.is_reach]
        if not read:
            return self.endings[0][1]
        for address, ending in self.endings:
            if ending.outcome.is_reach:
                visit.note(f"栏目 {address} 没有读到（{ending.detail}）")
        complete = len(read) == len(self.endings) and all(ending.complete for ending in read)
        full = [ending for ending in read if ending.outcome is Outcome.OK]
        if full:
            return Ending(Outcome.OK, full[0].detail, complete=complete)
        return Ending(Outcome.EMPTY if complete else Outcome.OK, "所有栏目都没有内容", complete=complete)


class WebsiteSpider(AccountSpider):
    """Columns and disclosure lists are different content, so they are walked together whichever stands first."""

    name = "website"
    platform: ClassVar[str] = "website"

    def __init__(self, plan: Any, **kwargs: Any) -> None:
        super().__init__(plan, **kwargs)
        self.shown = ShownPosts()
        self._told: set[str] = set()

    async def route_lists(self, visit: Visit, routes: Sequence[Route]) -> Ending:
        """Columns (``route.address`` = the column's address), then the site's disclosure lists."""
        return await self._lists_and_disclosure(visit, routes, _routes(visit, "disclosure"))

    async def route_disclosure(self, visit: Visit, routes: Sequence[Route]) -> Ending:
        """Disclosure lists (``route.address`` = the index page or its list request), then the columns."""
        return await self._lists_and_disclosure(visit, _routes(visit, "lists"), routes)

    async def route_rss(self, visit: Visit, routes: Sequence[Route]) -> Ending:
        """The site's own feed. It holds less than the columns, so it never proves silence."""
        ending = Ending(Outcome.BAD_REQUEST, "没有登记订阅源地址；请在台账补充")
        for route in routes:
            fetched, reading = await visit.get(route.address)
            if reading.outcome is Outcome.OK and reading.kind is PostKind.LIST:
                visit.see(reading.posts)
                await visit.profile(reading, fetched.digest)
                return Ending(Outcome.OK, "经订阅源读取：订阅源可能缺条目，不能据此判断停更", complete=False)
            ending = _refusal(reading)
        return ending

    async def read_post(self, visit: Visit, post: RawPost) -> Outcome:
        """An entry that leads to another site is what the column shows of it; any other is opened and read."""
        shown, digest = self.shown.get(visit, post.post_key)
        if shown is not None:
            await visit.post(shown, digest)
            return shown.outcome
        if post.post_key.startswith("external-"):
            await visit.post(replace(post, outcome=Outcome.UNAVAILABLE, detail="栏目里已看不到这个外部链接"))
            return Outcome.UNAVAILABLE
        return await super().read_post(visit, post)

    @staticmethod
    def merge(listed: RawPost, reading: Reading) -> RawPost:
        """The article under the listing's key; a page that is no article is not taken for one."""
        return AccountSpider.merge(listed, expect_post(reading))

    # -- lists -----------------------------------------------------------------------------------------------------

    async def _lists_and_disclosure(self, visit: Visit, lists: Sequence[Route], disclosures: Sequence[Route]) -> Ending:
        total = _Sum()
        for route in lists:
            total.endings.append((route.address, await self._walk_list(visit, route.address)))
        for route in disclosures:
            total.endings.append((route.address, await self._walk_list(visit, _disclosure_start(visit, route))))
        return total.ending(visit)

    async def _walk_list(self, visit: Visit, address: str) -> Ending:
        """One list to known ground, to the horizon or to its end."""
        if not address:
            return _NO_ADDRESS
        first = True
        shown: set[str] = set()
        async for reading, digest in self._pages(visit, address):
            if reading.outcome is Outcome.EMPTY:
                return Ending(Outcome.EMPTY if first else Outcome.OK, reading.detail if first else "", complete=True)
            if reading.outcome is not Outcome.OK or reading.kind is not PostKind.LIST:
                return _refusal(reading) if first else replace(_refusal(reading), outcome=Outcome.OK)
            if first and visit.account.id not in self._told and reading.profile:
                self._told.add(visit.account.id)
                await visit.profile(reading, digest)
            first = first and not reading.posts
            self.shown.add(visit, (post for post in reading.posts if post.kind is PostKind.SHARE_CARD), digest)
            keys = {post.post_key for post in reading.posts}
            repeated = bool(keys) and keys <= shown  # some sites give their first group twice
            shown |= keys
            if reading.posts and not repeated and not visit.see(reading.posts):
                return Ending(Outcome.OK, complete=True)
            if not reading.cursor:
                return Ending(Outcome.OK, complete=True)
        return Ending(Outcome.OK, "栏目页数过多或翻页打转，没有走完", complete=False)

    async def _pages(self, visit: Visit, address: str) -> AsyncIterator[tuple[Reading, str]]:
        asked: set[tuple[str, str]] = set()
        body = ""
        while address and (address, body) not in asked and len(asked) < _MAX_PAGES:
            asked.add((address, body))
            fetched, reading = await visit.get(address, **(_form(body) if body else {}))
            self._note_move(visit, address, fetched.url)
            yield reading, fetched.digest
            address = reading.cursor.get("url", "")
            body = body if reading.cursor.get("same_body") else reading.cursor.get("body", "")

    @staticmethod
    def _note_move(visit: Visit, asked: str, answered: str) -> None:
        """A site that answers from another host has moved, or somebody has taken its name."""
        before, after = urlsplit(asked).hostname or "", urlsplit(answered).hostname or ""
        if before and after and before != after:
            visit.note(f"网站跳转到 {after}；请核对是否已迁移，并改正台账中的域名")


def _form(body: str) -> dict[str, Any]:
    return {
        "method": "POST",
        "headers": {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"},
        "body": body.encode(),
    }


def _routes(visit: Visit, kind: str) -> tuple[Route, ...]:
    return tuple(route for route in visit.account.routes if route.kind == kind)


def _disclosure_start(visit: Visit, route: Route) -> str:
    """Where a disclosure list begins. With the site's number on file its own request is sent at once, else the index
    page is opened, which names it."""
    parts = urlsplit(route.address)
    segments = [segment for segment in parts.path.split("/") if segment]
    site = visit.account.attributes.get("site_id", "")
    if site and segments[:2] == ["public", "column"] and len(segments) == 3:
        query = parse_qs(parts.query)
        return disclosure_query(
            route.address, segments[2], site, query.get("catId", [""])[0], query.get("type", ["4"])[0]
        )
    return route.address


def _refusal(reading: Reading) -> Ending:
    """The ending of a list address that answered something other than a list."""
    if reading.outcome is Outcome.DELETED:
        return Ending(Outcome.LAYOUT_CHANGED, "栏目地址打不开（页面不存在）：可能已改版，请在台账核对栏目地址")
    if reading.outcome in (Outcome.OK, Outcome.EMPTY):
        return Ending(Outcome.LAYOUT_CHANGED, "栏目地址打开的不是列表：可能已改版，请在台账核对栏目地址")
    return Ending(reading.outcome, reading.detail)
