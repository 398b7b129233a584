"""Asks Weibo's open platform how long its tokens last: one request a token, before the accounts are visited."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Request
from scrapy.settings import Settings

from crawler import outcomes
from crawler import settings as defaults
from crawler.handlers import REPLICA_SETTING, SECRETS
from crawler.parsing.payload import integer, mapping
from crawler.plan import ReplicaAddress
from crawler.run import CrawlSummary, user_agent
from domain.clock import Clock, require_aware
from domain.errors import CrawlError

_ADDRESS = "https://api.weibo.com/oauth2/get_token_info"
_PLACE = "__TOKEN__"
#: Errors that mean that the token is no more.
_LAPSED = frozenset({21314, 21315, 21316, 21317, 21319, 21327, 21332})


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenItem:
    """What the platform said of one token: when it expires, or why it does not accept it. No value of it."""

    name: str
    expires_at: datetime | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPlan:
    """The work of one run: ``tokens`` by the name of their credential."""

    tokens: Mapping[str, str] = field(repr=False)
    clock: Clock
    replica: ReplicaAddress | None = None
    contact: str = ""
    timeout: float = 30.0
    store: Mapping[str, str] = field(default_factory=dict, repr=False)

    def to_json(self) -> str:
        """The plan as one line of JSON. It carries tokens: never logged, never written to disk."""
        return json.dumps(
            {
                "tokens": dict(self.tokens),
                "clock": {"start": self.clock.start.isoformat(), "fixed": self.clock.fixed},
                "replica": asdict(self.replica) if self.replica else None,
                "contact": self.contact,
                "timeout": self.timeout,
                "store": dict(self.store),
            }
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> TokenPlan:
        """The plan that ``to_json`` wrote. Raises ``ValueError`` or ``KeyError`` where it is not one."""
        data = json.loads(text)
        start = require_aware(datetime.fromisoformat(data["clock"]["start"]))
        return cls(
            tokens=data["tokens"],
            clock=Clock(start=start, fixed=data["clock"]["fixed"]),
            replica=ReplicaAddress(**data["replica"]) if data["replica"] else None,
            contact=data["contact"],
            timeout=data["timeout"],
            store=data["store"],
        )


def read_token_info(body: bytes, at: datetime) -> tuple[datetime | None, str] | None:
    """Expiry and refusal out of a reply of ``get_token_info``; ``None`` where it says neither."""
    try:
        reply = mapping(json.loads(body))
    except ValueError:
        return None
    left = integer(reply, "expire_in", "expires_in")
    if left is not None:
        if left <= 0:
            return at + timedelta(seconds=left), "授权已到期；请由账号本人重新授权并更新凭据"
        return at + timedelta(seconds=left), ""
    code = integer(reply, "error_code")
    if code in _LAPSED:
        return None, f"授权已失效（错误码 {code}）；请由账号本人重新授权并更新凭据"
    return None


class TokenSpider(Spider):
    """One item for every token of which the platform said something."""

    name = "tokens"

    def __init__(self, plan: TokenPlan, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.plan = plan

    def is_wall(self, url: str) -> bool:  # noqa: ARG002
        """Asked by the redirect middleware: an interface has no walls."""
        return False

    async def start(self) -> AsyncIterator[TokenItem]:
        """Ask for one token after another."""
        for name, token in self.plan.tokens.items():
            found = await self._ask(token)
            if found is not None:
                yield TokenItem(name=name, expires_at=found[0], refusal=found[1])

    async def _ask(self, token: str) -> tuple[datetime | None, str] | None:
        request = Request(
            _ADDRESS,
            method="POST",
            body=f"access_token={_PLACE}".encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            dont_filter=True,
            meta={SECRETS: {_PLACE: token}, "dont_retry": True, "dont_redirect": True},
        )
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # the visit itself will show whether the token works
            self.logger.info("token: %s", outcomes.of_exception(error)[0].value)
            return None
        return read_token_info(response.body, self.plan.clock.read())


def ask_tokens(plan: TokenPlan, item_pipeline: str) -> CrawlSummary:
    """Ask for the tokens of ``plan``; call it once in a process. Raises ``CrawlError`` where it could not start."""
    logging.getLogger("scrapy").setLevel(defaults.LOG_LEVEL)
    settings: dict[str, Any] = {name: getattr(defaults, name) for name in dir(defaults) if name.isupper()}
    settings["USER_AGENT"] = user_agent(plan.contact)
    settings["DOWNLOAD_TIMEOUT"] = max(int(plan.timeout), 1)
    settings["ROBOTSTXT_OBEY"] = False  # an interface for programs: robots.txt is not about it
    settings["DOWNLOADER_MIDDLEWARES"] = {
        name: None if name.endswith("RobotsMiddleware") else order
        for name, order in settings["DOWNLOADER_MIDDLEWARES"].items()
    }
    if plan.replica is not None:
        settings[REPLICA_SETTING] = f"{plan.replica.host}:{plan.replica.http_port}"
        settings["HTTPPROXY_ENABLED"] = False  # the way to the replica never leads through a proxy
        settings["DOWNLOAD_DELAY"] = 0
    settings["ITEM_PIPELINES"] = {item_pipeline: 100}
    process = AsyncCrawlerProcess(Settings(settings), install_root_handler=False)
    crawler: Crawler = process.create_crawler(TokenSpider)
    task = process.crawl(crawler, plan=plan)
    process.start()
    error = task.exception() if task.done() and not task.cancelled() else None
    if error is not None:
        raise CrawlError(f"凭据检查进程没有启动（{type(error).__name__}）；请运行 xunjian doctor 查看环境") from error
    stats = dict(crawler.stats.get_stats()) if crawler.stats is not None else {}
    return CrawlSummary(reason=str(stats.get("finish_reason", "unknown")), stats=stats)
