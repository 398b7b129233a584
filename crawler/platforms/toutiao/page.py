"""What one reply of Toutiao says. Pure: bytes in, reading out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawler.feeds import looks_like_feed, parse_feed
from crawler.parsing.markup import decode
from crawler.parsing.payload import json_value, mapping, objects, string
from crawler.platforms.toutiao.document import read_document, read_info
from crawler.platforms.toutiao.item import profile_of, read_item
from crawler.platforms.toutiao.walls import VERIFY, address_wall, html_wall
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading


def read(body: bytes, url: str, fetched_at: datetime, *, status: int = 200, content_type: str = "") -> Reading:
    """Read a feed reply (also the older form), an item page, the mobile mirror's JSON, or a wall."""
    if looks_like_feed(body):
        return parse_feed(body, url, fetched_at, status=status)
    if (wall := address_wall(url)) is not None:
        return Reading(outcome=wall[0], detail=wall[1])
    if not body.strip():
        return Reading(outcome=VERIFY[0], detail="返回空内容：平台要求浏览器验证")
    reply = json_value(body)
    if isinstance(reply, Mapping):
        return _read_json(reply, url, status)
    if status in (403, 429):
        return Reading(outcome=Outcome.RATE_LIMITED, detail=f"平台限制访问（HTTP {status}）；下一轮再检")
    text = decode(body, content_type)
    wall = html_wall(text)
    if wall is not None:
        return Reading(outcome=wall[0], detail=wall[1])
    post = read_document(text, url) if status < 400 else None
    if post is not None:
        return Reading.of(post)
    if status == 404:
        return Reading(outcome=Outcome.DELETED, detail="内容不存在（HTTP 404）")
    if status < 400 and _is_shell(url):
        return Reading(outcome=Outcome.OK, kind=PostKind.NONE, detail="主页外壳：文章由页面脚本另行读取")
    return Reading(outcome=Outcome.LAYOUT_CHANGED, detail=f"不认识的头条页面（HTTP {status}）")


def _read_json(reply: Mapping[str, Any], url: str, status: int) -> Reading:
    if reply.get("success") is False or "_ck" in reply:
        return Reading(outcome=Outcome.DELETED, detail="平台返回：内容不存在或已删除")
    data = reply.get("data")
    if isinstance(data, Mapping) and "content" in data:
        return Reading.of(read_info(data, url))
    if isinstance(data, list) or (data is None and "has_more" in reply):
        return _feed(reply, url)
    if string(reply, "message") not in ("", "success") or status >= 400:
        detail = f"平台拒绝了列表请求（{string(reply, 'message') or f'HTTP {status}'}）"
        return Reading(outcome=Outcome.VERIFY_WALL, detail=detail)
    return Reading(outcome=Outcome.LAYOUT_CHANGED, detail="不认识的头条返回：没有已知的字段")


def _feed(reply: Mapping[str, Any], url: str) -> Reading:
    raw = list(objects(reply.get("data")))
    if string(reply, "message") not in ("", "success"):
        return Reading(outcome=Outcome.VERIFY_WALL, detail=f"平台拒绝了列表请求（{string(reply, 'message')}）")
    if not raw:
        return _empty(url)
    posts: dict[str, RawPost] = {}
    for item in raw:
        post = read_item(item)
        if post is not None:
            posts.setdefault(post.post_key, post)
    if not posts and any("comment" in item or "reply_count" in item for item in raw):
        return Reading(outcome=Outcome.OK, kind=PostKind.NONE, detail="评论数据：不读取也不保存")
    if not posts:
        return Reading(outcome=Outcome.LAYOUT_CHANGED, kind=PostKind.LIST, detail="列表条目的结构不认识")
    following = string(mapping(reply, "next"), "max_behot_time") or string(raw[-1], "behot_time")
    more = reply.get("has_more") is True
    profile = profile_of(raw[0])
    return Reading(
        outcome=Outcome.OK,
        kind=PostKind.LIST,
        account=str(profile.get("name", "")),
        account_key=str(profile.get("id", "")),
        posts=tuple(posts.values()),
        profile=profile,
        cursor={"max_behot_time": following or "-1"} if more else {},
    )


def _empty(url: str) -> Reading:
    """An empty first page is how an unsigned request is refused; an empty later page is the end."""
    asked = parse_qs(urlsplit(url).query).get("max_behot_time", ["0"])[0]
    if asked not in ("", "0"):
        return Reading(outcome=Outcome.EMPTY, kind=PostKind.LIST, detail="列表到底")
    return Reading(
        outcome=Outcome.VERIFY_WALL,
        kind=PostKind.LIST,
        detail="列表首页返回为空：平台未放行该请求，不能判断为没有更新；请人工打开主页核对",
    )


def _is_shell(url: str) -> bool:
    parts = urlsplit(url)
    return (parts.hostname or "").endswith("toutiao.com") and parts.path.startswith("/c/user/")
