"""Redirects are followed, except to a wall."""

from __future__ import annotations

from urllib.parse import urljoin

from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Request, Response


class WallRedirectMiddleware(RedirectMiddleware):
    """Scrapy's own middleware, but a redirect to a page that the spider calls a wall is handed over unfollowed.

    Knocking at a verification page only prolongs the block, and the answer is known already.
    """

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Follow ``response`` unless it leads to a wall."""
        location = response.headers.get("Location")
        is_wall = getattr(self.crawler.spider, "is_wall", None)
        if location and is_wall is not None:
            target = urljoin(request.url, location.decode("latin-1"))
            if is_wall(target):
                return response
        return super().process_response(request, response)
