"""Walks Weibo accounts: the open API where the owner authorised it, else the mobile site's JSON, else a feed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urlencode

from crawler.base import AccountSpider
from crawler.platforms.weibo.ids import key_of
from crawler.shown import ShownPosts, expect_post
from crawler.visit import Ending, Visit
from domain.account import Route
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading

_WALL = re.compile(r"^https?://(?:passport|login|security|captcha)\.(?:sina\.com\.cn|sina\.cn|weibo\.(?:com|cn))/")
_TOKEN = "{weibo_access_token}"  # noqa: S105 (a placeholder, filled in at the last moment)
_API = "https://api.weibo.com/2/"
_INDEX = "https://m.weibo.cn/api/container/getIndex"
#: A listing never has more pages than this before the horizon; a walk that gets here goes in circles.
_MAX_PAGES = 300


class WeiboSpider(AccountSpider):
    """One visit = profile, listing, then whatever the listing cut off."""

    name = "weibo"
    platform: ClassVar[str] = "weibo"
    api_hosts: ClassVar[frozenset[str]] = frozenset({"api.weibo.com"})

    def __init__(self, plan: Any, **kwargs: Any) -> None:
        super().__init__(plan, **kwargs)
        self.shown = ShownPosts()

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

    async def route_rss(self, visit: Visit, routes: Sequence[Route]) -> Ending:
        """A feed. It may stand still while the account goes on, so it never proves silence."""
        ending = Ending(Outcome.BRIDGE_ERROR, "没有登记订阅源地址；请在台账补充")
        for route in routes:
            fetched, reading = await visit.get(route.address)
            if reading.outcome is not Outcome.OK:
                ending = _refusal(reading)
                continue
            self.shown.add(visit, [post for post in reading.posts if not post.truncated], fetched.digest)
            visit.see(reading.posts)
            return Ending(Outcome.OK, "经订阅源读取：只能看到已有内容，不能据此判断停更", complete=False)
        return ending

    # -- posts ---------------------------------------------------------------------------------------------------

    async def read_post(self, visit: Visit, post: RawPost) -> Outcome:
        """Hand over a post from the listing, in full; a post that the listing did not show is asked for by number."""
        shown, digest = self.shown.get(visit, post.post_key)
        if shown is None:
            number = post.post_key if post.post_key.isdigit() else key_of(post.url)
            shown, digest = await self._show(visit, post, number)
        if shown.outcome is Outcome.OK and shown.truncated:
            shown, digest = await self._complete(visit, shown, digest)
        await visit.post(shown, digest)
        return shown.outcome

    async def _show(self, visit: Visit, post: RawPost, number: str) -> tuple[RawPost, str]:
        """The post ``number`` on its own."""
        address = f"https://m.weibo.cn/statuses/show?{urlencode({'id': number})}"
        fetched, reading = await visit.get(address, kind="post", headers=_headers(visit.account.key))
        return self.merge(post, expect_post(reading)), fetched.digest

    async def _complete(self, visit: Visit, post: RawPost, digest: str) -> tuple[RawPost, str]:
        """``post`` with the text that the listing cut off. A repost is asked for as a whole: its source may be cut."""
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
        whole, whole_digest = await self._show(visit, post, post.post_key)
        if whole.outcome is not Outcome.OK or not whole.truncated:
            return whole, whole_digest
        return replace(post, detail="长微博只读到列表上的部分"), digest

    # -- the walk of the mobile site -------------------------------------------------------------------------------

    async def _walk_cards(self, visit: Visit, query: dict[str, str], total: int | None) -> Ending:
        since = ""
        for _ in range(_MAX_PAGES):
            reading = await self._cards(visit, query | ({"since_id": since} if since else {}))
            if reading.outcome is Outcome.EMPTY:
                return self._empty(visit, total, first=not since)
            if reading.outcome is not Outcome.OK:
                return _refusal(reading, total)
            if reading.kind is not PostKind.LIST:
                return Ending(Outcome.LAYOUT_CHANGED, "微博列表的返回结构不认识；请保留取证并更新解析程序", total=total)
            following = reading.cursor.get("since_id", "")
            if not visit.see(reading.posts):
                return Ending(Outcome.OK, complete=True, total=total)
            if not following or following == since:
                return self._list_end(visit, total)
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

    def _empty(self, visit: Visit, total: int | None, *, first: bool) -> Ending:
        """What an empty page means: nothing there, the end of the list, or throttling in disguise."""
        if not first:
            return self._list_end(visit, total)
        if total == 0:
            return Ending(Outcome.EMPTY, "账号没有发布过微博（列表为空，资料页计数也为 0）", complete=True, total=0)
        counter = "资料页没有给出计数" if total is None else f"资料页计数为 {total}"
        return Ending(
            Outcome.RATE_LIMITED, f"列表两次返回为空，而{counter}：可能被静默限流，不能判断为没有更新", total=total
        )

    @staticmethod
    def _list_end(visit: Visit, total: int | None) -> Ending:
        """The listing came to its end. Counters include hidden posts, so a small difference is normal."""
        missing = (total or 0) - len(visit.listed)
        if total is not None and missing > max(5, total // 10):
            note = f"列表提前结束：资料页计数 {total} 条，只列出 {len(visit.listed)} 条"
            return Ending(Outcome.OK, note, complete=False, total=total)
        return Ending(Outcome.OK, complete=True, total=total)

    # -- the open API ----------------------------------------------------------------------------------------------

    def _token(self, credential: str) -> dict[str, str]:
        values = self.plan.credentials.get(credential, {})
        token = values.get("access_token") or values.get("token") or ""
        return {_TOKEN: token} if token else {}

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
