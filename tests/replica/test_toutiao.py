"""Toutiao in the replica: a page that fetches its own list, and nothing for anybody who asks otherwise."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from crawler.platforms.toutiao import page
from domain.outcome import Outcome
from domain.post import PostKind
from replica.demo import build
from replica.platforms import toutiao
from replica.request import Request
from replica.toutiao_pages.pages import signature
from replica.world import Wall, World

ACCOUNT = "toutiao:3927001180"
FEED = "/api/pc/list/feed"


@pytest.fixture(scope="module")
def world() -> World:
    return build().world


@pytest.fixture
def token(world: World) -> str:
    return toutiao.token_of(world.by_id[ACCOUNT])


def feed(world: World, token: str, before: str = "0", **given: str):
    query = {"category": "profile_all", "token": token, "max_behot_time": before, "a_bogus": signature(token, before)}
    return toutiao.answer(world, Request("GET", "www.toutiao.com", "https", FEED, query | given))


def read(world: World, reply, url: str = ""):
    return page.read(reply.body, url, world.now, status=reply.status, content_type=reply.headers["Content-Type"])


def test_pages_of_the_list_show_every_post(world, token):
    before, seen, pages = "0", {}, 0
    while before != "" and pages < 10:
        reading = read(world, feed(world, token, before), f"https://www.toutiao.com{FEED}?max_behot_time={before}")
        assert reading.outcome is Outcome.OK
        assert reading.account == "柳溪民政"
        seen |= {post.post_key: post for post in reading.posts}
        before, pages = reading.cursor.get("max_behot_time", ""), pages + 1
    wanted = world.posts_of(ACCOUNT)
    assert set(seen) == {post.key for post in wanted}
    assert pages == 3
    for post in wanted:
        item = seen[post.key]
        assert (item.kind, item.published_at, item.pinned) == (post.kind, post.published_at, post.pinned)
        if post.kind is PostKind.TEXT:
            assert item.text == "\n".join(post.paragraphs)


def test_cells_of_each_kind_and_the_pinned_one_first(world, token):
    data = json.loads(feed(world, token).body)["data"]
    assert data[0]["is_stick"] is True
    assert data[0]["publish_time"] < data[1]["publish_time"]
    assert {item["cell_type"] for item in data} == {0, 32, 60}


@pytest.mark.parametrize("given", [{"a_bogus": ""}, {"a_bogus": "1"}, {"token": "MS4wOther"}])
def test_unsigned_requests_get_an_empty_success(world, token, given):
    query = {"category": "profile_all", "token": token, "max_behot_time": "0", "a_bogus": signature(token, "0")} | given
    reply = toutiao.answer(world, Request("GET", "www.toutiao.com", "https", FEED, query))
    assert json.loads(reply.body)["message"] == "success"
    assert read(world, reply, f"https://www.toutiao.com{FEED}?max_behot_time=0").outcome is Outcome.VERIFY_WALL


def test_items_read_back(world, ask):
    for post in world.posts_of(ACCOUNT):
        path = {PostKind.VIDEO: "video", PostKind.TEXT: "w"}.get(post.kind, "article")
        url = f"https://www.toutiao.com/{path}/{post.key}/"
        seen = read(world, ask(url), url).post
        assert seen is not None
        assert (seen.post_key, seen.title, seen.kind) == (post.key, post.title, post.kind)
        assert seen.text == "\n".join(post.paragraphs)
        assert seen.published_at == post.published_at


def test_mobile_mirror_and_old_addresses(world, ask):
    post = world.posts_of(ACCOUNT)[0]
    url = f"https://m.toutiao.com/i{post.key}/info/"
    assert read(world, ask(url), url).post.title == post.title
    assert ask(f"https://www.toutiao.com/a{post.key}/").headers["Location"].endswith(f"/article/{post.key}/")
    assert ask("https://www.toutiao.com/c/user/3927001180/").status == 302
    gone = "https://www.toutiao.com/article/7000000000000000000/"
    assert read(world, ask(gone), gone).outcome is Outcome.DELETED


def test_the_profile_page_holds_no_post(world, ask, token):
    url = f"https://www.toutiao.com/c/user/token/{token}/"
    text = ask(url).body.decode()
    assert world.posts_of(ACCOUNT)[0].title not in text
    assert FEED in text
    assert read(world, ask(url), url).kind is PostKind.NONE


@pytest.mark.parametrize(
    ("wall", "outcome"),
    [
        (Wall.VERIFY, Outcome.VERIFY_WALL),
        (Wall.RATE_LIMITED, Outcome.RATE_LIMITED),
    ],
)
def test_walls(world, token, wall, outcome):
    walled = replace(world, accounts=(replace(world.by_id[ACCOUNT], wall=wall),))
    path = f"/c/user/token/{token}/"
    reply = toutiao.answer(walled, Request("GET", "www.toutiao.com", "https", path))
    assert read(world, reply, f"https://www.toutiao.com{path}").outcome is outcome
    assert json.loads(feed(walled, token).body)["data"] == []
