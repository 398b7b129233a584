"""One post (``mblog`` of the mobile site, ``status`` of the desktop site and of the open API)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crawler.parsing.dates import relative_date
from crawler.parsing.markup import absolute
from crawler.parsing.payload import integer, items, mapping, objects, string
from crawler.platforms.weibo.ids import mid_of, public_address
from crawler.platforms.weibo.notices import notice_of
from crawler.platforms.weibo.text import PostText, from_markup, from_plain, page_link
from domain.outcome import Outcome
from domain.post import PostKind, RawPost

_TITLED = ("video", "article", "live")
_KINDS = {"video": PostKind.VIDEO, "live": PostKind.VIDEO, "article": PostKind.ARTICLE, "audio": PostKind.AUDIO}
#: What the desktop site writes where it cuts a text off.
_CUT_MARK = re.compile(r"\s*(?:\.{3}|…|\u200b)+\s*展开\s*$")
#: ``object_type`` of the desktop site, which puts a number where the mobile site has a word.
_OBJECT_TYPES = {"11": "video", "23": "article", "26": "live"}


def read_blog(blog: Mapping[str, Any], fetched_at: datetime, *, whole: bool, pinned: bool = False) -> RawPost:
    """Read one post. ``whole`` says that the reply shows a post on its own, where ``isLongText`` alone cuts nothing."""
    key = key_of_blog(blog)
    user = mapping(blog, "user")
    own = text_of(blog, whole=whole)
    seen = notice_of(own.text, userless=not user, flagged=_is_flagged(blog))
    outcome, detail = seen or (Outcome.OK, "")
    page = mapping(blog, "page_info")
    name = page_type(page)
    images = pictures_of(blog)
    picture = string(mapping(page, "page_pic"), "url") or string(page, "page_pic")
    cover = absolute(picture, "") if name in _TITLED else ""
    quoted = mapping(blog, "retweeted_status")
    text, links, cut, source = own.text, own.links, own.cut, None
    if quoted:
        text, links, cut, source, detail = _with_quoted(own, quoted, whole=whole, detail=detail)
        images = images or pictures_of(quoted)
    if link := page_link(page, name):
        links = tuple(dict.fromkeys((*links, link)))
    title = string(page, "title", "content1" if name == "article" else "title") if name in _TITLED else ""
    return RawPost(
        outcome=outcome,
        kind=PostKind.NONE if seen else _kind(blog, name, bool(images)),
        account=string(user, "screen_name"),
        account_key=string(user, "idstr", "id"),
        post_key=key,
        url=public_address(key, string(user, "idstr", "id")),
        title="" if title and title in text else title,
        text="" if seen else text,
        published_at=relative_date(string(blog, "created_at"), fetched_at),
        original=None if seen else not quoted,
        repost_source=source,
        images=tuple(dict.fromkeys((*images, *((cover,) if cover else ())))),
        links=() if seen else links,
        pinned=pinned or is_pinned(blog),
        truncated=cut and not seen,
        detail=detail,
    )


def key_of_blog(blog: Mapping[str, Any]) -> str:
    """The post's number. The open API's ``id`` and the mobile site's ``mid`` are the same number."""
    key = string(blog, "mid", "idstr", "id")
    if key and not key.isdigit():
        key = ""
    if not key and (bid := string(blog, "bid", "mblogid")):
        try:
            key = mid_of(bid)
        except ValueError:
            key = ""
    return key


def is_pinned(blog: Mapping[str, Any]) -> bool:
    """True for a post that the account keeps at the top, whatever its age."""
    return (
        integer(blog, "isTop") == 1
        or integer(blog, "mblogtype") == 2
        or string(mapping(blog, "title"), "text") == "置顶"
    )


def is_advertisement(blog: Mapping[str, Any]) -> bool:
    """True for a post that carries the mark of an advertisement; an account's own promoted posts carry it too."""
    return string(blog, "readtimetype") == "adMblog" or "followtopweibo" in string(blog, "mark")


