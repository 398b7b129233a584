"""Profile and listing of the mobile site, with everything that a listing holds besides the account's posts."""

from __future__ import annotations

from typing import Any

from replica.weibo_pages.blog import mblog, user_of
from replica.weibo_pages.numbers import bid_of, full_date
from replica.world import World, WorldAccount, WorldPost

PAGE_SIZE = 10


def shown_posts(world: World, entry: WorldAccount) -> tuple[WorldPost, ...]:
    """The posts that are still there, newest first."""
    return tuple(post for post in world.posts_of(entry.account.id) if not post.withdrawn)


def profile(world: World, entry: WorldAccount) -> dict[str, Any]:
    """The account's own card. Its tabs are a list or, with the trait ``tabs`` set to ``object``, an object."""
    uid = entry.account.key
    tabs: list[dict[str, Any]] = [
        {
            "id": 1,
            "tabKey": "profile",
            "must_show": 1,
            "hidden": 0,
            "title": "精选",
            "tab_type": "profile",
            "containerid": f"230283{uid}",
        },
        {
            "id": 2,
            "tabKey": "weibo",
            "must_show": 1,
            "hidden": 0,
            "title": "微博",
            "tab_type": "weibo",
            "containerid": f"107603{uid}",
            "apipath": "/profile/statuses",
            "url": "/index/my",
        },
        {
            "id": 10,
            "tabKey": "album",
            "must_show": 0,
            "hidden": 0,
            "title": "相册",
            "tab_type": "album",
            "containerid": f"107803{uid}",
        },
    ]
    as_object = entry.traits.get("tabs") == "object"
    return {
        "ok": 1,
        "data": {
            "isVideoCoverStyle": 1,
            "isStarStyle": 0,
            "userInfo": user_of(entry, _counted(world, entry)) | {"toolbar_menus": []},
            "fans_scheme": f"https://m.weibo.cn/p/index?containerid=231051_-_fans_-_{uid}",
            "follow_scheme": f"https://m.weibo.cn/p/index?containerid=231051_-_followersrecomm_-_{uid}",
            "tabsInfo": {
                "selectedTab": 1,
                "tabs": {str(place): tab for place, tab in enumerate(tabs)} if as_object else tabs,
            },
            "scheme": f"sinaweibo://userinfo?uid={uid}",
            "showAppTips": 0,
        },
    }


def _counted(world: World, entry: WorldAccount) -> int:
    """What the platform claims that the account holds: the trait ``counted``, else what is there."""
    return int(entry.traits.get("counted", len(shown_posts(world, entry))))


def posts_page(world: World, entry: WorldAccount, since: str, number: int) -> dict[str, Any]:
    """One page of the listing: from the post ``since`` on downwards, or page ``number`` where that is asked for."""
    posts = shown_posts(world, entry)
    below = [post for post in posts if not since or int(post.key) <= int(since)]
    start = (number - 1) * PAGE_SIZE if not since else 0
    shown, rest = below[start : start + PAGE_SIZE], below[start + PAGE_SIZE :]
    if not shown:
        return {"ok": 0, "msg": "这里还没有内容", "data": {"cards": []}}
    cards = [_card(world, entry, post, len(posts)) for post in shown]
    if not since and number == 1:
        cards = _first_page(world, entry, posts, cards)
    info: dict[str, Any] = {
        "containerid": f"107603{entry.account.key}",
        "v_p": 42,
        "show_style": 1,
        "total": len(posts),
        "page": None if since else number,
    }
    if rest and entry.traits.get("since") != "none":
        info["since_id"] = int(rest[0].key)
    return {"ok": 1, "data": {"cardlistInfo": info, "cards": cards, "scheme": "", "showAppTips": 0}}


def _first_page(
    world: World, entry: WorldAccount, posts: tuple[WorldPost, ...], cards: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The pinned post on top (it stands at its own place as well), an advertisement, a divider, and two posts that
    the site has folded into a group."""
    pinned = [_card(world, entry, post, len(posts)) for post in posts if post.pinned]
    divider = {"card_type": 58, "itemid": "", "desc": "近期热门"}
    group = {"card_type": 11, "show_type": 2, "card_group": [*cards[4:6], {"card_type": 10, "itemid": "promotion"}]}
    return [
        *pinned,
        *cards[:3],
        _advertisement(world),
        *cards[3:4],
        divider,
        *([group] if cards[4:6] else []),
        *cards[6:],
    ]


def _card(world: World, entry: WorldAccount, post: WorldPost, statuses: int) -> dict[str, Any]:
    uid = entry.account.key
    card: dict[str, Any] = {
        "card_type": 9,
        "itemid": f"107603{uid}_-_{post.key}",
        "scheme": f"https://m.weibo.cn/status/{bid_of(post.key)}?mblogid={bid_of(post.key)}&luicode=10000011",
        "mblog": mblog(entry, post, world.now, statuses),
        "show_type": 0,
        "analysis_extra": f"mblog_rt_mid:{post.key}",
    }
    if post.pinned:
        card["profile_type_id"] = f"proweibotop_{post.key}"
    return card


def _advertisement(world: World) -> dict[str, Any]:
    """A promoted post of somebody else that the platform pushes into the listing."""
    number = "5291300000000099"
    return {
        "card_type": 9,
        "itemid": f"followtopweibo_{number}",
        "mblog": {
            "created_at": full_date(world.now),
            "id": number,
            "mid": number,
            "bid": bid_of(number),
            "text": "夏日大促，全场五折，点击购买立减50元！",
            "mark": "followtopweibo_reallog_mark_ad",
            "readtimetype": "adMblog",
            "mblogtype": 1,
            "isLongText": False,
            "user": {"id": 7600009999, "screen_name": "某某旗舰店", "verified": True, "verified_type": 2},
        },
        "show_type": 0,
    }
