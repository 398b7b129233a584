"""What one reply of WeChat says: a page or JSON of mp.weixin.qq.com, a reply of the official API, a feed about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crawler.feeds import looks_like_feed, parse_feed
from crawler.json_feeds import is_json_feed, parse_json_feed
from crawler.parsing.markup import decode, tree
from crawler.parsing.payload import integer, json_value, mapping
from crawler.platforms.wechat.about import is_about, read_about
from crawler.platforms.wechat.album import is_album_page, read_album, read_album_page, read_history, read_template
from crawler.platforms.wechat.article import is_content, read_article
from crawler.platforms.wechat.callback import looks_like_push, read_push
from crawler.platforms.wechat.errors import of_public
from crawler.platforms.wechat.inline import Inline
from crawler.platforms.wechat.notices import is_wall_address, read_notice, wall
from crawler.platforms.wechat.official import read_official
from domain.outcome import Outcome
from domain.post import Reading

_BRIDGE = (b"Looks like something went wrong", b"Powered by RSSHub", b"rsshub")


def read(body: bytes, url: str, fetched_at: datetime, *, status: int = 200, content_type: str = "") -> Reading:
    """Read ``body``, whatever kind of reply it is; ``url`` helps where it is known and may be empty.

    Never raises: a body that is nothing known is ``LAYOUT_CHANGED``.
    """
    if is_wall_address(url):
        return wall()
    head = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        return Reading(outcome=Outcome.LAYOUT_CHANGED, detail="应答是空的；下一轮再试，仍为空请人工打开核对")
    if head[:1] in (b"{", b"["):
        return _read_json(json_value(body), url, fetched_at)
    if looks_like_push(body):
        return read_push(body)
    if looks_like_feed(body):
        return parse_feed(body, url, fetched_at, status=status)
    if status >= 400 and any(mark in body for mark in _BRIDGE):
        return parse_feed(body, url, fetched_at, status=status)
    return _read_page(decode(body, content_type), url, fetched_at)


def _read_page(text: str, url: str, fetched_at: datetime) -> Reading:
    root = tree(text)
    inline = Inline(root)
    if is_content(root, inline):
        return read_article(root, inline, url, fetched_at)
    if is_about(root, inline.page_id):
        return read_about(root, url)
    if is_album_page(root):
        return read_album_page(root, fetched_at)
    return read_notice(root, inline)


def _read_json(data: Any, url: str, fetched_at: datetime) -> Reading:
    if not isinstance(data, Mapping):
        return Reading(outcome=Outcome.LAYOUT_CHANGED, detail="应答不是可识别的 JSON；原始内容已留存，请人工核对")
    if "item_show_type" in data and "base_resp" in data and ("title" in data or "content_noencode" in data):
        return read_article(tree("<html></html>"), Inline.of_data(data), url, fetched_at)
    if is_json_feed(data):
        return parse_json_feed(data, url, fetched_at)
    if "getalbum_resp" in data:
        return read_album(data)
    if "elected_comment" in data or "elected_comment_total_cnt" in data:
        return Reading(outcome=Outcome.OK, detail="留言列表：不读取也不保存留言内容")
    if "appmsg_list" in data or "app_msg_list" in data:
        return read_template(data)
    if "publish_page" in data or "general_msg_list" in data or "can_msg_continue" in data:
        return read_history(data)
    official = read_official(data, fetched_at)
    if official is not None:
        return official
    code = integer(mapping(data, "base_resp"), "ret")
    if code is None:
        code = integer(data, "ret")
    if code:
        message = mapping(data, "base_resp").get("errmsg") or data.get("errmsg") or ""
        return of_public(code, str(message))
    return Reading(outcome=Outcome.LAYOUT_CHANGED, detail="应答的结构不认识，接口可能改版；原始内容已留存，请人工核对")
