"""Toutiao. The list answers only what the profile page itself asks for; anything else gets an empty success.

The trait ``token`` of an account is the one in its address. ``Wall.VERIFY`` shows the page that wants a script run,
``LOGIN`` sends to the login, ``RATE_LIMITED`` answers 403. The trait ``state`` chooses a finer trap: ``legacy`` (items
as JSON inside text), ``modal`` (the login dialogue after the first page), ``empty_success``, ``empty_body``, ``error``,
``slider``. Trait ``state`` of a post: ``deleted`` (the list marks it), ``removed`` (the list does not know yet).
"""

from __future__ import annotations

import re

from replica.request import Reply, Request, html_reply, json_reply, redirect, text_reply
from replica.toutiao_pages.feed import as_text, feed, path_of, refused, shown_posts
from replica.toutiao_pages.pages import SLIDER, challenge_page, item_page, profile_page, signature
from replica.toutiao_pages.text import body_html
from replica.world import Wall, World, WorldAccount, WorldPost

HOSTS = ("www.toutiao.com", "toutiao.com", "m.toutiao.com", "sso.toutiao.com")

_PROFILE = re.compile(r"/c/user/token/([\w-]+)/?")
_OLD_PROFILE = re.compile(r"/c/user/(\d+)/?")
_ITEM = re.compile(r"/(?:article|w|video)/(\d+)/?")
_OLD_ITEM = re.compile(r"/(?:item/|[ai])(\d+)/?")
_INFO = re.compile(r"/i(\d+)/info/")


def answer(world: World, request: Request) -> Reply:
    """A page, the list, or the platform's own 404."""
    if request.path == "/robots.txt":
        return text_reply("User-agent: *\nAllow: /\n")
    if request.path == "/api/pc/list/feed":
        return _feed(world, request)
    if found := _PROFILE.fullmatch(request.path):
        entry = _by_token(world, found[1])
        return _gone() if entry is None else _walled(entry) or _profile(entry, found[1])
    if found := _OLD_PROFILE.fullmatch(request.path):
        entry = world.by_id.get(f"toutiao:{found[1]}")
        return _gone() if entry is None else redirect(f"https://www.toutiao.com/c/user/token/{token_of(entry)}/")
    return _item(world, request)


def token_of(entry: WorldAccount) -> str:
    """The token under which the account's page lies."""
    return entry.traits.get("token", f"MS4wLjABAAAA{entry.account.key}")


def _feed(world: World, request: Request) -> Reply:
    token, before = request.query.get("token", ""), request.query.get("max_behot_time", "0")
    entry = _by_token(world, token)
    signed = before.isdigit() and request.query.get("a_bogus") == signature(token, before)
    if entry is None or not signed or entry.wall is not Wall.NONE:
        return json_reply(refused())
    match entry.traits.get("state", ""):
        case "empty_success":
            return json_reply(refused())
        case "empty_body":
            return Reply(200, {"Content-Type": "application/json"}, b"")
        case "error":
            return json_reply({"message": "error", "has_more": False, "data": []})
        case "legacy":
            return json_reply(as_text(feed(world, entry, int(before))))
    return json_reply(feed(world, entry, int(before)))


def _profile(entry: WorldAccount, token: str) -> Reply:
    state = entry.traits.get("state", "")
    return html_reply(SLIDER if state == "slider" else profile_page(entry, token, modal=int(state == "modal")))


def _item(world: World, request: Request) -> Reply:
    if found := _INFO.fullmatch(request.path):
        located = _find(world, found[1])
        return json_reply({"success": False, "_ck": {}}) if located is None else _info(*located)
    if found := _ITEM.fullmatch(request.path):
        located = _find(world, found[1])
        if located is None or located[1].traits.get("state") == "removed":
            return _gone()
        entry, post = located
        return _walled(entry) or html_reply(item_page(entry, post))
    if found := _OLD_ITEM.fullmatch(request.path):
        located = _find(world, found[1])
        return _gone() if located is None else redirect(f"https://www.toutiao.com{path_of(located[1])}")
    return _gone()


def _info(entry: WorldAccount, post: WorldPost) -> Reply:
    """The mobile mirror's JSON."""
    data = {
        "title": post.title,
        "content": body_html(post),
        "publish_time": int(post.published_at.timestamp()),
        "source": entry.account.name,
        "media_user": {"screen_name": entry.account.name, "id": entry.account.key},
        "url": f"https://www.toutiao.com{path_of(post)}",
        "is_original": bool(post.original),
        "comment_count": 0,
        "digg_count": 0,
    }
    return json_reply({"success": True, "data": data})


def _by_token(world: World, token: str) -> WorldAccount | None:
    return next((entry for entry in world.of_platform("toutiao") if token_of(entry) == token), None)


def _find(world: World, key: str) -> tuple[WorldAccount, WorldPost] | None:
    for entry in world.of_platform("toutiao"):
        for post in shown_posts(world, entry):
            if post.key == key:
                return entry, post
    return None


def _walled(entry: WorldAccount) -> Reply | None:
    match entry.wall:
        case Wall.VERIFY:
            return html_reply(challenge_page(token_of(entry)), headers={"Set-Cookie": "__ac_nonce=0; Path=/"})
        case Wall.LOGIN:
            return redirect("https://sso.toutiao.com/login/?service=https%3A%2F%2Fwww.toutiao.com%2F")
        case Wall.RATE_LIMITED:
            return html_reply("<html><body></body></html>", 403)
        case Wall.LAYOUT_CHANGED:
            return html_reply('<html><body><div id="next-app"></div></body></html>')
    return None


def _gone() -> Reply:
    page = '<html><head><meta charset="utf-8"></head><body><p>抱歉，你访问的内容不存在</p></body></html>'
    return html_reply(page, 404)
