"""Fetches avatars: each address once, politely, by the robots rules of its host. A run in a process of its own."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Request
from scrapy.settings import Settings

from crawler import outcomes
from crawler import settings as defaults
from crawler.fetched import strip_headers, strip_url
from crawler.handlers import REPLICA_SETTING
from crawler.items import CaptureItem, digest_of
from crawler.plan import ReplicaAddress
from crawler.run import CrawlSummary, user_agent
from domain.clock import Clock, require_aware
from domain.errors import CrawlError
from domain.outcome import Outcome

#: Kind of the captures.
KIND = "avatar"
#: An avatar with more bytes than this is not read.
_LARGEST = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class AvatarPlan:
    """The work of one run: ``avatars`` maps account ids to the addresses of their pictures, ``pages`` to the public
    pages that show them. ``polite`` as for links."""

    avatars: Mapping[str, str] = field(repr=False)
    pages: Mapping[str, str] = field(default_factory=dict, repr=False)
    clock: Clock
    replica: ReplicaAddress | None = None
    contact: str = ""
    polite: Mapping[str, float] = field(default_factory=dict)
    store: Mapping[str, str] = field(default_factory=dict, repr=False)

    def to_json(self) -> str:
        """The plan as one line of JSON."""
        return json.dumps(
            {
                "avatars": dict(self.avatars),
                "pages": dict(self.pages),
                "clock": {"start": self.clock.start.isoformat(), "fixed": self.clock.fixed},
                "replica": asdict(self.replica) if self.replica else None,
                "contact": self.contact,
                "polite": dict(self.polite),
                "store": dict(self.store),
            }
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> AvatarPlan:
        """The plan that ``to_json`` wrote. Raises ``ValueError`` or ``KeyError`` where it is not one."""
        data = json.loads(text)
        start = require_aware(datetime.fromisoformat(data["clock"]["start"]))
        return cls(
            avatars=data["avatars"],
            pages=data["pages"],
            clock=Clock(start=start, fixed=data["clock"]["fixed"]),
            replica=ReplicaAddress(**data["replica"]) if data["replica"] else None,
            contact=data["contact"],
            polite=data["polite"],
            store=data["store"],
        )


class AvatarSpider(Spider):
    """One capture of kind ``avatar`` for every picture that came; of the others nothing is known."""

    name = "avatars"

    def __init__(self, plan: AvatarPlan, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.plan = plan

    def is_wall(self, url: str) -> bool:  # noqa: ARG002
        """Asked by the redirect middleware: a picture has no walls."""
        return False

    async def start(self) -> AsyncIterator[CaptureItem]:
        """The pictures, one after another for each host."""
        tasks = [asyncio.ensure_future(self._fetch(account, url)) for account, url in self.plan.avatars.items()]
        for done in asyncio.as_completed(tasks):
            item = await done
            if item is not None:
                yield item

    async def _fetch(self, account_id: str, url: str) -> CaptureItem | None:
        try:
            page = self.plan.pages.get(account_id, "")  # several platforms show pictures on their own pages only
            headers = {"Accept": "image/*"} | ({"Referer": page} if page else {})
            request = Request(url, dont_filter=True, headers=headers)
            request.meta["download_maxsize"] = _LARGEST
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # whatever keeps one picture away costs no other
            self.logger.info("avatar: %s", outcomes.of_exception(error)[0].value)
            return None
        answered = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        return CaptureItem(
            account_id=account_id,
            url=strip_url(response.url),
            status=response.status,
            headers=strip_headers(answered),
            body=response.body,
            fetched_at=self.plan.clock.read(),
            outcome=Outcome.OK if response.status == 200 and response.body else Outcome.UNAVAILABLE,
            kind=KIND,
            digest=digest_of(response.body),
        )


def fetch_avatars(plan: AvatarPlan, item_pipeline: str) -> CrawlSummary:
    """Fetch the pictures of ``plan``; call it once in a process. Raises ``CrawlError`` where it could not start."""
    logging.getLogger("scrapy").setLevel(defaults.LOG_LEVEL)
    process = AsyncCrawlerProcess(Settings(_settings(plan, item_pipeline)), install_root_handler=False)
    crawler: Crawler = process.create_crawler(AvatarSpider)
    task = process.crawl(crawler, plan=plan)
    process.start()
    error = task.exception() if task.done() and not task.cancelled() else None
    if error is not None:
        raise CrawlError(f"头像读取进程没有启动（{type(error).__name__}）；请运行 xunjian doctor 查看环境") from error
    stats = dict(crawler.stats.get_stats()) if crawler.stats is not None else {}
    return CrawlSummary(reason=str(stats.get("finish_reason", "unknown")), stats=stats)


def _settings(plan: AvatarPlan, item_pipeline: str) -> dict[str, Any]:
    settings: dict[str, Any] = {name: getattr(defaults, name) for name in dir(defaults) if name.isupper()}
    settings["USER_AGENT"] = user_agent(plan.contact)
    settings["DOWNLOAD_DELAY"] = float(plan.polite.get("delay", settings["DOWNLOAD_DELAY"]))
    settings["DOWNLOAD_TIMEOUT"] = max(int(plan.polite.get("timeout", 20)), 1)
    settings["CONCURRENT_REQUESTS_PER_DOMAIN"] = 1
    settings["RETRY_TIMES"] = 0
    if plan.replica is not None:
        settings[REPLICA_SETTING] = f"{plan.replica.host}:{plan.replica.http_port}"
        settings["HTTPPROXY_ENABLED"] = False  # the way to the replica never leads through a proxy
    settings["ITEM_PIPELINES"] = {item_pipeline: 100}
    return settings
