"""What the official API says about the account itself: who stands behind it, its certification, and its menu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from crawler.parsing.dates import from_epoch
from crawler.parsing.payload import integer, mapping, objects, string
from crawler.platforms.wechat.body import PROGRAM, address
from domain.clock import in_china
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading

#: Key under which an account's menu is on file, as if it were a post: so its words and links are judged like any other.
MENU_KEY = "menu"
_ACCOUNTS = {1: "订阅号", 2: "服务号", 3: "小程序"}
_PRINCIPALS = {0: "个人", 1: "企业", 2: "媒体", 3: "政府", 4: "其他组织"}
#: ``realname_status``.
_REAL_NAME = {1: "实名验证成功", 2: "实名验证中", 3: "实名验证失败"}


def is_account(data: Mapping[str, Any]) -> bool:
    """True for a reply of ``account/getaccountbasicinfo``."""
    return "wx_verify_info" in data or "principal_name" in data


def read_account(data: Mapping[str, Any]) -> Reading:
    """``account/getaccountbasicinfo`` as a profile.

    Keys as on the about page (``verified_subject``, ``subject_type``, ``description``), and ``name``, ``appid``,
    ``service``, ``certified``, ``certified_until`` (ISO 8601), ``avatar``.
    """
    verified = mapping(data, "wx_verify_info")
    until = from_epoch(integer(verified, "annual_review_end_time"))
    profile: dict[str, object] = {
        "name": string(data, "nickname"),
        "appid": string(data, "appid"),
        "service": _ACCOUNTS.get(integer(data, "account_type") or 0, ""),
        "subject_type": _PRINCIPALS.get(_or(integer(data, "principal_type"), -1), ""),
        "verified_subject": string(data, "principal_name"),
        "real_name": _REAL_NAME.get(integer(data, "realname_status") or 0, ""),
        "description": string(mapping(data, "signature_info"), "signature"),
        "avatar": address(string(mapping(data, "head_image_info"), "head_image_url")),
        "certified_until": in_china(until).isoformat() if until is not None else "",
    }
    found = {name: value for name, value in profile.items() if value}
    if "qualification_verify" in verified:
        found["certified"] = verified.get("qualification_verify") is True
    return Reading(
        outcome=Outcome.OK, kind=PostKind.PROFILE, account=string(data, "nickname"), account_key="", profile=found
    )


def certified_until(profile: Mapping[str, object]) -> datetime | None:
    """The end of the certification that ``read_account`` found."""
    text = profile.get("certified_until")
    return datetime.fromisoformat(text) if isinstance(text, str) and text else None


def is_menu(data: Mapping[str, Any]) -> bool:
    """True for a reply of ``get_current_selfmenu_info`` or ``menu/get``."""
    return "is_menu_open" in data or "selfmenu_info" in data or isinstance(data.get("menu"), Mapping)


def read_menu(data: Mapping[str, Any]) -> Reading:
    """The account's menu as a post under ``MENU_KEY`` and as ``profile["menu"]``.

    Each entry has ``name`` (the way to it, parted by ``/``) and ``type``, and where there are such ``url``, ``appid``
    and ``pagepath`` (a mini program), ``key`` (an event that the office's own server answers).
    """
    info = mapping(data, "selfmenu_info") or mapping(data, "menu")
    entries = list(_entries(info.get("button"), ""))
    is_open = bool(_or(integer(data, "is_menu_open"), 1)) and bool(entries)
    profile: dict[str, object] = {"menu_open": is_open, "menu": entries}
    links = [entry["url"] for entry in entries if entry.get("url")]
    links += [
        f"{PROGRAM}{entry['appid']}/{entry.get('pagepath', '')}".rstrip("/") for entry in entries if "appid" in entry
    ]
    lines = [entry["name"] + (f"（小程序 {entry['appid']}）" if entry.get("appid") else "") for entry in entries]
    post = RawPost(
        kind=PostKind.TEXT,
        post_key=MENU_KEY,
        title="自定义菜单",
        text="\n".join(lines),
        links=tuple(dict.fromkeys(links)),
    )
    return Reading(
        outcome=Outcome.OK if is_open else Outcome.EMPTY,
        kind=PostKind.PROFILE,
        posts=(post,) if is_open else (),
        profile=profile,
        detail="" if is_open else "没有开启自定义菜单",
    )


def _entries(buttons: object, above: str) -> Iterator[dict[str, str]]:
    for button in objects(buttons):
        name = f"{above}/{string(button, 'name')}".strip("/")
        below = button.get("sub_button")
        children = below.get("list") if isinstance(below, Mapping) else below
        if children:
            yield from _entries(children, name)
            continue
        kind = string(button, "type")
        listed = [mapping(item) for item in objects(mapping(button, "news_info").get("list"))]
        for item in listed:
            yield _entry(string(item, "title") and f"{name}/{string(item, 'title')}", kind, item, "content_url")
        if not listed:
            yield _entry(name, kind, button, "url")


def _entry(name: str, kind: str, item: Mapping[str, Any], link: str) -> dict[str, str]:
    url = address(string(item, link) or (string(item, "value") if kind in ("view", "video") else ""))
    found = {
        "name": name,
        "type": kind,
        "url": url,
        "appid": string(item, "appid") if kind == "miniprogram" else "",
        "pagepath": string(item, "pagepath"),
        "key": string(item, "key"),
    }
    return {key: value for key, value in found.items() if value}


def _or(value: int | None, other: int) -> int:
    return other if value is None else value
