"""Weibo's mobile site in the replica: its traps are there, and the reader makes of it what the world holds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC
from typing import Any

import pytest

from crawler.platforms.weibo import page
from domain.outcome import Outcome
from domain.post import PostKind
from replica.demo import build
from replica.platforms import weibo
from replica.request import Request
from replica.weibo_pages.numbers import bid_of, full_date, shown_date
from replica.world import Wall, World, WorldPost

MAIN, SILENT, LOGIN, LIMITED = (f"76000010{number:02d}" for number in (1, 5, 3, 4))
INDEX = "https://m.weibo.cn/api/container/getIndex"


@pytest.fixture(scope="module")
def world() -> World:
    return build().world


def listing_url(uid: str, since: str = "") -> str:
    return f"{INDEX}?type=uid&value={uid}&containerid=107603{uid}" + (f"&since_id={since}" if since else "")


def body(reply) -> Any:
    return json.loads(reply.body)


def blogs(cards: list[dict[str, Any]]):
    for card in cards:
        if card["card_type"] == 11:
            yield from blogs(card["card_group"])
        elif "mblog" in card:
            yield card["mblog"]


def read(world: World, reply, url: str):
    return page.read(reply.body, url, world.now, status=reply.status, content_type=reply.headers["Content-Type"])


def every_page(world: World, ask, uid: str):
    since, pages = "", 0
    while pages < 20:
        url = listing_url(uid, since)
        reading = read(world, ask(url), url)
        assert reading.outcome is Outcome.OK, reading.detail
        yield reading
        pages += 1
        since = reading.cursor.get("since_id", "")
        if not since:
            return


def by_key(world: World, uid: str) -> dict[str, WorldPost]:
    return {post.key: post for post in world.posts_of(f"weibo:{uid}")}


def test_the_walk_shows_every_post_and_ends(world, ask):
    keys = [post.post_key for reading in every_page(world, ask, MAIN) for post in reading.posts]
    assert set(keys) == set(by_key(world, MAIN))


def test_what_is_listed_reads_back(world, ask):
    known = by_key(world, MAIN)
    for reading in every_page(world, ask, MAIN):
        assert reading.account == "柳溪民政发布"
        for post in reading.posts:
            wanted = known[post.post_key]
            assert post.images == wanted.images
            assert post.pinned == wanted.pinned
            assert post.truncated == (wanted.long_text and len("\n".join(wanted.paragraphs)) > 140)
            if not post.truncated and not wanted.traits.get("repost"):
                text = "\n".join(wanted.paragraphs)
                assert post.text.removesuffix("[心]").removesuffix("[鲜花]").removesuffix("[给力]") == text
            if int(post.post_key) % 13 != 6:
                assert post.published_at == wanted.published_at.astimezone(UTC)
            else:
                assert post.published_at.date() in {
                    wanted.published_at.date(),
                    wanted.published_at.astimezone(UTC).date(),
                }


def test_first_page_holds_the_traps(world, ask):
    cards = body(ask(listing_url(MAIN)))["data"]["cards"]
    assert cards[0]["profile_type_id"].startswith("proweibotop_")
    assert {9, 11, 58} <= {card["card_type"] for card in cards}
    assert any(blog.get("readtimetype") == "adMblog" for blog in blogs(cards))
    assert [blog["created_at"] for blog in blogs(cards)][1] == "42分钟前"
    pinned = cards[0]["mblog"]["mid"]
    assert min(by_key(world, MAIN)[pinned].published_at, world.now) < world.now.replace(month=5)


def test_pictures_are_a_list_here_and_an_object_there(world, ask):
    shapes = set()
    url = listing_url(MAIN)
    for _ in range(8):
        reply = body(ask(url))
        shapes |= {type(blog["pics"]) for blog in blogs(reply["data"]["cards"]) if "pics" in blog}
        since = reply["data"]["cardlistInfo"].get("since_id")
        if since is None:
            break
        url = listing_url(MAIN, str(since))
    assert shapes == {list, dict}


def test_quoted_posts_may_be_gone(world, ask):
    seen = {}
    for post in world.posts_of(f"weibo:{MAIN}"):
        if "repost" in post.traits:
            blog = body(ask(f"https://m.weibo.cn/statuses/show?id={post.key}"))["data"]
            seen[post.traits["repost"]] = blog["retweeted_status"]
    assert seen["deleted"]["deleted"] == "1"
    assert seen["deleted"]["user"] is None
    assert "deleted" not in seen["hidden"]
    assert seen["hidden"]["user"] is None
    assert seen["shown"]["user"]["screen_name"] == "云江民政"


def test_long_text_is_had_in_full(world, ask):
    cut = next(post for post in world.posts_of(f"weibo:{MAIN}") if post.long_text)
    url = f"https://m.weibo.cn/statuses/extend?id={cut.key}"
    reading = read(world, ask(url), url)
    assert reading.post is not None
    assert reading.post.text.startswith("\n".join(cut.paragraphs))
    shown = body(ask(f"https://m.weibo.cn/statuses/show?id={bid_of(cut.key)}"))["data"]
    assert shown["id"] == cut.key
    assert shown["isLongText"] is True


@pytest.mark.parametrize(("uid", "shape", "followers"), [(MAIN, list, "15.6万"), (SILENT, dict, 3400)])
def test_profile(world, ask, uid, shape, followers):
    url = f"{INDEX}?type=uid&value={uid}"
    data = body(ask(url))["data"]
    assert isinstance(data["tabsInfo"]["tabs"], shape)
    assert data["userInfo"]["followers_count"] == followers
    reading = read(world, ask(url), url)
    assert reading.kind is PostKind.PROFILE
    assert reading.account_key == uid
    assert reading.total == len(by_key(world, uid))
    assert reading.profile["verified_type"] == 1
    assert reading.cursor == {"containerid": f"107603{uid}"}


@pytest.mark.parametrize(
    ("wall", "outcome"),
    [
        (Wall.LOGIN, Outcome.LOGIN_WALL),
        (Wall.RATE_LIMITED, Outcome.RATE_LIMITED),
        (Wall.VERIFY, Outcome.VERIFY_WALL),
        (Wall.LAYOUT_CHANGED, Outcome.LAYOUT_CHANGED),
    ],
)
def test_walls(world, wall, outcome):
    entry = replace(world.by_id[f"weibo:{MAIN}"], wall=wall)
    walled = replace(world, accounts=(entry,))
    for path, query in (
        ("/api/container/getIndex", {"type": "uid", "value": MAIN}),
        ("/api/container/getIndex", {"containerid": f"107603{MAIN}"}),
        ("/statuses/show", {"id": world.posts_of(f"weibo:{MAIN}")[0].key}),
    ):
        reply = weibo.answer(walled, Request("GET", "m.weibo.cn", "https", path, query))
        assert read(world, reply, f"https://m.weibo.cn{path}").outcome is outcome


def test_what_is_not_there(world, ask):
    gone = "https://m.weibo.cn/statuses/show?id=5200000000000001"
    assert read(world, ask(gone), gone).outcome is Outcome.DELETED
    nobody = f"{INDEX}?type=uid&value=7999999999"
    assert read(world, ask(nobody), nobody).outcome is Outcome.CLOSED
    past_the_end = listing_url(MAIN, "1")
    assert read(world, ask(past_the_end), past_the_end).outcome is Outcome.EMPTY
    assert ask("https://m.weibo.cn/no/such/page").status == 404


def test_a_post_as_a_page(world, ask):
    post = next(post for post in world.posts_of(f"weibo:{MAIN}") if post.kind is PostKind.PICTURE)
    url = f"https://m.weibo.cn/detail/{post.key}"
    reading = read(world, ask(url), url)
    assert reading.post is not None
    assert (reading.post.post_key, reading.post.images) == (post.key, post.images)


def test_films_say_so(world, ask):
    for reading in every_page(world, ask, "7600001006"):
        assert {post.kind for post in reading.posts} == {PostKind.VIDEO}
        assert all(post.title for post in reading.posts)


def test_desktop_site_sends_to_the_visitor_system(world, ask):
    reply = ask("https://weibo.com/hot/weibo")
    assert reply.status == 302
    address = reply.headers["Location"]
    assert read(world, ask(address), address).outcome is Outcome.VERIFY_WALL


def test_pictures_want_a_referer(world):
    request = Request("GET", "wx1.sinaimg.cn", "https", "/large/a.jpg")
    assert weibo.answer(world, request).status == 403
    assert weibo.answer(world, replace(request, headers={"referer": "https://m.weibo.cn/"})).status == 200


def test_numbers_and_dates(world):
    assert bid_of("4386731509545047") == "HAohwE36n"
    assert full_date(world.now) == "Thu Jun 18 22:00:00 +0800 2026"
    yesterday = world.now.replace(day=17, hour=9)
    assert shown_date(yesterday, world.now, loosely=True) == "昨天 09:00"
    assert shown_date(world.now, world.now, loosely=False) == "刚刚"
    assert shown_date(yesterday.replace(day=3), world.now, loosely=True) == "06-03"
