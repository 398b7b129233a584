"""Walks Kuaishou accounts: the public profile page in a browser, and the replies that the page itself asks for."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlsplit

from crawler.browsing import BrowsingSpider
from crawler.platforms.kuaishou.walls import address_wall, is_login_over
from domain.account import Account

_PATHS = frozenset(
    (
        "/rest/v/profile/feed",
        "/rest/v/profile/get",
        "/rest/v/profile/user",
        "/rest/v/photo/info",
        "/graphql",
        "/live_api/profile/public",
        "/live_api/baseuser/userinfo/byid",
    )
)


class KuaishouSpider(BrowsingSpider):
    """The listing shows every work in full; a work's own page is opened only for a re-read it no longer reaches."""

    name = "kuaishou"
    platform: ClassVar[str] = "kuaishou"
    called: ClassVar[str] = "快手"
    has_profile_reply: ClassVar[bool] = True
    has_post_reply: ClassVar[bool] = True

    def is_wall(self, url: str) -> bool:
        """True for the captcha and the login."""
        return address_wall(url) is not None

    def is_wanted(self, url: str) -> bool:
        """True for the list of works, the account's card and one work. What else comes from GraphQL is dropped when
        it is read."""
        parts = urlsplit(url)
        return (parts.hostname or "").endswith("kuaishou.com") and parts.path.rstrip("/") in _PATHS

    def home_of(self, account: Account) -> str:
        """The page that the account's principal id leads to."""
        return account.home_url or f"https://www.kuaishou.com/profile/{account.key}"

    def login_over(self, html: str) -> bool:
        """True when a login dialogue lies over the page."""
        return is_login_over(html)
