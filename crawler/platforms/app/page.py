"""What a store says about an app. Pure: bytes in, reading out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from crawler.feeds import looks_like_feed, parse_feed
from crawler.parsing.dates import from_epoch
from crawler.parsing.markup import decode
from crawler.parsing.payload import integer, json_after, json_value, mapping, objects, string
from crawler.platforms.app.huawei_page import read_download, read_record
from crawler.platforms.app.tencent_page import read_next_data
from domain.clock import in_china
from domain.outcome import Outcome
from domain.post import PostKind, Reading

_NEXT_DATA = re.compile(r"""<script[^>]+id=["']__NEXT_DATA__["'][^>]*>\s*""")


def read(body: bytes, url: str, fetched_at: datetime, *, status: int = 200, content_type: str = "") -> Reading:
    """Read a reply of Apple's lookup, of 应用宝 or of AppGallery, or where AppGallery's download address leads (``url``
    is then the target of its redirect).

    An app that the store does not list is ``DELETED``, whose detail says what to make of it: a store answers the same
    for an app that was taken down and for one that was never there.
    """
    if looks_like_feed(body):
        return parse_feed(body, url, fetched_at, status=status)
    reply = json_value(body)
    if isinstance(reply, Mapping):
        if "resultCount" in reply:
            return _apple(reply)
        if "errorMessage" in reply:
            return Reading(outcome=Outcome.BAD_REQUEST, detail="App Store 不认得登记的应用编号；请在台账核对")
        if "app_detail_records" in reply or "ret" in reply:
            return _tencent(reply)
        if "layoutData" in reply or "rtnCode" in reply:
            return read_record(reply)
    if 300 <= status < 400:
        return read_download(url)
    if status == 403:  # how Apple says "too fast"; other refusals are told by their status
        return Reading(outcome=Outcome.RATE_LIMITED, detail=f"应用商店限制访问（HTTP {status}）；下一轮再查")
    if status == 400:
        return Reading(outcome=Outcome.BAD_REQUEST, detail="应用商店不接受该请求（HTTP 400）；请核对登记的应用编号")
    if status >= 500:
        return Reading(outcome=Outcome.NETWORK, detail=f"应用商店出错（HTTP {status}）；下一轮再查")
    data = json_after(decode(body, content_type), _NEXT_DATA)
    if isinstance(data, Mapping):
        return read_next_data(data)
    return Reading(outcome=Outcome.LAYOUT_CHANGED, detail=f"不认识的应用商店返回（HTTP {status}）")


def _apple(reply: Mapping[str, Any]) -> Reading:
    apps = [app for app in objects(reply.get("results")) if string(app, "bundleId")]
    if integer(reply, "resultCount") == 0:
        return Reading(
            outcome=Outcome.DELETED,
            detail="App Store 中国区查不到该应用：已下架，或登记的编号、地区不对；请人工在商店搜索核对",
        )
    if not apps:
        return Reading(outcome=Outcome.LAYOUT_CHANGED, detail="App Store 返回里没有应用（可能登记的是其他类型的编号）")
    app = apps[0]
    profile: dict[str, object] = {
        "store": "App Store",
        "name": string(app, "trackName"),
        "bundle_id": string(app, "bundleId"),
        "track_id": string(app, "trackId"),
        "version": string(app, "version"),
        "version_released_at": string(app, "currentVersionReleaseDate"),
        "first_released_at": string(app, "releaseDate"),
        "release_notes": string(app, "releaseNotes"),
        "description": string(app, "description"),
        "seller": string(app, "sellerName"),
        "developer": string(app, "artistName"),
        "seller_url": string(app, "sellerUrl"),
        "store_url": string(app, "trackViewUrl"),
        "minimum_os": string(app, "minimumOsVersion"),
        "content_rating": string(app, "contentAdvisoryRating", "trackContentRating"),
        "category": string(app, "primaryGenreName"),
        "ratings": integer(app, "userRatingCount"),
    }
    return _profile(string(app, "trackName"), string(app, "bundleId"), profile)


def _tencent(reply: Mapping[str, Any]) -> Reading:
    if (code := integer(reply, "ret")) not in (None, 0):
        return Reading(outcome=Outcome.NETWORK, detail=f"应用宝服务出错（ret={code}）；下一轮再查")
    record = next(objects(reply.get("app_detail_records")), None)
    if record is None:
        return Reading(outcome=Outcome.DELETED, detail="应用宝查不到该应用：已下架，或登记的包名不对；请人工核对")
    app, build = mapping(record, "app_info"), mapping(record, "apk_all_data")
    if not app:
        return Reading(outcome=Outcome.LAYOUT_CHANGED, detail="应用宝返回里没有应用资料")
    name, package = string(app, "name"), string(app, "package_name")
    if integer(app, "online_status") == 0:
        return Reading(
            outcome=Outcome.DELETED,
            account=name,
            account_key=package,
            detail="应用宝显示该应用已下架（online_status=0）",
        )
    updated = from_epoch(integer(build, "update_time") or integer(app, "update_time"))
    profile: dict[str, object] = {
        "store": "应用宝",
        "name": name,
        "package": package,
        "version": string(build, "version_name"),
        "version_released_at": in_china(updated).isoformat() if updated else "",
        "release_notes": string(build, "feature"),
        "description": string(app, "desc"),
        "developer": string(app, "developer", "author"),
        "icp_number": string(app, "icp_number"),
        "privacy_url": string(app, "privacy_agreement"),
        "category": string(app, "category_name_new"),
        "downloads": integer(app, "download_cnt_total"),
        "download_url": string(build, "url").partition("?")[0],
    }
    return _profile(name, package, profile)


def _profile(name: str, key: str, profile: Mapping[str, object]) -> Reading:
    return Reading(
        outcome=Outcome.OK,
        kind=PostKind.PROFILE,
        account=name,
        account_key=key,
        profile={item: value for item, value in profile.items() if value not in (None, "")},
    )
