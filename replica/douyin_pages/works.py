"""The replies that the pages ask for: the account's card, its works, one work."""

from __future__ import annotations

import json
from typing import Any

from domain.clock import in_china
from domain.post import PostKind
from replica.world import World, WorldAccount, WorldPost

PAGE_SIZE = 18


def shown_posts(world: World, entry: WorldAccount) -> list[WorldPost]:
    """The works that are still there, newest first."""
    return [post for post in world.posts_of(entry.account.id) if not post.withdrawn]


def milliseconds(post: WorldPost) -> int:
    """When it was published, as the cursor counts."""
    return int(post.published_at.timestamp() * 1000)


def path_of(post: WorldPost) -> str:
    """The path of a work's own page."""
    return f"/{'note' if post.kind is PostKind.PICTURE else 'video'}/{post.key}"


def listing(world: World, entry: WorldAccount, before: int, *, null: bool = False) -> dict[str, Any]:
    """One page of the works published before ``before`` (milliseconds; 0: from the top, pinned ones first)."""
    posts = shown_posts(world, entry)
    older = [post for post in posts if not before or milliseconds(post) < before]
    shown = older[:PAGE_SIZE]
    works: list[dict[str, Any]] | None = [work(entry, post) for post in shown]
    if not before and works is not None:
        works = [work(entry, post) for post in posts if post.pinned] + works
    if null or (before and not shown):
        works = None
    return {
        "status_code": 0,
        "min_cursor": milliseconds(shown[0]) if shown else 0,
        "max_cursor": milliseconds(shown[-1]) if shown else 0,
        "has_more": int(len(older) > len(shown)) if not null else 0,
        "request_item_cursor": 0,
        "post_serial": 1,
        "time_list": sorted({f"{in_china(post.published_at):%Y·%m}" for post in shown}, reverse=True),
        "aweme_list": works,
        "log_pb": {"impr_id": "20260618220000"},
        "extra": {"now": int(world.now.timestamp() * 1000), "fatal_item_ids": [], "logid": "20260618220000"},
    }


def author(entry: WorldAccount) -> dict[str, Any]:
    """The account as every work carries it."""
    label = {"label_style": 5, "label_text": entry.verified_reason, "is_biz_account": 0}
    return {
        "uid": entry.traits.get("uid", "90000000001"),
        "sec_uid": entry.account.key,
        "nickname": entry.account.name,
        "signature": entry.description,
        "avatar_thumb": {"uri": "liuxi", "url_list": ["https://p3.douyinpic.com/aweme/100x100/liuxi.jpeg"]},
        "custom_verify": "",
        "enterprise_verify_reason": entry.verified_reason,
        "account_cert_info": json.dumps(label, ensure_ascii=False),
        "is_gov_media_vip": True,
        "follower_count": entry.followers,
        "follow_status": 0,
    }


def card(world: World, entry: WorldAccount) -> dict[str, Any]:
    """The reply about the account itself."""
    user = author(entry) | {
        "short_id": "0",
        "unique_id": entry.traits.get("handle", "liuximinzheng"),
        "avatar_larger": {"url_list": ["https://p3.douyinpic.com/aweme/1080x1080/liuxi.jpeg"]},
        "mplatform_followers_count": entry.followers,
        "following_count": 12,
        "total_favorited": entry.followers * 7,
        "aweme_count": int(entry.traits.get("counted", len(shown_posts(world, entry)))),
        "ip_location": "IP属地：云江",
        "verification_type": 1,
        "commerce_info": {"challenge_list": None},
        "user_canceled": entry.traits.get("state") == "cancelled",
    }
    return {"status_code": 0, "extra": {"now": int(world.now.timestamp() * 1000)}, "user": user}


def work(entry: WorldAccount, post: WorldPost) -> dict[str, Any]:
    """One work as the list has it."""
    state = post.traits.get("state", "")
    text = "\n".join(post.paragraphs)
    pictures = [
        {"uri": f"tos/{number}", "url_list": [image], "download_url_list": [f"{image}&mark=1"], "width": 1080}
        for number, image in enumerate(post.images)
    ]
    is_note = post.kind is PostKind.PICTURE
    return {
        "aweme_id": post.key,
        "desc": text,
        "item_title": post.title,
        "caption": text,
        "create_time": int(post.published_at.timestamp()),
        "aweme_type": 68 if is_note else 0,
        "media_type": 2 if is_note else 4,
        "is_top": int(post.pinned),
        "region": "CN",
        "group_id": post.key,
        "author": author(entry),
        "statistics": {"aweme_id": post.key, "digg_count": int(post.key) % 97, "comment_count": int(post.key) % 13,
                       "collect_count": 0, "share_count": 1, "play_count": 0},
        "status": {
            "is_delete": state == "deleted",
            "allow_share": True,
            "is_prohibited": state == "prohibited",
            "in_reviewing": state == "reviewing",
            "private_status": 1 if state == "private" else 0,
            "reviewed": 1,
            "review_result": {"review_status": 0},
            "part_see": 0,
        },
        "text_extra": [],
        "video": {
            "play_addr": {"uri": f"v0200f{post.key[-12:]}", "url_list": [], "width": 1080, "height": 1920},
            "cover": {"url_list": [f"https://p3-pc-sign.douyinpic.com/tos-cn/{post.key}.jpeg"]},
            "ratio": "1080p",
            "duration": 0 if is_note else 42_000,
        },
        "images": pictures if is_note else None,
        "share_url": f"https://www.iesdouyin.com/share/video/{post.key}/",
        "music": {"id": 1, "title": "@柳溪民政创作的原声"},
        "duration": 0 if is_note else 42_000,
    }  # fmt: skip


def detail(found: tuple[WorldAccount, WorldPost] | None, key: str) -> dict[str, Any]:
    """The reply about one work; of one that is gone, the reason in the platform's words."""
    if found is not None:
        return {"status_code": 0, "aweme_detail": work(*found), "log_pb": {"impr_id": "20260618220000"}}
    return {
        "status_code": 0,
        "aweme_detail": None,
        "filter_detail": {
            "aweme_id": key,
            "filter_reason": "status_deleted",
            "detail_msg": "因作品权限或已被删除，无法观看，去看看其他作品吧",
        },
        "log_pb": {"impr_id": "20260618220000"},
    }
