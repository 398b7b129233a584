"""The walk that all platforms share: accounts side by side, routes in order, posts oldest first, one coverage each."""

from __future__ import annotations

import asyncio
import itertools
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from crawler import reading as readings
from crawler.fetched import Fetched
from crawler.items import CoverageItem, Item
from crawler.pace import Pace
from crawler.plan import CrawlPlan
from crawler.visit import ACCOUNT, Ending, Visit
from domain.account import Account, Route
from domain.clock import in_china
from domain.outcome import Outcome
from domain.post import RawPost, Reading

#: Outcomes after which an account's remaining posts are not asked for: the other side wants us to stop.
STOPPING = frozenset(
    {Outcome.LOGIN_WALL, Outcome.VERIFY_WALL, Outcome.RATE_LIMITED, Outcome.QUOTA, Outcome.ROBOTS, Outcome.NO_TOOL}
)
_INTERRUPTED = "采集被提前中断，本账号没有看完；请重新运行"


class AccountSpider(Spider):
    """Base of the platform spiders.

    A subclass sets ``platform`` and ``name``, and has one ``async def route_<kind>(self, visit, routes) -> Ending`` for
    each kind of route: it walks the listing, enters each page with ``visit.see`` and stops where that returns False.
    Routes are tried in the register's order, those of one kind together, and the first that ends in a checked outcome
    wins. Then ``read_post`` reads each post of ``visit.queue()``.
    """

    platform: ClassVar[str] = ""
    #: Hosts of official APIs: robots.txt is not about them.
    api_hosts: ClassVar[frozenset[str]] = frozenset()
    #: True where a route drives a browser; ``build_settings`` then puts one behind https.
    needs_browser: ClassVar[bool] = False

    def __init__(self, plan: CrawlPlan, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.plan = plan
        self.pace = Pace(plan.polite)
        self.visits: dict[str, Visit] = {}
        self._finished: set[str] = set()
        self._authorised = {task.account.id for task in plan.tasks if task.account.robots_authorisation}
        self._failed_items: set[str] = set()
        self._failed_now: set[int] = set()
        for task in plan.tasks:
            self.visits[task.account.id] = Visit(
                task, plan, download=self._send, read=self._read, emit=self._store, pace=self.pace
            )

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> AccountSpider:
        """Built by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._item_error, signal=signals.item_error)
        return spider

    # -- what platforms may override -----------------------------------------------------------------------------

    def default_routes(self, account: Account) -> tuple[Route, ...]:  # noqa: ARG002
        """The ways that are tried for an account whose register names none."""
        return ()

    @classmethod
    def wants_browser(cls, plan: CrawlPlan) -> bool:  # noqa: ARG003
        """True when ``plan`` asks for a browser; asked before the crawl begins."""
        return cls.needs_browser

    def quota_resets(self, now: datetime) -> datetime:
        """When an interface whose quota is used up may be asked again: the next midnight in China."""
        return (in_china(now) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)

    def is_wall(self, url: str) -> bool:  # noqa: ARG002
        """True when a redirect to ``url`` is a wall and must not be followed."""
        return False

    def read_response(self, fetched: Fetched) -> Reading:
        """The platform's reading of one response; a wall that was redirected to is read by its address."""
        url = fetched.location or fetched.url
        return readings.read(
            self.platform,
            fetched.body,
            url,
            fetched.fetched_at,
            status=fetched.status,
            content_type=fetched.content_type,
        )

    async def read_post(self, visit: Visit, post: RawPost) -> Outcome:
        """Fetch and hand over one post; returns how that ended. ``post`` is what the listing or the file knows."""
        if post.outcome.is_gone:
            await visit.post(post)
            return post.outcome
        fetched, reading = await visit.get(post.url, kind="post")
        found = self.merge(post, reading)
        attachments = tuple([await visit.download(file) for file in self.wanted_files(found)])
        await visit.post(found, fetched.digest, attachments)
        return found.outcome

    def wanted_files(self, post: RawPost) -> Iterable[Any]:
        """The files of ``post`` that are fetched."""
        return post.attachments if post.outcome is Outcome.OK else ()

    @staticmethod
    def merge(listed: RawPost, reading: Reading) -> RawPost:
        """The page's post under the listing's key, completed with what only the listing knows."""
        page = reading.post
        if page is None:
            return replace(listed, outcome=reading.outcome, detail=reading.detail)
        return replace(
            page,
            outcome=reading.outcome,
            post_key=listed.post_key or page.post_key,
            url=listed.url or page.url,
            title=page.title or listed.title,
            published_at=page.published_at or listed.published_at,
            pinned=listed.pinned,
            detail=reading.detail or page.detail,
        )

    # -- the walk ------------------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        """Visit all accounts, a few at once; each ends in its ``CoverageItem``."""
        gate = asyncio.Semaphore(max(int(self.plan.polite.get("accounts", 4)), 1))
        tasks = [asyncio.ensure_future(self._visit(visit, gate)) for visit in self.visits.values()]
        try:
            for done in asyncio.as_completed(tasks):
                yield await done
        finally:
            for task in tasks:
                task.cancel()

    async def _visit(self, visit: Visit, gate: asyncio.Semaphore) -> CoverageItem:
        async with gate:
            try:
                async with asyncio.timeout(visit.task.deadline_seconds):
                    await self._walk(visit)
            except TimeoutError:
                limit = f"{visit.task.deadline_seconds:.0f} 秒"
                visit.stop(
                    Outcome.DEADLINE,
                    f"超过单个账号的时限（{limit}），没有看完；"
                    "请调大 xunjian.toml 的 crawl.account_deadline，或下一轮再检",
                )
            except Exception as error:
                self._report(visit.account.id, error)
                visit.stop(
                    Outcome.LAYOUT_CHANGED,
                    f"读取时程序出错（{type(error).__name__}），已记入日志；请把日志交给维护人员",
                )
            await visit.settle()
            if visit.account.id in self._failed_items:
                visit.stop(Outcome.NETWORK, "结果没有全部存入数据库，本账号本次不作结论；请查看日志后重新运行")
            self._finished.add(visit.account.id)
            return CoverageItem(coverage=visit.coverage())

    async def _walk(self, visit: Visit) -> None:
        visit.ending = await self._list(visit)
        if visit.ending.outcome.is_reach or visit.ending.outcome.is_gone:
            return
        await self.read_posts(visit)

    async def _list(self, visit: Visit) -> Ending:
        ending = Ending(Outcome.BAD_REQUEST, "台账没有登记可用的采集途径；请在台账补充该账号的采集途径")
        routes = visit.account.routes or self.default_routes(visit.account)
        for kind, group in itertools.groupby(routes, key=lambda route: route.kind):
            ending = await self._try(visit, kind, tuple(group))
            if not ending.outcome.is_reach:
                for attempt in visit.attempts[:-1]:
                    visit.note(f"采集途径“{attempt.route}”未能使用：{attempt.detail}")
                break
        return ending

    async def _try(self, visit: Visit, kind: str, routes: tuple[Route, ...]) -> Ending:
        """Walk one kind of route, and record how it ended."""
        walk: Callable[[Visit, tuple[Route, ...]], Awaitable[Ending]] | None = getattr(self, f"route_{kind}", None)
        visit.route = kind
        until = visit.task.blocked.get(kind)
        if until is not None and visit.now() < until:
            ending = _still_blocked(until)
        elif walk is None:
            ending = Ending(Outcome.BAD_REQUEST, f"该平台不支持采集途径“{kind}”；请在台账改正")
        else:
            try:
                ending = await walk(visit, routes)
            except Exception as error:
                self._report(visit.account.id, error)
                ending = Ending(
                    Outcome.LAYOUT_CHANGED,
                    f"读取列表时程序出错（{type(error).__name__}），已记入日志；请把日志交给维护人员",
                )
        ending = self._dated(visit, ending)
        visit.tried(kind, ending)
        return ending

    def _dated(self, visit: Visit, ending: Ending) -> Ending:
        """``ending`` with the moment from which the route may be asked again, where the other side let us know it."""
        if ending.retry_at is not None:
            return ending
        if ending.outcome is Outcome.QUOTA and not visit.budget_spent:
            return replace(ending, retry_at=self.quota_resets(visit.now()))
        if ending.outcome is Outcome.RATE_LIMITED:
            return replace(ending, retry_at=visit.wait_until)
        return ending

    async def read_posts(self, visit: Visit) -> None:
        """Read what is new and due. A wall ends the account; one broken post does not."""
        for post in visit.queue():
            try:
                outcome = await self.read_post(visit, post)
            except Exception as error:
                self._report(visit.account.id, error)
                outcome = Outcome.LAYOUT_CHANGED
                await visit.post(
                    replace(post, outcome=outcome, detail=f"读取时程序出错（{type(error).__name__}），已记入日志")
                )
            if outcome in STOPPING:
                await visit.settle()
                visit.stop(outcome, _cut_short(visit, outcome))
                return

    # -- what the parts around the spider ask ----------------------------------------------------------------------

    def is_robots_exempt(self, request: Request) -> bool:
        """True for official APIs and for accounts whose owner's authorisation is on file."""
        host = urlsplit(request.url).hostname or ""
        return host in self.api_hosts or request.meta.get(ACCOUNT) in self._authorised

    def unfinished(self) -> list[CoverageItem]:
        """Coverages of the accounts whose visit did not come to its end (asked when the crawl closes)."""
        items = []
        for account_id, visit in self.visits.items():
            if account_id not in self._finished:
                visit.stop(Outcome.DEADLINE, _INTERRUPTED)
            items.append(CoverageItem(coverage=visit.coverage()))
        return items

    # -- inside ----------------------------------------------------------------------------------------------------

    def _read(self, fetched: Fetched) -> Reading:
        try:
            return self.read_response(fetched)
        except Exception as error:
            self._report(fetched.digest, error)
            return Reading(
                outcome=Outcome.LAYOUT_CHANGED,
                detail=f"读取页面时程序出错（{type(error).__name__}），原始内容已留存；请把日志交给维护人员",
            )

    async def _send(self, request: Request) -> Response:
        return await self.crawler.engine.download_async(request)

    async def _store(self, item: Item) -> bool:
        await self.crawler.engine.scraper.start_itemproc_async(item, response=None)
        if id(item) in self._failed_now:
            self._failed_now.discard(id(item))
            return False
        return True

    def _item_error(self, item: Any) -> None:
        self.crawler.stats.inc_value("xunjian/item_errors")
        self._failed_now.add(id(item))  # many items are on their way at once; whoever sent this one still holds it
        account_id = getattr(item, "account_id", "")
        if account_id:
            self._failed_items.add(account_id)

    def _report(self, what: str, error: Exception) -> None:
        """Log where it broke, without the error's message: it may quote a post."""
        frames = "".join(
            f"\n  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
        )
        self.logger.error("%s: %s%s", what, type(error).__name__, frames)


def _still_blocked(until: datetime) -> Ending:
    return Ending(
        Outcome.QUOTA,
        f"该途径的额度已用完或被要求稍候，{in_china(until):%m 月 %d 日 %H:%M} 恢复，其间没有再请求；"
        "恢复后自动再检，急需时请用 xunjian audit 单独检查",
        retry_at=until,
    )


def _cut_short(visit: Visit, outcome: Outcome) -> str:
    read = len(visit.read_keys)
    if outcome is Outcome.QUOTA and visit.budget_spent:
        return (
            f"列表已读，今晚的访问次数已用完（已读 {read} 篇），其余留待下一轮；"
            "如需一次看完，请调大 xunjian.toml 的 crawl.account_requests"
        )
    return f"列表已读，读取内容时受阻（已读 {read} 篇），停止访问；下一轮再检"
