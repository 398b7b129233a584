"""One resolver run in one process: the reactor cannot be started twice."""

from __future__ import annotations

import logging
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler import settings as defaults
from crawler.handlers import REPLICA_SETTING
from crawler.resolver.plan import LinkPlan
from crawler.resolver.spider import ResolverSpider
from crawler.run import CrawlSummary, user_agent
from domain.errors import CrawlError


def build_settings(plan: LinkPlan, item_pipeline: str = "") -> dict[str, Any]:
    """The crawl's settings, with one request at once to a host and few retries."""
    settings: dict[str, Any] = {name: getattr(defaults, name) for name in dir(defaults) if name.isupper()}
    settings["USER_AGENT"] = user_agent(plan.contact)
    settings["DOWNLOAD_DELAY"] = float(plan.polite.get("delay", settings["DOWNLOAD_DELAY"]))
    settings["DOWNLOAD_TIMEOUT"] = max(int(plan.polite.get("timeout", 20)), 1)
    settings["CONCURRENT_REQUESTS_PER_DOMAIN"] = 1 if settings["DOWNLOAD_DELAY"] else 8
    settings["RETRY_TIMES"] = 1
    if plan.replica is not None:
        settings[REPLICA_SETTING] = f"{plan.replica.host}:{plan.replica.http_port}"
        settings["HTTPPROXY_ENABLED"] = False  # the way to the replica never leads through a proxy
    else:
        settings["DNS_RESOLVER"] = "crawler.resolver.private.PublicOnlyResolver"
    settings["DOWNLOADER_MIDDLEWARES"] = {
        **settings["DOWNLOADER_MIDDLEWARES"],
        "crawler.resolver.private.PublicOnlyMiddleware": 50,
    }
    if item_pipeline:
        settings["ITEM_PIPELINES"] = {item_pipeline: 100}
    return settings


def resolve(plan: LinkPlan, item_pipeline: str) -> CrawlSummary:
    """Follow the links of ``plan``; call it once in a process.

    ``item_pipeline`` (an import path) receives one ``LinkItem`` a link. Raises ``CrawlError`` where the run could not
    be started at all.
    """
    logging.getLogger("scrapy").setLevel(defaults.LOG_LEVEL)
    process = AsyncCrawlerProcess(Settings(build_settings(plan, item_pipeline)), install_root_handler=False)
    crawler = process.create_crawler(ResolverSpider)
    task = process.crawl(crawler, plan=plan)
    process.start()
    error = task.exception() if task.done() and not task.cancelled() else None
    if error is not None:
        raise CrawlError(f"链接检查进程没有启动（{type(error).__name__}）；请运行 xunjian doctor 查看环境") from error
    stats = dict(crawler.stats.get_stats()) if crawler.stats is not None else {}
    return CrawlSummary(
        reason=str(stats.get("finish_reason", "unknown")),
        item_errors=int(stats.get("xunjian/item_errors", 0)),
        stats=stats,
    )
