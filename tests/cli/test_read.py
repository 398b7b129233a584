"""One saved page as JSON."""

from __future__ import annotations

import gzip
import json

import pytest

from cli.exits import Exit

KEYS = {
    "outcome", "kind", "account", "account_key", "post_key", "title", "text", "published_at", "original",
    "repost_source", "images", "links", "attachments", "profile", "detail",
}  # fmt: skip


@pytest.mark.parametrize("platform", ["wechat", "weibo", "toutiao", "douyin", "kuaishou", "website", "app"])
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


def test_a_page_saved_as_it_was_transferred(xunjian, tmp_path):
    body = gzip.compress(b'{"resultCount":0,"results":[]}')
    path = tmp_path / "a.json.gz"
    path.write_bytes(body)
    assert json.loads(xunjian("read", path, "--platform", "app").out)["outcome"] == "DELETED"
    path.write_bytes(body[:-6])
    ended = xunjian("read", path, "--platform", "app")
    assert (ended.code, ended.out) == (Exit.USAGE, "")
    assert "gzip 压缩数据不完整" in ended.err


@pytest.mark.parametrize(("status", "outcome"), [(503, "NETWORK"), (403, "NOT_AUTHORIZED"), (429, "RATE_LIMITED")])
def test_the_status_decides_where_the_page_says_nothing(xunjian, tmp_path, status, outcome):
    path = tmp_path / "x.html"
    path.write_bytes(b"<html>oops</html>")
    ended = xunjian("read", path, "--platform", "website", "--status", status)
    assert json.loads(ended.out)["outcome"] == outcome


def test_input_without_end_is_refused(xunjian, tmp_path, monkeypatch):
    monkeypatch.setattr("cli.files.LARGEST_INPUT", 2**20)
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * (2**20 + 1))
    for words in (["read", path, "--platform", "app"], ["check", path], ["check", "/dev/zero"]):
        ended = xunjian(*words)
        assert (ended.code, ended.out) == (Exit.USAGE, "")
        assert "超过 1 MB，不检查" in ended.err
