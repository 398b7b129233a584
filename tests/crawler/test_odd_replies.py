"""A reply of a strange shape is an outcome, never a crash: every value is replaced by one of another type."""

from __future__ import annotations

import importlib
import json
import random

import pytest
from errand import FIXTURES, NOW

from domain.post import Reading

ODD = (None, 0, -1, "", [], {}, True, "x", [[]], [None], {"a": 1}, 10**30, 1.5, "\ud800")
REPLIES = [
    path
    for name in ("weibo", "toutiao", "douyin", "kuaishou", "app")
    for path in sorted((FIXTURES / name).glob("*.json"))
]


def places(value, path=()):
    yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from places(member, (*path, key))


def replaced(text: str, path, odd):
    value = json.loads(text)
    if not path:
        return odd
    holder = value
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = odd
    return value


@pytest.mark.parametrize("path", REPLIES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_value_of_another_type(path):
    page = importlib.import_module(f"crawler.platforms.{path.parent.name}.page")
    text = path.read_text(encoding="utf-8")
    found = list(places(json.loads(text)))
    for place in random.Random(path.name).sample(found, min(len(found), 60)):
        for odd in ODD:
            assert isinstance(page.read(json.dumps(replaced(text, place, odd)).encode(), "", NOW), Reading)


@pytest.mark.parametrize("platform", ["weibo", "toutiao", "douyin", "kuaishou", "app", "website"])
@pytest.mark.parametrize(
    "body", [b"[" * 50_000, b'{"a":' * 50_000, b"<div>" * 5_000, b"\x00" * 100, b"\xff\xfe", b"<!--"]
)
def test_bodies_that_break_parsers(platform, body):
    page = importlib.import_module(f"crawler.platforms.{platform}.page")
    assert isinstance(page.read(body, "https://mzj.liuxi.example/a.html", NOW), Reading)
