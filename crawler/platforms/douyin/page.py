"""What one reply of Douyin says. Pure: bytes in, reading out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from crawler.feeds import looks_like_feed, parse_feed
from crawler.parsing.markup import by_id, decode, tree
from crawler.parsing.payload import integer, items, json_after, json_text, json_value, mapping, objects, string
from crawler.platforms.douyin.walls import EMPTY_BODY, address_wall, html_wall, json_wall, removal, text_wall
from crawler.platforms.douyin.work import is_cancelled, key_of_work, profile_of, read_work, unwrapped, writer_of
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading

_LISTS = ("aweme_list", "awemeList", "item_list", "itemList")
_DETAILS = ("aweme_detail", "awemeDetail", "videoDetail", "aweme_details")
_STATES = (re.compile(r"_ROUTER_DATA\s*=\s*"), re.compile(r"_SSR_DATA\s*=\s*"), re.compile(r"SSR_RENDER_DATA\s*=\s*"))
_WORK_PATH = re.compile(r"/(?:video|note|slides)/(\d{6,})")
#: A piece of a page that is sent in pieces: a JSON string without its quotes.
_PIECE = re.compile(r"__pace_f\.push\(\[1,\s*\"((?:[^\"\\]|\\.)*)\"\]\)")
#: So deep lie works in the state of a page.
_DEPTH = 9
Reply = Mapping[str, Any]


def key_of(url: str) -> str:
    """The number of the work that an address of Douyin names; empty where it names none."""
    parts = urlsplit(url)
    if not (parts.hostname or "").endswith(("douyin.com", "iesdouyin.com")):
        return ""
    found = _WORK_PATH.search(parts.path)
    query = parse_qs(parts.query)
    named = next((word for name in ("modal_id", "aweme_id") for word in query.get(name, ()) if word.isdigit()), "")
    return found[1] if found else named


def read(body: bytes, url: str, fetched_at: datetime, *, status: int = 200, content_type: str = "") -> Reading:
    """Read a listing, a profile, one work (reply or page), a wall, or a refusal of Douyin."""
    if looks_like_feed(body):
        return parse_feed(body, url, fetched_at, status=status)
    if (wall := address_wall(url)) is not None:
        return _refused(wall)
    if status in (403, 429):
        return Reading(outcome=Outcome.RATE_LIMITED, detail=f"平台限制访问（HTTP {status}）；下一轮再检")
    if not body.strip():
        return _refused(EMPTY_BODY)
    if (wall := text_wall(body)) is not None:
        return _refused(wall)
    reply = json_value(body)
    if isinstance(reply, Mapping):
        return _read_json(reply, url)
    if isinstance(reply, list):
        return _read_json({"status_code": 0, "aweme_list": reply}, url)
    return _read_html(decode(body, content_type), url, status)


def _read_json(reply: Reply, url: str) -> Reading:
    if "comments" in reply or "/comment/" in urlsplit(url).path:
        return Reading(outcome=Outcome.OK, kind=PostKind.NONE, detail="评论数据：不读取也不保存")
    if (wall := json_wall(reply)) is not None:
        return _refused(wall)
    if not any(name in reply for name in (*_LISTS, *_DETAILS, "user", "aweme_id", "awemeId")):
        inner = reply.get("data")
        if isinstance(inner, Mapping):
            return _read_json({"status_code": 0, **inner}, url)
        if isinstance(inner, list):
            return _read_json({**reply, "aweme_list": inner, "data": None}, url)
    for name in _DETAILS:
        if name in reply:
            return _detail(reply, name)
    for name in _LISTS:
        if name in reply:
            return _listing(reply, reply[name], url)
    if "user" in reply or "user_info" in reply:
        return _profile(mapping(reply, "user") or mapping(reply, "user_info"))
    if key_of_work(reply):
        return _single(read_work(reply))
    if "status_code" in reply:  # a success of another interface
        return Reading(outcome=Outcome.OK, kind=PostKind.NONE, detail="抖音的其他数据：与作品无关")
    return Reading(outcome=Outcome.LAYOUT_CHANGED, detail="不认识的抖音返回：没有已知的字段")


def _listing(reply: Reply, listed: object, url: str) -> Reading:
    raw = [unwrapped(item) for item in objects(listed)]
    cursor = string(reply, "max_cursor", "maxCursor", "cursor")
    more = reply.get("has_more", reply.get("hasMore")) in (True, 1, "1")
    if not raw:
        return _empty(url, refused=listed is None or more)
    posts: dict[str, RawPost] = {}
    for item in raw:
        post = read_work(item)
        if post is not None:
            posts.setdefault(post.post_key, post)
    if not posts:
        return Reading(outcome=Outcome.LAYOUT_CHANGED, kind=PostKind.LIST, detail="列表条目的结构不认识")
    owner = next(iter(parse_qs(urlsplit(url).query).get("sec_user_id", ())), "")
    writers = [writer_of(item) for item in raw]
    user = next((each for each in writers if owner and string(each, "sec_uid", "secUid") == owner), writers[0])
    profile = profile_of(user)
    return Reading(
        outcome=Outcome.OK,
        kind=PostKind.LIST,
        account=str(profile.get("name", "")),
        account_key=owner or str(profile.get("id", "")),
        posts=tuple(posts.values()),
        profile=profile,
        cursor={"max_cursor": cursor or "-1"} if more else {},
    )


def _empty(url: str, *, refused: bool) -> Reading:
    """An empty first page without a list, or with more announced, is how a request is refused; a later one the end.
    An empty list that claims to be all is only as good as the profile's counter, which the walk consults."""
    asked = next(iter(parse_qs(urlsplit(url).query).get("max_cursor", ())), "0")
    if asked not in ("", "0"):
        return Reading(outcome=Outcome.EMPTY, kind=PostKind.LIST, detail="列表到底")
    if refused:
        detail = "列表首页返回为空：平台未放行该请求，不能判断为没有更新；请人工打开主页核对"
        return Reading(outcome=Outcome.VERIFY_WALL, kind=PostKind.LIST, detail=detail)
    return Reading(outcome=Outcome.EMPTY, kind=PostKind.LIST, detail="列表里没有作品")


