"""The walk of WeChat accounts: official API, albums, feeds and seed pages; then the pages of new and due articles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

from crawler.base import AccountSpider
from crawler.parsing.addresses import canonical_address, key_of_address
from crawler.platforms.wechat.api import HOST, OfficialApi
from crawler.platforms.wechat.listing import walk_official
from crawler.platforms.wechat.notices import is_wall_address
from crawler.visit import Ending, Visit
from domain.account import Route
from domain.outcome import Outcome
from domain.post import PostKind, RawAttachment, RawPost, Reading

_MOST_PAGES = 60
#: ``<mid>_<idx>``; a short address's own name stands in its place until the page is read.
_KEY = re.compile(r"\d+_\d+")
_SHORT = "/s/"
_ALBUM_LIMIT = "合集只含编辑收入的文章，不能据此判断停更"
_FEED_LIMIT = "订阅源只是转换服务的说法，不能据此判断停更"


class WechatSpider(AccountSpider):
    """Walks WeChat accounts."""

    name = "wechat"
    platform = "wechat"
    api_hosts = frozenset({HOST})

    def is_wall(self, url: str) -> bool:
        """The verification page is recognised by its address and never opened."""
        return is_wall_address(url)

    # -- routes ----------------------------------------------------------------------------------------------------

    async def route_official(self, visit: Visit, routes: tuple[Route, ...]) -> Ending:
        """The account's own list by the official API."""
        name = routes[0].credential
        api = OfficialApi(visit, self.plan.credentials.get(name, {}))
        if not api.is_usable:
            return Ending(
                Outcome.NOT_AUTHORIZED,
                f"凭据库里没有“{name or '（未登记）'}”的 AppID 和 AppSecret；请用 xunjian doctor 查看并补录",
            )
        return await walk_official(visit, api)

    async def route_album(self, visit: Visit, routes: tuple[Route, ...]) -> Ending:
        """All albums on file. They hold what an editor put in, so silence is never concluded from them."""
        endings = []
        for route in routes:
            ending = await self._album(visit, route)
            endings.append(ending)
            if ending.outcome in (Outcome.VERIFY_WALL, Outcome.RATE_LIMITED, Outcome.LOGIN_WALL, Outcome.ROBOTS):
                return ending
            if ending.outcome.is_reach:
                visit.note(f"合集 {route.address}：{ending.detail}")
        usable = [ending for ending in endings if not ending.outcome.is_reach]
        if not usable:
            return endings[-1]
        visit.note(_ALBUM_LIMIT)
        if all(ending.outcome is Outcome.EMPTY for ending in usable):
            return Ending(Outcome.EMPTY, "登记的合集里都没有文章", total=0)
        return Ending(Outcome.OK, total=sum(ending.total or 0 for ending in usable))

    async def _album(self, visit: Visit, route: Route) -> Ending:
        query = parse_qs(urlsplit(route.address).query)
        album = query.get("album_id", [route.address])[0]
        biz = query.get("__biz", [visit.account.attributes.get("biz", "")])[0]
        if not biz or not album.isdigit():
            return Ending(Outcome.BAD_REQUEST, "合集编号或账号的 biz 没有登记完整；请在台账补齐")
        cursor: dict[str, str] = {}
        total: int | None = None
        last: tuple[str, ...] = ()
        seen = False
        for _ in range(_MOST_PAGES):
            asked = {"action": "getalbum", "__biz": biz, "album_id": album, "count": "20", **cursor, "f": "json"}
            _, reading = await visit.get(f"https://mp.weixin.qq.com/mp/appmsgalbum?{urlencode(asked)}")
            if reading.outcome is Outcome.EMPTY:
                break
            if reading.outcome is not Outcome.OK or reading.kind is not PostKind.LIST:
                return Ending(_reach(reading.outcome), f"合集列表：{reading.detail or '应答不是合集'}", total=total)
            total = reading.total if reading.total is not None else total
            seen = True
            keys = tuple(post.post_key for post in reading.posts)
            goes_on = visit.see(self._named(visit, reading.posts))
            cursor = dict(reading.cursor)
            if not cursor or keys == last or (not goes_on and not _ascends(reading.posts)):
                break
            last = keys
        if not seen:
            return Ending(Outcome.EMPTY, "合集里没有文章", total=0)
        return Ending(Outcome.OK, total=total)

    async def route_rss(self, visit: Visit, routes: tuple[Route, ...]) -> Ending:
        """A feed made by a bridge. It may stand still without saying so: silence is never concluded from it."""
        ending = Ending(Outcome.BAD_REQUEST, "没有登记订阅源地址；请在台账补齐")
        seen = False
        for route in routes:
            _, reading = await visit.get(route.address)
            if reading.outcome not in (Outcome.OK, Outcome.EMPTY) or reading.kind is not PostKind.LIST:
                outcome = Outcome.BRIDGE_ERROR if not reading.outcome.is_reach else reading.outcome
                if outcome in (Outcome.LAYOUT_CHANGED, Outcome.BAD_REQUEST):
                    outcome = Outcome.BRIDGE_ERROR
                ending = Ending(outcome, f"订阅源：{reading.detail or '应答不是订阅源'}")
                continue
            posts = self._named(visit, reading.posts)
            visit.see(posts)
            self._note_stale_feed(visit, posts)
            seen = True
            if reading.detail:
                visit.note(reading.detail)
        if not seen:
            return ending
        visit.note(_FEED_LIMIT)
        return Ending(Outcome.OK if visit.listed else Outcome.EMPTY, "" if visit.listed else "订阅源里没有条目")

    async def route_page(self, visit: Visit, routes: tuple[Route, ...]) -> Ending:
        """Seed pages on file: an album as a page, a page that lists articles, or single articles."""
        ending = Ending(Outcome.BAD_REQUEST, "没有登记种子页面地址；请在台账补齐")
        seen = False
        for route in routes:
            fetched, reading = await visit.get(route.address)
            if reading.outcome in (Outcome.OK, Outcome.EMPTY) and reading.kind is PostKind.LIST:
                visit.see(self._named(visit, reading.posts))
                seen = True
            elif reading.outcome is Outcome.OK and reading.post is not None:
                listed = [RawPost(post_key=key_of_address(link), url=link) for link in reading.post.links]
                own = replace(reading.post, url=fetched.url)
                articles = [post for post in listed if "mp.weixin.qq.com/s" in post.url]
                visit.see(self._named(visit, [own, *articles]))
                seen = True
            else:
                ending = Ending(_reach(reading.outcome), f"种子页面：{reading.detail}")
                if ending.outcome in (Outcome.VERIFY_WALL, Outcome.RATE_LIMITED):
                    return ending
        if not seen:
            return ending
        visit.note("种子页面只列出部分文章，不能据此判断停更")
        return Ending(Outcome.OK if visit.listed else Outcome.EMPTY)

    # -- articles --------------------------------------------------------------------------------------------------

    async def read_post(self, visit: Visit, post: RawPost) -> Outcome:
        """One article page. A page that only says where the article went is followed once."""
        if post.outcome.is_gone or not post.url:
            outcome = post.outcome if post.outcome is not Outcome.OK else Outcome.BAD_REQUEST
            await visit.post(replace(post, outcome=outcome, detail=post.detail or "没有文章链接，无法打开"))
            return outcome
        fetched, reading = await visit.get(post.url, kind="post")
        target = canonical_address(reading.cursor.get("target", ""))
        if reading.outcome in (Outcome.MIGRATED, Outcome.EXPIRED) and target and target != canonical_address(post.url):
            fetched, reading = await visit.get(target, kind="post")
        found = self.merge(post, reading)
        if not _KEY.fullmatch(found.post_key) and reading.post is not None and reading.post.post_key:
            found = replace(found, post_key=reading.post.post_key)
        self._check_owner(visit, reading)
        await visit.post(found, fetched.digest)
        return found.outcome

    def wanted_files(self, post: RawPost) -> Iterable[RawAttachment]:  # noqa: ARG002
        """Sound and video are named, not fetched."""
        return ()

    def _named(self, visit: Visit, posts: Iterable[RawPost]) -> list[RawPost]:
        """Posts under the keys they have on file: a short address hides ``mid`` and ``idx`` until its page is read."""
        by_address = {canonical_address(known.url): known.key for known in visit.known.values() if known.url}
        named = []
        for post in posts:
            address = canonical_address(post.url)
            key = post.post_key or by_address.get(address, "")
            if not key and _SHORT in address:
                key = address.rsplit(_SHORT, 1)[1]
            if key:
                named.append(replace(post, post_key=key, url=address or post.url, outcome=_listed(post.outcome)))
        return named

    def _note_stale_feed(self, visit: Visit, posts: Iterable[RawPost]) -> None:
        newest = max((post.published_at for post in posts if post.published_at), default=None)
        on_file = max((post.published_at for post in visit.known.values() if post.published_at), default=None)
        if newest is not None and on_file is not None and newest < on_file:
            visit.note("订阅源比库里已有的文章还旧，转换服务可能已停止更新；请检查该服务")

    def _check_owner(self, visit: Visit, reading: Reading) -> None:
        key = visit.account.key
        if reading.account_key.startswith("gh_") and key.startswith("gh_") and reading.account_key != key:
            visit.note(f"有文章属于账号“{reading.account}”（{reading.account_key}），与台账不符；请核对采集途径")


def _listed(outcome: Outcome) -> Outcome:
    """A bridge that could not get the text has listed the article all the same."""
    return Outcome.OK if outcome is Outcome.BRIDGE_ERROR else outcome


def _reach(outcome: Outcome) -> Outcome:
    """What a listing that answered with a page of single articles, a notice or nothing known means for the account."""
    if outcome.is_reach or outcome in (Outcome.MIGRATED, Outcome.CLOSED):
        return outcome
    return Outcome.LAYOUT_CHANGED


def _ascends(posts: tuple[RawPost, ...]) -> bool:
    """True for an album that shows its oldest article first: new ones come on its last page."""
    dates = [post.published_at for post in posts if post.published_at]
    return len(dates) > 1 and dates[0] < dates[-1]
