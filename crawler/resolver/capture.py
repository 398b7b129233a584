"""The answer behind a link as evidence: pages only, and no more of them than was read."""

from __future__ import annotations

from crawler.fetched import Fetched, strip_headers, strip_url
from crawler.items import CaptureItem
from crawler.resolver.pageview import is_page
from domain.outcome import Outcome

#: Header, added by us, of a body whose end was not read.
TRUNCATED = "x-xunjian-truncated"


def capture_of(fetched: Fetched) -> CaptureItem | None:
    """The capture of a page, whatever it says; ``None`` where nothing came, or a file that is no page."""
    if not fetched.answered or not fetched.body or not is_page(fetched.content_type):
        return None
    return CaptureItem(
        account_id="",
        url=strip_url(fetched.url),
        status=fetched.status,
        headers=strip_headers(fetched.headers),
        body=fetched.kept_body,
        fetched_at=fetched.fetched_at,
        outcome=Outcome.OK,
        kind="link",
        digest=fetched.digest,
    )
