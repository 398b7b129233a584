"""Apple's lookup: listed, taken down, asked for in the wrong country, asked wrongly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.platforms.app import page
from domain.outcome import Outcome
from replica.demo import build
from replica.platforms import app
from replica.request import Request
from replica.world import Wall, World

LISTED, DELISTED = "1690000101", "1690000102"


@pytest.fixture(scope="module")
def world() -> World:
    return build().world


def lookup(world: World, **query: str):
    reply = app.answer(world, Request("GET", "itunes.apple.com", "https", "/lookup", query))
    return page.read(reply.body, "", world.now, status=reply.status, content_type=reply.headers["Content-Type"])


def test_listed(world):
    reading = lookup(world, id=LISTED, country="cn")
    assert reading.outcome is Outcome.OK
    assert (reading.account, reading.account_key) == ("柳溪民政通", "example.liuxi.minzhengtong")
    assert reading.profile["version_released_at"] == "2026-04-09T03:12:45Z"
    assert lookup(world, bundleId="example.liuxi.minzhengtong", country="cn").outcome is Outcome.OK


@pytest.mark.parametrize(
    "query", [{"id": DELISTED, "country": "cn"}, {"id": LISTED, "country": "us"}, {"id": LISTED}, {"id": "1"}]
)
def test_not_there(world, query):
    assert lookup(world, **query).outcome is Outcome.DELETED


def test_refusals(world):
    assert lookup(world, id="abc", country="cn").outcome is Outcome.BAD_REQUEST
    entry = replace(world.by_id["app:example.liuxi.minzhengtong"], wall=Wall.RATE_LIMITED)
    assert lookup(replace(world, accounts=(entry,)), id=LISTED, country="cn").outcome is Outcome.RATE_LIMITED


def test_store_page(ask):
    assert ask(f"https://apps.apple.com/cn/app/id{LISTED}").status == 200
    assert ask(f"https://apps.apple.com/cn/app/id{DELISTED}").status == 404
