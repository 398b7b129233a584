"""One saved page or reply, read by the platform it came from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from crawler import platforms
from domain.clock import in_china
from domain.post import PostKind, RawPost, Reading

#: Keys of a profile that are repeated at the top of the object, because every caller asks for them.
_TOP_PROFILE_KEYS = ("followers", "statuses", "verified_type")


def read(
    platform: str, body: bytes, url: str, fetched_at: datetime, *, status: int = 200, content_type: str = ""
) -> Reading:
    """What ``body`` says. Never raises for a strange body (that is ``LAYOUT_CHANGED``), only ``ValueError`` for an
    unknown platform."""
    module = platforms.page_module(platform)
    return cast("Reading", module.read(body, url, fetched_at, status=status, content_type=content_type))


def to_dict(reading: Reading) -> dict[str, Any]:
    """The reading as the JSON object of ``xunjian read``; instants at +08:00."""
    single = reading.posts[0] if len(reading.posts) == 1 and reading.kind is not PostKind.LIST else None
    if single is not None:
        data = _post_to_dict(single)
        data["outcome"] = reading.outcome.value
        data["detail"] = reading.detail or single.detail
    else:
        data = _post_to_dict(
            RawPost(
                outcome=reading.outcome,
                kind=reading.kind,
                account=reading.account,
                account_key=reading.account_key,
                detail=reading.detail,
            )
        )
    data["profile"] = _plain(reading.profile) if reading.profile is not None else None
    for key in _TOP_PROFILE_KEYS:
        if reading.profile is not None and key in reading.profile:
            data[key] = reading.profile[key]
    if reading.kind is PostKind.LIST or len(reading.posts) > 1:
        data["posts"] = [_post_to_dict(post) for post in reading.posts]
        data["post_keys"] = [post.post_key for post in reading.posts]
        data["total"] = reading.total
        data["cursor"] = dict(reading.cursor)
    return data


def _post_to_dict(post: RawPost) -> dict[str, Any]:
    return {
        "outcome": post.outcome.value,
        "kind": post.kind.value,
        "account": post.account,
        "account_key": post.account_key,
        "post_key": post.post_key,
        "url": post.url,
        "title": post.title,
        "text": post.text,
        "published_at": in_china(post.published_at).isoformat() if post.published_at else None,
        "original": post.original,
        "repost_source": post.repost_source,
        "images": list(post.images),
        "links": list(post.links),
        "attachments": [
            {"url": file.url, "name": file.name, "media_type": file.media_type} for file in post.attachments
        ],
        "pinned": post.pinned,
        "truncated": post.truncated,
        "profile": None,
        "detail": post.detail,
    }


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return in_china(value).isoformat()
    return value
