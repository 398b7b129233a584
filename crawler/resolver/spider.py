"""Opens each link once, politely, and hands over what became of it. It reads the beginning of an answer only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Request, Response

from crawler import outcomes
from crawler.fetched import Fetched
from crawler.items import LinkItem
from crawler.resolver.plan import LinkPlan
from crawler.resolver.verdict import is_wall, judge
from domain.link import ResolvedLink
from domain.outcome import Outcome

#: As much of an answer as is read (bytes): enough for any page that says it is gone.
ENOUGH = 256 * 1024
_GATE = "read"


class ResolverSpider(Spider):
    """Robots, redirects, retries and delays are those of the crawl; a redirect to a wall is not followed."""

    name = "resolver"

    def __init__(self, plan: LinkPlan, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.plan = plan

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ResolverSpider:
        """Built by Scrapy."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._enough, signal=signals.bytes_received)
        crawler.signals.connect(spider._item_error, signal=signals.item_error)
        return spider

    def is_wall(self, url: str) -> bool:
        """Asked by the redirect middleware."""
        return is_wall(url)

    async def start(self) -> AsyncIterator[LinkItem]:
        """One ``LinkItem`` for every link of the plan, whatever happens."""
        gate = asyncio.Semaphore(max(int(self.plan.polite.get("at_once", 8)), 1))
        until = asyncio.get_running_loop().time() + self.plan.deadline_seconds
        links = tuple(dict.fromkeys(self.plan.links))
        tasks = [asyncio.ensure_future(self._resolve(link, gate, until)) for link in links]
        try:
            for done in asyncio.as_completed(tasks):
                yield LinkItem(link=await done)
        finally:
            for task in tasks:
                task.cancel()

    async def _resolve(self, link: str, gate: asyncio.Semaphore, until: float) -> ResolvedLink:
        try:
            async with asyncio.timeout_at(until), gate:
                return judge(link, await self._fetch(link), self.plan.clock.read())
        except TimeoutError:
            return self._unresolved(link, Outcome.DEADLINE, "超过链接检查的总时限，没有轮到；下一轮再查")
        except Exception as error:  # one strange answer must not cost the other links
            self.logger.error("link: %s", type(error).__name__)
            return self._unresolved(link, Outcome.LAYOUT_CHANGED, f"读取时程序出错（{type(error).__name__}）")

    async def _fetch(self, link: str) -> Fetched:
        now = self.plan.clock.read()
        try:
            if urlsplit(link).scheme not in ("http", "https"):
                return Fetched(url=link, fetched_at=now, outcome=Outcome.BAD_REQUEST, detail="不是网页链接，无法检查")
            request = Request(link, headers={"Accept-Encoding": "identity"}, dont_filter=True)
            sending = asyncio.ensure_future(self.crawler.engine.download_async(request))
            sending.add_done_callback(_look_at_error)
            # Shielded: cancelling would also cancel the robots.txt of the host, for which others wait.
            response = await asyncio.shield(sending)
        except ValueError:
            return Fetched(url=link, fetched_at=now, outcome=Outcome.BAD_REQUEST, detail="链接格式不对，无法打开")
        except asyncio.CancelledError:
            raise
        except Exception as error:
            outcome, detail = outcomes.of_exception(error)
            return Fetched(url=link, fetched_at=now, outcome=outcome, detail=detail)
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        location = headers.get("location", "") if 300 <= response.status < 400 else ""
        return Fetched(
            url=response.url,
            requested_url=link,
            status=response.status,
            headers=headers,
            body=response.body,
            fetched_at=self.plan.clock.read(),
            location=urljoin(response.url, location) if location else "",
        )

    def _unresolved(self, link: str, outcome: Outcome, detail: str) -> ResolvedLink:
        return ResolvedLink(url=link, outcome=outcome, detail=detail, resolved_at=self.plan.clock.read())

    def _item_error(self) -> None:
        self.crawler.stats.inc_value("xunjian/item_errors")

    def _enough(self, data: bytes, request: Request) -> None:
        """Stop a long answer: what it is has long been seen."""
        read = request.meta[_GATE] = request.meta.get(_GATE, 0) + len(data)
        if read > ENOUGH:
            raise StopDownload(fail=False)


def _look_at_error(task: asyncio.Future[Response]) -> None:
    """An error that comes after the deadline must not be complained about at exit."""
    if not task.cancelled():
        task.exception()
