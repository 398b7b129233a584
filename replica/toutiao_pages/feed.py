"""The list that the profile page asks for, one kind of item in three shapes."""

from __future__ import annotations

import json
from typing import Any

from domain.post import PostKind
from replica.toutiao_pages.text import abstract, body_html, plain
from replica.world import World, WorldAccount, WorldPost

PAGE_SIZE = 12
_CELLS = {PostKind.VIDEO: 0, PostKind.TEXT: 32, PostKind.PICTURE: 32}
_PATHS = {PostKind.VIDEO: "video", PostKind.TEXT: "w", PostKind.PICTURE: "w"}


def path_of(post: WorldPost) -> str:
    """The path of an item's own page."""
    return f"/{_PATHS.get(post.kind, 'article')}/{post.key}/"


def shown_posts(world: World, entry: WorldAccount) -> list[WorldPost]:
    """The posts that are still there, newest first."""
    return [post for post in world.posts_of(entry.account.id) if not post.withdrawn]


def feed(world: World, entry: WorldAccount, before: int) -> dict[str, Any]:
    """One page of the list: what was published before ``before`` (0: from the top, the pinned post first)."""
    posts = shown_posts(world, entry)
    older = [post for post in posts if not before or _seconds(post) < before]
    shown = older[:PAGE_SIZE]
    items = [_item(entry, post) for post in shown]
    if not before:
        items = [_item(entry, post) for post in posts if post.pinned] + items
    return {
        "message": "success",
        "has_more": len(older) > len(shown),
        "next": {"max_behot_time": _seconds(shown[-1]) if shown else 0},
        "offset": 0,
        "login_status": 0,
        "data": items,
    }


def refused() -> dict[str, Any]:
    """What a request without the page's own signature gets: a success without anything in it."""
    return {"message": "success", "has_more": False, "next": {"max_behot_time": 0}, "data": []}


def as_text(reply: dict[str, Any]) -> dict[str, Any]:
    """The list in its older form: every item a JSON document inside a text."""
    items = [{"content": json.dumps(item, ensure_ascii=True), "code": ""} for item in reply["data"]]
    return {
        **reply,
        "data": items,
        "login_status": 0,
        "total_number": len(items),
        "post_content_hint": "分享今日新鲜事",
    }


def _seconds(post: WorldPost) -> int:
    return int(post.published_at.timestamp())


def _item(entry: WorldAccount, post: WorldPost) -> dict[str, Any]:
    address = f"https://www.toutiao.com{path_of(post)}"
    item: dict[str, Any] = {
        "id": post.key,
        "group_id": post.key,
        "item_id": post.key,
        "cell_type": _CELLS.get(post.kind, 60),
        "title": post.title,
        "abstract": abstract(post),
        "publish_time": _seconds(post),
        "behot_time": _seconds(post),
        "source": entry.account.name,
        "article_url": address,
        "share_url": address,
        "display_url": address,
        "read_count": int(post.key) % 4096,
        "comment_count": int(post.key) % 17,
        "digg_count": int(post.key) % 61,
        "has_video": post.kind is PostKind.VIDEO,
        "is_original": bool(post.original),
        "is_stick": post.pinned,
        "image_list": [{"url": image, "width": 640, "height": 427} for image in post.images],
        "itemCell": {
            "itemCounter": {"readCount": int(post.key) % 4096, "diggCount": int(post.key) % 61},
            "locationInfo": {"publishLocInfo": "云江"},
            "articleBase": {
                "gidStr": post.key,
                "itemStatus": "deleted" if post.traits.get("state") == "deleted" else "normal",
                "title": post.title,
                "articleURL": address,
            },
        },
    }
    if post.pinned:
        item["stick_label"] = "置顶"
    return item | _writer(entry, post)


def _writer(entry: WorldAccount, post: WorldPost) -> dict[str, Any]:
    """The account, under the key and in the shape that the kind of item has for it."""
    account = entry.account
    auth = json.dumps({"auth_type": "1", "auth_info": entry.verified_reason}, ensure_ascii=False)
    match post.kind:
        case PostKind.VIDEO:
            info = {"name": account.name, "user_id": account.key, "user_auth_info": auth, "desc": entry.description}
            video = {
                "duration": 58,
                "vid": f"v02{post.key[-16:]}",
                "play_addr_list": [],
                "origin_cover": {"url_list": []},
            }
            return {"user": {"info": info, "relation_count": {"followers_count": entry.followers}}, "video": video}
        case PostKind.TEXT | PostKind.PICTURE:
            user = {
                "id": account.key,
                "user_id": account.key,
                "name": account.name,
                "screen_name": account.name,
                "verified_content": entry.verified_reason,
                "user_auth_info": auth,
                "desc": entry.description,
            }
            return {"user": user, "content": plain(post), "rich_content": body_html(post), "thread_id_str": post.key}
        case _:
            author: dict[str, Any] = {
                "name": account.name,
                "user_id": account.key,
                "user_verified": True,
                "verified_content": entry.verified_reason,
                "user_auth_info": auth,
                "description": entry.description,
            }
            return {"user_info": author}
