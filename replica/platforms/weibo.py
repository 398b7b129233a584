"""Weibo's public sites: the JSON of the mobile one, the pages of the desktop one and what they ask for, pictures.

Walls: ``LOGIN`` answers ``ok: -100``, ``RATE_LIMITED`` 418; ``VERIFY`` answers 432 without a body on the mobile site
and leads to the visitor system on the desktop one. Traits of a post: ``repost`` (``deleted``, ``hidden``, ``denied`` or
``shown``), ``pictures`` (``object``), ``article`` (the number of its headline article, whose text is the trait
``body``; ``article_state`` set to ``gone`` or ``login`` refuses it). Traits of an account: ``tabs`` (``object``),
``counted`` (what the platform claims to hold), ``since`` (``none``: the listing ends without one), and ``state``, a
finer trap: ``no_content``, ``too_often``, ``errno``, ``captcha``, ``login_php``, ``visitor_page``, ``not_there``,
``abnormal``, ``empty_desktop``, ``modal`` (the login dialogue after the first desktop page).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import quote

from replica.request import Reply, Request, html_reply, json_reply, redirect, text_reply
from replica.weibo_pages import desktop
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
    "card.weibo.com",
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
_STATES: Mapping[str, Mapping[str, object]] = {
    "no_content": {"ok": 0, "msg": "这里还没有内容", "data": {"cards": []}},
    "too_often": {"ok": 0, "msg": "请求过于频繁,歇歇吧"},
    "errno": {"errno": "100005", "msg": "请求过于频繁"},
    "captcha": {"ok": 0, "url": "https://captcha.weibo.com/geetest?key=replica"},
    "login_php": {"ok": -100, "url": "https://weibo.com/login.php?url=https%3A%2F%2Fweibo.com"},
    "not_there": {"ok": 0, "msg": "用户不存在"},
}
_CONTAINER = re.compile(r"(?:107603|230413|100505)(\d+)")
_POST_PATH = re.compile(r"/(?:status|detail)/(\w+)")
_USER_PATH = re.compile(r"/(?:u|profile)/(\d+)")
_DESKTOP_POST = re.compile(r"/(\d+)/(\w+)")
#: One grey pixel.
_PIXEL = bytes.fromhex("47494638396101000100800000aaaaaaffffff21f90401000000002c00000000010001000002024401003b")


def answer(world: World, request: Request) -> Reply:
    """The answer of the site that ``request`` names."""
    if request.path == "/robots.txt":
        return text_reply("User-agent: *\nAllow: /\n")
    if request.host.endswith("sinaimg.cn"):
        return _picture(request)
    if request.host == "passport.weibo.com":
        return html_reply(desktop.VISITOR)
    if request.host == "card.weibo.com":
        return _article(world, request)
    if request.host == "weibo.cn" and request.path == "/sinaurl":
        return redirect(request.query.get("u", "https://m.weibo.cn/"))
    if request.host == "m.weibo.cn":
        return _mobile(world, request)
    return _desktop(world, request)


def _desktop(world: World, request: Request) -> Reply:
    if request.path.startswith("/ajax/"):
        return _ajax(world, request)
    if found := _USER_PATH.fullmatch(request.path):
        entry = world.by_id.get(f"weibo:{found[1]}")
        if entry is None or entry.traits.get("state") == "abnormal":
            return html_reply("<html><body><p>抱歉，您当前访问的用户状态异常，暂时无法访问。</p></body></html>")
        return _before_desktop(entry, request) or html_reply(
            desktop.page(uid=found[1], modal=entry.traits.get("state") == "modal")
        )
    if found := _DESKTOP_POST.fullmatch(request.path):
        entry = world.by_id.get(f"weibo:{found[1]}")
        return (_before_desktop(entry, request) if entry else None) or html_reply(desktop.page(bid=found[2]))
    return _to_visitors(request)


def _before_desktop(entry: WorldAccount, request: Request) -> Reply | None:
    """What stands before the desktop pages of a walled account."""
    if entry.traits.get("state") == "visitor_page":
        return html_reply(desktop.VISITOR)
    if entry.wall is Wall.RATE_LIMITED:
        return html_reply("<html><body>418 I'm a teapot</body></html>", 418)
    if entry.wall is Wall.LAYOUT_CHANGED:
        return html_reply("<html><body><div id='app-v9'></div></body></html>")
    return _to_visitors(request) if entry.wall is Wall.VERIFY else None


def _to_visitors(request: Request) -> Reply:
    back = quote(request.url, safe="")
    return redirect(f"https://passport.weibo.com/visitor/visitor?entry=miniblog&a=enter&url={back}")


def _ajax(world: World, request: Request) -> Reply:
    """What the desktop pages ask for; whoever asks otherwise is sent to the login."""
    if request.headers.get("x-requested-with") != "XMLHttpRequest":
        return json_reply(_STATES["login_php"])
    if request.path in ("/ajax/statuses/show", "/ajax/statuses/longtext"):
        found = _find(world, request.query.get("id", ""))
        if found is None:
            return json_reply({"ok": 0, "message": "该微博不存在", "error_code": 20101}, 400)
        entry, post = found
        if request.path.endswith("longtext"):
            return json_reply(desktop.long_text(post))
        return json_reply({**desktop.status(entry, post, len(shown_posts(world, entry))), "ok": 1})
    if request.path == "/ajax/statuses/buildComments":
        return json_reply({"ok": 1, "data": [], "total_number": 0, "max_id": 0, "trendsText": "已加载全部评论"})
    known = world.by_id.get(f"weibo:{request.query.get('uid', '')}")
    if known is None or known.traits.get("state") == "not_there":
        return json_reply({"ok": 0, "message": "用户不存在"})
    if request.path == "/ajax/profile/info":
        return json_reply(desktop.profile(world, known))
    if request.path == "/ajax/profile/detail":
        return json_reply({"ok": 1, "data": {"sunshine_credit": {"level": "信用极好"}, "ip_location": "IP属地：云江"}})
    if known.wall is Wall.LOGIN:
        return json_reply(_STATES["login_php"])
    state = known.traits.get("state", "")
    if state == "empty_desktop":
        return json_reply({"ok": 1, "data": {"since_id": "", "list": [], "total": 0}})
    if state in _STATES:
        return json_reply(_STATES[state])
    page = request.query.get("page", "1")
    return json_reply(
        desktop.listing(world, known, request.query.get("since_id", ""), int(page) if page.isdigit() else 1)
    )


def _article(world: World, request: Request) -> Reply:
    """A headline article's body, for its own page only."""
    number = request.query.get("id", "")
    if not request.headers.get("referer", "").startswith("https://card.weibo.com/article/m/show/id/"):
        return json_reply({"code": 100004, "msg": "请先登录", "data": {}})
    for entry in world.of_platform("weibo"):
        for post in shown_posts(world, entry):
            if post.traits.get("article") == number:
                match post.traits.get("article_state", ""):
                    case "gone":
                        return json_reply({"code": 100002, "msg": "文章已被作者删除", "data": {}})
                    case "login":
                        return json_reply({"code": 100004, "msg": "请先登录", "data": {}})
                return json_reply(desktop.article_reply(entry, post))
    return json_reply({"code": 100002, "msg": "文章不存在", "data": {}})


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
    state = "not_there" if entry is None else entry.traits.get("state", "")
    if entry is None or state == "not_there":
        return json_reply(_STATES["not_there"])
    if blocked := _walled(entry):
        return blocked
    if state in _STATES and state != "no_content":
        return json_reply(_STATES[state])
    if not container or container.startswith("100505"):
        return json_reply(profile(world, entry))
    if state == "no_content":
        return json_reply(_STATES[state])
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
