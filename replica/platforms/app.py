"""Apple's lookup: an app that is on the shelf, and the empty answer for one that is not.

Trait of an account: ``listed`` (empty: taken off the shelf); ``version`` and ``released_at`` of what is offered.
"""

from __future__ import annotations

from typing import Any

from replica.request import Reply, Request, html_reply, json_reply, redirect, text_reply
from replica.world import Wall, World, WorldAccount

HOSTS = ("itunes.apple.com", "apps.apple.com")


def answer(world: World, request: Request) -> Reply:
    """The reply of the lookup, or the store page of a listed app."""
    if request.path == "/robots.txt":
        return text_reply("User-agent: *\nAllow: /\n")
    if request.host == "apps.apple.com":
        return _store_page(world, request)
    if request.path not in ("/lookup", "/cn/lookup"):
        return html_reply("<html><body>404 Not Found</body></html>", 404)
    return _lookup(world, request)


def _lookup(world: World, request: Request) -> Reply:
    numbers = [word for word in request.query.get("id", "").split(",") if word]
    if any(not number.isdigit() for number in numbers):
        return json_reply({"errorMessage": "Invalid value(s) for key(s): [id]", "queryParameters": {}}, 400)
    bundle = request.query.get("bundleId", "")
    wanted = [entry for entry in world.of_platform("app") if _track(entry) in numbers or bundle == entry.account.key]
    if any(entry.wall is not Wall.NONE for entry in wanted):
        return Reply(403, {"Content-Type": "text/plain"}, b"")
    # An app that is sold in China only does not exist for a visitor who does not say so.
    in_china = request.query.get("country", "").lower() == "cn" or request.path.startswith("/cn/")
    found = [_result(entry) for entry in wanted if entry.traits.get("listed") and in_china]
    reply = json_reply({"resultCount": len(found), "results": found})
    return Reply(200, {"Content-Type": "text/javascript; charset=utf-8"}, b"\n\n\n" + reply.body)


def _track(entry: WorldAccount) -> str:
    return next((route.address for route in entry.account.routes if route.kind == "lookup"), "")


def _result(entry: WorldAccount) -> dict[str, Any]:
    account, track = entry.account, _track(entry)
    return {
        "wrapperType": "software",
        "kind": "software",
        "trackId": int(track),
        "trackName": account.name,
        "trackCensoredName": account.name,
        "bundleId": account.key,
        "version": entry.traits.get("version", "2.4.1"),
        "currentVersionReleaseDate": entry.traits.get("released_at", "2026-04-09T03:12:45Z"),
        "releaseDate": "2022-08-30T07:00:00Z",
        "releaseNotes": "修复已知问题，优化大字版页面。",
        "sellerName": account.sponsor,
        "artistId": int(track) + 7,
        "artistName": account.sponsor,
        "artistViewUrl": f"https://apps.apple.com/cn/developer/id{int(track) + 7}?uo=4",
        "trackViewUrl": f"https://apps.apple.com/cn/app/id{track}?uo=4",
        "minimumOsVersion": "12.0",
        "fileSizeBytes": "48234496",
        "price": 0.0,
        "formattedPrice": "免费",
        "currency": "CNY",
        "averageUserRating": 4.1,
        "userRatingCount": 236,
        "contentAdvisoryRating": "4+",
        "trackContentRating": "4+",
        "advisories": [],
        "genres": ["工具", "效率"],
        "genreIds": ["6002", "6007"],
        "primaryGenreName": "Utilities",
        "primaryGenreId": 6002,
        "languageCodesISO2A": ["ZH"],
        "supportedDevices": ["iPhone12-iPhone12"],
        "features": [],
        "screenshotUrls": [],
        "ipadScreenshotUrls": [],
        "appletvScreenshotUrls": [],
        "isGameCenterEnabled": False,
        "isVppDeviceBasedLicensingEnabled": True,
        "description": entry.description,
    }


def _store_page(world: World, request: Request) -> Reply:
    for entry in world.of_platform("app"):
        if entry.traits.get("listed") and request.path.endswith(f"/id{_track(entry)}"):
            return html_reply(f'<html><head><meta charset="utf-8"><title>{entry.account.name}</title></head></html>')
    if request.path == "/":
        return redirect("https://www.apple.com/app-store/")
    return html_reply("<html><head><title>App Store</title></head><body></body></html>", 404)
