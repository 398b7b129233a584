"""Kuaishou. Lists answer only what the profile page itself asks for (its header ``kww``); others get ``result`` 50.

``Wall.VERIFY`` answers 2001 with the address of a slider, ``LOGIN`` 109, ``RATE_LIMITED`` 2, ``LAYOUT_CHANGED`` shows a
page that asks for nothing. The trait ``state`` of an account chooses a finer trap: ``result_50``, ``captcha_400002``,
``empty_body``, ``empty_list``, ``modal`` (the login dialogue after the first page), ``check_page``. The trait ``way``
set to ``graphql`` uses the older interface. Trait ``state`` of a post: ``removed`` (its item is there and empty).
"""

from __future__ import annotations

import re
from typing import Any

from replica.kuaishou_pages import pages, works
from replica.request import Reply, Request, html_reply, json_reply, redirect, text_reply
from replica.world import Wall, World, WorldAccount

HOSTS = ("www.kuaishou.com", "kuaishou.com", "live.kuaishou.com", "v.kuaishou.com", "v.m.chenzhongtech.com")

_PROFILE = re.compile(r"/profile/([\w-]+)/?")
_WORK = re.compile(r"/(short-video|fw/photo)/([\w-]+)/?")
_CAPTCHA = "https://captcha.zt.kuaishou.com/iframe/index.html?captchaSession=replica"


def answer(world: World, request: Request) -> Reply:
    """A page, a reply for a page, or the platform's own word for nothing."""
    if request.path == "/robots.txt":
        return text_reply("User-agent: *\nAllow: /\n")
    if request.host == "v.kuaishou.com":
        return redirect(f"https://v.m.chenzhongtech.com/fw/photo{request.path}")
    if request.path.startswith("/rest/v/profile/") or request.path == "/graphql":
        return _interface(world, request)
    if request.path == "/live_api/profile/public":
        return _live(world, request)
    if found := _WORK.fullmatch(request.path):
        return _work(world, found[2], shared=found[1] != "short-video")
    if found := _PROFILE.fullmatch(request.path):
        entry = world.by_id.get(f"kuaishou:{found[1]}")
        return html_reply(pages.notice_page("用户不存在")) if entry is None else _profile(entry)
    return html_reply(pages.notice_page("页面走丢了"), 404)


def _profile(entry: WorldAccount) -> Reply:
    state = entry.traits.get("state", "")
    if entry.wall is Wall.LAYOUT_CHANGED:
        return html_reply(pages.quiet_page(entry))
    if state == "check_page":
        return html_reply(pages.notice_page("请完成安全验证后继续访问"))
    return html_reply(pages.profile_page(entry, way=entry.traits.get("way", "rest"), modal=int(state == "modal")))


def _interface(world: World, request: Request) -> Reply:
    asked = request.json() if request.method == "POST" and request.body else {}
    asked = asked if isinstance(asked, dict) else {}
    variables = asked.get("variables", asked)
    user = variables.get("user_id") or variables.get("userId") or request.query.get("user_id", "")
    operation = str(asked.get("operationName", ""))
    if operation == "userInfoQuery":
        return json_reply({"data": {"userInfo": {"id": None, "name": None}}})
    entry = world.by_id.get(f"kuaishou:{user}")
    if request.method == "POST" and "kww" not in request.headers:
        return json_reply(_wrapped(operation, {"result": 50}))
    if entry is None:
        return json_reply(_wrapped(operation, {"result": 24, "error_msg": "用户不存在"}))
    if request.path == "/rest/v/profile/get" or operation == "visionProfile":
        return json_reply(_wrapped(operation, works.card(world, entry)))
    refused = _refused(entry)
    if refused is not None:
        return refused if isinstance(refused, Reply) else json_reply(_wrapped(operation, refused))
    return json_reply(_wrapped(operation, works.feed(world, entry, str(variables.get("pcursor", "")))))


def _wrapped(operation: str, value: dict[str, Any]) -> dict[str, Any]:
    return works.in_graphql(operation, value) if operation else value


def _refused(entry: WorldAccount) -> dict[str, Any] | Reply | None:
    match entry.wall:
        case Wall.RATE_LIMITED:
            return {"result": 2}
        case Wall.LOGIN:
            return {"result": 109}
        case Wall.VERIFY:
            return {"result": 2001, "url": _CAPTCHA}
    match entry.traits.get("state", ""):
        case "result_50":
            return {"result": 50}
        case "captcha_400002":
            return {"result": 400002, "url": _CAPTCHA}
        case "empty_body":
            return Reply(200, {"Content-Type": "application/json"}, b"")
        case "empty_list":
            return {"result": 1, "pcursor": works.NO_MORE, "feeds": []}
    return None


def _live(world: World, request: Request) -> Reply:
    """The site for live rooms, which lists the same works in a shape of its own."""
    entry = world.by_id.get(f"kuaishou:{request.query.get('principalId', '')}")
    if entry is None:
        return json_reply({"data": {"result": 2, "list": [], "pcursor": ""}})
    page = works.feed(world, entry, request.query.get("pcursor", ""))
    listed = [{**feed["photo"], "poster": feed["photo"]["coverUrl"], "author": feed["author"]} for feed in page["feeds"]
              if feed["photo"]]  # fmt: skip
    return json_reply({"data": {"result": 1, "list": listed, "pcursor": page["pcursor"], "live": None}})


def _work(world: World, key: str, *, shared: bool) -> Reply:
    for entry in world.of_platform("kuaishou"):
        for post in works.shown_posts(world, entry):
            if post.key == key and post.traits.get("state") != "removed":
                return html_reply(pages.share_page(entry, post) if shared else pages.work_page(entry, post))
    return html_reply(pages.notice_page("该作品已被删除"))
