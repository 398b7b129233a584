"""The processes of ``bench_crawl``: the replica, our line, and a bare Scrapy spider (with or without a browser)."""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.plan import CrawlPlan

#: What is there once an article of Toutiao is drawn.
_TEXT = "article, .article-content, .weitoutiao-html, .wtt-content"
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Peer:
    """A role of this module with what it is told on standard input."""

    role: str
    told: str

    def run(self) -> dict[str, Any]:
        """Run it in a process of its own; what it printed."""
        command = [sys.executable, "-m", "benchmarks.crawl_peers", self.role]
        done = subprocess.run(command, input=self.told, capture_output=True, cwd=ROOT, text=True, timeout=900)
        if done.returncode:
            raise RuntimeError(f"{self.role} ended with {done.returncode}: {done.stderr[-2000:]}")
        return dict(json.loads(done.stdout.splitlines()[-1]))


def bare_peer(plan: CrawlPlan, addresses: Sequence[str], *, browser: bool) -> Peer:
    """The bare spider over the same addresses with the same settings of the download."""
    told = {"plan": plan.to_json(), "addresses": list(addresses)}
    return Peer("bare_browser" if browser else "bare", json.dumps(told))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def serve(posts: int) -> None:
    """Serve the bureau until standard input closes."""
    from benchmarks.bench_crawl import bureau_of
    from replica.server import ReplicaServer

    with ReplicaServer(bureau_of(posts).world) as server:
        address = {"host": "127.0.0.1", "http_port": server.http_port, "tls_port": server.tls_port, "spki": server.spki}
        sys.stdout.write(json.dumps(address) + "\n")
        sys.stdout.flush()
        sys.stdin.read()


class Clocked:
    """Adds up the time that is spent inside the functions it is put around."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()

    def around(self, owner: Any, name: str, label: str) -> None:
        """Clock ``owner.name``. A function that is called by another clocked one counts in both."""
        inner: Callable[..., Any] = getattr(owner, name)

        def clocked(*arguments: Any, **named: Any) -> Any:
            began = time.perf_counter()
            try:
                return inner(*arguments, **named)
            finally:
                self.spent[label] += time.perf_counter() - began

        setattr(owner, name, clocked)


def line(told: str) -> dict[str, Any]:
    """Our line over a plan."""
    from crawler.base import AccountSpider
    from crawler.run import crawl
    from crawler.visit import Visit
    from pipelines.crawl_child import end_promptly
    from pipelines.ingest import Ingest
    from store.captures import Captures
    from store.evidence import EvidenceWriter

    clock, asked = Clocked(), []
    clock.around(AccountSpider, "read_response", "parse")
    clock.around(Ingest, "_archive", "evidence")
    clock.around(EvidenceWriter, "sync", "evidence_sync")
    clock.around(Captures, "ingest", "store")
    fetched = Visit._fetched

    def remember(self: Visit, request: Any, response: Any, secrets: Any) -> Any:
        asked.append(request.url)
        return fetched(self, request, response, secrets)

    Visit._fetched = remember  # type: ignore[method-assign]
    end_promptly()
    window = clock_processor()
    summary = crawl(CrawlPlan.from_json(told), "pipelines.ingest.StorePipeline")
    if summary.failed:
        raise RuntimeError("the crawl failed")
    return _told(summary.stats, len(asked), window) | {
        "asked": asked,
        "spent": {k: round(v, 4) for k, v in clock.spent.items()},
    }


def clock_processor() -> dict[str, float]:
    """Clocks processor time over what Scrapy clocks as the crawl, from the opening of the spider to its closing: what
    importing libraries costs is left out on both sides, as it is by the clock on the wall."""
    from scrapy.extensions.corestats import CoreStats

    window: dict[str, float] = {}
    opened, closed = CoreStats.spider_opened, CoreStats.spider_closed

    def open_(self: CoreStats, spider: Any) -> None:
        window["opened"] = _cpu()
        opened(self, spider)

    def close(self: CoreStats, spider: Any, reason: str) -> None:
        closed(self, spider, reason)
        window["cpu"] = _cpu() - window["opened"]

    CoreStats.spider_opened, CoreStats.spider_closed = open_, close  # type: ignore[method-assign]
    return window


def _told(stats: Any, pages: int, window: dict[str, float]) -> dict[str, Any]:
    return {"pages": pages, "seconds": stats["elapsed_time_seconds"], "cpu": window["cpu"]}


def bare(told: str, *, browser: bool) -> dict[str, Any]:
    """A spider as one writes it in five minutes, with our settings of the download and none of our parts: it takes
    texts and links out of the page and keeps nothing."""
    from scrapy import Request, Spider
    from scrapy.crawler import AsyncCrawlerProcess

    from crawler.browser import browser_meta, browser_settings, find_browser
    from crawler.browsing import is_unneeded
    from crawler.run import build_settings
    from pipelines.crawl_child import end_promptly

    data = json.loads(told)
    plan = CrawlPlan.from_json(data["plan"])
    settings = build_settings(plan)
    settings |= {"ROBOTSTXT_OBEY": False, "DOWNLOADER_MIDDLEWARES": {}, "ITEM_PIPELINES": {}, "LOG_LEVEL": "ERROR"}
    if browser:
        settings |= browser_settings(find_browser(), plan.replica)
        settings["DOWNLOAD_HANDLERS"] = {"https": "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"}
        settings["CONCURRENT_REQUESTS"] = int(plan.polite["accounts"])
        settings["PLAYWRIGHT_ABORT_REQUEST"] = is_unneeded
    pages = [0]

    class Bare(Spider):
        name = "bare"

        async def start(self) -> Any:
            for number, url in enumerate(data["addresses"]):
                meta = browser_meta(f"account-{number % 2}", "bench") | plain_walk(url) if browser else {}
                yield Request(url, meta=meta, dont_filter=True, callback=self.parse)

        def parse(self, response: Any) -> Any:
            pages[0] += 1
            if response.body.lstrip()[:1] == b"{":
                yield {"url": response.url, "data": response.json()}
            else:
                texts = response.css("title::text, p::text, li a::text").getall()
                yield {"url": response.url, "texts": texts, "links": response.css("a::attr(href)").getall()}

    end_promptly()
    window = clock_processor()
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(Bare)
    process.crawl(crawler)
    process.start()
    return _told(crawler.stats.get_stats(), pages[0], window)


def plain_walk(url: str) -> dict[str, Any]:
    """``request.meta`` by which plain scrapy-playwright does the page's work: of an account's page every reply of its
    list, scrolling down for the next; of an article nothing but the page, until its text is there."""
    from scrapy_playwright.page import PageMethod

    goto = {"playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"}}
    if "/c/user/" not in url:
        return goto | {"playwright_page_methods": [PageMethod("wait_for_selector", _TEXT, state="attached")]}
    replies: asyncio.Queue[Any] = asyncio.Queue()

    async def listen(page: Any, request: Any) -> None:
        del request
        page.on("response", lambda reply: replies.put_nowait(reply) if "/list/feed" in reply.url else None)

    async def scroll_down(page: Any) -> None:
        while (await (await asyncio.wait_for(replies.get(), 60)).json()).get("has_more"):
            await page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")

    return goto | {
        "playwright_page_init_callback": listen,
        "playwright_page_methods": [PageMethod(scroll_down)],
    }


def main() -> int:
    """Do what the first argument says."""
    role = sys.argv[1]
    if role == "replica":
        serve(int(sys.argv[2]))
        return 0
    told = sys.stdin.read()
    result = line(told) if role == "line" else bare(told, browser=role == "bare_browser")
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
