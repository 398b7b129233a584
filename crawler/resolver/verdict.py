"""What the answer behind a link means. Only the other side's own word makes a link dead."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from crawler import outcomes
from crawler import reading as readings
from crawler.fetched import Fetched
from crawler.resolver.domains import registrable
from crawler.resolver.pageview import PageView, view
from crawler.resolver.transport import transport_of
from domain.link import ResolvedLink, Transport
from domain.outcome import Outcome

#: Platforms that say with HTTP 200 that something is gone; any other host is read as a website.
_PLATFORM_HOSTS = (
    ("mp.weixin.qq.com", "wechat"),
    ("weibo.com", "weibo"),
    ("weibo.cn", "weibo"),
    ("toutiao.com", "toutiao"),
    ("itunes.apple.com", "app"),
)
_WALL = re.compile(
    r"/mp/wappoc_appmsgcaptcha|^https?://passport\.weibo\.|^https?://login\.sina\.|^https?://verify\.snssdk\.com"
    r"|^https?://(?:captcha|verify|security)\.",
    re.IGNORECASE,
)


def is_wall(url: str) -> bool:
    """True for a page that checks visitors: a redirect to it is not followed, and says nothing about the link."""
    return _WALL.search(url) is not None


def platform_of(url: str) -> str:
    """The platform whose pages stand at ``url``; ``website`` for every other host."""
    host = (urlsplit(url).hostname or "").lower()
    return next((name for end, name in _PLATFORM_HOSTS if host == end or host.endswith(f".{end}")), "website")


def judge(
    link: str, fetched: Fetched, at: datetime, *, transport: Transport | None = None, capture: str = ""
) -> ResolvedLink:
    """The link with what became of it. ``capture`` is the digest under which the answer is kept as evidence.

    404 and 410 are ``DELETED``, and so is a platform's own page that says so. A wall, a refusal, an error of the
    server and a page that nobody here can read are not: the first three keep their outcome, the last is ``OK``.
    """

    final = fetched.location or fetched.url

    def resolved(outcome: Outcome, detail: str = "") -> ResolvedLink:
        # A page that nobody may conclude from (a wall, an error) has no words of its own.
        page = PageView() if outcome.is_reach else view(fetched.body, fetched.content_type, fetched.url)
        return ResolvedLink(
            url=link,
            outcome=outcome,
            status=fetched.status or None,
            final_url=final,
            detail=detail,
            resolved_at=at,
            domain=registrable(link),
            final_domain=registrable(final) if fetched.answered else "",
            transport=transport_of(final) if transport is None and fetched.answered else transport or Transport.UNKNOWN,
            title=page.title,
            text=page.text,
            content=page.content,
            capture=capture if fetched.answered else "",
        )

    if not fetched.answered:
        return resolved(fetched.outcome, fetched.detail)
    if fetched.location and is_wall(fetched.location):
        return resolved(Outcome.VERIFY_WALL, "链接被转到验证或登录页，无法判断；请人工打开核对")
    said = _said(fetched)
    if said is not None:
        return resolved(*said)
    if fetched.status == 405:
        return resolved(Outcome.OK)
    decided = outcomes.of_status(fetched.status, fetched.headers)
    if decided is not None:
        return resolved(*decided)
    return resolved(Outcome.OK)


def _said(fetched: Fetched) -> tuple[Outcome, str] | None:
    """What the platform's page says about itself, where it says that it is gone or that we may not look."""
    if "html" not in fetched.content_type and "json" not in fetched.content_type and fetched.content_type:
        return None
    reading = readings.read(
        platform_of(fetched.url),
        fetched.body,
        fetched.url,
        fetched.fetched_at,
        status=fetched.status,
        content_type=fetched.content_type,
    )
    if reading.outcome.is_gone:
        return Outcome.DELETED, reading.detail
    if reading.outcome in (Outcome.VERIFY_WALL, Outcome.LOGIN_WALL, Outcome.RATE_LIMITED, Outcome.EXPIRED):
        return reading.outcome, reading.detail
    return None
