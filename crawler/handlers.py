"""The last step before the wire: credentials go in, and the replica's address where there is one.

Requests of the spiders hold placeholders instead of secrets, so that neither Scrapy's log lines nor captures can show
them. The response keeps the address that the spider asked for: no spider knows that a replica answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlsplit, urlunsplit

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Request, Response

from crawler.discreet import keep_discreet

#: ``request.meta`` key: placeholder → secret, filled in wherever the placeholder stands in URL, headers or body.
SECRETS = "secrets"
#: Setting: ``"127.0.0.1:8080"`` of the replica, or empty.
REPLICA_SETTING = "XUNJIAN_REPLICA"


keep_discreet()  # wherever credentials are filled in, no log line may show them


def fill_secrets(request: Request, secrets: Mapping[str, str]) -> Request:
    """``request`` with every placeholder replaced by its secret."""
    url, body = request.url, request.body
    headers = {name: list(values) for name, values in request.headers.items()}
    for placeholder, secret in secrets.items():
        for written in (placeholder, quote(placeholder, safe="")):
            url = url.replace(written, quote(secret, safe=""))
        mark, value = placeholder.encode(), secret.encode()
        body = body.replace(mark, value)
        headers = {name: [item.replace(mark, value) for item in values] for name, values in headers.items()}
    return request.replace(url=url, body=body, headers=headers)


def to_replica(request: Request, address: str) -> Request:
    """``request`` sent to the replica at ``address`` instead, with the host and scheme it was meant for in headers."""
    parts = urlsplit(request.url)
    headers = request.headers.copy()
    headers["X-Replica-Host"] = parts.netloc
    headers["X-Replica-Scheme"] = parts.scheme
    return request.replace(url=urlunsplit(("http", address, parts.path or "/", parts.query, "")), headers=headers)


class Outbound(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler behind that last step."""

    async def download_request(self, request: Request) -> Response:
        """Send ``request``; the response carries the URL that was asked for."""
        outgoing = request
        secrets = request.meta.get(SECRETS)
        if secrets:
            outgoing = fill_secrets(outgoing, secrets)
        address = self.crawler.settings.get(REPLICA_SETTING, "")
        if address:
            outgoing = to_replica(outgoing, address)
        response = await super().download_request(outgoing)
        return response if outgoing is request else response.replace(url=request.url)
