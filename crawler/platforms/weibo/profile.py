"""The account itself, as each of the three interfaces describes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.parsing.payload import integer, objects, string
from domain.outcome import Outcome
from domain.post import PostKind, Reading


def read_profile(user: Mapping[str, Any], tabs: object = None) -> Reading:
    """The profile reading of a user object; ``tabs`` is a list, or an object keyed ``"0"``, ``"1"``, …"""
    verified = user.get("verified")
    profile: dict[str, object] = {
        "id": string(user, "idstr", "id"),
        "name": string(user, "screen_name"),
        "followers": integer(user, "followers_count", "followers_count_str"),
        "following": integer(user, "follow_count", "friends_count"),
        "statuses": integer(user, "statuses_count"),
        "verified": verified if isinstance(verified, bool) else None,
        "verified_type": _signed(user, "verified_type"),
        "verified_type_ext": _signed(user, "verified_type_ext"),
        "verified_reason": string(user, "verified_reason").strip(),
        "description": string(user, "description"),
        "location": string(user, "ip_location", "location"),
        "avatar": string(user, "avatar_hd", "avatar_large", "profile_image_url"),
    }
    total = integer(user, "statuses_count")
    return Reading(
        outcome=Outcome.OK,
        kind=PostKind.PROFILE,
        account=string(user, "screen_name"),
        account_key=string(user, "idstr", "id"),
        profile={key: value for key, value in profile.items() if value not in (None, "")},
        cursor=_containers(tabs),
        total=total,
    )


def _containers(tabs: object) -> dict[str, str]:
    """The container id of the 微博 tab, which the next listing request names."""
    for tab in objects(tabs):
        if string(tab, "tabKey", "tab_type") == "weibo" and (container := string(tab, "containerid")):
            return {"containerid": container}
    return {}


def _signed(user: Mapping[str, Any], key: str) -> int | None:
    """A whole number that may be negative (-1: not verified)."""
    value = user.get(key)
    if isinstance(value, str):
        return int(value) if value.lstrip("-").isdigit() else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None
