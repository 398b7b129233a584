"""robots.txt, honoured for every request, a browser's navigation included."""

from __future__ import annotations

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request
from scrapy.robotstxt import RobotParser

from crawler.outcomes import RobotsForbidden


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's own middleware, with two differences.

    A refusal is told apart from other ignored requests, so that it becomes the outcome ``ROBOTS``. Requests to an
    official API (which robots.txt is not about) and those of an account whose owner's authorisation is on file pass.
    """

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Raise ``RobotsForbidden`` where robots.txt does not allow ``request``."""
        is_exempt = getattr(self.crawler.spider, "is_robots_exempt", None)
        if is_exempt is not None and is_exempt(request):
            return
        await super().process_request(request)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Judge ``request`` by the parsed file ``rp``."""
        try:
            super().process_request_2(rp, request)
        except RobotsForbidden:
            raise
        except IgnoreRequest as error:
            raise RobotsForbidden(str(error)) from None
