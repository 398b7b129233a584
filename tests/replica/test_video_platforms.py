"""Douyin and Kuaishou in the replica: pages that fetch their own list, and nothing for anybody who asks otherwise."""

from __future__ import annotations

import json

import pytest

from crawler.platforms.douyin import page as douyin_page
from crawler.platforms.kuaishou import page as kuaishou_page
from domain.outcome import Outcome
from domain.post import PostKind
from replica.demo import build
from replica.demo.violations import where
from replica.douyin_pages.pages import signature
from replica.platforms import douyin, kuaishou
from replica.request import Request
from replica.world import World

POSTS = "/aweme/v1/web/aweme/post/"
FEED = "/rest/v/profile/feed"


@pytest.fixture(scope="module")
def world() -> World:
    return build().world


def of_douyin(world: World, path: str, **query: str):
    reply = douyin.answer(world, Request("GET", "www.douyin.com", "https", path, query))
    url = f"https://www.douyin.com{path}?max_cursor={query.get('max_cursor', '')}"
    return douyin_page.read(reply.body, url, world.now, status=reply.status)


def of_kuaishou(world: World, path: str, asked: dict | None = None, **headers: str):
    body = b"" if asked is None else json.dumps(asked).encode()
    method = "GET" if asked is None else "POST"
    reply = kuaishou.answer(world, Request(method, "www.kuaishou.com", "https", path, {}, headers, body))
    return kuaishou_page.read(reply.body, f"https://www.kuaishou.com{path}", world.now, status=reply.status)


def test_pages_of_douyins_list_show_every_work(world):
    secret, cursor, seen = where.DOUYIN.removeprefix("douyin:"), "0", {}
    while cursor:
        reading = of_douyin(world, POSTS, sec_user_id=secret, max_cursor=cursor, a_bogus=signature(secret, cursor))
        assert (reading.outcome, reading.account) == (Outcome.OK, "柳溪民政")
        seen |= {post.post_key: post for post in reading.posts}
        cursor = reading.cursor.get("max_cursor", "")
    wanted = [post for post in world.posts_of(where.DOUYIN) if not post.withdrawn]
    assert set(seen) == {post.key for post in wanted}
    for post in wanted:
        work = seen[post.key]
        assert (work.kind, work.published_at, work.pinned) == (post.kind, post.published_at, post.pinned)
        assert work.text == "\n".join(post.paragraphs)
        assert set(post.images) <= set(work.images)


@pytest.mark.parametrize("given", [{"a_bogus": ""}, {"a_bogus": "1"}, {"sec_user_id": "MS4wOther"}])
def test_unsigned_requests_to_douyin_get_nothing(world, given):
    secret = where.DOUYIN.removeprefix("douyin:")
    query = {"sec_user_id": secret, "max_cursor": "0", "a_bogus": signature(secret, "0")} | given
    reply = douyin.answer(world, Request("GET", "www.douyin.com", "https", POSTS, query))
    assert (reply.status, reply.body) == (200, b"")
    assert of_douyin(world, POSTS, **query).outcome is Outcome.VERIFY_WALL


def test_single_works_of_douyin(world):
    shown = next(post for post in world.posts_of(where.DOUYIN) if post.kind is PostKind.PICTURE)
    gone = next(post for post in world.posts_of(where.DOUYIN) if post.withdrawn)
    detail = "/aweme/v1/web/aweme/detail/"
    assert of_douyin(world, detail, aweme_id=shown.key).post.text == "\n".join(shown.paragraphs)
    assert of_douyin(world, detail, aweme_id=gone.key).outcome is Outcome.DELETED
    for post, outcome in ((shown, Outcome.OK), (gone, Outcome.DELETED)):
        path = f"/share/video/{post.key}/"
        reply = douyin.answer(world, Request("GET", "www.iesdouyin.com", "https", path))
        reading = douyin_page.read(reply.body, f"https://www.iesdouyin.com{path}", world.now)
        assert reading.outcome is outcome


@pytest.mark.parametrize("way", ["rest", "graphql"])
def test_pages_of_kuaishous_list_show_every_work(world, way):
    user, cursor, seen = where.KUAISHOU.removeprefix("kuaishou:"), "", {}
    while True:
        if way == "rest":
            asked = {"user_id": user, "pcursor": cursor, "page": "profile"}
        else:
            asked = {"operationName": "visionProfilePhotoList", "variables": {"userId": user, "pcursor": cursor}}
        reading = of_kuaishou(world, FEED if way == "rest" else "/graphql", asked, kww="page")
        assert (reading.outcome, reading.account) == (Outcome.OK, "柳溪救助")
        seen |= {post.post_key: post for post in reading.posts}
        cursor = reading.cursor.get("pcursor", "")
        if not cursor:
            break
        assert "E12" in cursor
    wanted = [post for post in world.posts_of(where.KUAISHOU) if not post.withdrawn]
    assert set(seen) == {post.key for post in wanted}
    for post in wanted:
        work = seen[post.key]
        assert (work.kind, work.published_at, work.pinned) == (post.kind, post.published_at, post.pinned)
        assert work.text == "\n".join(post.paragraphs)


def test_unsigned_requests_to_kuaishou_are_refused(world):
    user = where.KUAISHOU.removeprefix("kuaishou:")
    reading = of_kuaishou(world, FEED, {"user_id": user, "pcursor": "", "page": "profile"})
    assert (reading.outcome, "result=50" in reading.detail) == (Outcome.VERIFY_WALL, True)


def test_single_works_of_kuaishou(world):
    shown = world.posts_of(where.KUAISHOU)[0]
    gone = next(post for post in world.posts_of(where.KUAISHOU) if post.withdrawn)
    assert of_kuaishou(world, f"/short-video/{shown.key}").post.text == "\n".join(shown.paragraphs)
    assert of_kuaishou(world, f"/fw/photo/{shown.key}").post.post_key == shown.key
    assert of_kuaishou(world, f"/short-video/{gone.key}").outcome is Outcome.DELETED
    assert of_kuaishou(world, "/profile/3xnobody").outcome is Outcome.CLOSED
