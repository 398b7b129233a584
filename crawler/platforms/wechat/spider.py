"""The walk of WeChat accounts: official API, albums, feeds and seed pages; then the pages of new and due articles."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from crawler.base import AccountSpider
from crawler.parsing.addresses import canonical_address, key_of_address
from crawler.plan import CrawlPlan
from crawler.platforms.wechat.albums import meaning_of, walk_album
from crawler.platforms.wechat.api import HOST, OfficialApi
from crawler.platforms.wechat.bridges import judge_feeds, read_feed
from crawler.platforms.wechat.engagement import count_comments, describe, in_words
from crawler.platforms.wechat.listing import walk_official
from crawler.platforms.wechat.merge import Merged
from crawler.platforms.wechat.notices import is_wall_address
from crawler.platforms.wechat.owner import MENU_KEY
from crawler.visit import Ending, Visit
from domain.account import Route
from domain.outcome import Outcome
from domain.post import PostKind, RawAttachment, RawPost, Reading

#: ``<mid>_<idx>``; a short address's own name stands in its place until the page is read.
_KEY = re.compile(r"\d+_\d+")
_SHORT = "/s/"
_ALBUM_LIMIT = "合集只含编辑收入的文章，不能据此判断停更"
#: Endings of a listing that leave the article pages open: another service refused, not the platform's pages.
_PAGES_OPEN = frozenset({Outcome.QUOTA, Outcome.NOT_AUTHORIZED, Outcome.BRIDGE_ERROR})
#: Walls before the pages, after which no further page of the account is asked for.
_WALLS = (Outcome.VERIFY_WALL, Outcome.RATE_LIMITED, Outcome.LOGIN_WALL, Outcome.ROBOTS)
_ROUTES = {"official": "官方接口", "album": "合集", "rss": "订阅源", "page": "种子页面"}


class WechatSpider(AccountSpider):
    """Walks WeChat accounts."""

    name = "wechat"
    platform = "wechat"
    api_hosts = frozenset({HOST})

    def __init__(self, plan: CrawlPlan, **kwargs: Any) -> None:
        super().__init__(plan, **kwargs)
        self._merged: dict[str, Merged] = {}
        self._profiles: dict[str, dict[str, object]] = {}

    def is_wall(self, url: str) -> bool:
        """The verification page is recognised by its address and never opened."""
        return is_wall_address(url)

    # -- the walk ------------------------------------------------------------------------------------------------

    async def _walk(self, visit: Visit) -> None:
        """As on every platform; but where only an interface or a bridge refused, the pages that are due or that the
        platform announced are read all the same. What the account says of itself goes on file at the end."""
        profile = self._profiles.setdefault(visit.account.id, {})
        visit.ending = await self._list(visit)
        outcome = visit.ending.outcome
        if not outcome.is_gone and (not outcome.is_reach or outcome in _PAGES_OPEN):
            await self.read_posts(visit)
        for remark in self._merged_of(visit).remarks():
            visit.note(remark)
        if not visit.ending.outcome.is_reach and "verified_subject" not in profile:
            await self._about(visit, profile)
        if profile:
            await visit.profile(Reading(outcome=Outcome.OK, kind=PostKind.PROFILE, profile=profile))

    async def _list(self, visit: Visit) -> Ending:
        """All routes on file, laid over each other. The first that can be used is the account's; further ones are
        asked where it does not tell everything, or where there is something new to compare."""
        self._see_announced(visit)
        routes = visit.account.routes or self.default_routes(visit.account)
        groups = [(kind, tuple(group)) for kind, group in itertools.groupby(routes, key=lambda route: route.kind)]
        ending = Ending(Outcome.BAD_REQUEST, "台账没有登记可用的采集途径；请在台账补充该账号的采集途径")
        chosen = ""
        failed: list[str] = []
        for kind, group in groups:
            if chosen and not self._wants_another(visit, ending):
                break
            tried = await self._try(visit, kind, group)
            if tried.outcome.is_reach:
                failed.append(f"采集途径“{_ROUTES.get(kind, kind)}”未能使用：{tried.detail}")
                ending = ending if chosen else tried
                if tried.outcome in _WALLS and chosen:
                    break
                continue
            if not chosen:
                ending, chosen = tried, kind
            elif ending.outcome is Outcome.EMPTY and tried.outcome is Outcome.OK:
                ending = replace(ending, outcome=Outcome.OK, detail="", complete=False)
        if chosen:
            visit.route = chosen
            for remark in failed:
                visit.note(remark)
        return ending

    @staticmethod
    def _wants_another(visit: Visit, ending: Ending) -> bool:
        """A quiet night costs one listing: the others are asked only when something is new, or when the first one
        cannot say that nothing is."""
        return not ending.complete or bool(visit.queue())

    def _merged_of(self, visit: Visit) -> Merged:
        return self._merged.setdefault(visit.account.id, Merged())

    def _see_announced(self, visit: Visit) -> None:
        """What the platform itself reported as sent, before any list shows it."""
        posts = []
        for item in visit.task.announced:
            if item.outcome is not Outcome.OK:
                visit.note(f"平台推送：{item.detail}")
            elif not item.key:
                visit.note(f"平台推送：{item.detail or '已群发'}，没有给出文章链接，等次日统计接口列出后再读")
            else:
                posts.append(RawPost(post_key=item.key, url=item.url, published_at=item.sent_at))
        self._enter(visit, "pushed", posts)

    async def _about(self, visit: Visit, profile: dict[str, object]) -> None:
        """The page 关于公众号 says who stands behind the account. It is not always shown: then nothing is known."""
        biz = visit.account.attributes.get("biz", "")
        if not biz or not self._shows_about(visit):
            return
        asked = urlencode({"__biz": biz}, safe="=")
        _, reading = await visit.get(f"https://mp.weixin.qq.com/mp/aboutbiz?{asked}", kind="profile")
        if reading.outcome is Outcome.OK and reading.kind is PostKind.PROFILE and reading.profile:
            profile.update({key: value for key, value in reading.profile.items() if key not in profile})
            if reading.account:
                profile.setdefault("name", reading.account)

    @staticmethod
    def _shows_about(visit: Visit) -> bool:
        """On the first visit, and on nights with something new: a quiet night costs no further page."""
        return not visit.known or bool(visit.emitted)

    # -- routes ----------------------------------------------------------------------------------------------------

    async def route_official(self, visit: Visit, routes: tuple[Route, ...]) -> Ending:
        """The account's own list by the official API, and what it says of the account itself."""
        name = routes[0].credential
        api = OfficialApi(visit, self.plan.credentials.get(name, {}))
        if not api.is_usable:
            return Ending(
                Outcome.NOT_AUTHORIZED,
                f"凭据库里没有“{name or '（未登记）'}”的 AppID 和 AppSecret；请用 xunjian doctor 查看并补录",
            )
        ending, own = await walk_official(visit, api, self._merged_of(visit))
        if not ending.outcome.is_reach:
            profile = self._profiles.setdefault(visit.account.id, {})
            profile.update(await describe(visit, api))
            profile.update(await count_comments(visit, api, own.commented.values()))
            visit.note(in_words(profile.get("interaction")))
        return ending

    async def route_album(self, visit: Visit, routes: tuple[Route, ...]) -> Ending:
        """All albums on file. They hold what an editor put in, so silence is never concluded from them."""
        endings = []
        for route in routes:
            ending = await walk_album(visit, route, lambda posts: self._enter(visit, "album", posts))
            endings.append(ending)
            if ending.outcome in _WALLS:
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

    async def route_rss(self, visit: Visit, routes: tuple[Route, ...]) -> Ending:
        """Feeds made by bridges. They may stand still without saying so: silence is never concluded from them."""
        merged = self._merged_of(visit)
        elsewhere = merged.newest("rss", "pushed")
        feeds = []
        for route in routes:
            _, reading = await visit.get(route.address)
            feeds.append(read_feed(route.address, reading, self._named(visit, reading.posts)))
        ending = judge_feeds(visit, feeds, elsewhere)
        for feed in feeds:
            merged.add("rss", feed.posts)
            visit.see(feed.posts)
        return ending

    async def route_page(self, visit: Visit, routes: tuple[Route, ...]) -> Ending:
        """Seed pages on file: an album as a page, a page that lists articles, or single articles."""
        ending = Ending(Outcome.BAD_REQUEST, "没有登记种子页面地址；请在台账补齐")
        seen = False
        for route in routes:
            fetched, reading = await visit.get(route.address)
            if reading.outcome in (Outcome.OK, Outcome.EMPTY) and reading.kind is PostKind.LIST:
                self._enter(visit, "page", reading.posts)
                seen = True
            elif reading.outcome is Outcome.OK and reading.post is not None:
                listed = [RawPost(post_key=key_of_address(link), url=link) for link in reading.post.links]
                own = replace(reading.post, url=fetched.url)
                articles = [post for post in listed if "mp.weixin.qq.com/s" in post.url]
                self._enter(visit, "page", [own, *articles])
                seen = True
            else:
                advice = "；请在台账更换种子页面" if meaning_of(reading.outcome) is Outcome.BAD_REQUEST else ""
                ending = Ending(meaning_of(reading.outcome), f"种子页面：{reading.detail}{advice}")
                if ending.outcome in (Outcome.VERIFY_WALL, Outcome.RATE_LIMITED):
                    return ending
        if not seen:
            return ending
        visit.note("种子页面只列出部分文章，不能据此判断停更")
        return Ending(Outcome.OK if visit.listed else Outcome.EMPTY)

    # -- articles --------------------------------------------------------------------------------------------------

    async def read_post(self, visit: Visit, post: RawPost) -> Outcome:
        """One article page. A page that only says where the article went is followed once."""
        if post.post_key == MENU_KEY:  # the menu comes with the account's own profile, or not at all tonight
            return Outcome.OK
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
            self._merged_of(visit).resolve(found.post_key, reading.post.post_key)
            found = replace(found, post_key=reading.post.post_key)
        self._check_owner(visit, reading)
        await visit.post(found, fetched.digest)
        return found.outcome

    def wanted_files(self, post: RawPost) -> Iterable[RawAttachment]:  # noqa: ARG002
        """Sound and video are named, not fetched."""
        return ()

    def _named(self, visit: Visit, posts: Iterable[RawPost]) -> list[RawPost]:
        """Posts under the keys they have on file: a short address hides ``mid`` and ``idx`` until its page is read."""
        merged = self._merged_of(visit)
        by_address = {canonical_address(known.url): known.key for known in visit.known.values() if known.url}
        named = []
        for post in posts:
            address = canonical_address(post.url)
            key = post.post_key or by_address.get(address, "")
            if not key and _SHORT in address:
                key = merged.same(post) or address.rsplit(_SHORT, 1)[1]
            if key:
                named.append(replace(post, post_key=key, url=address or post.url, outcome=_listed(post.outcome)))
        return named

    def _enter(self, visit: Visit, source: str, posts: Iterable[RawPost]) -> bool:
        """Enter what ``source`` lists; False when its walk has reached known ground."""
        named = self._named(visit, posts)
        self._merged_of(visit).add(source, named)
        return visit.see(named)

    def _check_owner(self, visit: Visit, reading: Reading) -> None:
        key = visit.account.key
        if reading.account_key.startswith("gh_") and key.startswith("gh_") and reading.account_key != key:
            visit.note(f"有文章属于账号“{reading.account}”（{reading.account_key}），与台账不符；请核对采集途径")


def _listed(outcome: Outcome) -> Outcome:
    """A bridge that could not get the text has listed the article all the same."""
    return Outcome.OK if outcome is Outcome.BRIDGE_ERROR else outcome
