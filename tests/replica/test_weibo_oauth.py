"""Weibo's open interface: five posts for the owner, and an error with a number for everybody else."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from crawler.platforms.weibo import page
from domain.outcome import Outcome
from replica.demo import build
from replica.platforms import weibo_oauth
from replica.request import Request
from replica.world import Wall, World

ACCOUNT = "weibo:7600001002"
UID = "7600001002"
PATH = "/2/statuses/user_timeline.json"


@pytest.fixture(scope="module")
def world() -> World:
    return build().world


def call(world: World, path: str = PATH, **query: str):
    token = world.credentials["weibo-charity"]["access_token"]
    return weibo_oauth.answer(
        world, Request("GET", "api.weibo.com", "https", path, {"access_token": token, "uid": UID} | query)
    )


def read(world: World, reply):
    url = f"https://api.weibo.com{PATH}?uid={UID}"
    return page.read(reply.body, url, world.now, status=reply.status, content_type=reply.headers["Content-Type"])


def test_the_five_latest(world):
    reply = call(world)
    assert json.loads(reply.body)["total_number"] == 16
    reading = read(world, reply)
    wanted = world.posts_of(ACCOUNT)[:5]
    assert [post.post_key for post in reading.posts] == [post.key for post in wanted]
    assert [post.published_at for post in reading.posts] == [post.published_at for post in wanted]
    for seen, post in zip(reading.posts, wanted, strict=True):
        if not seen.truncated:
            assert seen.text == "\n".join(post.paragraphs)
            assert seen.images == post.images


def test_since_id(world):
    posts = world.posts_of(ACCOUNT)
    reply = json.loads(call(world, since_id=posts[2].key).body)
    assert [status["mid"] for status in reply["statuses"]] == [post.key for post in posts[:2]]


@pytest.mark.parametrize(
    ("given", "number"), [({"access_token": ""}, 10006), ({"access_token": "x"}, 21332), ({"uid": "1"}, 21335)]
)
def test_errors(world, given, number):
    reply = call(world, **given)
    assert reply.status == 400
    assert json.loads(reply.body)["error_code"] == number
    assert read(world, reply).outcome is Outcome.NOT_AUTHORIZED


def test_a_token_that_has_expired(world):
    spent = {"weibo-charity": dict(world.credentials["weibo-charity"]) | {"expired": "1"}}
    reply = call(replace(world, credentials=spent))
    assert json.loads(reply.body)["error_code"] == 21327
    assert read(world, reply).outcome is Outcome.NOT_AUTHORIZED


def test_quota(world):
    limited = replace(world, accounts=(replace(world.by_id[ACCOUNT], wall=Wall.QUOTA),))
    reply = call(limited)
    assert reply.status == 403
    assert read(world, reply).outcome is Outcome.QUOTA


def test_user(world):
    user = json.loads(call(world, "/2/users/show.json").body)
    assert user["idstr"] == UID
    assert user["statuses_count"] == 16
    assert call(world, "/2/statuses/no_such.json").status == 404
