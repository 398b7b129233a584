"""Walks Toutiao accounts: the public profile page in a browser, and the list replies that the page itself asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from crawler.base import AccountSpider
from crawler.browser import browser_ready
from crawler.fetched import Fetched
from crawler.shown import ShownPosts, expect_post
from crawler.visit import Ending, Visit
from domain.account import Route
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading

if TYPE_CHECKING:
    from crawler.platforms.toutiao.browsing import Window

_FEED_PATH = "/api/pc/list/feed"
_NO_BROWSER = Ending(
    Outcome.NO_TOOL,
    "本机没有可用的浏览器，头条账号无法查看；请安装 Chromium（make browser）后重新运行，xunjian doctor 可查看详情",
)
#: More scrolls than this before the horizon mean that the page goes in circles.
_MAX_PAGES = 60
_BODY = "article, .article-content, .weitoutiao-html, .wtt-content"


class ToutiaoSpider(AccountSpider):
    """One window an account; what the feed shows in full needs no request of its own."""

    name = "toutiao"
    platform: ClassVar[str] = "toutiao"
    needs_browser: ClassVar[bool] = True
    custom_settings: dict[str, Any] | None = {  # noqa: RUF012 (Scrapy reads it from the class)
        "PLAYWRIGHT_ABORT_REQUEST": "crawler.platforms.toutiao.spider.is_heavy",
    }

    def __init__(self, plan: Any, **kwargs: Any) -> None:
        super().__init__(plan, **kwargs)
        self.shown = ShownPosts()
        self._windows: dict[str, Window] = {}

    def is_wall(self, url: str) -> bool:
        """True for the captcha and the login."""
        host = urlsplit(url).hostname or ""
        return host.startswith(("verify.", "captcha.", "sso.")) or host.endswith("verify.snssdk.com")

    async def route_browser(self, visit: Visit, routes: Sequence[Route]) -> Ending:
        """The profile page (``route.address``). Signed list requests are the page's own business."""
        if not browser_ready(self.plan.browser):
            return _NO_BROWSER
        address = next((route.address for route in routes if route.address), "") or visit.account.home_url
        if not address.startswith("https://"):
            return Ending(Outcome.BAD_REQUEST, "没有登记头条主页地址（须以 https:// 开头）；请在台账补充")
        window = self._window(visit)
        try:
            fetched, page = await visit.get(address, kind="profile", meta=window.meta(first_reply=True))
            if page.outcome is not Outcome.OK and page.outcome is not Outcome.LAYOUT_CHANGED:
                return _refusal(page)
            first = await window.first(visit.now)
            if first is None:
                return _refusal(page) if page.outcome is not Outcome.OK else _silent(fetched)
            return await self._walk_feed(visit, window, first)
        finally:
            await window.close_page()

    async def route_rss(self, visit: Visit, routes: Sequence[Route]) -> Ending:
        """A feed. It may stand still while the account goes on, so it never proves silence."""
        ending = Ending(Outcome.BRIDGE_ERROR, "没有登记订阅源地址；请在台账补充")
        for route in routes:
            fetched, reading = await visit.get(route.address)
            if reading.outcome is Outcome.OK and reading.kind is PostKind.LIST:
                self.shown.add(visit, (post for post in reading.posts if not post.truncated), fetched.digest)
                visit.see(reading.posts)
                return Ending(Outcome.OK, "经订阅源读取：只能看到已有内容，不能据此判断停更", complete=False)
            ending = _refusal(reading)
        return ending

    async def read_posts(self, visit: Visit) -> None:
        """Read what is new and due, and close the account's window behind it."""
        try:
            await super().read_posts(visit)
        finally:
            await self._close(visit)

    async def read_post(self, visit: Visit, post: RawPost) -> Outcome:
        """Hand over what the feed showed in full; an article of which it showed the abstract is opened."""
        shown, digest = self.shown.get(visit, post.post_key)
        if shown is not None and (shown.outcome is not Outcome.OK or not shown.truncated):
            await visit.post(shown, digest)
            return shown.outcome
        listed = shown or post
        if not browser_ready(self.plan.browser):
            await visit.post(replace(listed, outcome=Outcome.NO_TOOL, detail="本机没有可用的浏览器"))
            return Outcome.NO_TOOL
        window = self._window(visit)
        try:
            fetched, reading = await visit.get(
                listed.url, kind="post", meta=window.meta(first_reply=False, selector=_BODY)
            )
        finally:
            await window.close_page()
        found = self.merge(listed, expect_post(reading))
        if found.outcome is Outcome.OK and shown is not None:  # the feed says it exactly, the page for the eye
            found = replace(
                found,
                kind=shown.kind,
                title=shown.title or found.title,
                published_at=shown.published_at or found.published_at,
                original=shown.original if found.original is None else found.original,
            )
        await visit.post(found, fetched.digest)
        return found.outcome

    async def _walk(self, visit: Visit) -> None:
        """The walk of the base; the window is closed however it ends."""
        try:
            await super()._walk(visit)
        finally:
            await self._close(visit)

    async def _walk_feed(self, visit: Visit, window: Window, reply: Fetched | None) -> Ending:
        """The feed from its first reply on, scrolled to known ground, to the horizon or to its end."""
        for number in range(_MAX_PAGES):
            if reply is None:
                visit.note("主页下拉后没有再给出更早的内容")
                return Ending(Outcome.OK, complete=False)
            reading = await visit.judge(reply, "list")
            if reading.outcome is Outcome.EMPTY and number:
                return Ending(Outcome.OK, complete=True)
            if reading.outcome is not Outcome.OK or reading.kind is not PostKind.LIST:
                if not number:
                    return _refusal(reading)
                visit.note(f"第 {number + 1} 页列表没有读到（{reading.detail}）")
                return Ending(Outcome.OK, complete=False)
            if not number:
                await visit.profile(reading, reply.digest)
            self.shown.add(visit, reading.posts, reply.digest)
            if not visit.see(reading.posts) or not reading.cursor:
                return Ending(Outcome.OK, complete=True)
            reply = await window.following(visit.now)
        return Ending(Outcome.OK, "主页下拉次数过多，没有走完", complete=False)

    def _window(self, visit: Visit) -> Window:
        from crawler.platforms.toutiao.browsing import Window  # needs the browser library, which may be missing

        window = self._windows.get(visit.account.id)
        if window is None:
            window = Window(visit.account.id, str(self.settings.get("USER_AGENT", "")), _is_feed)
            self._windows[visit.account.id] = window
        return window

    async def _close(self, visit: Visit) -> None:
        window = self._windows.pop(visit.account.id, None)
        if window is not None:
            await window.close()


def is_heavy(request: Any) -> bool:
    """True for what the browser need not load: pictures, films, fonts."""
    return request.resource_type in ("image", "media", "font")


def _is_feed(url: str) -> bool:
    parts = urlsplit(url)
    return (parts.hostname or "").endswith("toutiao.com") and parts.path.rstrip("/") == _FEED_PATH


def _silent(fetched: Fetched) -> Ending:
    """The page opened and asked for no list. Slow or changed, it says nothing about the account."""
    return Ending(
        Outcome.LAYOUT_CHANGED,
        f"主页已打开（HTTP {fetched.status}），但没有等到文章列表：页面可能已改版或被拦截；请人工打开核对",
    )


def _refusal(reading: Reading) -> Ending:
    if reading.outcome is Outcome.DELETED:
        return Ending(Outcome.CLOSED, f"头条主页打不开（{reading.detail}）：账号可能已注销；请人工核对登记的主页地址")
    if reading.outcome in (Outcome.OK, Outcome.EMPTY):
        return Ending(Outcome.LAYOUT_CHANGED, "头条返回的不是文章列表；请保留取证并更新解析程序")
    return Ending(reading.outcome, reading.detail)
