"""Huawei AppGallery: the record its page asks for, and where its download address leads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from crawler.parsing.dates import china_date
from crawler.parsing.payload import integer, mapping, objects, string
from domain.clock import CHINA, in_china
from domain.outcome import Outcome
from domain.post import PostKind, Reading

STORE = "华为应用市场"
#: ``…/<package>.<yyMMddHHmm>.apk``: the file is named for the app and the minute of its build.
_FILE = re.compile(r"/([A-Za-z]\w*(?:\.\w+)+)\.(\d{10})\.(?:apk|hap|app)(?:$|\?)")
#: The host of the download address; what it redirects to says whether there is a file.
DOWNLOAD_HOST = "appgallery.cloud.huawei.com"
_SIGNED = frozenset({1002, 1003})


def read_download(location: str) -> Reading:
    """What the redirect of a download address says: a file of the app, or somewhere else."""
    found = _FILE.search(location)
    if found is None:
        return Reading(
            outcome=Outcome.DELETED, detail="华为应用市场不提供该应用下载：已下架，或登记的编号不对；请人工在商店核对"
        )
    package, stamp = found.groups()
    profile: dict[str, object] = {"store": STORE, "package": package, "download_url": location.partition("?")[0]}
    try:
        built = datetime.strptime(stamp, "%y%m%d%H%M").replace(tzinfo=CHINA)
        profile["version_released_at"] = built.isoformat()
    except ValueError:
        pass  # another number in the name: the file is there all the same
    return Reading(outcome=Outcome.OK, kind=PostKind.PROFILE, account_key=package, profile=profile)


def read_record(reply: Mapping[str, Any]) -> Reading:
    """The record of an app. Its cards change places from release to release, so every card is searched for a key."""
    code = integer(reply, "rtnCode")
    if code in _SIGNED:
        return Reading(
            outcome=Outcome.VERIFY_WALL, detail="华为应用市场只答复自己的页面；请在浏览器中打开商店页面核对版本"
        )
    if code not in (None, 0):
        return Reading(outcome=Outcome.NETWORK, detail=f"华为应用市场出错（rtnCode={code}）；下一轮再查")
    cards = list(_cards(reply))
    name, package = _first(cards, "name"), _first(cards, "package", "packageName")
    if not package:
        if cards and name:
            return Reading(outcome=Outcome.LAYOUT_CHANGED, detail="华为应用市场返回里没有包名")
        return Reading(
            outcome=Outcome.DELETED, detail="华为应用市场查不到该应用：已下架，或登记的编号不对；请人工在商店核对"
        )
    released = china_date(_first(cards, "releaseDate", "versionDate"))
    profile: dict[str, object] = {
        "store": STORE,
        "name": name,
        "package": package,
        "version": _first(cards, "versionName", "version"),
        "version_released_at": in_china(released).date().isoformat() if released else "",
        "developer": _first(cards, "developer"),
        "category": _first(cards, "kindName", "tagName"),
        "privacy_url": _first(cards, "privacyUrl", "detailPrivacyUrl"),
        "icp_number": _first(cards, "icpNo", "recordNumber", "icpInfo"),
        "download_url": _first(cards, "downurl", "downloadUrl").partition("?")[0],
    }
    return Reading(
        outcome=Outcome.OK,
        kind=PostKind.PROFILE,
        account=name,
        account_key=package,
        profile={key: value for key, value in profile.items() if value},
    )


def _cards(reply: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for layout in objects(reply.get("layoutData")):
        for card in objects(layout.get("dataList")):
            yield card
            yield from (part for part in card.values() if isinstance(part, Mapping))


def _first(cards: list[Mapping[str, Any]], *keys: str) -> str:
    return next((found for key in keys for card in cards if (found := string(mapping(card), key))), "")
