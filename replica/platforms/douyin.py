"""Douyin. The list answers only what the profile page itself asks for; anything else gets 200 without a body.

``Wall.VERIFY`` shows 验证码中间页, ``LOGIN`` the login dialogue alone, ``RATE_LIMITED`` refuses the list by number,
``LAYOUT_CHANGED`` shows a page that asks for nothing. The trait ``state`` of an account chooses a finer trap:
``empty_body``, ``blocked``, ``argus``, ``null_list``, ``not_logged_in``, ``modal`` (the login dialogue after the first
page), ``walled_page`` (the check takes the page's place behind its list), ``cancelled``. Trait ``state`` of a post:
``deleted``, ``prohibited``, ``private``, ``reviewing``; a withdrawn post is gone from the list.
"""

from __future__ import annotations

import re

from replica.douyin_pages import pages, works
from replica.request import Reply, Request, html_reply, json_reply, redirect, text_reply
from replica.world import Wall, World, WorldAccount, WorldPost

HOSTS = ("www.douyin.com", "douyin.com", "v.douyin.com", "www.iesdouyin.com", "verify.zijieapi.com")

_PROFILE = re.compile(r"/user/([\w-]+)/?")
_WORK = re.compile(r"/(?:video|note)/(\d+)/?")
_SHARE = re.compile(r"/share/(?:video|note)/(\d+)/?")
_EMPTY = Reply(200, {"Content-Type": "text/plain; charset=utf-8"}, b"")


def answer(world: World, request: Request) -> Reply:
    """A page, a reply for a page, or the platform's own word for nothing."""
    if request.path == "/robots.txt":
        return text_reply("User-agent: *\nAllow: /\n")
    if request.host == "v.douyin.com":
        return redirect(f"https://www.iesdouyin.com/share/video{request.path}")
    if request.path.startswith("/aweme/v1/web/"):
        return _interface(world, request)
    if found := _SHARE.fullmatch(request.path):
        return html_reply(pages.share_page(works.detail(_find(world, found[1]), found[1]), found[1]))
    if found := _WORK.fullmatch(request.path):
        return html_reply(pages.work_page(found[1]))
    if found := _PROFILE.fullmatch(request.path):
        entry = world.by_id.get(f"douyin:{found[1]}")
        return html_reply(pages.gone_page()) if entry is None else _profile(entry)
    return html_reply("<html><body><p>页面不存在</p></body></html>", 404)


def _profile(entry: WorldAccount) -> Reply:
    match entry.wall:
        case Wall.VERIFY:
            return html_reply(pages.check_page())
        case Wall.LOGIN:
            return html_reply(pages.login_page())
        case Wall.LAYOUT_CHANGED:
            return html_reply(pages.quiet_page(entry))
    state = entry.traits.get("state", "")
    return html_reply(pages.profile_page(entry, modal=int(state == "modal"), wall=state == "walled_page"))


def _interface(world: World, request: Request) -> Reply:
    if request.path == "/aweme/v1/web/aweme/detail/":
        key = request.query.get("aweme_id", "")
        return json_reply(works.detail(_find(world, key), key))
    secret, cursor = request.query.get("sec_user_id", ""), request.query.get("max_cursor", "0")
    entry = world.by_id.get(f"douyin:{secret}")
    signed = cursor.isdigit() and request.query.get("a_bogus") == pages.signature(secret, cursor)
    if entry is None or not signed:
        return _EMPTY
    if request.path == "/aweme/v1/web/user/profile/other/":
        return json_reply(works.card(world, entry))
    if request.path == "/aweme/v1/web/aweme/post/":
        return _refused(entry) or json_reply(
            works.listing(world, entry, int(cursor), null=entry.traits.get("state") == "null_list")
        )
    return _EMPTY


def _refused(entry: WorldAccount) -> Reply | None:
    if entry.wall is Wall.RATE_LIMITED:
        return json_reply({"status_code": 2154, "status_msg": "请求过于频繁，请稍后再试"})
    match entry.traits.get("state", ""):
        case "empty_body":
            return _EMPTY
        case "blocked":
            return text_reply("blocked")
        case "argus":
            return text_reply("Blocked by ArgusSecurityPlugin Uifid Not Found")
        case "not_logged_in":
            return json_reply({"status_code": 8, "status_msg": "用户未登录"})
    return None


def _find(world: World, key: str) -> tuple[WorldAccount, WorldPost] | None:
    for entry in world.of_platform("douyin"):
        for post in works.shown_posts(world, entry):
            if post.key == key:
                return entry, post
    return None