def page_type(page: Mapping[str, Any]) -> str:
    """What a post's card is: ``video``, ``article``, ``webpage``, ``topic`` …"""
    names = (string(page, "type"), string(page, "object_type"))
    word = next((name for name in names if name and not name.isdigit()), "")
    return word or next((_OBJECT_TYPES[name] for name in names if name in _OBJECT_TYPES), "")


def text_of(blog: Mapping[str, Any], *, whole: bool) -> PostText:
    """The text of one post, in full where the reply carries the long form."""
    plain = "mblogid" in blog or "pic_urls" in blog or ("bid" not in blog and "text_raw" in blog)
    longer = string(mapping(blog, "longText"), "longTextContent") or string(mapping(blog, "longText"), "content")
    if longer:
        read = from_plain(longer, blog.get("url_struct")) if plain else from_markup(longer)
        return PostText(read.text, read.links)
    if plain:
        read = from_plain(string(blog, "text_raw", "text"), blog.get("url_struct"))
    else:
        read = from_markup(string(blog, "text"))
    long_form = bool(blog.get("isLongText")) or blog.get("truncated") is True
    # Only the mobile site's own page of a post shows all of it; the others cut it there, too.
    return PostText(_CUT_MARK.sub("", read.text), read.links, read.cut or (long_form and (plain or not whole)))


def pictures_of(blog: Mapping[str, Any]) -> tuple[str, ...]:
    """Addresses of the pictures in their order, in the largest size that the reply names."""
    ids = [pid for pid in items(blog.get("pic_ids")) if isinstance(pid, str)]
    sized = mapping(blog, "pic_infos")
    forms = (
        [string(mapping(pic, "large"), "url") or string(pic, "url") for pic in objects(blog.get("pics"))],
        [_largest(mapping(sized, pid)) for pid in (ids or list(sized))] if sized else [],
        [string(pic, "thumbnail_pic").replace("/thumbnail/", "/large/") for pic in objects(blog.get("pic_urls"))],
        [f"https://wx1.sinaimg.cn/large/{pid}.jpg" for pid in ids],
        [string(blog, "original_pic")],
    )
    found = next(filter(None, forms))
    return tuple(dict.fromkeys(filter(None, (absolute(address, "") for address in found))))


def _largest(sizes: Mapping[str, Any]) -> str:
    addresses = (string(mapping(sizes, name), "url") for name in ("largest", "mw2000", "original", "large", "bmiddle"))
    return next(filter(None, addresses), "")


def _kind(blog: Mapping[str, Any], page_name: str, has_images: bool) -> PostKind:
    media = {string(item, "type") for item in objects(mapping(blog, "mix_media_info").get("items"))}
    clips = {string(picture, "type") for picture in objects(blog.get("pics"))}
    if page_name not in _KINDS and (media & {"video"} or clips & {"video"}):
        return PostKind.VIDEO
    return _KINDS.get(page_name, PostKind.PICTURE if has_images else PostKind.TEXT)


def _is_flagged(blog: Mapping[str, Any]) -> bool:
    return string(blog, "deleted") == "1" or (integer(blog, "state") == 7 and not mapping(blog, "user"))


def _with_quoted(
    own: PostText, quoted: Mapping[str, Any], *, whole: bool, detail: str
) -> tuple[str, tuple[str, ...], bool, str | None, str]:
    """The repost with what it shows of its source, as a reader sees both; a source that is gone is only named."""
    source = text_of(quoted, whole=whole)
    user = mapping(quoted, "user")
    name = string(user, "screen_name") or None
    gone = notice_of(source.text, userless=not user, flagged=_is_flagged(quoted))
    if gone is not None:
        return own.text, own.links, own.cut, name, detail or f"被转发的原微博不可见（{gone[1]}）"
    page = mapping(quoted, "page_info")
    extra = page_link(page, page_type(page))
    text = f"{own.text}\n//@{name or '原作者'}：{source.text}" if source.text else own.text
    links = tuple(dict.fromkeys((*own.links, *source.links, *((extra,) if extra else ()))))
    return text, links, own.cut or source.cut, name, detail
