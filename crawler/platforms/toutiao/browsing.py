"""One account's window: a browser context of its own, the page in it, and the replies that the page asks for.

The page signs its list requests itself; nothing here computes a signature or moves a slider.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error
from playwright.async_api import TimeoutError as PlaywrightTimeout
from scrapy_playwright.page import PageMethod

from crawler.browser import browser_meta
from crawler.fetched import Fetched

if TYPE_CHECKING:
    from datetime import datetime

    from playwright.async_api import BrowserContext, Page, Response
    from scrapy.http import Request

_TO_THE_END = "window.scrollTo(0, document.body.scrollHeight)"


class Window:
    """Opens pages for one account and closes everything behind itself, whatever happened.

    ``wanted`` picks the replies to wait for by their address; ``patience`` is how long to wait for one (seconds).
    """

    def __init__(self, name: str, user_agent: str, wanted: Callable[[str], bool], patience: float = 20.0) -> None:
        self._name = name
        self._user_agent = user_agent
        self._wanted = wanted
        self._patience = patience
        self._page: Page | None = None
        self._context: BrowserContext | None = None
        self._first: asyncio.Task[Response] | None = None
        self._closed = False

    def meta(self, *, first_reply: bool, selector: str = "") -> dict[str, Any]:
        """``request.meta`` of a navigation in this window.

        With ``first_reply`` the navigation also waits for the first wanted reply: the waiting begins before the page
        is opened, so that a quick reply is not missed. With ``selector`` it waits until such an element is there.
        """
        methods = [PageMethod(self._await_first)] if first_reply else []
        if selector:
            methods.append(PageMethod(_await_selector, selector, self._patience))
        return {
            **browser_meta(self._name, self._user_agent),
            "playwright_include_page": True,
            "playwright_page_init_callback": self._on_open,
            "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
            "playwright_page_methods": methods,
        }

    async def first(self, now: Callable[[], datetime]) -> Fetched | None:
        """The first wanted reply, or ``None`` where the page did not ask for one in time."""
        if self._first is None:
            return None
        try:
            return await _fetched(await asyncio.shield(self._first), now())
        except Error:
            return None

    async def following(self, now: Callable[[], datetime]) -> Fetched | None:
        """The wanted reply that scrolling to the end brings, or ``None`` where it brings none."""
        if self._page is None or self._page.is_closed():
            return None
        try:
            async with self._page.expect_response(self._is_wanted, timeout=self._patience * 1000) as waiting:
                await self._page.evaluate(_TO_THE_END)
            return await _fetched(await waiting.value, now())
        except Error:
            return None

    async def close_page(self) -> None:
        """Close the page, keep the context for the next one."""
        page, self._page = self._page, None
        if self._first is not None:
            self._first.cancel()
            self._first = None
        if page is not None:
            await _quietly(page.close())

    async def close(self) -> None:
        """Close page and context; nothing is opened any more."""
        self._closed = True
        await self.close_page()
        context, self._context = self._context, None
        if context is not None:
            await _quietly(context.close())

    async def _on_open(self, page: Page, request: Request) -> None:
        """Called by the handler when the page exists and before it goes anywhere."""
        del request
        if self._closed:  # a navigation that outlived its account's deadline
            await _quietly(page.context.close())
            return
        self._page, self._context = page, page.context
        waiting = page.wait_for_event("response", predicate=self._is_wanted, timeout=self._patience * 1000)
        self._first = asyncio.ensure_future(waiting)
        self._first.add_done_callback(_look_at_error)

    async def _await_first(self, page: Page) -> None:
        """Page method: hold the navigation until the first wanted reply is complete."""
        del page
        if self._first is None:
            return
        try:
            await (await asyncio.shield(self._first)).finished()
        except Error:
            return  # said by ``first``

    def _is_wanted(self, response: Response) -> bool:
        return self._wanted(response.url)


async def _await_selector(page: Page, selector: str, patience: float) -> None:
    try:
        await page.wait_for_selector(selector, timeout=patience * 1000, state="attached")
    except PlaywrightTimeout:
        return  # the page is read as it is: it may be a wall


async def _fetched(response: Response, fetched_at: datetime) -> Fetched:
    headers: Mapping[str, str] = await response.all_headers()
    return Fetched(
        url=response.url,
        requested_url=response.url,
        method=response.request.method,
        status=response.status,
        headers=headers,
        body=await response.body(),
        fetched_at=fetched_at,
        request_headers=response.request.headers,
    )


def _look_at_error(task: asyncio.Task[Response]) -> None:
    """A timeout that nobody waits for any more must not be complained about at exit."""
    if not task.cancelled():
        task.exception()


async def _quietly(closing: Any) -> None:
    """What is closed may be gone already, and a browser that hangs must not hold the crawl."""
    try:
        await asyncio.wait_for(closing, timeout=10)
    except (Error, TimeoutError):
        return
