"""The replies that the pages ask for, in today's form and in that of GraphQL."""

from __future__ import annotations

from typing import Any

from domain.post import PostKind
from replica.world import World, WorldAccount, WorldPost

PAGE_SIZE = 20
NO_MORE = "no_more"


def shown_posts(world: World, entry: WorldAccount) -> list[WorldPost]:
    """The works that are still there, newest first."""
    return [post for post in world.posts_of(entry.account.id) if not post.withdrawn]


def cursor_of(post: WorldPost) -> str:
    """The place behind ``post``, in the platform's way of writing a number: ``1.781793E12``."""
    number = f"{int(post.published_at.timestamp() * 1000):.12E}".replace("E+", "E")
    mantissa, _, exponent = number.partition("E")
    return f"{mantissa.rstrip('0').rstrip('.')}E{int(exponent)}"


def feed(world: World, entry: WorldAccount, cursor: str) -> dict[str, Any]:
    """One page of the works behind ``cursor`` (empty: from the top, pinned ones first)."""
    posts = shown_posts(world, entry)
    older = [post for post in posts if not cursor or post.published_at.timestamp() * 1000 < float(cursor)]
    shown = older[:PAGE_SIZE]
    feeds = [work(entry, post) for post in shown]
    if not cursor:
        feeds = [work(entry, post) for post in posts if post.pinned] + feeds
    return {
        "result": 1,
        "pcursor": cursor_of(shown[-1]) if len(older) > len(shown) else NO_MORE,
        "host-name": "public-replica",
        "feeds": feeds,
    }


def card(world: World, entry: WorldAccount) -> dict[str, Any]:
    """The account's own reply."""
    count = int(entry.traits.get("counted", len(shown_posts(world, entry))))
    return {
        "result": 1,
        "userProfile": {
            "profile": {
                "user_id": entry.account.key,
                "user_name": entry.account.name,
                "gender": "F",
                "headurl": "https://p2.a.yximgs.com/uhead/liuxi.jpg",
                "user_text": entry.description,
                "verifiedReason": entry.verified_reason,
            },
            "ownerCount": {"fan": _words(entry.followers), "follow": 3, "photo": None, "photo_public": count},
            "isFollowing": False,
            "userDefineId": entry.traits.get("handle", "liuximz"),
        },
    }


def work(entry: WorldAccount, post: WorldPost) -> dict[str, Any]:
    """One item of the list. Of a removed one the platform leaves the item and empties it."""
    author = {
        "id": entry.account.key,
        "name": entry.account.name,
        "headerUrl": "https://p2.a.yximgs.com/uhead/liuxi.jpg",
        "following": False,
        "headerUrls": None,
    }
    photo = None if post.traits.get("state") == "removed" else photo_of(post)
    return {"type": 1, "tags": None, "author": author, "photo": photo, "canAddComment": 1}


def photo_of(post: WorldPost) -> dict[str, Any]:
    """The work itself."""
    number = sum(map(ord, post.key))
    photo: dict[str, Any] = {
        "id": post.key,
        "caption": "\n".join(post.paragraphs),
        "originCaption": None,
        "timestamp": int(post.published_at.timestamp() * 1000),
        "duration": 0 if post.kind is PostKind.PICTURE else 36_500,
        "likeCount": _words(number * 31),
        "realLikeCount": number * 31,
        "viewCount": _words(number * 457),
        "commentCount": number % 19,
        "coverUrl": f"https://p4.a.yximgs.com/upic/{post.key}.jpg",
        "coverUrls": [],
        "photoUrl": f"https://v2.kwaicdn.com/upic/{post.key}.mp4",
        "photoUrls": [],
        "videoRatio": 0.5625,
        "animatedCoverUrl": "",
        "liked": False,
        "profileUserTopPhoto": post.pinned,
        "riskTagContent": "",
        "riskTagUrl": "",
        "expTag": "1_a/0_unknown0",
        "stereoType": 0,
    }
    if post.kind is PostKind.PICTURE:
        paths = [image.removeprefix("https://p5.a.yximgs.com") for image in post.images]
        photo |= {"photoType": "VERTICAL_ATLAS", "ext_params": {"atlas": {"cdn": ["p5.a.yximgs.com"], "list": paths}}}
    return photo


def in_graphql(name: str, value: dict[str, Any]) -> dict[str, Any]:
    """``value`` as the older interface wraps it."""
    inner = {key: each for key, each in value.items() if key != "host-name"} | {"llsid": "1", "webPageArea": ""}
    return {"data": {name: inner}}


def _words(count: int) -> int | str:
    """A number, or from ten thousand on the words the site writes instead (``1.2万``)."""
    return count if count < 10_000 else f"{count / 10_000:.1f}".removesuffix(".0") + "万"
