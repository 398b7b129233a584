"""What the official interface lists: the publish list (without mass-sent articles) and the statistics (with them)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from domain.clock import in_china
from replica.wechat_pages.addresses import long_url, message_of
from replica.wechat_pages.pagedata import content_markup, description
from replica.world import World, WorldAccount, WorldPost

#: Statistics exist from this day on.
FIRST_DAY = date(2025, 11, 1)
#: They are ready at this hour of the next day.
READY_HOUR = 8


def pushes(world: World, entry: WorldAccount) -> list[list[WorldPost]]:
    """The published pushes, newest first, each with its articles in order. A mass-sent article is in none."""
    groups: dict[str, list[WorldPost]] = {}
    for post in world.posts_of(entry.account.id):
        if not post.mass_sent:
            groups.setdefault(message_of(post)[0], []).append(post)
    return [sorted(group, key=lambda post: int(message_of(post)[1])) for group in groups.values()]


def article_id(push: Sequence[WorldPost]) -> str:
    """The opaque name of a push."""
    return (
        "replica_" + hashlib.sha256(f"article:{push[0].account_id}/{message_of(push[0])[0]}".encode()).hexdigest()[:40]
    )


def push_item(entry: WorldAccount, push: Sequence[WorldPost], *, with_content: bool) -> dict[str, object]:
    """One entry of ``freepublish/batchget``."""
    created = int(min(post.published_at for post in push).timestamp())
    return {
        "article_id": article_id(push),
        "content": {
            "news_item": [news_item(entry, post, with_content=with_content) for post in push],
            "create_time": created,
            "update_time": created,
        },
        "update_time": created,
    }


def news_item(entry: WorldAccount, post: WorldPost, *, with_content: bool) -> dict[str, object]:
    """One article of a push. A withdrawn one stays in the list and is marked."""
    return {
        "title": post.title,
        "author": post.traits.get("author", ""),
        "digest": description(post),
        "content": content_markup(entry, post) if with_content else "",
        "content_source_url": post.traits.get("source_url", ""),
        "thumb_media_id": f"media_{message_of(post)[0]}",
        "thumb_url": post.images[0].replace("https://", "http://") if post.images else "",
        "show_cover_pic": 0,
        "need_open_comment": 1 if "comments" in post.traits else 0,
        "only_fans_can_comment": 0,
        "url": long_url(entry.account, post, scheme="http", decorated=True),
        "is_deleted": post.withdrawn,
    }


def is_ready(day: date, now: datetime) -> bool:
    """True when the statistics of ``day`` have been worked out at ``now``."""
    local = in_china(now)
    return day < local.date() - timedelta(days=1) or (day < local.date() and local.hour >= READY_HOUR)


def day_statistics(world: World, entry: WorldAccount, day: date) -> list[dict[str, object]]:
    """The articles of one publication day, mass-sent (0) and published (1), with their daily figures so far."""
    yesterday = in_china(world.now).date() - timedelta(days=1)
    return [
        {
            "ref_date": day.isoformat(),
            "msgid": "_".join(message_of(post)),
            "title": post.title,
            "content_url": long_url(entry.account, post, scheme="http", decorated=True),
            "publish_type": 0 if post.mass_sent else 1,
            "detail_list": [
                _detail(post, day + timedelta(days=age)) for age in range(min((yesterday - day).days, 29) + 1)
            ],
        }
        for post in world.posts_of(entry.account.id)
        if in_china(post.published_at).date() == day
    ]


def _detail(post: WorldPost, day: date) -> dict[str, object]:
    """Figures accumulated from publication to ``day``; invented, but the same for the same post and day."""
    seed = int(hashlib.sha256(post.id.encode()).hexdigest()[:6], 16)
    age = (day - in_china(post.published_at).date()).days + 1
    readers = (seed % 400 + 20) * age // (age + 1)
    return {
        "stat_date": day.isoformat(),
        "read_user": readers,
        "read_user_source": [{"scene": "公众号消息", "user_count": readers // 2}],
        "share_user": readers // 25,
        "zaikan_user": readers // 60,
        "like_user": readers // 40,
        "comment_count": len(json.loads(post.traits.get("comments", "[]"))),
        "collection_user": readers // 80,
        "praise_money": 0,
        "read_subscribe_user": readers // 2,
        "read_delivery_rate": 0.031,
        "read_finish_rate": 0.42,
        "read_avg_activetime": 37,
        "read_jump_position": [{"position": 1, "rate": 0.1}],
    }
