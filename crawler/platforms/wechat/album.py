"""Albums (合集) and other listings of mp.weixin.qq.com, as JSON and as a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crawler.parsing.addresses import canonical_address, key_of_address
from crawler.parsing.dates import from_epoch, relative_date
from crawler.parsing.markup import by_class, inner_text
from crawler.parsing.payload import integer, json_text, mapping, objects, string
from crawler.platforms.wechat.errors import of_public
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading

_KINDS = {
    0: PostKind.ARTICLE,
    5: PostKind.VIDEO,
    6: PostKind.AUDIO,
    7: PostKind.AUDIO,
    8: PostKind.PICTURE,
    10: PostKind.TEXT,
    11: PostKind.SHARE_CARD,
    16: PostKind.VIDEO,
    17: PostKind.PICTURE,
}
_DIGITS = re.compile(r"\d+")


def read_album(data: Mapping[str, Any]) -> Reading:
    """``getalbum`` as JSON. ``article_list`` is an array, one object, or missing; nearly all scalars are strings."""
    code = integer(mapping(data, "base_resp"), "ret")
    if code:
        return of_public(code, string(mapping(data, "base_resp"), "errmsg", "err_msg"))
    reply = mapping(data, "getalbum_resp")
    info = mapping(reply, "base_info")
    account, account_key = string(info, "nickname"), string(info, "username")
    listed = reply.get("article_list")
    members = [listed] if isinstance(listed, Mapping) and ("title" in listed or "msgid" in listed) else objects(listed)
    posts = tuple(_member(item, account, account_key) for item in members)
    cursor = {}
    if posts and string(reply, "continue_flag") == "1":
        mid, _, index = posts[-1].post_key.partition("_")
        cursor = {"begin_msgid": mid, "begin_itemidx": index}
    profile = {"album": string(info, "title"), "description": string(info, "description")}
    return Reading(
        outcome=Outcome.OK if posts else Outcome.EMPTY,
        kind=PostKind.LIST,
        account=account,
        account_key=account_key,
        posts=posts,
        profile={name: value for name, value in profile.items() if value},
        cursor=cursor,
        total=integer(info, "article_count"),
        detail="" if posts else "合集里没有文章",
    )


def _member(item: Mapping[str, Any], account: str, account_key: str) -> RawPost:
    url = canonical_address(string(item, "url"))
    mid, index = string(item, "msgid"), string(item, "itemidx")
    return RawPost(
        kind=_KINDS.get(integer(item, "item_show_type") or 0, PostKind.ARTICLE),
        account=account,
        account_key=account_key,
        post_key=f"{mid}_{index or 1}" if mid else key_of_address(url) or string(item, "key"),
        url=url,
        title=" ".join(string(item, "title").split()),
        published_at=from_epoch(integer(item, "create_time")),
        truncated=True,
    )


def is_album_page(root: Any) -> bool:
    """True for the album as a page."""
    return by_class(root, "album__author-name", "album__label-title", "js_album_list") is not None or bool(
        root.xpath("//li[@data-link and @data-title]")
    )


def read_album_page(root: Any, fetched_at: datetime) -> Reading:
    """The album as a page: its first articles only (the rest comes by JSON)."""
    name, title = by_class(root, "album__author-name"), by_class(root, "album__label-title")
    posts = []
    for item in root.xpath("//li[@data-link and @data-title]"):
        url = canonical_address(item.get("data-link") or "")
        mid, index = item.get("data-msgid") or "", item.get("data-itemidx") or "1"
        shown = by_class(item, "js_article_create_time")
        text = inner_text(shown) if shown is not None else ""
        digits = _DIGITS.fullmatch(text)
        posts.append(
            RawPost(
                kind=PostKind.ARTICLE,
                post_key=key_of_address(url) or (f"{mid}_{index}" if mid else ""),
                url=url,
                title=" ".join((item.get("data-title") or "").split()),
                published_at=from_epoch(int(text)) if digits else relative_date(text, fetched_at) if text else None,
                truncated=True,
            )
        )
    return Reading(
        outcome=Outcome.OK if posts else Outcome.EMPTY,
        kind=PostKind.LIST,
        account=inner_text(name) if name is not None else "",
        posts=tuple(posts),
        profile={"album": inner_text(title)} if title is not None else None,
        detail="" if posts else "合集里没有文章",
    )


def read_history(data: Mapping[str, Any]) -> Reading:
    """``profile_ext`` (needs a client's session) and the owner's ``appmsgpublish``, as far as they were saved.

    Without a session the former answers with an empty list that looks like success: that is a wall.
    """
    status = mapping(data, "base_resp")
    code = integer(status, "ret") if status else integer(data, "ret")
    if code:
        return of_public(code, string(status or data, "errmsg", "err_msg"))
    if isinstance(data.get("publish_page"), str):
        return _published(mapping(json_text(data["publish_page"])))
    if isinstance(data.get("general_msg_list"), str):
        return _sent(mapping(json_text(data["general_msg_list"])), data)
    return Reading(
        outcome=Outcome.LOGIN_WALL, detail="历史消息接口没有给出列表（无会话时它返回空表），不能据此判断账号没有更新"
    )


def read_template(data: Mapping[str, Any]) -> Reading:
    """The lists that older accounts still have: a page template (``mp/homepage``) and the owner's ``list_ex``."""
    status = mapping(data, "base_resp")
    code = integer(status, "ret") if status else integer(data, "ret")
    if code:
        return of_public(code, string(status or data, "errmsg", "err_msg"))
    posts = [
        _listed(item, string(item, "aid"), string(item, "link"), from_epoch(integer(item, "sendtime")), False)
        for item in (*objects(data.get("appmsg_list")), *objects(data.get("app_msg_list")))
    ]
    return _list(posts, integer(data, "app_msg_cnt"))


def _published(page: Mapping[str, Any]) -> Reading:
    posts: list[RawPost] = []
    for entry in objects(page.get("publish_list")):
        info = mapping(json_text(entry["publish_info"])) if isinstance(entry.get("publish_info"), str) else {}
        sent_at = from_epoch(integer(mapping(info, "sent_info"), "time"))
        posts.extend(
            _listed(item, string(item, "aid"), string(item, "link"), sent_at, item.get("is_deleted") is True)
            for item in objects(info.get("appmsgex"))
        )
    return _list(posts, integer(page, "total_count"))


def _sent(page: Mapping[str, Any], data: Mapping[str, Any]) -> Reading:
    posts = []
    for entry in objects(page.get("list")):
        sent_at = from_epoch(integer(mapping(entry, "comm_msg_info"), "datetime"))
        first = mapping(entry, "app_msg_ext_info")
        for item in (first, *objects(first.get("multi_app_msg_item_list"))):
            if item:
                gone = integer(item, "del_flag") == 4
                posts.append(_listed(item, "", string(item, "content_url"), sent_at, gone))
    more = integer(data, "can_msg_continue") == 1
    return _list(posts, None, {"offset": string(data, "next_offset")} if more else {})


def _listed(item: Mapping[str, Any], key: str, link: str, sent_at: datetime | None, gone: bool) -> RawPost:
    url = canonical_address(link)
    return RawPost(
        outcome=Outcome.DELETED if gone else Outcome.OK,
        kind=_KINDS.get(integer(item, "item_show_type") or 0, PostKind.ARTICLE),
        post_key=key_of_address(url) or key,
        url=url,
        title=" ".join(string(item, "title").split()),
        published_at=sent_at or from_epoch(integer(item, "create_time")),
        truncated=True,
    )


def _list(posts: list[RawPost], total: int | None, cursor: Mapping[str, str] | None = None) -> Reading:
    return Reading(
        outcome=Outcome.OK if posts else Outcome.EMPTY,
        kind=PostKind.LIST,
        posts=tuple(posts),
        cursor=cursor or {},
        total=total,
        detail="" if posts else "列表里没有文章",
    )
