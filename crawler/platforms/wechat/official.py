"""Replies of the official API (api.weixin.qq.com)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crawler.parsing.addresses import canonical_address, key_of_address
from crawler.parsing.dates import china_date, from_epoch
from crawler.parsing.payload import integer, mapping, objects, string
from crawler.platforms.wechat.body import address, read_fragment
from crawler.platforms.wechat.comments import as_profile, read_comments
from crawler.platforms.wechat.errors import of_api
from crawler.platforms.wechat.figures import read_figures
from crawler.platforms.wechat.owner import is_account, is_menu, read_account, read_menu
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading


def read_official(data: Mapping[str, Any], at: datetime | None = None) -> Reading | None:
    """The reading of an API reply that came at ``at``; ``None`` where it is none."""
    code = integer(data, "errcode")
    if code:
        return of_api(code, string(data, "errmsg"), at)
    if "access_token" in data:
        return Reading(outcome=Outcome.OK, detail="接口令牌")
    if "item" in data or ("total_count" in data and "item_count" in data):
        return _published(data)
    if "news_item" in data:
        return _one_push(data)
    listed = list(objects(data.get("list")))
    if "list" in data and set(data) - {"errcode", "errmsg"} <= {"list", "is_delay"} and all(map(_is_article, listed)):
        return _statistics(data)
    if "publish_id" in data and "publish_status" in data:
        return _publication(data)
    if "comment" in data and "total" in data:
        return _comments(data, at)
    if is_menu(data):
        return read_menu(data)
    if is_account(data):
        return read_account(data)
    figures = read_figures(data)
    if figures is not None:
        return figures
    return Reading(outcome=Outcome.OK, detail="接口应答：成功") if code == 0 else None


def _web(value: str) -> str:
    """The canonical form of a web address; empty for anything else."""
    found = canonical_address(value)
    return found if found.startswith(("https://", "http://")) else ""


def _is_article(row: Mapping[str, Any]) -> bool:
    return "msgid" in row


def _comments(data: Mapping[str, Any], at: datetime | None) -> Reading:
    """``comment/list`` in numbers; who wrote and what was written is not read."""
    figures = read_comments(data)
    return Reading(
        outcome=Outcome.OK,
        kind=PostKind.PROFILE,
        profile={"interaction": as_profile(figures, 1, at)} if at is not None else None,
        total=figures.total,
        detail="留言列表：只计数，不保存留言内容",
    )


def _published(data: Mapping[str, Any]) -> Reading:
    """``freepublish/batchget`` (and ``draft``, ``material``): pushes with their articles.

    ``total`` counts pushes. ``cursor["count"]`` is how many pushes this page holds; the next offset is that much
    further, ``profile["commented"]`` the keys of the articles that readers may comment on. Mass-sent articles (群发)
    are never in this list.
    """
    posts: list[RawPost] = []
    commented: list[str] = []
    pushes = 0
    listed = list(objects(data.get("item")))
    if listed and not any("content" in item for item in listed):  # pictures, videos and voices of the library
        rows = [{name: string(item, name) for name in ("media_id", "name", "update_time", "url")} for item in listed]
        return Reading(
            outcome=Outcome.OK,
            kind=PostKind.PROFILE,
            profile={"statistics": "materials", "rows": rows},
            total=integer(data, "total_count"),
        )
    for item in listed:
        pushes += 1
        content = mapping(item, "content")
        moment = from_epoch(integer(content, "create_time")) or from_epoch(
            integer(item, "update_time") or integer(content, "update_time")
        )
        found = _articles(content, string(item, "article_id", "media_id"), moment)
        posts.extend(found)
        for post, article in zip(found, objects(content.get("news_item")), strict=True):
            if integer(article, "need_open_comment") == 1:
                commented.append(post.post_key)
    total = integer(data, "total_count")
    return Reading(
        outcome=Outcome.OK if posts else Outcome.EMPTY,
        kind=PostKind.LIST,
        posts=tuple(posts),
        profile={"commented": commented} if commented else None,
        cursor={"count": str(pushes)} if pushes else {},
        total=total,
        detail="" if posts else "接口返回的发布列表为空（接口不含群发文章）",
    )


def _one_push(data: Mapping[str, Any]) -> Reading:
    """``freepublish/getarticle``: the articles of one push."""
    posts = tuple(_articles(data, "", from_epoch(integer(data, "create_time"))))
    return Reading(outcome=Outcome.OK if posts else Outcome.EMPTY, kind=PostKind.LIST, posts=posts)


#: ``publish_status`` of ``freepublish/get``.
_PUBLICATIONS = {
    0: (Outcome.OK, "发布成功"),
    1: (Outcome.UNAVAILABLE, "正在发布；稍后再查"),
    2: (Outcome.UNAVAILABLE, "发布失败：原创审核没有通过"),
    3: (Outcome.UNAVAILABLE, "发布失败"),
    4: (Outcome.VIOLATION, "平台审核没有通过；请核实处理"),
    5: (Outcome.DELETED, "发布后已被删除"),
    6: (Outcome.VIOLATION, "发布后已被平台封禁；请核实处理"),
}


def _publication(data: Mapping[str, Any]) -> Reading:
    """``freepublish/get``: how one publication ended, and the addresses of its articles."""
    outcome, detail = _PUBLICATIONS.get(
        integer(data, "publish_status") or 0, (Outcome.LAYOUT_CHANGED, "发布状态不认识；请人工核对")
    )
    posts: list[RawPost] = []
    for item in objects(mapping(data, "article_detail").get("item")):
        url = _web(string(item, "article_url"))
        number = string(item, "idx") or str(len(posts) + 1)
        key = key_of_address(url) or f"{string(data, 'article_id', 'publish_id')}_{number}"
        posts.append(RawPost(outcome=outcome, kind=PostKind.ARTICLE, post_key=key, url=url, truncated=True))
    return Reading(outcome=outcome, kind=PostKind.LIST, posts=tuple(posts), detail=detail)


def _articles(content: Mapping[str, Any], push: str, moment: datetime | None) -> list[RawPost]:
    found = []
    for number, item in enumerate(objects(content.get("news_item")), 1):
        url = _web(string(item, "url"))
        markup = string(item, "content")
        body = read_fragment(markup) if markup else None
        source = address(string(item, "content_source_url"))
        links = (*(body.links if body else ()), *([source] if source else []))
        found.append(
            RawPost(
                outcome=Outcome.DELETED if item.get("is_deleted") is True else Outcome.OK,
                kind=PostKind.ARTICLE,
                post_key=key_of_address(url) or (f"{push}_{number}" if push else ""),
                url=url,
                title=" ".join(string(item, "title").split()),
                text=body.text if body else "",
                images=body.images if body else (),
                links=tuple(dict.fromkeys(links)),
                attachments=body.attachments if body else (),
                published_at=moment,
                truncated=body is None,
                detail="接口标明已删除" if item.get("is_deleted") is True else "",
            )
        )
    return found


def _statistics(data: Mapping[str, Any]) -> Reading:
    """``datacube/getarticletotaldetail``: every article of the day, mass-sent ones included, from the statistics.

    The day is all it says about the time: ``published_at`` is its beginning. ``title`` and ``content_url`` may
    be missing. ``profile["commented"]`` are the keys of the articles that have comments.
    """
    posts = []
    commented: list[str] = []
    for row in objects(data.get("list")):
        url = _web(string(row, "content_url"))
        key = string(row, "msgid") or key_of_address(url)
        if any(integer(detail, "comment_count") for detail in objects(row.get("detail_list"))):
            commented.append(key)
        posts.append(
            RawPost(
                kind=PostKind.ARTICLE,
                post_key=key,
                url=url,
                title=" ".join(string(row, "title").split()),
                published_at=china_date(string(row, "ref_date")),
                truncated=True,
                detail="群发" if integer(row, "publish_type") == 0 else "",
            )
        )
    delayed = data.get("is_delay") is True
    return Reading(
        outcome=Outcome.OK if posts else Outcome.EMPTY,
        kind=PostKind.LIST,
        posts=tuple(posts),
        profile={"commented": commented} if commented else None,
        cursor={"delayed": "1"} if delayed else {},
        detail="统计数据延迟，列表可能不全" if delayed else "",
    )
