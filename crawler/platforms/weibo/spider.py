"""Walks Weibo accounts: the open API where the owner authorised it, else the desktop site in a browser with the replies
that its pages ask for, else the mobile site's JSON where it answers, else a feed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

from crawler.base import STOPPING
from crawler.browsing import BrowsingSpider
from crawler.fetched import Fetched
from crawler.plan import CrawlPlan
from crawler.platforms.weibo import articles
from crawler.platforms.weibo.ids import key_of, public_address
from crawler.platforms.weibo.walls import is_login_over
from crawler.shown import expect_post
from crawler.visit import Ending, Visit
from domain.account import Account, Route
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading

_WALL = re.compile(r"^https?://(?:passport|login|security|captcha)\.(?:sina\.com\.cn|sina\.cn|weibo\.(?:com|cn))/")
_TOKEN = "{weibo_access_token}"  # noqa: S105 (a placeholder, filled in at the last moment)
_API = "https://api.weibo.com/2/"
_INDEX = "https://m.weibo.cn/api/container/getIndex"
#: A listing never has more pages than this before the horizon; a walk that gets here goes in circles.
_MAX_PAGES = 300
#: What the pages of the desktop site ask for and is read. (Comments are asked for, too, and never read.)
_AJAX = frozenset(("/ajax/profile/info", "/ajax/statuses/mymblog", "/ajax/statuses/show", "/ajax/statuses/longtext"))
#: How long to wait for the rest of a long text once its beginning is there (seconds).
_LONG_WAIT = 3.0


class WeiboSpider(BrowsingSpider):
    """One visit = profile, listing, then whatever the listing cut off."""

    name = "weibo"
    platform: ClassVar[str] = "weibo"
    api_hosts: ClassVar[frozenset[str]] = frozenset({"api.weibo.com"})
    called: ClassVar[str] = "微博"
    has_profile_reply: ClassVar[bool] = True
    has_post_reply: ClassVar[bool] = True
    silence: ClassVar[Outcome] = Outcome.RATE_LIMITED

    def __init__(self, plan: CrawlPlan, **kwargs: Any) -> None:
        super().__init__(plan, **kwargs)
        #: Account and door (``long``: the rest of long texts, ``article``) that was shut in our face tonight.
        self._shut: set[tuple[str, str]] = set()

    @classmethod
    def wants_browser(cls, plan: CrawlPlan) -> bool:
        """True when an account is to be read on the desktop site."""
        return any(
            not task.account.routes or any(route.kind == "browser" for route in task.account.routes)
            for task in plan.tasks
        )

    def default_routes(self, account: Account) -> tuple[Route, ...]:  # noqa: ARG002
        """The desktop site in a browser, then the mobile site's JSON."""
        return (Route("browser"), Route("mobile"))

    def is_wanted(self, url: str) -> bool:
        """True for what the desktop pages ask for about the account and its posts."""
        parts = urlsplit(url)
        return parts.hostname in ("weibo.com", "www.weibo.com") and parts.path in _AJAX

    def login_over(self, html: str) -> bool:
        """True when a login dialogue lies over the page."""
        return is_login_over(html)

    def home_of(self, account: Account) -> str:
        """The account's desktop page."""
        return f"https://weibo.com/u/{account.key}"

    def is_wall(self, url: str) -> bool:
        """True for the visitor system, the login and the captcha."""
        return bool(_WALL.match(url))

    # -- routes --------------------------------------------------------------------------------------------------

    async def route_oauth(self, visit: Visit, routes: Sequence[Route]) -> Ending:
        """The open API. It gives the authorising account its latest posts only, which is enough for a nightly look."""
        secrets = self._token(routes[0].credential)
        if not secrets:
            return Ending(Outcome.NOT_AUTHORIZED, "没有该账号的微博开放平台授权；请在凭据中登记 access_token")
        query = {"uid": visit.account.key, "count": "100", "page": "1"}
        address = f"{_API}statuses/user_timeline.json?access_token={_TOKEN}&{urlencode(query)}"
        fetched, reading = await visit.get(address, secrets=secrets)
        if reading.outcome is Outcome.EMPTY:
            return await self._confirm_empty(visit, secrets)
        if reading.outcome is Outcome.QUOTA:
            return replace(_refusal(reading), retry_at=await self._resets(visit, secrets))
        if reading.outcome is not Outcome.OK or reading.kind is not PostKind.LIST:
            return _refusal(reading)
        await visit.profile(reading, fetched.digest)
        self.shown.add(visit, reading.posts, fetched.digest)
        more = visit.see(reading.posts)
        if more and reading.total is not None and reading.total > len(visit.listed):
            visit.note(f"微博开放接口只给最近 {len(visit.listed)} 条，更早的微博没有看到")
        return Ending(Outcome.OK, complete=True, total=reading.total)

    async def route_mobile(self, visit: Visit, routes: Sequence[Route]) -> Ending:
        """The mobile site: the profile first, because only its counter can confirm an empty listing."""
        del routes  # the account's key is all that is needed
        visit.listed.clear()  # what another way listed before it failed is no known ground
        uid = visit.account.key
        query = {"type": "uid", "value": uid}
        fetched, profile = await visit.get(f"{_INDEX}?{urlencode(query)}", kind="profile", headers=_headers(uid))
        if profile.outcome is not Outcome.OK:
            if profile.outcome is Outcome.EMPTY:
                return Ending(Outcome.CLOSED, "平台查不到该账号的资料，可能已注销或被封禁；请人工打开主页核对")
            return _refusal(profile)
        if profile.kind is not PostKind.PROFILE:
            return Ending(Outcome.LAYOUT_CHANGED, "账号资料的返回结构不认识；请保留取证并更新解析程序")
        await visit.profile(profile, fetched.digest)
        query["containerid"] = profile.cursor.get("containerid", f"107603{uid}")
        return await self._walk_cards(visit, query, profile.total)

    # -- posts ---------------------------------------------------------------------------------------------------

    async def read_post(self, visit: Visit, post: RawPost) -> Outcome:
        """Hand over a post from the listing, in full; a post that the listing did not show is asked for by number."""
        shown, digest = self.shown.get(visit, post.post_key)
        if shown is None:
            number = post.post_key if post.post_key.isdigit() else key_of(post.url)
            shown, digest = await self._show(visit, post, number)
        if shown.outcome is Outcome.OK and shown.truncated:
            shown, digest = await self._complete(visit, shown, digest)
        if shown.outcome is Outcome.OK and (article := articles.number_of(shown)):
            shown = await self._with_article(visit, shown, article)
        await visit.post(shown, digest)
        return shown.outcome

    async def _show(self, visit: Visit, post: RawPost, number: str) -> tuple[RawPost, str]:
        """The post ``number`` on its own, by the way that listed the account."""
        if visit.route == "browser":
            address = public_address(number, visit.account.key)
            fetched, reading = await self.open_post(visit, address, number)
        elif visit.route == "oauth" and (secrets := self._token(_credential(visit))):
            address = f"{_API}statuses/show.json?access_token={_TOKEN}&{urlencode({'id': number, 'isGetLongText': 1})}"
            fetched, reading = await visit.get(address, kind="post", secrets=secrets)
        else:
            address = f"https://m.weibo.cn/statuses/show?{urlencode({'id': number})}"
            fetched, reading = await visit.get(address, kind="post", headers=_headers(visit.account.key))
        return self.merge(post, expect_post(reading)), fetched.digest

    async def _complete(self, visit: Visit, post: RawPost, digest: str) -> tuple[RawPost, str]:
        """``post`` with the text that the listing cut off. A repost is asked for as a whole: its source may be cut.

        A listing by the owner's own right or in a browser is not given up because another door is shut: there the post
        stands as far as it was shown, and says so.
        """
        if visit.route not in ("browser", "oauth"):
            return await self._complete_mobile(visit, post, digest)
        if (visit.account.id, "long") in self._shut:
            return replace(post, detail="长微博全文没有取到：平台已拒绝，本轮不再请求"), digest
        whole, whole_digest = await self._show(visit, post, post.post_key)
        if whole.outcome.is_gone or (whole.outcome is Outcome.OK and not whole.truncated):
            return whole, whole_digest
        if visit.route == "oauth":
            whole, whole_digest = await self._complete_mobile(visit, post, digest)
            if whole.outcome is Outcome.OK and not whole.truncated:
                return whole, whole_digest
        if whole.outcome in STOPPING:
            self._shut.add((visit.account.id, "long"))
        visit.note("有长微博只读到列表上的部分")
        return replace(post, detail=f"长微博全文没有取到：{whole.detail or '平台没有给出'}"), digest

    async def _complete_mobile(self, visit: Visit, post: RawPost, digest: str) -> tuple[RawPost, str]:
        if post.original is not False:
            address = f"https://m.weibo.cn/statuses/extend?{urlencode({'id': post.post_key})}"
            fetched, reading = await visit.get(address, kind="post", headers=_headers(visit.account.key))
            if reading.post is not None and reading.post.text:
                links = tuple(dict.fromkeys((*post.links, *reading.post.links)))
                return replace(post, text=reading.post.text, links=links, truncated=False), fetched.digest
            if reading.outcome.is_reach and reading.outcome is not Outcome.LAYOUT_CHANGED:
                return replace(
                    post, outcome=reading.outcome, detail=f"长微博全文没有取到：{reading.detail}"
                ), fetched.digest
        address = f"https://m.weibo.cn/statuses/show?{urlencode({'id': post.post_key})}"
        fetched, reading = await visit.get(address, kind="post", headers=_headers(visit.account.key))
        whole = self.merge(post, expect_post(reading))
        if whole.outcome is not Outcome.OK or not whole.truncated:
            return whole, fetched.digest
        return replace(post, detail="长微博只读到列表上的部分"), digest

    async def open_post(self, visit: Visit, url: str, key: str) -> tuple[Fetched, Reading]:
        """The page of one post in the browser, which asks for the post and, where it is long, for the rest of it."""
        window = self.window(visit)
        try:
            fetched, page = await visit.get(url, kind="post", meta=window.meta(replies=True))
            first: tuple[Fetched, Reading] | None = None
            while window.heard and (reply := await window.reply(_LONG_WAIT)) is not None:
                glimpse = self._read(reply).post if reply.answered else None
                if not reply.answered or (glimpse is not None and glimpse.post_key not in ("", key)):
                    continue
                reading = await visit.judge(reply, "post")
                if first is None or first[1].post is None:
                    first = (reply, reading)
                elif reading.post is not None and reading.post.text:  # the rest
                    whole = replace(
                        first[1].post,
                        text=reading.post.text,
                        links=tuple(dict.fromkeys((*first[1].post.links, *reading.post.links))),
                        truncated=False,
                    )
                    return reply, replace(first[1], posts=(whole,))
                if first[1].outcome is not Outcome.OK or (first[1].post is not None and not first[1].post.truncated):
                    break
            return first or (fetched, page)
        finally:
            await window.close_page()

    async def _with_article(self, visit: Visit, post: RawPost, number: str) -> RawPost:
        """``post`` with the body of the headline article whose card it shows."""
        if (visit.account.id, "article") in self._shut:
            return replace(post, truncated=True, detail="头条文章正文没有取到：平台已拒绝，本轮不再请求")
        address, headers = articles.request_of(number)
        _, reading = await visit.get(address, kind="post", headers=headers)
        whole = articles.with_body(post, expect_post(reading))
        if whole.truncated:
            visit.note(f"有头条文章的正文没有取到（{reading.detail}）")
            if reading.outcome in STOPPING:
                self._shut.add((visit.account.id, "article"))
        return whole

    # -- the walk of the mobile site -------------------------------------------------------------------------------

    async def _walk_cards(self, visit: Visit, query: dict[str, str], total: int | None) -> Ending:
        since = ""
        for _ in range(_MAX_PAGES):
            reading = await self._cards(visit, query | ({"since_id": since} if since else {}))
            if reading.outcome is Outcome.EMPTY:
                return self._mobile_empty(visit, total, first=not since)
            if reading.outcome is not Outcome.OK:
                return _refusal(reading, total)
            if reading.kind is not PostKind.LIST:
                return Ending(Outcome.LAYOUT_CHANGED, "微博列表的返回结构不认识；请保留取证并更新解析程序", total=total)
            following = reading.cursor.get("since_id", "")
            if not visit.see(reading.posts):
                return Ending(Outcome.OK, complete=True, total=total)
            if not following or following == since:
                return self._mobile_end(visit, total)
            since = following
        return Ending(Outcome.OK, "列表页数过多，没有走完", complete=False, total=total)

    async def _cards(self, visit: Visit, query: dict[str, str]) -> Reading:
        """One page of the listing. An empty one is asked for once more: throttling looks the same."""
        for _ in range(2):
            fetched, reading = await visit.get(f"{_INDEX}?{urlencode(query)}", headers=_headers(visit.account.key))
            if reading.outcome is not Outcome.EMPTY:
                break
        self.shown.add(visit, reading.posts, fetched.digest)
        return reading

    def _mobile_empty(self, visit: Visit, total: int | None, *, first: bool) -> Ending:
        """What an empty page means: nothing there, the end of the list, or throttling in disguise."""
        if not first:
            return self._mobile_end(visit, total)
        if total == 0:
            return Ending(Outcome.EMPTY, "账号没有发布过微博（列表为空，资料页计数也为 0）", complete=True, total=0)
        counter = "资料页没有给出计数" if total is None else f"资料页计数为 {total}"
        return Ending(
            Outcome.RATE_LIMITED, f"列表两次返回为空，而{counter}：可能被静默限流，不能判断为没有更新", total=total
        )

    @staticmethod
    def _mobile_end(visit: Visit, total: int | None) -> Ending:
        """The listing came to its end. Counters include hidden posts, so a small difference is normal."""
        missing = (total or 0) - len(visit.listed)
        if total is not None and missing > max(5, total // 10):
            note = f"列表提前结束：资料页计数 {total} 条，只列出 {len(visit.listed)} 条"
            return Ending(Outcome.OK, note, complete=False, total=total, exhausted=True)
        return Ending(Outcome.OK, complete=True, total=total, exhausted=True)

    # -- the open API ----------------------------------------------------------------------------------------------

    def _token(self, credential: str) -> dict[str, str]:
        values = self.plan.credentials.get(credential, {})
        token = values.get("access_token") or values.get("token") or ""
        return {_TOKEN: token} if token else {}

    async def _resets(self, visit: Visit, secrets: dict[str, str]) -> datetime:
        """When the quota is back: what the interface itself says, else the next full hour, by which it counts."""
        address = f"{_API}account/rate_limit_status.json?access_token={_TOKEN}"
        _, reading = await visit.get(address, kind="profile", secrets=secrets)
        said = reading.cursor.get("resets_at", "")
        return datetime.fromisoformat(said) if said else self.quota_resets(visit.now())

    def quota_resets(self, now: datetime) -> datetime:
        """Calls of the open API are counted by the hour."""
        return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)

    async def _confirm_empty(self, visit: Visit, secrets: dict[str, str]) -> Ending:
        address = f"{_API}users/show.json?access_token={_TOKEN}&{urlencode({'uid': visit.account.key})}"
        fetched, reading = await visit.get(address, kind="profile", secrets=secrets)
        if reading.kind is PostKind.PROFILE:
            await visit.profile(reading, fetched.digest)
            if reading.total == 0:
                return Ending(Outcome.EMPTY, "账号没有发布过微博（接口为空，账号计数也为 0）", complete=True, total=0)
        elif reading.outcome.is_reach:
            return _refusal(reading)
        return Ending(Outcome.RATE_LIMITED, "微博接口返回为空，但不能由账号计数确认；不能判断为没有更新")


def _credential(visit: Visit) -> str:
    return next((route.credential for route in visit.account.routes if route.kind == "oauth"), "")


def _headers(uid: str) -> dict[str, str]:
    """What the mobile site's own pages send with such a request."""
    return {
        "Accept": "application/json, text/plain, */*",
        "Referer": f"https://m.weibo.cn/u/{uid}",
        "X-Requested-With": "XMLHttpRequest",
        "MWeibo-Pwa": "1",
    }


def _refusal(reading: Reading, total: int | None = None) -> Ending:
    """The ending of a listing that answered something other than a listing."""
    if reading.outcome in (Outcome.OK, Outcome.EMPTY):
        return Ending(Outcome.LAYOUT_CHANGED, "微博返回的不是所要的内容；请保留取证并更新解析程序", total=total)
    if reading.outcome in (Outcome.DELETED, Outcome.UNAVAILABLE, Outcome.VIOLATION):
        return Ending(Outcome.LAYOUT_CHANGED, f"微博列表没有打开：{reading.detail}", total=total)
    return Ending(reading.outcome, reading.detail, total=total)
