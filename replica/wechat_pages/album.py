"""Albums (合集): the only listing of an account that is open to everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from domain.clock import in_china
from replica.request import Reply, html_reply, json_reply
from replica.wechat_pages.addresses import album_ids, long_url, message_of
from replica.wechat_pages.pagedata import show_type
from replica.world import World, WorldAccount, WorldPost

_MOST = 20


def album_posts(world: World, entry: WorldAccount, album: str) -> tuple[WorldPost, ...]:
    """The posts of ``album``, newest first: those whose trait ``album`` names it, and in the account's first album
    those that name none. Withdrawn posts have left it."""
    albums = album_ids(entry.account)
    first = albums[0] if albums else ""
    return tuple(
        post
        for post in world.posts_of(entry.account.id)
        if post.traits.get("album", first) == album and not post.withdrawn
    )


def album_reply(world: World, entry: WorldAccount, query: Mapping[str, str]) -> Reply:
    """One page of an album as JSON (``f=json``) or as the page a browser gets."""
    album = query.get("album_id", "")
    if album not in album_ids(entry.account):
        return json_reply({"base_resp": {"ret": -2, "errmsg": "invalid album"}})
    posts = album_posts(world, entry, album)
    if query.get("is_reverse") == "1":
        posts = posts[::-1]
    start = _start(posts, query)
    count = min(int(query.get("count") or _MOST), _MOST)
    shown = posts[start : start + count]
    if query.get("f") != "json":
        return html_reply(_page(entry, shown))
    more = start + count < len(posts)
    listing: dict[str, object] = {
        "base_info": _base_info(entry, album, len(posts)),
        "continue_flag": "1" if more else "0",
        "reverse_continue_flag": "1" if start else "0",
    }
    items = [_item(entry, post, len(posts) - start - place) for place, post in enumerate(shown)]
    # An array from two items on, the bare object for one, and no key at all for none.
    if len(items) == 1:
        listing["article_list"] = items[0]
    elif items:
        listing["article_list"] = items
    return json_reply({"base_resp": {"ret": 0, "exportkey_token": ""}, "getalbum_resp": listing})


def _start(posts: Sequence[WorldPost], query: Mapping[str, str]) -> int:
    """Behind the article that the last page ended with; at the beginning when it is not (or no longer) there."""
    last = (query.get("begin_msgid", ""), query.get("begin_itemidx", ""))
    return next((place + 1 for place, post in enumerate(posts) if message_of(post) == last), 0)


def _item(entry: WorldAccount, post: WorldPost, position: int) -> dict[str, str]:
    mid, index = message_of(post)
    return {
        "cover_img_1_1": post.images[0] if post.images else "",
        "create_time": str(int(post.published_at.timestamp())),
        "is_pay_subscribe": "0",
        "is_read": "0",
        "item_show_type": str(show_type(post)),
        "itemidx": index,
        "key": f"{mid}_{index}",
        "msgid": mid,
        "pos_num": str(position),
        "title": post.title,
        "tts_is_ban": "0",
        "url": long_url(entry.account, post, scheme="http", decorated=True),
        "user_read_status": "0",
    }


def _base_info(entry: WorldAccount, album: str, count: int) -> dict[str, str]:
    return {
        "album_id": album,
        "article_count": str(count),
        "title": entry.traits.get(f"album_title_{album}", "合集"),
        "nickname": entry.account.name,
        "username": entry.account.key,
        "description": "",
        "is_numbered": "0",
        "isupdating": "1",
        "type": "0",
        "public_tag_content_num": "0",
    }


def _page(entry: WorldAccount, posts: Sequence[WorldPost]) -> str:
    items = "".join(
        f'<li class="album__list-item" data-msgid="{message_of(post)[0]}" data-itemidx="{message_of(post)[1]}" '
        f'data-link="{escape(long_url(entry.account, post, scheme="http", decorated=True))}" '
        f'data-title="{escape(post.title)}"><div class="album__item-title">{escape(post.title)}</div>'
        f'<span class="js_article_create_time album__item-info-item" '
        f'data-time="{int(post.published_at.timestamp())}">{in_china(post.published_at):%Y-%m-%d}</span></li>'
        for post in posts
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title></title></head>
<body class="zh_CN album"><div class="album__author-info"><span class="album__author-name">{escape(entry.account.name)}
</span></div><div class="album__label-title">合集</div><ul class="album__list js_album_list">{items}</ul></body></html>
"""
