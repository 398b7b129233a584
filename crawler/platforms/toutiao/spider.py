"""Walks Toutiao accounts: the public profile page in a browser, and the list replies that the page itself asks for."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlsplit

from crawler.browsing import BrowsingSpider
from crawler.platforms.toutiao.walls import address_wall, is_login_over
from domain.account import Account

_FEED_PATHS = ("/api/pc/list/feed", "/api/pc/list/user/feed", "/api/pc/feed")


class ToutiaoSpider(BrowsingSpider):
    """What the feed shows in full needs no request of its own; of articles it shows the abstract."""

    name = "toutiao"
    platform: ClassVar[str] = "toutiao"
    called: ClassVar[str] = "头条"
    post_selector: ClassVar[str] = "article, .article-content, .weitoutiao-html, .wtt-content"

    def is_wall(self, url: str) -> bool:
        """True for the captcha and the login."""
        return address_wall(url) is not None

    def is_wanted(self, url: str) -> bool:
        """True for the list of the account."""
        parts = urlsplit(url)
        return (parts.hostname or "").endswith("toutiao.com") and parts.path.rstrip("/") in _FEED_PATHS

    def home_of(self, account: Account) -> str:
        """The registered page, else the one that the account's token or number leads to."""
        token = account.attributes.get("token", "")
        return account.home_url or f"https://www.toutiao.com/c/user/{f'token/{token}' if token else account.key}/"

    def login_over(self, html: str) -> bool:
        """True when a login dialogue lies over the page."""
        return is_login_over(html)
