"""One item of the feed: flat in older replies, with a camelCase block beside it in newer ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from crawler.parsing.dates import from_epoch
from crawler.parsing.markup import absolute, anchors, pictures, plain, tree
from crawler.parsing.payload import integer, json_text, mapping, objects, string
from domain.outcome import Outcome
from domain.post import PostKind, RawPost

_ARTICLE, _VIDEO, _MICRO = 60, 49, 32
_PATH = {PostKind.ARTICLE: "article", PostKind.VIDEO: "video"}
_NO_LONGER = frozenset(("deleted", "delete", "removed"))


def read_item(raw: Mapping[str, Any]) -> RawPost | None:
    """The post of one feed item; ``None`` where the item is none (an advertisement, a recommendation card)."""
    item = _unwrapped(raw)
    cell = mapping(item, "itemCell")
    base = mapping(cell, "articleBase")
    key = string(item, "group_id", "id", "thread_id_str", "item_id", "gid_str") or string(
        base, "gidStr", "groupId", "itemId"
    )
    if not key.isdigit() or item.get("is_ad") is True or mapping(item, "raw_ad_data"):
        return None
    kind = _kind(item, cell)
    body, whole = _body(item, kind)
    title = plain(string(item, "title") or string(base, "title"))
    writer = user_of(item)
    images, links = list(_images(item)), dict[str, None]()
    text = plain(body)
    if "<" in body:
        root = tree(body)
        images = [*pictures(root, ""), *images]
        links = dict.fromkeys(target for target, _ in anchors(root, ""))
    original = item.get("is_original")
    gone = _is_gone(item, base)
    return RawPost(
        outcome=Outcome.DELETED if gone else Outcome.OK,
        kind=kind,
        account=string(writer, "name", "screen_name") or string(item, "source", "media_name"),
        account_key=string(writer, "user_id", "id", "userID"),
        post_key=key,
        url=f"https://www.toutiao.com/{_PATH.get(kind, 'w')}/{key}/",
        title=title if kind in _PATH else "" if title and text.startswith(title) else title,
        text=text,
        published_at=from_epoch(_published(item, base)),
        original=original if isinstance(original, bool) else None,
        images=tuple(dict.fromkeys(images)),
        links=tuple(links),
        pinned=item.get("is_stick") is True or string(item, "stick_label", "label") == "置顶",
        truncated=not whole and not gone,
        detail="平台标记：已删除" if gone else "",
    )


def user_of(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """The writer of an item, wherever its kind keeps him."""
    user = mapping(item, "user")
    return (
        mapping(user, "info")
        or mapping(item, "user_info")
        or user
        or mapping(item, "itemCell", "userInfo")
        or mapping(item, "media_info")
    )


def profile_of(raw: Mapping[str, Any]) -> dict[str, object]:
    """What an item says about its account: name, verification, description."""
    item = _unwrapped(raw)
    writer = user_of(item)
    auth = json_text(string(writer, "user_auth_info", "userAuthInfo"))
    relation = mapping(item, "user", "relation_count")
    verified = writer.get("user_verified", writer.get("userVerified"))
    profile: dict[str, object] = {
        "id": string(writer, "user_id", "id", "userID"),
        "name": string(writer, "name", "screen_name") or string(item, "source"),
        "verified": bool(verified) if isinstance(verified, (bool, int)) else None,
        "verified_reason": string(writer, "verified_content", "verifiedContent") or string(mapping(auth), "auth_info"),
        "verified_kind": string(mapping(auth), "auth_type"),
        "description": string(writer, "description", "desc"),
        "followers": integer(relation, "followers_count", "followersCount"),
    }
    return {key: value for key, value in profile.items() if value not in (None, "")}


def _unwrapped(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Older interfaces put the item as a JSON string into ``content``."""
    held = raw.get("content")
    if isinstance(held, str) and held.lstrip().startswith("{"):
        inner = json_text(held)
        if isinstance(inner, Mapping) and len(inner) > 1:
            return inner
    return raw


def _kind(item: Mapping[str, Any], cell: Mapping[str, Any]) -> PostKind:
    number = integer(item, "cell_type")
    if number is None:
        number = integer(cell, "cellType")
    if number == _MICRO:
        return PostKind.PICTURE if any(True for _ in _images(item)) else PostKind.TEXT
    has_video = item.get("has_video")
    if number == _VIDEO or has_video is True or mapping(item, "video"):
        return PostKind.VIDEO
    if number == 0 and has_video is not False:  # 0 was once the number of articles, which say so
        return PostKind.VIDEO
    return PostKind.ARTICLE


def _body(item: Mapping[str, Any], kind: PostKind) -> tuple[str, bool]:
    """The text of an item, and whether it is all of it: articles often show an abstract only."""
    body = string(item, "rich_content", "content")
    if body and not body.lstrip().startswith("{"):
        return body, True
    abstract = string(item, "abstract") or string(mapping(item, "itemCell", "articleBase"), "abstract")
    return abstract, kind is not PostKind.ARTICLE


def _images(item: Mapping[str, Any]) -> Iterator[str]:
    groups = (item.get("image_list"), item.get("large_image_list"), item.get("cover_list"))
    for group in groups:
        found = [_address(image) for image in objects(group)]
        if any(found):
            yield from dict.fromkeys(filter(None, found))
            return
    cover = _address(mapping(item, "video", "origin_cover")) or _address(mapping(item, "middle_image"))
    if cover:
        yield cover


def _address(image: Mapping[str, Any]) -> str:
    listed = image.get("url_list")
    first = listed[0] if isinstance(listed, list) and listed else ""
    address = string(image, "url") or (string(first, "url") if isinstance(first, Mapping) else first)
    return absolute(address, "") if isinstance(address, str) else ""


def _published(item: Mapping[str, Any], base: Mapping[str, Any]) -> int | None:
    for source in (item, base):
        for name in ("publish_time", "publishTime", "create_time", "createTime", "behot_time"):
            if moment := integer(source, name):
                return moment
    return None


def _is_gone(item: Mapping[str, Any], base: Mapping[str, Any]) -> bool:
    status = item.get("delete", item.get("is_delete"))
    return status is True or string(base, "itemStatus").lower() in _NO_LONGER
