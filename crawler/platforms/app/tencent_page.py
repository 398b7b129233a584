"""应用宝's detail page: components in changing order inside ``__NEXT_DATA__``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from crawler.parsing.dates import from_epoch
from crawler.parsing.payload import json_text, mapping, objects, string
from domain.clock import in_china
from domain.outcome import Outcome
from domain.post import PostKind, Reading

_GONE = ("找不到", "404", "不存在")


def read_next_data(data: Mapping[str, Any]) -> Reading:
    """Read the page's state. The app is chosen by the package that was asked for, never by its place."""
    page = mapping(data, "props", "pageProps")
    wanted = string(mapping(page, "context", "initialInfo", "pageParams"), "detail_pkgname")
    title = string(mapping(page, "seoMeta"), "title")
    for app in _apps(page):
        if wanted and string(app, "pkg_name") == wanted:
            profile = {
                "store": "应用宝",
                "name": string(app, "name"),
                "package": wanted,
                "version": string(app, "version_name"),
                "version_released_at": _moment(app),
                "description": string(app, "description"),
                "developer": string(app, "developer"),
                "operator": string(app, "operator"),
                "category": string(app, "cate_name_new", "cate_name"),
            }
            return Reading(
                outcome=Outcome.OK,
                kind=PostKind.PROFILE,
                account=string(app, "name"),
                account_key=wanted,
                profile={key: value for key, value in profile.items() if value},
            )
    if "dynamicCardResponse" in page or any(word in title for word in _GONE):
        return Reading(outcome=Outcome.DELETED, detail="应用宝页面上没有该应用：已下架，或登记的包名不对；请人工核对")
    return Reading(outcome=Outcome.LAYOUT_CHANGED, detail="应用宝页面的结构不认识")


def _moment(app: Mapping[str, Any]) -> str:
    """When the version was published: seconds since 1970 become an instant at +08:00, a date stays as it is."""
    written = string(app, "update_time")
    moment = from_epoch(int(written)) if written.isascii() and written.isdigit() else None
    return in_china(moment).isoformat() if moment is not None else written


def _apps(page: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for component in objects(mapping(page, "dynamicCardResponse", "data").get("components")):
        held = mapping(component, "data").get("itemData")
        yield from objects(json_text(held) if isinstance(held, str) else held)
