"""One crawl in one process. Twisted's reactor cannot be started twice, so every plan gets a child of its own."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler import platforms
from crawler import settings as defaults
from crawler.browser import PAGES_SETTING, browser_ready, browser_settings
from crawler.guard import INNER_SETTING
from crawler.handlers import REPLICA_SETTING
from crawler.plan import CrawlPlan
from domain.errors import CrawlError


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlSummary:
    """How a crawl ended as a whole. ``failed`` means that the process should say so with its exit code."""

    reason: str
    item_errors: int = 0
    stats: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def failed(self) -> bool:
        """True when the crawl did not start or run as it should, or items could not be stored."""
        return self.reason != "finished" or self.item_errors > 0


def user_agent(contact: str) -> str:
    """The name we give: program, purpose and contact, in ASCII as HTTP wants it."""
    who = quote(contact.strip(), safe="@:/+-._~ ") or "none"
    return f"xunjian/2026.1 (+government account inspection; contact: {who})"


def build_settings(plan: CrawlPlan, item_pipeline: str = "") -> dict[str, Any]:
    """All settings for ``plan``: the defaults, its politeness, its replica and, where its spider wants one, its
    browser. Items go to ``item_pipeline`` (an import path) through the guard that completes the coverages."""
    settings = {name: getattr(defaults, name) for name in dir(defaults) if name.isupper()}
    settings["SPIDER_MODULES"] = []  # the spider is given; looking for it would import every platform
    settings["USER_AGENT"] = user_agent(plan.contact)
    polite = plan.polite
    for name, setting in (
        ("delay", "DOWNLOAD_DELAY"),
        ("per_host", "CONCURRENT_REQUESTS_PER_DOMAIN"),
        ("timeout", "DOWNLOAD_TIMEOUT"),
    ):
        if name in polite:
            settings[setting] = float(polite[name]) if name == "delay" else max(int(polite[name]), 1)
    if plan.replica is not None:
        settings[REPLICA_SETTING] = f"{plan.replica.host}:{plan.replica.http_port}"
        settings["HTTPPROXY_ENABLED"] = False  # the way to the replica never leads through a proxy
    if platforms.spider_class(plan.platform).wants_browser(plan) and browser_ready(plan.browser):
        settings.update(browser_settings(plan.browser, plan.replica))
        if "timeout" in polite:
            settings["PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT"] = max(int(polite["timeout"] * 1000), 1000)
        if "browser_pages" in polite:
            settings[PAGES_SETTING] = max(int(polite["browser_pages"]), 1)
    if item_pipeline:
        settings["ITEM_PIPELINES"] = {"crawler.guard.CoverageGuard": 100}
        settings[INNER_SETTING] = item_pipeline
    return settings


def crawl(plan: CrawlPlan, item_pipeline: str) -> CrawlSummary:
    """Crawl ``plan`` to its end; call it once in a process.

    ``item_pipeline`` receives the items of ``crawler.items``; its failures are counted, never raised. Raises
    ``CrawlError`` where the crawl could not be started at all.
    """
    process = AsyncCrawlerProcess(Settings(build_settings(plan, item_pipeline)))
    # After Scrapy's own set-up, which asks for every debug line: a line for each request and each item, shown nowhere.
    logging.getLogger("scrapy").setLevel(defaults.LOG_LEVEL)
    crawler = process.create_crawler(platforms.spider_class(plan.platform))
    task = process.crawl(crawler, plan=plan)
    process.start()
    error = task.exception() if task.done() and not task.cancelled() else None
    if error is not None:
        raise CrawlError(
            f"采集进程：平台 {plan.platform} 的采集没有启动（{type(error).__name__}）；请运行 xunjian doctor 查看环境"
        ) from error
    stats = dict(crawler.stats.get_stats())
    # An exception in start() only shows here: Scrapy neither raises it nor fails the bootstrap.
    reason = str(stats.get("finish_reason", "unknown"))
    return CrawlSummary(reason=reason, item_errors=int(stats.get("xunjian/item_errors", 0)), stats=stats)
