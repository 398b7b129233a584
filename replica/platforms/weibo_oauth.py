"""Weibo's open interface for the owner of an account: the five latest posts, and the errors of a token.

The token of a credential opens the account whose route names that credential; a credential that holds ``expired`` has
outlived its token. ``Wall.QUOTA`` answers 10023.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from replica.request import Reply, Request, json_reply, text_reply
from replica.weibo_pages.blog import user_of
from replica.weibo_pages.listing import shown_posts
from replica.weibo_pages.numbers import full_date
from replica.weibo_pages.text import is_cut, plain, short_link
from replica.world import Wall, World, WorldAccount, WorldPost

HOSTS = ("api.weibo.com",)
#: An ordinary application receives no more than this.
LATEST = 5


def answer(world: World, request: Request) -> Reply:
    """The answer of the interface. Errors carry their number and a status of 400 or 403."""
    if request.path == "/robots.txt":
        return text_reply("User-agent: *\nAllow: /\n")
    call = _CALLS.get(request.path)
    if call is None:
        return _error(request, 10021, "HTTP METHOD is not suported for this request", 404)
    token = request.query.get("access_token", "") or request.form().get("access_token", "")
    if not token:
        return _error(request, 10006, "source paramter(appkey) is missing")
    name = next((name for name, values in world.credentials.items() if values.get("access_token") == token), None)
    entry = _holder(world, name)
    if name is None or entry is None:
        return _error(request, 21332, "invalid_access_token")
    if world.credentials[name].get("expired"):
        return _error(request, 21327, "expired_token")
    if entry.wall is Wall.QUOTA and call is not _limits:
        return _error(request, 10023, "User requests out of rate limit!", 403)
    return call(world, entry, request)


def _holder(world: World, credential: str | None) -> WorldAccount | None:
    for entry in world.of_platform("weibo"):
        if any(route.credential == credential for route in entry.account.routes):
            return entry
    return None


def _timeline(world: World, entry: WorldAccount, request: Request) -> Reply:
    if request.query.get("uid", entry.account.key) != entry.account.key:
        return _error(request, 21335, "request uid's value must be the current user")
    posts = shown_posts(world, entry)
    since = request.query.get("since_id", "0")
    newer = [post for post in posts[:LATEST] if not since.isdigit() or int(post.key) > int(since)]
    return json_reply(
        {
            "statuses": [_status(entry, post, len(posts)) for post in newer],
            "hasvisible": False,
            "previous_cursor": 0,
            "next_cursor": 0,
            "total_number": len(posts),
            "interval": 0,
        }
    )


def _show(world: World, entry: WorldAccount, request: Request) -> Reply:
    """One post of the holder, with its whole text where that is asked for."""
    posts = shown_posts(world, entry)
    found = next((post for post in posts if post.key == request.query.get("id", "")), None)
    if found is None:
        return _error(request, 20101, "target weibo does not exist!")
    status = _status(entry, found, len(posts))
    if request.query.get("isGetLongText") == "1" and is_cut(found):
        status["longText"] = {"content": plain(found), "url_objects": []}
    return json_reply(status)


def _user(world: World, entry: WorldAccount, request: Request) -> Reply:
    return json_reply(user_of(entry, len(shown_posts(world, entry))) | _api_user(entry))


def _limits(world: World, entry: WorldAccount, request: Request) -> Reply:
    return json_reply(
        {
            "ip_limit": 1000,
            "limit_time_unit": "HOURS",
            "remaining_ip_hits": 990,
            "remaining_user_hits": 140,
            "reset_time": "2026-06-18 23:00:00",
            "reset_time_in_seconds": 3600,
            "user_limit": 150,
            "api_rate_limits": [],
        }
    )


def _api_user(entry: WorldAccount) -> dict[str, Any]:
    return {"idstr": entry.account.key, "followers_count": entry.followers, "location": "云江 柳溪"}


def _status(entry: WorldAccount, post: WorldPost, statuses: int) -> dict[str, Any]:
    """A post in the interface's own form: plain text with short links, thumbnails only."""
    text = plain(post)
    for words, url in post.links:
        text = text.replace(words, f"{words} {short_link(url)}", 1)
    pictures = [image.replace("/large/", "/thumbnail/") for image in post.images]
    status: dict[str, Any] = {
        "visible": {"type": 0, "list_id": 0},
        "created_at": full_date(post.published_at),
        "id": int(post.key),
        "idstr": post.key,
        "mid": post.key,
        "text": text[:140] + f"...全文： {short_link('https://m.weibo.cn/' + post.key)}" if is_cut(post) else text,
        "textLength": len(text) * 2,
        "source": '<a href="https://weibo.com/" rel="nofollow">微博 weibo.com</a>',
        "favorited": False,
        "truncated": False,
        "isLongText": is_cut(post),
        "pic_urls": [{"thumbnail_pic": picture} for picture in pictures],
        "geo": None,
        "user": user_of(entry, statuses) | _api_user(entry),
        "reposts_count": 0,
        "comments_count": 0,
        "attitudes_count": 0,
    }
    if pictures:
        status |= {"thumbnail_pic": pictures[0], "original_pic": post.images[0]}
    return status


def _error(request: Request, number: int, message: str, status: int = 400) -> Reply:
    return json_reply({"error": message, "error_code": number, "request": request.path}, status)


def _token(world: World, entry: WorldAccount, request: Request) -> Reply:
    """How long the token lasts: what the credential's ``expires_at`` (ISO 8601) says, else five years."""
    token = request.form().get("access_token", "")
    values = next((each for each in world.credentials.values() if each.get("access_token") == token), {})
    until = values.get("expires_at", "")
    left = int((datetime.fromisoformat(until) - world.now).total_seconds()) if until else 157_679_999
    made = int(world.now.timestamp()) - 86_400
    return json_reply(
        {"uid": int(entry.account.key), "appkey": "1000000001", "scope": "", "create_at": made, "expire_in": left}
    )


_CALLS: Mapping[str, Callable[[World, WorldAccount, Request], Reply]] = {
    "/2/statuses/user_timeline.json": _timeline,
    "/2/statuses/show.json": _show,
    "/2/users/show.json": _user,
    "/2/account/rate_limit_status.json": _limits,
    "/oauth2/get_token_info": _token,
}
