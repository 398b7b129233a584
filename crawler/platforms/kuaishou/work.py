"""One work (``photo``, which is a film as a rule) with its author, in the shapes of the interfaces and of pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from crawler.parsing.dates import from_epoch
from crawler.parsing.markup import absolute
from crawler.parsing.payload import integer, items, mapping, objects, string
from domain.markup import tidy
from domain.outcome import Outcome
from domain.post import PostKind, RawPost

_PICTURES = frozenset(("VERTICAL_ATLAS", "HORIZONTAL_ATLAS", "SINGLE_PICTURE", "ATLAS"))
_KEYS = ("id", "photoId", "photo_id")
#: A mention carries the id of whoever is mentioned: ``@柳溪民政(O3xabcdefgh)``.
_MENTION = re.compile(r"(@[^\s@()]{1,40})\(O?3x\w{4,}\)")


def key_of_work(photo: Mapping[str, Any]) -> str:
    """The work's id; empty where ``photo`` is none."""
    return string(photo, *_KEYS) if "caption" in photo or "photoUrl" in photo or "coverUrl" in photo else ""


def read_work(photo: Mapping[str, Any], author: Mapping[str, Any], *, key: str = "") -> RawPost | None:
    """The post of one work; ``None`` for what is none.

    ``key`` is the id in the address of a page about this work alone, whose state knows an internal number at best.
    """
    key = key or key_of_work(photo)
    if not key:
        return None
    pictures = tuple(dict.fromkeys(_pictures(photo)))
    kind = PostKind.PICTURE if pictures or string(photo, "photoType", "type") in _PICTURES else PostKind.VIDEO
    if photo.get("singlePicture") is True:
        kind = PostKind.PICTURE
    cover = _cover(photo)
    text = max((_MENTION.sub(r"\1", tidy(string(photo, name))) for name in ("caption", "originCaption")), key=len)
    outcome, detail = _state(photo)
    return RawPost(
        outcome=outcome,
        kind=kind,
        account=string(author, "name", "user_name", "userName") or string(photo, "userName"),
        account_key=string(author, "id", "user_id", "eid", "userEid") or string(photo, "userEid"),
        post_key=key,
        url=f"https://www.kuaishou.com/short-video/{key}",
        text=text,
        published_at=from_epoch(integer(photo, "timestamp", "createTime", "create_time")),
        images=pictures or ((cover,) if cover else ()),
        pinned=photo.get("profileUserTopPhoto") is True or photo.get("isTop") in (True, 1),
        detail=detail,
    )


def profile_of(user: Mapping[str, Any]) -> dict[str, object]:
    """What a profile reply says: nested (``profile`` and ``ownerCount``) or flat (``eid``, ``userName`` …)."""
    inner = mapping(user, "profile") or user
    counts = mapping(user, "ownerCount") or mapping(user, "counts") or user
    verified = mapping(inner, "verifiedDetail") or mapping(user, "verifiedDetail") or mapping(user, "verified")
    reason = string(verified, "description") or string(
        inner, "verifiedReason", "verified_reason", "user_verified_reason"
    )
    flag = next((each["verified"] for each in (inner, user) if isinstance(each.get("verified"), bool)), None)
    profile: dict[str, object] = {
        "id": string(inner, "user_id", "eid", "id", "principalId", "userId"),
        "handle": string(user, "userDefineId", "kwaiId") or string(inner, "userDefineId", "kwaiId"),
        "name": string(inner, "user_name", "userName", "name"),
        "description": tidy(string(inner, "user_text", "userText", "userTex", "description")),
        "followers": integer(counts, "fan", "fans"),
        "following": integer(counts, "follow", "follows"),
        "statuses": integer(counts, "photo_public", "photoPublic", "photo"),
        "location": string(inner, "cityName", "ipLocation", "location"),
        "verified": flag if flag is not None else (True if reason else None),
        "verified_reason": reason,
        "avatar": absolute(string(inner, "headurl", "headerUrl", "userHead", "avatar"), ""),
    }
    return {key: value for key, value in profile.items() if value not in (None, "")}


def _state(photo: Mapping[str, Any]) -> tuple[Outcome, str]:
    if any(photo.get(name) in (True, 1) for name in ("deleted", "isDeleted", "is_delete")):
        return Outcome.DELETED, "平台标记：已删除"
    if any(photo.get(name) is True for name in ("pending", "isPending")):
        return Outcome.UNAVAILABLE, "平台标记：审核中"
    risk = string(photo, "riskTagContent")
    return Outcome.OK, f"平台提示：{risk[:60]}" if risk else ""


def _cover(photo: Mapping[str, Any]) -> str:
    if cover := absolute(string(photo, "coverUrl", "poster", "cover"), ""):
        return cover
    return next((string(each, "url") for each in objects(photo.get("coverUrls")) if string(each, "url")), "")


def _pictures(photo: Mapping[str, Any]) -> Iterator[str]:
    """Addresses of an album: whole ones, or paths that go with the first of its hosts."""
    atlas = mapping(photo, "atlas") or mapping(photo, "ext_params", "atlas") or mapping(photo, "extParams", "atlas")
    hosts = [string(host, "cdn") if isinstance(host, Mapping) else host for host in items(atlas.get("cdn"))]
    hosts += [string(host, "cdn") for host in objects(atlas.get("cdnList"))]
    host = next((each for each in hosts if isinstance(each, str) and each), "")
    listed = items(atlas.get("list")) or items(photo.get("imgUrls")) or items(photo.get("images"))
    for each in listed:
        path = string(each, "url", "path") if isinstance(each, Mapping) else each
        if not isinstance(path, str) or not path:
            continue
        if path.startswith("http") or path.startswith("//"):
            yield absolute(path, "")
        elif host:
            yield f"https://{host.removeprefix('https://').strip('/')}/{path.lstrip('/')}"
