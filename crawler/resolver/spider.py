"""Opens each link once, politely, and hands over what became of it, with the answer as evidence.

It reads the beginning of an answer only, and runs nothing of it. A page that only sends its visitor on is followed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Request, Response

from crawler import outcomes
from crawler.fetched import Fetched
from crawler.items import CaptureItem, LinkItem
from crawler.resolver.capture import TRUNCATED, capture_of
from crawler.resolver.domains import registrable
from crawler.resolver.pageview import view
from crawler.resolver.plan import LinkPlan
from crawler.resolver.private import PrivateAddress
from crawler.resolver.transport import is_distrust
from crawler.resolver.verdict import is_wall, judge
from domain.link import ResolvedLink, Transport
from domain.outcome import Outcome

#: As much of an answer as is read (bytes): enough for any page that says it is gone.
ENOUGH = 256 * 1024
#: How often a page may send its visitor on by ``<meta>``.
_REFRESHES = 2
_GATE = "read"
_Resolved = tuple[ResolvedLink, CaptureItem | None]


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

    async def start(self) -> AsyncIterator[LinkItem | CaptureItem]:
        """One ``LinkItem`` for every link of the plan, whatever happens; its capture, where there is one, before it."""
        gate = asyncio.Semaphore(max(int(self.plan.polite.get("at_once", 8)), 1))
        until = asyncio.get_running_loop().time() + self.plan.deadline_seconds
        links = tuple(dict.fromkeys(self.plan.links))
        tasks = [asyncio.ensure_future(self._resolve(link, gate, until)) for link in links]
        try:
            for done in asyncio.as_completed(tasks):
                link, capture = await done
                if capture is not None:
                    yield capture
                yield LinkItem(link=link)
        finally:
            for task in tasks:
                task.cancel()

    async def _resolve(self, link: str, gate: asyncio.Semaphore, until: float) -> _Resolved:
        try:
            async with asyncio.timeout_at(until), gate:
                fetched, transport = await self._follow(link)
                capture = capture_of(fetched)
                digest = capture.digest if capture is not None else ""
                resolved = judge(link, fetched, self.plan.clock.read(), transport=transport, capture=digest)
                return resolved, capture
        except TimeoutError:
            return self._unresolved(link, Outcome.DEADLINE, "超过链接检查的总时限，没有轮到；下一轮再查")
        except Exception as error:  # one strange answer must not cost the other links
            self.logger.error("link: %s", type(error).__name__)
            return self._unresolved(link, Outcome.LAYOUT_CHANGED, f"读取时程序出错（{type(error).__name__}）")

    async def _follow(self, link: str) -> tuple[Fetched, Transport | None]:
        """The last answer on the way from ``link``; where a page sends on to nothing, its own stands."""
        fetched, transport = await self._fetch(link)
        for _ in range(_REFRESHES):
            target = view(fetched.body, fetched.content_type, fetched.url).refresh if fetched.status == 200 else ""
            if not target or self.is_wall(target):
                break
            further, other = await self._fetch(target)
            if not further.answered:
                break
            fetched, transport = further, other
        return fetched, transport

    async def _fetch(self, link: str) -> tuple[Fetched, Transport | None]:
        now = self.plan.clock.read()
        try:
            if urlsplit(link).scheme not in ("http", "https"):
                return self._refused(link, now, "不是网页链接，无法检查")
            request = Request(link, headers={"Accept-Encoding": "identity"}, dont_filter=True)
            sending = asyncio.ensure_future(self.crawler.engine.download_async(request))
            sending.add_done_callback(_look_at_error)
            # Shielded: cancelling would also cancel the robots.txt of the host, for which others wait.
            response = await asyncio.shield(sending)
        except ValueError:
            return self._refused(link, now, "链接格式不对，无法打开")
        except asyncio.CancelledError:
            raise
        except PrivateAddress:
            return self._refused(link, now, "链接指向内网或本机地址，不予访问；请人工核对是否误发")
        except Exception as error:
            outcome, detail = outcomes.of_exception(error)
            distrusted = is_distrust(error)
            if distrusted:
                detail = "对方的 https 证书不受信任，没有读取内容；请人工打开核对"
            fetched = Fetched(url=link, fetched_at=now, outcome=outcome, detail=detail)
            return fetched, Transport.DISTRUSTED if distrusted else None
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        location = headers.get("location", "") if 300 <= response.status < 400 else ""
        if "download_stopped" in response.flags:
            headers[TRUNCATED] = f"{len(response.body)} bytes"
        fetched = Fetched(
            url=response.url,
            requested_url=link,
            status=response.status,
            headers=headers,
            body=response.body,
            fetched_at=self.plan.clock.read(),
            location=urljoin(response.url, location) if location else "",
        )
        return fetched, None

    def _refused(self, link: str, now: datetime, detail: str) -> tuple[Fetched, None]:
        return Fetched(url=link, fetched_at=now, outcome=Outcome.BAD_REQUEST, detail=detail), None

    def _unresolved(self, link: str, outcome: Outcome, detail: str) -> _Resolved:
        now = self.plan.clock.read()
        domain = registrable(link)
        return ResolvedLink(url=link, outcome=outcome, detail=detail, resolved_at=now, domain=domain), None

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
