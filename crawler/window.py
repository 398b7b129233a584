"""One account's window: a browser context of its own, the page in it, and the replies that the page itself asks for.

The page signs its requests itself; nothing here computes a signature, moves a slider or brings a cookie along.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error
from playwright.async_api import TimeoutError as PlaywrightTimeout
from scrapy_playwright.page import PageMethod

from crawler.browser import WINDOW, browser_meta
from crawler.fetched import Fetched
from domain.outcome import Outcome

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page, Response
    from scrapy.http import Request

#: The page and every scrolling box in it, down to the end: some platforms scroll a box, not the page.
_TO_THE_END = """() => {
  const boxes = [document.scrollingElement, ...document.querySelectorAll('div, main, section')];
  for (const box of boxes) {
    if (!box || box.scrollHeight <= box.clientHeight + 40) continue;
    if (box !== document.scrollingElement && !/auto|scroll/.test(getComputedStyle(box).overflowY)) continue;
    box.scrollTop = box.scrollHeight;
  }
}"""
#: Replies that wait to be read; a page that asks for more than this without being scrolled is not listened to.
_MOST = 60
#: Larger replies are no listing (bytes).
_LARGEST = 16 * 1024 * 1024
_POLL = 0.5
#: So many looks in a row must show the same refusal: some pages answer a check by themselves and load again.
_STANDS = 4
_GRACE = 10.0


class Window:
    """Opens pages for one account and closes everything behind itself, whatever happened.

    ``wanted`` picks the replies to keep by their address; ``patience`` is how long to wait for one (seconds);
    ``is_settled(html, url)`` says that the page shows a refusal or its content already, so that no reply will come.
    """

    def __init__(
        self,
        name: str,
        user_agent: str,
        wanted: Callable[[str], bool],
        *,
        now: Callable[[], datetime],
        is_settled: Callable[[str, str], bool],
        patience: float = 20.0,
    ) -> None:
        self.patience = patience
        self.closed = False
        self._name = name
        self._user_agent = user_agent
        self._wanted = wanted
        self._now = now
        self._is_settled = is_settled
        self._page: Page | None = None
        self._context: BrowserContext | None = None
        self._heard: asyncio.Queue[asyncio.Task[Fetched]] = asyncio.Queue()
        self._arrived = asyncio.Event()
        self._reading: set[asyncio.Task[Fetched]] = set()
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def heard(self) -> bool:
        """True when a wanted reply has come since the page was opened."""
        return self._arrived.is_set()

    def meta(self, *, replies: bool, selector: str = "") -> dict[str, Any]:
        """``request.meta`` of a navigation in this window.

        With ``replies`` the navigation also waits for the first wanted reply (listening begins before the page goes
        anywhere, so that a quick one is not missed), with ``selector`` until such an element is there.
        """
        methods = [PageMethod(self._await_reply)] if replies else []
        if selector:
            methods.append(PageMethod(self._await_selector, selector))
        return {
            **browser_meta(self._name, self._user_agent),
            WINDOW: self,
            "playwright_include_page": True,
            "playwright_page_init_callback": self._on_open,
            "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
            "playwright_page_methods": methods,
        }

    async def reply(self, seconds: float | None = None) -> Fetched | None:
        """The next wanted reply in the order in which they came, or ``None`` where none comes in time."""
        if self._page is None:
            return None
        try:
            task = await asyncio.wait_for(self._heard.get(), self.patience if seconds is None else seconds)
        except TimeoutError:
            return None
        return await task

    async def scroll(self) -> None:
        """Scroll to the end, which makes the page ask for more."""
        if self._page is not None and not self._page.is_closed():
            try:
                await asyncio.wait_for(self._page.evaluate(_TO_THE_END), self.patience)
            except (Error, TimeoutError):
                return

    async def content(self) -> str:
        """What the page shows now, as HTML; empty where it is gone."""
        if self._page is None or self._page.is_closed():
            return ""
        try:
            return await asyncio.wait_for(self._page.content(), self.patience)
        except (Error, TimeoutError):
            return ""

    async def close_page(self) -> None:
        """Close the page and forget what it asked for, keep the context for the next one.

        The browser closes it behind our back: the next page need not wait for that. ``close`` does.
        """
        page, self._page = self._page, None
        for task in self._reading:
            task.cancel()
        self._reading.clear()
        self._heard = asyncio.Queue()
        self._arrived.clear()
        if page is not None:
            page.remove_listener("response", self._on_response)
            if not page.is_closed() and _is_connected(page.context):
                closing = asyncio.ensure_future(_quietly(page.close()))
                self._closing.add(closing)
                closing.add_done_callback(self._closing.discard)

    async def close(self) -> None:
        """Close page and context; nothing is opened any more."""
        self.closed = True
        await self.close_page()
        if self._closing:
            await asyncio.gather(*self._closing, return_exceptions=True)
        context, self._context = self._context, None
        if context is not None and _is_connected(context):
            await _quietly(context.close())

    async def _on_open(self, page: Page, request: Request) -> None:
        """Called by the handler when the page exists and before it goes anywhere."""
        del request
        if self.closed:  # a navigation that outlived its account's deadline
            await _quietly(page.context.close())
            return
        await self.close_page()
        self._page, self._context = page, page.context
        page.on("response", self._on_response)

    def _on_response(self, response: Response) -> None:
        if self.closed or response.request.method == "OPTIONS" or 300 <= response.status < 400:
            return
        if not self._wanted(response.url) or self._heard.qsize() >= _MOST:
            return
        task = asyncio.ensure_future(self._fetched(response))
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)
        self._heard.put_nowait(task)
        self._arrived.set()

    async def _fetched(self, response: Response) -> Fetched:
        try:
            async with asyncio.timeout(self.patience):
                await response.finished()
                headers = await response.all_headers()
                body = await response.body()
        except (Error, TimeoutError):
            detail = "浏览器没有收全这次回复；下一轮再试"
            return Fetched(url=response.url, fetched_at=self._now(), outcome=Outcome.NETWORK, detail=detail)
        return Fetched(
            url=response.url,
            requested_url=response.url,
            method=response.request.method,
            status=response.status,
            headers=headers,
            body=body[:_LARGEST],
            fetched_at=self._now(),
            request_headers=response.request.headers,
        )

    async def _await_reply(self, page: Page) -> None:
        """Page method: hold the navigation until the first wanted reply, or until a refusal stands."""
        stands = 0
        try:
            async with asyncio.timeout(self.patience):
                while stands < _STANDS:
                    try:
                        await asyncio.wait_for(self._arrived.wait(), _POLL)
                        return
                    except TimeoutError:
                        stands = stands + 1 if self._is_settled(await page.content(), page.url) else 0
        except (Error, TimeoutError):
            return  # said by ``reply``

    async def _await_selector(self, page: Page, selector: str) -> None:
        try:
            await page.wait_for_selector(selector, timeout=self.patience * 1000, state="attached")
        except PlaywrightTimeout:
            return  # the page is read as it is: it may be a wall


def _is_connected(context: BrowserContext) -> bool:
    """False where the browser has died: nothing in it answers any more, closing included."""
    return context.browser is None or context.browser.is_connected()


async def _quietly(closing: Coroutine[Any, Any, Any]) -> None:
    """What is closed may be gone already, and a browser that hangs must not hold the crawl."""
    try:
        await asyncio.wait_for(closing, timeout=_GRACE)
    except (Error, TimeoutError):
        return
