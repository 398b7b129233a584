"""Weibo's public sites: the JSON of the mobile one, the visitor system before the desktop one, pictures.

Walls: ``LOGIN`` answers ``ok: -100``, ``RATE_LIMITED`` 418, ``VERIFY`` 432 without a body. Traits of a post: ``repost``
(``deleted``, ``hidden`` or ``shown``), ``pictures`` (``object``). Trait of an account: ``tabs`` (``object``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import quote

from replica.request import Reply, Request, html_reply, json_reply, redirect, text_reply
from replica.weibo_pages.blog import mblog
from replica.weibo_pages.listing import posts_page, profile, shown_posts
from replica.weibo_pages.numbers import bid_of
from replica.weibo_pages.text import markup
from replica.world import Wall, World, WorldAccount, WorldPost

HOSTS = (
    "m.weibo.cn",
    "weibo.cn",
    "weibo.com",
    "www.weibo.com",
    "passport.weibo.com",
    "t.cn",
    "wx1.sinaimg.cn",
    "wx2.sinaimg.cn",
    "wx3.sinaimg.cn",
    "wx4.sinaimg.cn",
)

_GONE: Mapping[str, object] = {"ok": 0, "msg": "微博不存在或暂无查看权限!"}
_LOGIN: Mapping[str, object] = {
    "ok": -100,
    "url": "https://passport.weibo.com/sso/signin?entry=wapsso&source=wapssowb&url=https%3A%2F%2Fm.weibo.cn%2F",
}
_VISITOR = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Sina Visitor System</title></head>
<body><span id="message"></span><script>var url="/visitor/genvisitor";</script></body></html>"""
_CONTAINER = re.compile(r"(?:107603|230413|100505)(\d+)")
_POST_PATH = re.compile(r"/(?:status|detail)/(\w+)")
_USER_PATH = re.compile(r"/(?:u|profile)/(\d+)")
#: One grey pixel.
_PIXEL = bytes.fromhex("47494638396101000100800000aaaaaaffffff21f90401000000002c00000000010001000002024401003b")


def answer(world: World, request: Request) -> Reply:
    """The answer of the site that ``request`` names."""
    if request.path == "/robots.txt":
        return text_reply("User-agent: *\nAllow: /\n")
    if request.host.endswith("sinaimg.cn"):
        return _picture(request)
    if request.host == "passport.weibo.com":
        return html_reply(_VISITOR)
    if request.host == "weibo.cn" and request.path == "/sinaurl":
        return redirect(request.query.get("u", "https://m.weibo.cn/"))
    if request.host == "m.weibo.cn":
        return _mobile(world, request)
    back = quote(request.url, safe="")
    return redirect(f"https://passport.weibo.com/visitor/visitor?entry=miniblog&a=enter&url={back}")


def _mobile(world: World, request: Request) -> Reply:
    match request.path:
        case "/api/container/getIndex":
            return _index(world, request)
        case "/statuses/show" | "/statuses/extend":
            return _single(world, request)
        case "/api/config":
            return json_reply({"preferQuickapp": 0, "data": {"login": False, "st": "c0ffee", "uid": ""}, "ok": 1})
    if found := _USER_PATH.fullmatch(request.path):
        return _home(world, found[1])
    if found := _POST_PATH.fullmatch(request.path):
        return _post_page(world, found[1])
    return html_reply("<html><head><title>微博-出错了</title></head><body><p>404 Not Found</p></body></html>", 404)


def _index(world: World, request: Request) -> Reply:
    container = request.query.get("containerid", "")
    found = _CONTAINER.match(container)
    uid = found[1] if found else request.query.get("value", "")
    entry = world.by_id.get(f"weibo:{uid}")
    if entry is None:
        return json_reply({"ok": 0, "msg": "用户不存在"})
    if blocked := _walled(entry):
        return blocked
    if not container or container.startswith("100505"):
        return json_reply(profile(world, entry))
    since, page = request.query.get("since_id", ""), request.query.get("page", "1")
    number = max(int(page), 1) if page.isdigit() else 1
    return json_reply(posts_page(world, entry, since if since.isdigit() else "", number))


def _single(world: World, request: Request) -> Reply:
    found = _find(world, request.query.get("id", ""))
    if found is None:
        return json_reply(_GONE)
    entry, post = found
    if blocked := _walled(entry):
        return blocked
    if request.path == "/statuses/extend":
        counts = {"reposts_count": 0, "comments_count": 0, "attitudes_count": 0}
        return json_reply({"ok": 1, "data": {"ok": 1, "longTextContent": markup(post, whole=True), **counts}})
    statuses = len(shown_posts(world, entry))
    return json_reply({"ok": 1, "data": mblog(entry, post, world.now, statuses, whole=True)})


def _home(world: World, uid: str) -> Reply:
    entry = world.by_id.get(f"weibo:{uid}")
    if entry is None:
        return html_reply("<html><body><p>抱歉，您当前访问的用户状态异常，暂时无法访问。</p></body></html>")
    if entry.wall is Wall.LOGIN:
        return redirect(f"https://passport.weibo.com/sso/signin?entry=wapsso&r=https%3A%2F%2Fm.weibo.cn%2Fu%2F{uid}")
    return _walled(entry) or html_reply(
        f'<html><head><meta charset="utf-8"><title>微博</title></head><body><div id="app" data-uid="{uid}"></div>'
        "</body></html>"
    )


def _post_page(world: World, name: str) -> Reply:
    found = _find(world, name)
    if found is None:
        return html_reply(
            '<html><head><meta charset="utf-8"></head><body>'
            '<p class="h5-4con">微博不存在或暂无查看权限!</p></body></html>'
        )
    entry, post = found
    if blocked := _walled(entry):
        return blocked
    blog = mblog(entry, post, world.now, len(shown_posts(world, entry)), whole=True)
    data = json.dumps([{"status": blog, "call": 1}], ensure_ascii=False).replace("</", "<\\/")
    return html_reply(
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>微博正文 - 微博</title></head><body>'
        f"<script>var $render_data = {data}[0] || {{}};</script></body></html>"
    )


def _find(world: World, name: str) -> tuple[WorldAccount, WorldPost] | None:
    """A post by either of its numbers."""
    for entry in world.of_platform("weibo"):
        for post in shown_posts(world, entry):
            if name in (post.key, bid_of(post.key)):
                return entry, post
    return None


def _walled(entry: WorldAccount) -> Reply | None:
    match entry.wall:
        case Wall.LOGIN:
            return json_reply(_LOGIN)
        case Wall.RATE_LIMITED:
            return html_reply("<html><body>418 I'm a teapot</body></html>", 418)
        case Wall.VERIFY:
            return Reply(432, {"Content-Type": "text/html"}, b"")
        case Wall.LAYOUT_CHANGED:
            return json_reply({"code": 200, "payload": {"feed": {"version": 9}}})
    return None


def _picture(request: Request) -> Reply:
    """Pictures are shown on Weibo's own pages only."""
    referer = request.headers.get("referer", "")
    if referer.startswith(("https://weibo.com/", "https://m.weibo.cn/")):
        return Reply(200, {"Content-Type": "image/gif"}, _PIXEL)
    return Reply(403, {"Content-Type": "text/html"}, b"")
