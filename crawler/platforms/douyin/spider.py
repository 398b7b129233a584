"""Walks Douyin accounts: the public profile page in a browser, and the replies that the page itself asks for."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlsplit

from crawler.browsing import BrowsingSpider
from crawler.platforms.douyin.walls import address_wall, is_login_over
from domain.account import Account

_PATHS = frozenset(
    (
        "/aweme/v1/web/aweme/post",
        "/aweme/v1/web/user/profile/other",
        "/aweme/v1/web/aweme/detail",
        "/web/api/v2/aweme/post",
        "/web/api/v2/user/info",
    )
)


class DouyinSpider(BrowsingSpider):
    """The listing shows every work in full; a work's own page is opened only for a re-read it no longer reaches."""

    name = "douyin"
    platform: ClassVar[str] = "douyin"
    called: ClassVar[str] = "抖音"
    has_profile_reply: ClassVar[bool] = True
    has_post_reply: ClassVar[bool] = True

    def is_wall(self, url: str) -> bool:
        """True for the captcha and the login."""
        return address_wall(url) is not None

    def is_wanted(self, url: str) -> bool:
        """True for the list of works, the account's card and one work."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        return host.endswith(("douyin.com", "iesdouyin.com", "amemv.com")) and parts.path.rstrip("/") in _PATHS

    def home_of(self, account: Account) -> str:
        """The page that the account's ``sec_uid`` leads to."""
        return account.home_url or f"https://www.douyin.com/user/{account.key}"

    def login_over(self, html: str) -> bool:
        """True when a login dialogue lies over the page."""
        return is_login_over(html)
