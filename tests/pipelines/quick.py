"""The real spiders, readers, store and line over the replica's world, in one process and without a network.

A night takes a tenth of a second instead of ten, so that random histories of many nights can be tried.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from scrapy.http import Response

from crawler import platforms
from crawler.handlers import SECRETS, fill_secrets
from crawler.plan import CrawlPlan
from pipelines import crawl as crawl_module
from pipelines import credential_health as health_module
from pipelines import profiles as profiles_module
from pipelines import resolve as resolve_module
from pipelines import shots as shots_module
from pipelines.child import Ended
from pipelines.ingest import Ingest
from pipelines.target import Target
from replica.request import Request

_REDIRECTS = 5


@dataclass
class Quick:
    """Stands in for the crawl processes. ``answer`` is asked for every request; ``asked`` keeps them by account."""

    answer: object = None
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def install(self, monkeypatch) -> None:
        """Let the line crawl in this process."""
        monkeypatch.setattr(crawl_module, "run_child", self._child)
        for module in (resolve_module, profiles_module, health_module, shots_module):
            monkeypatch.setattr(module, "run_child", lambda *_, **__: Ended(0))

    def _child(self, job, plan, **_):
        asyncio.run(self._crawl(CrawlPlan.from_json(plan)))
        return Ended(0)

    async def _crawl(self, plan) -> None:
        spider = platforms.spider_class(plan.platform)(plan)
        ingest = Ingest(Target(**plan.store), plan.clock)

        async def send(request):
            return self._send(spider, request)

        async def store(item):
            try:
                ingest.write([item])
            except Exception:
                return False
            return True

        spider._send, spider._store = send, store
        for visit in spider.visits.values():
            visit._download, visit._emit = send, store
        try:
            async for item in spider.start():
                ingest.write([item])
        finally:
            ingest.close()

    def _send(self, spider, request):
        outgoing = fill_secrets(request, request.meta.get(SECRETS) or {})
        url = outgoing.url
        for _ in range(_REDIRECTS):
            reply = self.answer(self._asked(outgoing, url, request.meta["account_id"]))
            if reply.status == 0:
                raise ConnectionError("cut off")
            target = urljoin(url, reply.headers.get("Location", ""))
            if not 300 <= reply.status < 400 or spider.is_wall(target):
                break
            url = target
        return Response(
            request.url if url == outgoing.url else url,
            status=reply.status,
            headers={name: [value] for name, value in reply.headers.items()},
            body=reply.body,
            request=request,
        )

    def _asked(self, request, url, account_id) -> Request:
        parts = urlsplit(url)
        self.asked.append((account_id, parts.hostname, parts.path))
        return Request(
            method=request.method,
            host=parts.hostname or "",
            scheme=parts.scheme,
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={
                name.decode().lower(): b", ".join(values).decode("latin-1") for name, values in request.headers.items()
            },
            body=request.body,
        )
