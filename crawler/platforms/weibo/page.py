"""What one reply of Weibo says. Pure: bytes in, reading out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawler.feeds import looks_like_feed, parse_feed
from crawler.parsing.dates import from_epoch, relative_date
from crawler.parsing.markup import decode, pictures, tree
from crawler.parsing.payload import integer, json_after, json_value, mapping, objects, string
from crawler.platforms.weibo.blog import read_blog
from crawler.platforms.weibo.ids import key_of
from crawler.platforms.weibo.listing import read_cards, read_statuses
from crawler.platforms.weibo.profile import read_profile
from crawler.platforms.weibo.text import from_markup, from_plain
from crawler.platforms.weibo.walls import address_wall, article_wall, html_wall, json_wall, status_wall
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading

_RENDER_DATA = re.compile(r"\$render_data\s*=\s*")
Reply = Mapping[str, Any]


def read(body: bytes, url: str, fetched_at: datetime, *, status: int = 200, content_type: str = "") -> Reading:
    """Read a profile, listing, post, long text, wall or error of the mobile site, the desktop site or the open API."""
    if looks_like_feed(body):
        return parse_feed(body, url, fetched_at, status=status)
    if (wall := address_wall(url)) is not None:
        return _refused(*wall)
    reply = json_value(body)
    if isinstance(reply, list) and any(_is_blog(each) for each in objects(reply)):  # posts without any frame
        return read_statuses([each for each in objects(reply) if _is_blog(each)], url, fetched_at, since="", total=None)
    if isinstance(reply, Mapping):
        if (wall := json_wall(reply)) is not None:
            return _refused(*wall)
        if status < 400:
            return _read_reply(reply, url, fetched_at)
    if (wall := status_wall(status)) is not None:
        return _refused(*wall)
    if not body.strip():
        return _refused(Outcome.VERIFY_WALL, "返回空内容：没有访客身份或被判为机器")
    text = decode(body, content_type)
    rendered = json_after(text, _RENDER_DATA)
    for page in objects(rendered):
        if blog := mapping(page, "status"):
            return Reading.of(read_blog(blog, fetched_at, whole=True))
    if (wall := html_wall(text)) is not None:
        return _refused(*wall)
    if _is_shell(url):
        return Reading(outcome=Outcome.OK, kind=PostKind.NONE, detail="页面外壳：微博由页面脚本另行读取")
    return _refused(Outcome.LAYOUT_CHANGED, f"不认识的微博返回（HTTP {status}）")


def _is_shell(url: str) -> bool:
    """True for the pages of the desktop site, which hold nothing until their script has run."""
    parts = urlsplit(url)
    return parts.hostname in ("weibo.com", "www.weibo.com") and not parts.path.startswith("/ajax/")


def _read_reply(reply: Reply, url: str, fetched_at: datetime) -> Reading:
    data = mapping(reply, "data")
    for shape in _SHAPES:
        if (reading := shape(reply, data, url, fetched_at)) is not None:
            return reading
    return _refused(Outcome.LAYOUT_CHANGED, "不认识的微博返回：没有已知的字段")


def _cards(_reply: Reply, data: Reply, url: str, fetched_at: datetime) -> Reading | None:
    if "cards" not in data or (not data.get("cards") and "userInfo" in data):
        return None
    return read_cards(data, url, fetched_at)


def _mobile_profile(_reply: Reply, data: Reply, _url: str, _at: datetime) -> Reading | None:
    user = mapping(data, "userInfo") or ({} if "text" in data else mapping(data, "user"))
    return read_profile(user, mapping(data, "tabsInfo").get("tabs")) if "screen_name" in user else None


def _desktop_list(_reply: Reply, data: Reply, url: str, fetched_at: datetime) -> Reading | None:
    if "list" not in data:
        return None
    return read_statuses(data["list"], url, fetched_at, since=string(data, "since_id"), total=integer(data, "total"))


def _api_list(reply: Reply, _data: Reply, url: str, fetched_at: datetime) -> Reading | None:
    if not isinstance(reply.get("statuses"), list):
        return None
    reading = read_statuses(reply["statuses"], url, fetched_at, since="", total=integer(reply, "total_number"))
    writer = next((mapping(status, "user") for status in objects(reply["statuses"])), {})
    if reading.profile is None and "screen_name" in writer:  # the open API lists the authorising account's own posts
        reading = replace(reading, profile=read_profile(writer).profile)
    return reading


def _long_text(reply: Reply, data: Reply, url: str, _at: datetime) -> Reading | None:
    if "longTextContent" not in data:
        if not data and reply.get("ok") == 1 and "longtext" in urlsplit(url).path:
            return Reading(outcome=Outcome.EMPTY, detail="不是长微博，没有更多正文")
        return None
    content = string(data, "longTextContent")
    plain = "url_struct" in data or "http_code" in reply
    read_text = from_plain(content, data.get("url_struct")) if plain else from_markup(content)
    query = parse_qs(urlsplit(url).query)
    key = key_of(url) or next((word for word in query.get("id", ()) if word.isdigit()), "")
    post = RawPost(kind=PostKind.TEXT, post_key=key, url=url, text=read_text.text, links=read_text.links)
    return Reading.of(post)


def _single_blog(reply: Reply, data: Reply, _url: str, fetched_at: datetime) -> Reading | None:
    for blog in (data, reply):
        if _is_blog(blog) and "rootid" not in blog:
            return Reading.of(read_blog(blog, fetched_at, whole=True))
    return None


def _api_user(reply: Reply, _data: Reply, _url: str, _at: datetime) -> Reading | None:
    return read_profile(reply) if "screen_name" in reply and "followers_count" in reply else None


def _headline_article(reply: Reply, data: Reply, url: str, fetched_at: datetime) -> Reading | None:
    if "/article/" not in urlsplit(url).path and ("code" not in reply or "content" not in data):
        return None
    if (wall := article_wall(reply)) is not None:
        return _refused(*wall)
    if "content" not in data or "title" not in data:
        return None
    content = string(data, "content")
    body = from_markup(content)
    original = integer(data, "is_original")
    author = mapping(data, "userinfo")
    written = string(data, "create_at")
    post = RawPost(
        kind=PostKind.ARTICLE,
        account=string(author, "screen_name"),
        account_key=string(author, "uid", "id"),
        post_key=next(iter(parse_qs(urlsplit(url).query).get("id", ())), ""),
        url=url,
        title=string(data, "title"),
        text=body.text,
        published_at=from_epoch(integer(data, "create_at_unix", "create_at")) or relative_date(written, fetched_at),
        original=None if original is None else original == 1,
        images=pictures(tree(content), "https://card.weibo.com/"),
        links=body.links,
    )
    return Reading.of(post)


def _is_blog(blog: Reply) -> bool:
    return ("mid" in blog or "idstr" in blog) and ("text" in blog or "text_raw" in blog)


def _bare_blogs(reply: Reply, _data: Reply, url: str, fetched_at: datetime) -> Reading | None:
    """Posts by name, without the frame of any interface (how people keep single ones)."""
    blogs = [value for value in reply.values() if isinstance(value, Mapping)]
    if not blogs or not all(map(_is_blog, blogs)):
        return None
    return read_statuses(blogs, url, fetched_at, since="", total=None)


def _comments(reply: Reply, data: Reply, url: str, _at: datetime) -> Reading | None:
    """Replies of readers are recognised so that they are never taken for posts, and never kept."""
    listed = reply.get("data")
    members = (*objects(data.get("data")), *objects(listed if isinstance(listed, list) else ()))
    if (
        "/comments/" in url
        or isinstance(reply.get("comments"), list)
        or "trendsText" in reply
        or "max_id_type" in data
        or any("rootid" in member or "like_counts" in member or "floor_number" in member for member in members)
    ):
        return Reading(outcome=Outcome.OK, kind=PostKind.NONE, detail="评论数据：不读取也不保存")
    if "data" in data and ("total_number" in data or "hot_data" in data):
        return Reading(outcome=Outcome.OK, kind=PostKind.NONE, detail="评论或转发数据：不读取也不保存")
    return None


def _token(reply: Reply, _data: Reply, _url: str, _at: datetime) -> Reading | None:
    if "access_token" not in reply and not ("appkey" in reply and "expire_in" in reply):
        return None
    return Reading(outcome=Outcome.OK, kind=PostKind.NONE, detail="接口令牌")


def _details(_reply: Reply, data: Reply, _url: str, _at: datetime) -> Reading | None:
    """``ajax/profile/detail``: the account's own description, without its name."""
    if "sunshine_credit" not in data and "desc_text" not in data:
        return None
    names = ("created_at", "description", "location", "ip_location", "desc_text", "verified_url")
    profile = {name: value for name in names if (value := string(data, name))}
    return Reading(outcome=Outcome.OK, kind=PostKind.PROFILE, profile=profile)


