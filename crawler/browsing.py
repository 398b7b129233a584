"""The walk that the browser platforms share: open the public page, read the replies that the page itself asks for."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from crawler.base import AccountSpider
from crawler.browser import browser_ready
from crawler.fetched import Fetched
from crawler.shown import ShownPosts, expect_post
from crawler.visit import Ending, Visit
from domain.account import Account, Route
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading

if TYPE_CHECKING:
    from crawler.plan import CrawlPlan
    from crawler.window import Window

#: More pages of a listing than this before the horizon mean that the walk goes in circles.
_MOST_PAGES = 60
#: Replies in a row that show nothing new, before the page is believed to have no more.
_MOST_REPEATS = 3
#: How long to wait for the reply about the account once the listing has been read (seconds).
_LATE = 2.0


@dataclass(slots=True)
class _Walk:
    """Where the walk of one listing stands."""

    pages: int = 0
    repeats: int = 0
    total: int | None = None
    profiled: bool = False
    refused: Reading | None = None
    card: tuple[Reading, Fetched] | None = None  # what the listing says about the account, where nothing else does


class BrowsingSpider(AccountSpider):
    """Base of the spiders that read an account through its public page in a browser, one context an account.

    A subclass says which replies it reads (``is_wanted``) and where the account's page lies (``home_of``); its
    ``page.py`` reads replies and pages alike. Requests are signed, if at all, by the page's own script.
    """

    needs_browser: ClassVar[bool] = True
    #: What the platform is called in messages.
    called: ClassVar[str] = ""
    #: True where the page asks for the account's card in a reply of its own, which carries the platform's counter.
    has_profile_reply: ClassVar[bool] = False
    #: True where the page of one post asks for that post in a reply of its own.
    has_post_reply: ClassVar[bool] = False
    #: What an empty first page means that the counter contradicts.
    silence: ClassVar[Outcome] = Outcome.VERIFY_WALL
    #: What is there once the page of one post is drawn.
    post_selector: ClassVar[str] = ""
    custom_settings: dict[str, Any] | None = {  # noqa: RUF012 (Scrapy reads it from the class)
        "PLAYWRIGHT_ABORT_REQUEST": "crawler.browsing.is_unneeded",
    }

    def __init__(self, plan: CrawlPlan, **kwargs: Any) -> None:
        super().__init__(plan, **kwargs)
        self.shown = ShownPosts()
        self._windows: dict[str, Window] = {}

    # -- what platforms say ----------------------------------------------------------------------------------------

    def is_wanted(self, url: str) -> bool:
        """True for the address of a reply that is read. Replies with readers' comments are never wanted."""
        raise NotImplementedError

    def home_of(self, account: Account) -> str:
        """The address of the account's public page."""
        return account.home_url

    def login_over(self, html: str) -> bool:  # noqa: ARG002
        """True when a login dialogue lies over the page, which then shows no more."""
        return False

    def default_routes(self, account: Account) -> tuple[Route, ...]:  # noqa: ARG002
        """An account whose page can be derived is read by it where the register names no way."""
        return (Route("browser"),)

    # -- routes ----------------------------------------------------------------------------------------------------

    async def route_browser(self, visit: Visit, routes: Sequence[Route]) -> Ending:
        """The public page (``route.address``, else what the account's key says)."""
        if not browser_ready(self.plan.browser):
            return Ending(
                Outcome.NO_TOOL,
                f"本机没有可用的浏览器，{self.called}账号无法查看；请安装 Chromium（make browser）后重新运行，"
                "xunjian doctor 可查看详情",
            )
        address = next((route.address for route in routes if route.address), "") or self.home_of(visit.account)
        if not address.startswith("https://"):
            return Ending(Outcome.BAD_REQUEST, f"没有登记{self.called}主页地址（须以 https:// 开头）；请在台账补充")
        visit.listed.clear()  # what another way listed before it failed is no known ground
        window = self.window(visit)
        try:
            fetched, page = await visit.get(address, kind="profile", meta=window.meta(replies=True))
            walk = _Walk()
            ending = await self._walk_replies(visit, window, walk)
            if ending is None and page.outcome is Outcome.OK and page.kind is PostKind.LIST:
                return await self._first_screen(visit, fetched, page)
            if ending is None:
                return self._unheard(fetched, page, walk)
            if page.outcome is not Outcome.OK and page.outcome is not Outcome.LAYOUT_CHANGED and walk.pages:
                visit.note(f"主页本身没有正常显示（{page.detail}），内容取自页面已收到的列表")
            return ending
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
            ending = self.refusal(reading)
        return ending

    # -- the listing -----------------------------------------------------------------------------------------------

    async def _walk_replies(self, visit: Visit, window: Window, walk: _Walk) -> Ending | None:
        """The listing from its first reply on, scrolled to known ground, to the horizon or to its end.

        ``None`` where the page asked for no listing at all.
        """
        seconds = window.patience if window.heard else min(_LATE, window.patience)
        while (reply := await window.reply(seconds)) is not None:
            reading = await self._judge(visit, reply)
            if reading is None:
                continue
            if reading.kind is PostKind.PROFILE:
                await self._profile(visit, walk, reading, reply)
                if reading.outcome.is_gone:
                    return self.refusal(reading)
            elif reading.kind is not PostKind.LIST or reading.outcome not in (Outcome.OK, Outcome.EMPTY):
                if walk.pages:
                    visit.note(f"第 {walk.pages + 1} 页列表没有读到（{reading.detail}）")
                    return await self._end(visit, window, walk, Ending(Outcome.OK))
                walk.refused = walk.refused or reading
            elif (ending := await self._list_page(visit, window, walk, reading, reply)) is not None:
                return await self._end(visit, window, walk, ending)
            seconds = min(_LATE, window.patience) if walk.refused is not None else window.patience
        if walk.refused is not None:
            return self.refusal(walk.refused, total=walk.total)
        if not walk.pages:
            return None
        why = "弹出登录框，更早的内容不再给出" if self.login_over(await window.content()) else "没有再给出更早的内容"
        visit.note(f"主页下拉后{why}（已列出 {len(visit.listed)} 条）")
        return await self._end(visit, window, walk, Ending(Outcome.OK))

    async def _judge(self, visit: Visit, reply: Fetched) -> Reading | None:
        """The reply as read and kept; ``None``, and nothing kept, for one that is none of the account's content."""
        if reply.answered:
            glimpse = self._read(reply)
            if glimpse.kind is PostKind.NONE and glimpse.outcome is Outcome.OK:
                return None
        kind = "profile" if reply.answered and glimpse.kind is PostKind.PROFILE else "list"
        return await visit.judge(reply, kind)

    async def _list_page(
        self, visit: Visit, window: Window, walk: _Walk, reading: Reading, reply: Fetched
    ) -> Ending | None:
        """Enter one page of the listing; ``None`` where the walk goes on."""
        if reading.outcome is Outcome.EMPTY:
            return await self._empty(visit, window, walk)
        walk.refused = None
        visit.note(reading.detail)
        if walk.card is None and reading.profile is not None:
            walk.card = (reading, reply)
        repeated = walk.pages and all(post.post_key in visit.listed for post in reading.posts)
        self.shown.add(visit, reading.posts, reply.digest)
        walk.total = walk.total if reading.total is None else reading.total
        if repeated and reading.cursor:  # the page asked twice: no sign that known ground is reached
            walk.repeats += 1
            if walk.repeats > _MOST_REPEATS:
                return Ending(Outcome.OK, "主页反复给出相同的内容，没有走完")
        else:
            walk.pages, walk.repeats = walk.pages + 1, 0
            if not visit.see(reading.posts):
                return Ending(Outcome.OK, complete=True, total=walk.total)
            if not reading.cursor:
                return self._list_end(visit, walk)
            if walk.pages >= _MOST_PAGES:
                return Ending(Outcome.OK, "主页下拉次数过多，没有走完")
        await self.pause()
        await window.scroll()
        return None

    async def _empty(self, visit: Visit, window: Window, walk: _Walk) -> Ending:
        """What an empty page means: the end of the list, nothing there, or a refusal in disguise."""
        if walk.pages:
            return self._list_end(visit, walk)
        await self._late_profile(visit, window, walk)
        if walk.total == 0:
            return Ending(Outcome.EMPTY, "账号没有发布过内容（列表为空，主页计数也为 0）", complete=True)
        counter = "主页没有给出计数" if walk.total is None else f"主页计数为 {walk.total}"
        return Ending(
            self.silence, f"列表返回为空，而{counter}：可能被静默拦截，不能判断为没有更新；请人工打开主页核对"
        )

    @staticmethod
    def _list_end(visit: Visit, walk: _Walk) -> Ending:
        """The listing came to its end. Counters include hidden posts, so a small difference is normal."""
        missing = (walk.total or 0) - len(visit.listed)
        if walk.total is not None and missing > max(5, walk.total // 10):
            detail = f"列表提前结束：主页计数 {walk.total} 条，只列出 {len(visit.listed)} 条"
            return Ending(Outcome.OK, detail, total=walk.total, exhausted=True)
        return Ending(Outcome.OK, complete=True, total=walk.total, exhausted=True)

    async def _end(self, visit: Visit, window: Window, walk: _Walk, ending: Ending) -> Ending:
        await self._late_profile(visit, window, walk)
        if walk.card is not None and not walk.profiled:
            await self._profile(visit, walk, *walk.card)
        return replace(ending, total=walk.total)

    async def _late_profile(self, visit: Visit, window: Window, walk: _Walk) -> None:
        """The account's card where it came behind the listing."""
        waits = self.has_profile_reply and not walk.profiled
        while waits and (reply := await window.reply(min(_LATE, window.patience))) is not None:
            if reply.answered and self._read(reply).kind is PostKind.PROFILE:
                await self._profile(visit, walk, await visit.judge(reply, "profile"), reply)
                return

    async def _profile(self, visit: Visit, walk: _Walk, reading: Reading, reply: Fetched) -> None:
        if reading.profile is None:
            return
        await visit.profile(reading, reply.digest)
        walk.profiled = True
        if reading.total is not None:
            walk.total = reading.total

    async def _first_screen(self, visit: Visit, fetched: Fetched, page: Reading) -> Ending:
        """The page asked for no list, but was sent with the works of its first screen inside."""
        await visit.profile(page, fetched.digest)
        self.shown.add(visit, page.posts, fetched.digest)
        known = not visit.see(page.posts)
        detail = "" if known else "只读到主页首屏的作品，没有等到更早的列表"
        return Ending(Outcome.OK, detail, complete=known, total=page.total)

    def _unheard(self, fetched: Fetched, page: Reading, walk: _Walk) -> Ending:
        """The page opened and asked for no list. Slow or changed, it says nothing about the account."""
        if page.outcome is not Outcome.OK:
            return self.refusal(page, total=walk.total)
        return Ending(
            Outcome.LAYOUT_CHANGED,
            f"主页已打开（HTTP {fetched.status}），但没有等到作品列表：页面可能已改版或被拦截；请人工打开核对",
            total=walk.total,
        )

    def refusal(self, reading: Reading, total: int | None = None) -> Ending:
        """The ending of a walk that met something other than a listing."""
        if reading.outcome is Outcome.DELETED:
            detail = f"{self.called}主页打不开（{reading.detail}）：账号可能已注销；请人工核对登记的主页地址"
            return Ending(Outcome.CLOSED, detail, total=total)
        if reading.outcome in (Outcome.OK, Outcome.EMPTY):
            detail = f"{self.called}返回的不是作品列表；请保留取证并更新解析程序"
            return Ending(Outcome.LAYOUT_CHANGED, detail, total=total)
        return Ending(reading.outcome, reading.detail, total=total)

    # -- posts -----------------------------------------------------------------------------------------------------

    async def read_posts(self, visit: Visit) -> None:
        """Read what is new and due, and close the account's window behind it."""
        try:
            await super().read_posts(visit)
        finally:
            await self.close_window(visit)

    async def read_post(self, visit: Visit, post: RawPost) -> Outcome:
        """Hand over what the listing showed in full; of what it cut off or did not show, the page is opened."""
        shown, digest = self.shown.get(visit, post.post_key)
        if shown is not None and (shown.outcome is not Outcome.OK or not shown.truncated):
            await visit.post(shown, digest)
            return shown.outcome
        listed = shown or post
        if not browser_ready(self.plan.browser):
            await visit.post(replace(listed, outcome=Outcome.NO_TOOL, detail="本机没有可用的浏览器"))
            return Outcome.NO_TOOL
        fetched, reading = await self.open_post(visit, listed.url, listed.post_key)
        found = self.merge(listed, expect_post(reading))
        if found.outcome is Outcome.OK and shown is not None:  # the listing says it exactly, the page for the eye
            found = replace(
                found,
                kind=shown.kind,
                title=shown.title or found.title,
                published_at=shown.published_at or found.published_at,
                original=shown.original if found.original is None else found.original,
            )
        await visit.post(found, fetched.digest)
        return found.outcome

    async def open_post(self, visit: Visit, url: str, key: str) -> tuple[Fetched, Reading]:
        """The page of one post: its own reply where it asks for one, else what it shows."""
        window = self.window(visit)
        try:
            meta = window.meta(replies=self.has_post_reply, selector=self.post_selector)
            fetched, page = await visit.get(url, kind="post", meta=meta)
            while window.heard and (reply := await window.reply(min(_LATE, window.patience))) is not None:
                if not reply.answered:
                    continue
                glimpse = self._read(reply)
                if glimpse.post is not None and glimpse.post.post_key not in ("", key):
                    continue  # what the page recommends beside it
                if glimpse.post is not None or glimpse.outcome.is_gone or glimpse.outcome is Outcome.UNAVAILABLE:
                    return reply, await visit.judge(reply, "post")
                if page.post is None and glimpse.outcome.is_reach:
                    page = await visit.judge(reply, "post")
            return fetched, page
        finally:
            await window.close_page()

    # -- windows ---------------------------------------------------------------------------------------------------

    async def _walk(self, visit: Visit) -> None:
        """The walk of the base; the window is closed however it ends."""
        try:
            await super()._walk(visit)
        finally:
            await self.close_window(visit)

    def window(self, visit: Visit) -> Window:
        """The account's own window, opened at its first navigation."""
        from crawler.window import Window  # needs the browser library, which may be missing

        window = self._windows.get(visit.account.id)
        if window is None:
            window = Window(
                visit.account.id,
                str(self.settings.get("USER_AGENT", "")),
                self.is_wanted,
                now=visit.now,
                is_settled=self._is_settled(visit),
                patience=min(20.0, float(self.settings.getint("DOWNLOAD_TIMEOUT", 30))),
            )
            self._windows[visit.account.id] = window
        return window

    async def close_window(self, visit: Visit) -> None:
        """Close what was opened for the account."""
        window = self._windows.pop(visit.account.id, None)
        if window is not None:
            await window.close()

    async def pause(self) -> None:
        """The politeness between two requests of one page, which the downloader does not see."""
        delay = float(self.settings.getfloat("DOWNLOAD_DELAY", 0.0))
        await asyncio.sleep(delay * random.uniform(0.5, 1.5))  # noqa: S311 (no secret)

    def _is_settled(self, visit: Visit) -> Any:
        def is_settled(html: str, url: str) -> bool:
            page = self._read(Fetched(url=url, status=200, body=html.encode(), fetched_at=visit.now()))
            return page.post is not None or page.outcome not in (Outcome.OK, Outcome.LAYOUT_CHANGED)

        return is_settled


def is_unneeded(request: Any) -> bool:
    """True for what the browser must not load.

    Pictures, films and fonts say nothing here. The two addresses by which Weibo's visitor system hands an identity to
    whoever it turns away are left out because a wall is not to be passed.
    """
    url = request.url
    if "passport.weibo.com/visitor/" in url and ("/genvisitor" in url or "a=incarnate" in url):
        return True
    return request.resource_type in ("image", "media", "font")
