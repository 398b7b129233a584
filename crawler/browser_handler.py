"""The browser as a download handler. Imported only by name, where a browser is to be driven."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from playwright.async_api import Browser, Error, Page
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.browser import PAGES_SETTING, WINDOW
from crawler.handlers import Outbound

_GRACE = 10.0


class BrowserHandler(ScrapyPlaywrightDownloadHandler, Outbound):
    """Requests with ``meta["playwright"]`` go through the browser, all others (robots.txt) through ``Outbound``.

    After so many pages (setting ``XUNJIAN_BROWSER_PAGES``) the browser is retired: accounts that are being read keep
    their contexts in it, new ones get a new browser, and the old one is closed behind its last context. What a browser
    gathers over a night (memory, caches, stuck renderers) is given back that way, and nobody waits for it.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pages_each = max(crawler.settings.getint(PAGES_SETTING, 100), 1)
        self._opened = 0
        self._retired: set[Browser] = set()
        self._closing: set[asyncio.Task[None]] = set()

    async def download_request(self, request: Request) -> Response:
        """Send ``request`` the way its meta says."""
        if request.meta.get("playwright"):
            response: Response = await ScrapyPlaywrightDownloadHandler.download_request(self, request)
            return response
        return await Outbound.download_request(self, request)

    async def _create_page(self, request: Request, spider: Spider) -> Page:
        window = request.meta.get(WINDOW)
        if window is not None and window.closed:  # its account is done: a retry would open a page nobody closes
            raise IgnoreRequest("the window of this request is closed")
        page: Page = await super()._create_page(request, spider)
        self._opened += 1
        if self._opened >= self._pages_each:
            async with self.context_launch_lock:  # no context is being opened in it just now
                self._retire()
        return page

    def _retire(self) -> None:
        browser: Browser | None = self.__dict__.pop("browser", None)
        self._opened = 0
        if browser is None:
            return
        # The library would close every context of every browser when this one ends.
        browser.remove_listener("disconnected", self._browser_disconnected_callback)
        self._retired.add(browser)
        self.stats.inc_value("xunjian/browser_retired")

        def look(_context: Any = None) -> None:
            if not browser.contexts and browser in self._retired:
                self._retired.discard(browser)
                closing = asyncio.ensure_future(_close(browser))
                self._closing.add(closing)
                closing.add_done_callback(self._closing.discard)

        for context in browser.contexts:
            context.on("close", look)
        look()

    async def _close(self) -> None:
        if self._closing:
            await asyncio.gather(*self._closing, return_exceptions=True)
        current = {self.browser} if "browser" in self.__dict__ else set()
        left = sum(len(browser.contexts) for browser in self._retired | current)
        self.stats.set_value("xunjian/contexts_left", left)
        for browser in list(self._retired):
            await _close(browser)
        self._retired.clear()
        await super()._close()


async def _close(browser: Browser) -> None:
    with suppress(Error, TimeoutError):
        await asyncio.wait_for(browser.close(), timeout=_GRACE)
