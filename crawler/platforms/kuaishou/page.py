"""What one reply of Kuaishou says. Pure: bytes in, reading out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawler.feeds import looks_like_feed, parse_feed
from crawler.parsing.markup import decode
from crawler.parsing.payload import items, json_after, json_value, mapping, objects, string
from crawler.platforms.kuaishou.walls import EMPTY_BODY, address_wall, html_wall, json_wall
from crawler.platforms.kuaishou.work import key_of_work, profile_of, read_work
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading

_STATES = tuple(
    re.compile(rf"\b{name}\s*=\s*")
    for name in ("INIT_STATE", "__APOLLO_STATE__", "__SSR_DATA__", "__INITIAL_STATE__", "pageData")
)
_WORK_PATH = re.compile(r"/(?:short-video|fw/photo|photo|fw/long-video)/([\w-]+)")
#: So deep lie works in the state of a page.
_DEPTH = 8
#: The end of a listing, in the platform's words; any other cursor is opaque and stays text.
_NO_MORE = "no_more"
#: What is read of GraphQL; the page asks for much else there.
_OPERATIONS = frozenset(
    ("visionProfilePhotoList", "visionProfile", "visionProfileReduced", "visionVideoDetail", "captcha")
)
Reply = Mapping[str, Any]


def key_of(url: str) -> str:
    """The id of the work that an address of Kuaishou names; empty where it names none."""
    parts = urlsplit(url)
    found = _WORK_PATH.search(parts.path)
    if found:
        return found[1]
    return next(iter(parse_qs(parts.query).get("photoId", ())), "")


def read(body: bytes, url: str, fetched_at: datetime, *, status: int = 200, content_type: str = "") -> Reading:
    """Read a listing, a profile, one work (reply or page), a wall, or a refusal of Kuaishou."""
    if looks_like_feed(body):
        return parse_feed(body, url, fetched_at, status=status)
    if (wall := address_wall(url)) is not None:
        return _refused(wall)
    if status in (403, 429):
        return Reading(outcome=Outcome.RATE_LIMITED, detail=f"平台限制访问（HTTP {status}）；下一轮再检")
    if not body.strip():
        return _refused(EMPTY_BODY)
    reply = json_value(body)
    if isinstance(reply, list) and len(reply) == 1 and isinstance(reply[0], Mapping):  # GraphQL, asked in a batch
        reply = reply[0]
    if isinstance(reply, Mapping):
        return _read_json(reply, url)
    return _read_html(decode(body, content_type), url, status)


def _read_json(reply: Reply, url: str) -> Reading:
    if _is_comments(reply, url):
        return Reading(outcome=Outcome.OK, kind=PostKind.NONE, detail="评论数据：不读取也不保存")
    data = mapping(reply, "data")
    if urlsplit(url).path.rstrip("/") == "/graphql" and data and not _OPERATIONS & data.keys():
        return Reading(outcome=Outcome.OK, kind=PostKind.NONE, detail="快手的其他数据：与作品无关")
    if (wall := json_wall(reply)) is not None:
        return _refused(wall)
    for part in (reply, data, *(value for value in data.values() if isinstance(value, Mapping))):
        if (reading := _part(part, url)) is not None:
            return reading
    if "data" in reply or "result" in reply:
        return Reading(outcome=Outcome.OK, kind=PostKind.NONE, detail="快手的其他数据：与作品无关")
    return Reading(outcome=Outcome.LAYOUT_CHANGED, detail="不认识的快手返回：没有已知的字段")


def _part(part: Reply, url: str) -> Reading | None:
    """What one level of a reply holds, or ``None``."""
    if "feeds" in part:
        return _listing(list(objects(part["feeds"])), string(part, "pcursor"))
    if "list" in part and "pcursor" in part:  # the site for live rooms: works with their author inside
        return _listing([{"photo": each, "author": each.get("author")} for each in objects(part["list"])],
                        string(part, "pcursor"))  # fmt: skip
    if "userProfile" in part:
        return _profile({**mapping(part, "userProfile"), "userDefineId": _handle(part)}, part)
    if string(part, "userName", "user_name") and ("eid" in part or "fans" in part or "userHead" in part):
        return _profile(part, part)
    if "photo" in part and ("author" in part or "status" in part):
        photo = mapping(part, "photo")
        post = read_work(photo, mapping(part, "author"), key="" if key_of_work(photo) else key_of(url))
        if not photo or post is None:
            return Reading(outcome=Outcome.DELETED, detail="平台返回：作品不存在或已删除")
        return Reading.of(post)
    if key_of_work(part):
        post = read_work(part, mapping(part, "author"))
        return None if post is None else Reading.of(post)
    return None


def _handle(part: Reply) -> str:
    return string(part, "userDefineId") or string(mapping(part, "userProfile"), "userDefineId")


def _listing(feeds: list[Reply], cursor: str) -> Reading:
    following = "" if cursor in ("", _NO_MORE) else cursor
    posts: dict[str, RawPost] = {}
    missing = 0
    for feed in feeds:
        post = read_work(mapping(feed, "photo"), mapping(feed, "author"))
        if post is not None:
            posts.setdefault(post.post_key, post)
        missing += not mapping(feed, "photo")
    if not feeds and following:
        detail = "列表返回为空而又称还有更多：平台未放行该请求，不能判断为没有更新"
        return Reading(outcome=Outcome.VERIFY_WALL, kind=PostKind.LIST, detail=detail)
    if not feeds:  # only as good as the profile's counter, which the walk consults
        return Reading(outcome=Outcome.EMPTY, kind=PostKind.LIST, detail="列表里没有作品")
    if not posts and missing < len(feeds):
        return Reading(outcome=Outcome.LAYOUT_CHANGED, kind=PostKind.LIST, detail="列表条目的结构不认识")
    named = next((post for post in posts.values() if post.account), None)
    writer = next((mapping(feed, "author") for feed in feeds if mapping(feed, "author")), {})
    return Reading(
        outcome=Outcome.OK,
        kind=PostKind.LIST,
        account=named.account if named else "",
        account_key=named.account_key if named else "",
        posts=tuple(posts.values()),
        profile=profile_of(writer) or None,
        cursor={"pcursor": following} if following else {},
        detail=f"有 {missing} 条作品平台没有给出内容（已删除或不可见）" if missing else "",
    )


def _profile(user: Reply, part: Reply) -> Reading:
    profile = profile_of(user)
    if "name" not in profile:
        if "userProfile" in part and not mapping(part, "userProfile"):
            detail = "账号资料返回为空：平台未放行该请求，或账号已不存在；请人工打开主页核对"
            return Reading(outcome=Outcome.VERIFY_WALL, detail=detail)
        return Reading(outcome=Outcome.LAYOUT_CHANGED, detail="账号资料的结构不认识")
    statuses = profile.get("statuses")
    return Reading(
        outcome=Outcome.OK,
        kind=PostKind.PROFILE,
        account=str(profile["name"]),
        account_key=str(profile.get("id", "")),
        profile=profile,
        total=statuses if isinstance(statuses, int) else None,
    )


def _is_comments(reply: Reply, url: str) -> bool:
    data = mapping(reply, "data")
    names = ("rootComments", "rootCommentsV2", "visionCommentList", "visionSubCommentList", "comments")
    return (
        "/comment/" in urlsplit(url).path
        or any(name in reply or name in data for name in names)
        or any("rootComments" in value for value in data.values() if isinstance(value, Mapping))
    )


def _read_html(text: str, url: str, status: int) -> Reading:
    key = key_of(url)
    found: dict[str, RawPost] = {}
    for marker in _STATES:
        state = json_after(text, marker)
        author: Reply = next(_authors(state, _DEPTH), {})
        for photo, beside in _photos(state, _DEPTH):
            own = key if key and "id" not in photo and key not in found else ""
            post = read_work(photo, beside or author, key=own)
            if post is not None:
                found.setdefault(post.post_key, post)
    if key in found:
        return Reading.of(found[key])
    if (wall := html_wall(text)) is not None:
        return _refused(wall)
    if found and not key:
        return _shown(tuple(found.values()))
    if status == 404:
        return Reading(outcome=Outcome.DELETED, detail="内容不存在（HTTP 404）")
    if status < 400 and "/profile/" in urlsplit(url).path:
        return Reading(outcome=Outcome.OK, kind=PostKind.NONE, detail="主页外壳：作品由页面脚本另行读取")
    return Reading(outcome=Outcome.LAYOUT_CHANGED, detail=f"不认识的快手页面（HTTP {status}）")


def _shown(posts: tuple[RawPost, ...]) -> Reading:
    """A page whose address names no work: the one it shows, or a list that never shows that it is all."""
    if len(posts) == 1:
        return Reading.of(posts[0])
    return Reading(
        outcome=Outcome.OK,
        kind=PostKind.LIST,
        account=posts[0].account,
        account_key=posts[0].account_key,
        posts=posts,
        cursor={"pcursor": "-1"},
    )


def _photos(value: object, depth: int) -> Iterator[tuple[Reply, Reply]]:
    """Works in a page's state with the author beside them, wherever this year's layout keeps them."""
    if not depth:
        return
    if isinstance(value, Mapping):
        if "caption" in value and ("timestamp" in value or "coverUrl" in value or "coverUrls" in value):
            yield value, mapping(value, "author")
            return
        photo = mapping(value, "photo")
        if "caption" in photo:
            yield photo, mapping(value, "author") or mapping(value, "user")
            return
    for member in items(value):
        if isinstance(member, (Mapping, list)):
            yield from _photos(member, depth - 1)


def _authors(value: object, depth: int) -> Iterator[Reply]:
    """Author objects of a normalised store (``VisionVideoDetailAuthor:…``)."""
    if isinstance(value, Mapping) and depth:
        for name, member in value.items():
            if isinstance(member, Mapping):
                if "Author" in name and "name" in member:
                    yield member
                yield from _authors(member, depth - 1)


def _refused(wall: tuple[Outcome, str]) -> Reading:
    return Reading(outcome=wall[0], detail=wall[1])
