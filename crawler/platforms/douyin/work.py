"""One work (``aweme``): a film or a series of pictures, in snake case (interfaces) or camel case (page state)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from crawler.parsing.dates import from_epoch
from crawler.parsing.markup import absolute
from crawler.parsing.payload import integer, json_text, mapping, objects, string
from domain.markup import tidy
from domain.outcome import Outcome
from domain.post import PostKind, RawPost

_PICTURES = frozenset((2, 68, 150))


def key_of_work(item: Mapping[str, Any]) -> str:
    """The work's number; empty where ``item`` is none."""
    key = string(item, "aweme_id", "awemeId")
    return key if key.isdigit() else ""


def unwrapped(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Search results and mixed lists put the work one level deeper."""
    return mapping(item, "aweme_info") or mapping(item, "awemeInfo") or mapping(item, "aweme") or item


def read_work(item: Mapping[str, Any]) -> RawPost | None:
    """The post of one list item; ``None`` for what is none (an advertisement, a live room)."""
    key = key_of_work(item)
    if not key or item.get("is_ads") is True or mapping(item, "raw_ad_data"):
        return None
    pictures = list(_pictures(item))
    kind = PostKind.PICTURE if pictures or integer(item, "aweme_type", "awemeType") in _PICTURES else PostKind.VIDEO
    cover = _cover(mapping(item, "video")) if kind is PostKind.VIDEO else ""
    author = writer_of(item)
    outcome, detail = _state(item)
    title = tidy(string(item, "item_title", "itemTitle"))
    text = max((tidy(string(item, name)) for name in ("desc", "caption")), key=len)
    path = "note" if kind is PostKind.PICTURE else "video"
    return RawPost(
        outcome=outcome,
        kind=kind,
        account=string(author, "nickname"),
        account_key=string(author, "sec_uid", "secUid"),
        post_key=key,
        url=f"https://www.douyin.com/{path}/{key}",
        title="" if title in text else title,
        text=text,
        published_at=from_epoch(integer(item, "create_time", "createTime")),
        images=tuple(dict.fromkeys(filter(None, (*pictures, cover)))),
        links=tuple(_links(item)),
        pinned=_flag(item, "is_top", "isTop") or _flag(mapping(item, "tag"), "isTop", "is_top"),
        detail=detail,
    )


def writer_of(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """The account of a work."""
    return mapping(item, "author") or mapping(item, "authorInfo")


def profile_of(user: Mapping[str, Any]) -> dict[str, object]:
    """What a user object says about the account: name, verification, introduction, counters."""
    certificate = mapping(json_text(string(user, "account_cert_info", "accountCertInfo")))
    reason = (
        string(user, "enterprise_verify_reason", "enterpriseVerifyReason")
        or string(certificate, "label_text")
        or string(user, "custom_verify", "customVerify")
    )
    avatar = next(filter(None, (_address(mapping(user, name)) for name in _AVATARS)), "")
    profile: dict[str, object] = {
        "id": string(user, "sec_uid", "secUid"),
        "uid": string(user, "uid"),
        "handle": string(user, "unique_id", "uniqueId") or _number(user, "short_id", "shortId"),
        "name": string(user, "nickname"),
        "description": tidy(string(user, "signature", "desc")),
        "followers": integer(user, "mplatform_followers_count", "follower_count", "followerCount"),
        "following": integer(user, "following_count", "followingCount"),
        "statuses": integer(user, "aweme_count", "awemeCount"),
        "likes": integer(user, "total_favorited", "totalFavorited"),
        "location": string(user, "ip_location", "ipLocation"),
        "verified": bool(reason),
        "verified_reason": reason,
        "government": _optional(user, "is_gov_media_vip", "isGovMediaVip"),
        "private": True if _flag(user, "secret") else None,
        "avatar": avatar,
    }
    return {key: value for key, value in profile.items() if value not in (None, "")}


_AVATARS = ("avatar_larger", "avatar_300x300", "avatar_medium", "avatar_thumb", "avatarLarger", "avatarThumb")


def is_cancelled(user: Mapping[str, Any]) -> bool:
    """True for an account that was given up or blocked."""
    return any(_flag(user, name) for name in ("user_canceled", "userCanceled", "is_ban", "isBan", "user_deleted"))


def _state(item: Mapping[str, Any]) -> tuple[Outcome, str]:
    status = mapping(item, "status")
    if _flag(status, "is_delete", "isDelete") or _flag(item, "is_delete"):
        return Outcome.DELETED, "平台标记：已删除"
    if _flag(status, "is_prohibited", "isProhibited"):
        return Outcome.VIOLATION, "平台标记：因违规不予公开"
    if integer(status, "private_status", "privateStatus") in (1, 2) or _flag(status, "self_see", "selfSee"):
        return Outcome.UNAVAILABLE, "平台标记：仅自己或好友可见"
    if _flag(status, "in_reviewing", "inReviewing"):
        return Outcome.UNAVAILABLE, "平台标记：审核中"
    warning = mapping(item, "risk_infos") or mapping(item, "riskInfos")
    words = string(warning, "content")
    return Outcome.OK, f"平台提示：{words[:80]}" if words else ""


def _pictures(item: Mapping[str, Any]) -> Iterator[str]:
    for group in (item.get("images"), item.get("image_infos"), mapping(item, "image_post_info").get("images")):
        found = [_address(image) or _address(mapping(image, "display_image")) for image in objects(group)]
        if any(found):
            yield from filter(None, found)
            return


def _cover(video: Mapping[str, Any]) -> str:
    names = ("origin_cover", "cover", "originCover", "raw_cover")
    found = next(filter(None, (_address(mapping(video, name)) for name in names)), "")
    return found or absolute(string(video, "cover", "originCover"), "")


def _address(image: Mapping[str, Any]) -> str:
    """The address of a picture: the last of its list is the one without a mark laid over it."""
    for name in ("url_list", "urlList", "download_url_list"):
        listed = image.get(name)
        if isinstance(listed, list):
            for address in listed:
                if isinstance(address, str) and (target := absolute(address, "")):
                    return target
    return ""


def _links(item: Mapping[str, Any]) -> Iterator[str]:
    """What the work itself links to: a mini program, a shop, a web page under the film."""
    for anchor in (mapping(item, "anchor_info"), mapping(item, "anchorInfo"), *objects(item.get("anchors"))):
        for name in ("web_url", "url", "open_url"):
            if (target := absolute(string(anchor, name), "")).startswith("http"):
                yield target
                break


def _flag(source: Mapping[str, Any], *names: str) -> bool:
    return any(source.get(name) in (True, 1, "1") for name in names)


def _optional(source: Mapping[str, Any], *names: str) -> bool | None:
    return next((source[name] for name in names if isinstance(source.get(name), bool)), None)


def _number(source: Mapping[str, Any], *names: str) -> str:
    value = string(source, *names)
    return "" if value == "0" else value