def _detail(reply: Reply, name: str) -> Reading:
    found = reply[name]
    item = next(iter(objects(found)), {}) if isinstance(found, list) else mapping(found)
    post = read_work(item)
    if post is not None:
        return _single(post)
    reasons = mapping(reply, "filter_detail") or mapping(reply, "filterDetail")
    return _refused(removal(string(reasons, "filter_reason"), string(reasons, "detail_msg", "notice")))


def _profile(user: Reply) -> Reading:
    if "nickname" not in user and not is_cancelled(user):
        detail = "账号资料返回为空：平台未放行该请求；请人工打开主页核对"
        return Reading(outcome=Outcome.VERIFY_WALL, detail=detail)
    closed = is_cancelled(user)
    return Reading(
        outcome=Outcome.CLOSED if closed else Outcome.OK,
        kind=PostKind.PROFILE,
        account=string(user, "nickname"),
        account_key=string(user, "sec_uid", "secUid"),
        profile=profile_of(user),
        total=integer(user, "aweme_count", "awemeCount"),
        detail="平台标记：账号已注销或被封禁" if closed else "",
    )


def _read_html(text: str, url: str, status: int) -> Reading:
    found: dict[str, RawPost] = {}
    refused: list[Reading] = []
    users: list[Reply] = []
    for state in _states(text):
        _search(state, _DEPTH, found, refused, users)
    if (reading := _shown(found, refused, users, key_of(url))) is not None:
        return reading
    if (wall := html_wall(text)) is not None:
        return _refused(wall)
    if status == 404:
        return Reading(outcome=Outcome.DELETED, detail="内容不存在（HTTP 404）")
    if status < 400 and _is_shell(url):
        return Reading(outcome=Outcome.OK, kind=PostKind.NONE, detail="主页外壳：作品由页面脚本另行读取")
    return Reading(outcome=Outcome.LAYOUT_CHANGED, detail=f"不认识的抖音页面（HTTP {status}）")


def _shown(found: dict[str, RawPost], refused: list[Reading], users: list[Reply], key: str) -> Reading | None:
    """What a page's state shows: the work that its address names, why that is not there, or a list of works."""
    if key in found:
        return _single(found[key])
    if refused:
        return refused[0]
    if key:
        return None  # works that the page recommends
    posts = tuple(found.values())
    if len(posts) == 1 and not users:
        return _single(posts[0])
    profile = _profile(users[0]) if users else None
    if not posts:
        return profile
    return Reading(
        outcome=Outcome.OK,
        kind=PostKind.LIST,
        account=profile.account if profile else posts[0].account,
        account_key=profile.account_key if profile else posts[0].account_key,
        posts=posts,
        profile=profile.profile if profile else None,
        total=profile.total if profile else None,
        cursor={"max_cursor": "-1"},  # a page never shows that it shows all
    )


def _states(text: str) -> Iterator[Any]:
    """What the page was built from: JSON in a script, bare, with every character escaped for addresses, or in pieces
    that are pushed one after the other (``3:{…}``)."""
    for marker in _STATES:
        if (state := json_after(text, marker)) is not None:
            yield state
    if "RENDER_DATA" in text:
        script = by_id(tree(text), "RENDER_DATA")
        if script is not None:
            yield json_text(unquote(script.text or ""))
    for piece in _PIECE.finditer(text):
        pushed = json_text(f'"{piece[1]}"')
        for line in (pushed if isinstance(pushed, str) else "").splitlines():
            if "aweme" in line.lower() and (state := json_text(line.partition(":")[2])) is not None:
                yield state


def _search(value: object, depth: int, found: dict[str, RawPost], refused: list[Reading], users: list[Reply]) -> None:
    """Collect works, refusals and accounts from a page's state, wherever this year's layout keeps them."""
    if isinstance(value, Mapping):
        if key_of_work(value) and ("desc" in value or "caption" in value):
            post = read_work(value)
            if post is not None:
                found.setdefault(post.post_key, post)
            return
        gone = filter(None, (*objects(value.get("filter_list")), mapping(value, "filter_detail")))
        refused.extend(
            _refused(removal(string(each, "filter_reason"), string(each, "detail_msg", "notice"))) for each in gone
        )
        if "nickname" in value and ("aweme_count" in value or "awemeCount" in value):
            users.append(value)
    if depth:
        for member in items(value):
            if isinstance(member, (Mapping, list)):
                _search(member, depth - 1, found, refused, users)


def _is_shell(url: str) -> bool:
    parts = urlsplit(url)
    return (parts.hostname or "").endswith("douyin.com") and parts.path.startswith(("/user/", "/share/user/"))


def _single(post: RawPost | None) -> Reading:
    if post is None:
        return Reading(outcome=Outcome.LAYOUT_CHANGED, detail="作品的结构不认识")
    return Reading.of(post)


def _refused(wall: tuple[Outcome, str]) -> Reading:
    return Reading(outcome=wall[0], detail=wall[1])
