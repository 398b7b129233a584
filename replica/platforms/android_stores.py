"""应用宝 and AppGallery: an app on the shelf, off it, or never there, each store apart.

Traits of an account: ``listed`` (empty: on no shelf); ``tencent``: ``off`` (``online_status`` 0), ``unknown``,
``failing`` (``ret`` 1), ``page_only`` (the record's address is gone, the page is not) or ``page_gone``; ``huawei``:
``unknown``, ``elsewhere`` (the download address leads to a page), ``gone`` (404) or ``busy`` (429); ``version``.
"""

from __future__ import annotations

import json
from typing import Any

from domain.clock import in_china
from replica.request import Reply, Request, html_reply, json_reply, redirect, text_reply
from replica.world import Wall, World, WorldAccount

_RECORD, _PAGE, _DOWNLOAD = "upage.html5.qq.com", "sj.qq.com", "appgallery.cloud.huawei.com"
_SHOP, _EDGE = "appgallery.huawei.com", "web-drcn.hispace.dbankcloud.cn"
HOSTS = (_RECORD, _PAGE, _DOWNLOAD, _SHOP, _EDGE)


def answer(world: World, request: Request) -> Reply:
    """The reply of the store that was asked."""
    if request.path == "/robots.txt":
        return text_reply("User-agent: *\nAllow: /\n")
    if request.host == _RECORD:
        return _tencent_record(world, request)
    if request.host == _PAGE:
        return _tencent_page(world, request)
    if request.host == _DOWNLOAD:
        return _huawei_download(world, request)
    if request.host == _EDGE:  # the record is given to the store's own page only
        return json_reply({"rtnCode": 1002, "rtnDesc": "sign error"}, 403)
    return html_reply('<html><head><title></title></head><body><div id="app"></div></body></html>')


def package_of(entry: WorldAccount) -> str:
    """The name under which Android knows the app."""
    return _address(entry, "tencent") or entry.account.key


def _tencent_record(world: World, request: Request) -> Reply:
    try:
        asked = request.json()
    except ValueError:
        asked = None
    package = str(asked.get("packagename", "")) if isinstance(asked, dict) else ""
    entry = next((entry for entry in world.of_platform("app") if package_of(entry) == package), None)
    state = entry.traits.get("tencent", "") if entry else "unknown"
    if entry is not None and entry.wall is not Wall.NONE:
        return Reply(403, {"Content-Type": "text/plain"}, b"")
    if state == "failing":
        return json_reply({"ret": 1, "err_msg": "service busy"})
    if state in ("page_only", "page_gone"):
        return text_reply("not found", 404)
    if entry is None or state == "unknown" or not (entry.traits.get("listed") or state == "off"):
        return json_reply({"ret": 0, "app_detail_records": {}})
    return json_reply({"ret": 0, "app_detail_records": {package: _apkinfo(world, entry, package, state)}})


def _apkinfo(world: World, entry: WorldAccount, package: str, state: str) -> dict[str, Any]:
    return {
        "app_info": {
            "app_id": "54000101",
            "name": entry.account.name,
            "package_name": package,
            "developer": entry.account.sponsor,
            "desc": entry.description,
            "category_name_new": "办公",
            "download_cnt_total": "23817",
            "online_status": 0 if state == "off" else 1,
            "suitable_age": 3,
            "icp_number": "云ICP备00000000号-2A",
            "privacy_agreement": "https://mzj.liuxi.example/ys.html",
        },
        "apk_all_data": {
            "version_name": entry.traits.get("version", "2.4.1"),
            "version_code": 20401,
            "size_byte": "38234496",
            "feature": "优化大字版页面。",
            "url": f"http://imtt.dd.qq.com/16891/apk/0A1B.apk?fsname={package}_2.4.1.apk",
            "update_time": int(world.now.timestamp()) - 70 * 86400,
            "snapshot_bigs": [],
        },
        "app_rating_info": {"rating_count": "236", "average_rating": 4.1},
    }


def _tencent_page(world: World, request: Request) -> Reply:
    package = request.path.rpartition("/")[2]
    entry = next((entry for entry in world.of_platform("app") if package_of(entry) == package), None)
    components: list[dict[str, Any]] = [
        # Others stand before the app itself, and their data is written as text inside the text.
        {
            "cardId": "like",
            "data": {"name": "YouMayAlsoLike", "itemData": json.dumps([{"pkg_name": "a.b", "name": "别的应用"}])},
        },
        {"cardId": "same", "data": {"name": "SameDeveloper", "itemData": []}},
    ]
    listed = entry is not None and entry.traits.get("listed") and entry.traits.get("tencent") != "page_gone"
    if entry is not None and listed:
        item = {
            "pkg_name": package,
            "name": entry.account.name,
            "developer": entry.account.sponsor,
            "operator": entry.account.sponsor,
            "version_name": entry.traits.get("version", "2.4.1"),
            "update_time": f"{in_china(world.now):%Y-%m-%d}",
            "description": entry.description,
            "cate_name_new": "办公",
        }
        components.append({"cardId": "detail", "data": {"name": "GameDetail", "itemData": [item]}})
    state = {
        "props": {
            "pageProps": {
                "dynamicCardResponse": {"ret": 0, "msg": "", "data": {"components": components}},
                "context": {"initialInfo": {"pageParams": {"detail_pkgname": package}}},
                "seoMeta": {"title": f"{entry.account.name}下载" if entry and listed else "找不到页面"},
            }
        }
    }
    text = json.dumps(state, ensure_ascii=False)
    return html_reply(
        f'<html><head></head><body><script id="__NEXT_DATA__" type="application/json">{text}</script></body></html>'
    )


def _huawei_download(world: World, request: Request) -> Reply:
    number = request.path.rpartition("/")[2]
    entry = next((one for one in world.of_platform("app") if _address(one, "huawei") == number), None)
    state = entry.traits.get("huawei", "") if entry else "unknown"
    if state == "busy" or (entry is not None and entry.wall is not Wall.NONE):
        return Reply(429, {"Content-Type": "text/plain", "Retry-After": "300"}, b"")
    if state == "gone":
        return text_reply("not found", 404)
    if entry is None or state in ("unknown", "elsewhere") or not entry.traits.get("listed"):
        return redirect(f"https://{_SHOP}/app/{number}")
    built = f"{in_china(world.now):%y%m}010930"
    return redirect(
        f"https://appdlc-drcn.hispace.dbankcloud.cn/dl/appdl/application/apk/{package_of(entry)}.{built}.apk?sign=x"
    )


def _address(entry: WorldAccount, kind: str) -> str:
    return next((route.address for route in entry.account.routes if route.kind == kind), "")
