"""One saved page as JSON."""

from __future__ import annotations

import json

import pytest

from cli.exits import Exit

KEYS = {
    "outcome", "kind", "account", "account_key", "post_key", "title", "text", "published_at", "original",
    "repost_source", "images", "links", "attachments", "profile", "detail",
}  # fmt: skip


@pytest.mark.parametrize("platform", ["wechat", "weibo", "toutiao", "website", "app"])
def test_reply_that_nobody_knows_is_told_with_every_key(xunjian, tmp_path, platform):
    path = tmp_path / "x.html"
    path.write_bytes(b"<html><body>???</body></html>")
    ended = xunjian("read", path, "--platform", platform, "--fetched-at", "2026-06-18T22:00:00+08:00")
    assert ended.code == Exit.CLEAN
    body = json.loads(ended.out)
    assert body.keys() >= KEYS
    assert body["outcome"] != "OK"


def test_standard_input_and_relative_dates(xunjian):
    card = {
        "ok": 1,
        "data": {"id": "5100000000000001", "mid": "5100000000000001", "text": "柳溪", "created_at": "5分钟前",
                 "user": {"id": 1000000001, "screen_name": "柳溪民政"}},
    }  # fmt: skip
    ended = xunjian(
        "read", "-", "--platform", "weibo", "--fetched-at", "2026-06-18T22:00", stdin=json.dumps(card).encode()
    )
    assert json.loads(ended.out)["published_at"] == "2026-06-18T21:55:00+08:00"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--platform", "wexin"], "--platform：平台名“wexin”不认识"),
        (["--platform", "weibo", "--fetched-at", "昨天"], "--fetched-at：“昨天”不是时间"),
    ],
)
def test_bad_option_is_told(xunjian, tmp_path, words, told):
    path = tmp_path / "x"
    path.write_bytes(b"{}")
    ended = xunjian("read", path, *words)
    assert ended.code == Exit.USAGE
    assert ended.err.startswith(told)