def _limits(reply: Reply, _data: Reply, _url: str, fetched_at: datetime) -> Reading | None:
    """``account/rate_limit_status``: when calls are counted from nought again."""
    seconds = integer(reply, "reset_time_in_seconds")
    if seconds is None or "user_limit" not in reply:
        return None
    resets = fetched_at + timedelta(seconds=min(max(seconds, 0), 86_400))
    return Reading(outcome=Outcome.OK, kind=PostKind.NONE, cursor={"resets_at": resets.isoformat()}, detail="接口额度")


def _session(_reply: Reply, data: Reply, _url: str, _at: datetime) -> Reading | None:
    if "login" not in data or "st" not in data:
        return None
    return Reading(
        outcome=Outcome.OK, kind=PostKind.NONE, detail="会话状态：" + ("已登录" if data["login"] else "未登录")
    )


_SHAPES: tuple[Callable[[Reply, Reply, str, datetime], Reading | None], ...] = (
    _comments,
    _cards,
    _mobile_profile,
    _desktop_list,
    _api_list,
    _long_text,
    _headline_article,
    _single_blog,
    _api_user,
    _limits,
    _session,
    _token,
    _details,
    _bare_blogs,
)


def _refused(outcome: Outcome, detail: str) -> Reading:
    return Reading(outcome=outcome, detail=detail)
