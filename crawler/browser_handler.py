"""The browser as a download handler. Imported only by name, where a browser is to be driven."""

from __future__ import annotations

from scrapy.http import Request, Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.handlers import Outbound


class BrowserHandler(ScrapyPlaywrightDownloadHandler, Outbound):
    """Requests with ``meta["playwright"]`` go through the browser, all others (robots.txt) through ``Outbound``."""

    async def download_request(self, request: Request) -> Response:
        """Send ``request`` the way its meta says."""
        if request.meta.get("playwright"):
            response: Response = await ScrapyPlaywrightDownloadHandler.download_request(self, request)
            return response
        return await Outbound.download_request(self, request)
