"""Replies and pages of Toutiao."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from crawler.platforms.toutiao.page import read
from domain.outcome import Outcome
from domain.post import PostKind

FIXTURES = Path(__file__).parent / "fixtures" / "toutiao"
AT = datetime.fromisoformat("2026-06-18T22:00:00+08:00")
FEED = "https://www.toutiao.com/api/pc/list/feed?category=profile_all&token=x&max_behot_time="


def page(name: str, url: str = "", **options):
    return read((FIXTURES / name).read_bytes(), url, AT, **options)


def test_all_kinds_of_cells():
    reading = page("feed.json", FEED + "0")
    assert (reading.outcome, reading.kind, reading.account) == (Outcome.OK, PostKind.LIST, "柳溪民政")
    assert [(post.post_key[-2:], post.kind) for post in reading.posts] == [
        ("60", PostKind.ARTICLE),
        ("32", PostKind.PICTURE),
        ("49", PostKind.VIDEO),
        ("00", PostKind.VIDEO),
        ("61", PostKind.ARTICLE),
    ]
    assert reading.cursor == {"max_behot_time": "1781730000"}
    assert reading.profile["verified_reason"] == "柳溪市民政局官方头条号"
    assert reading.profile["verified"] is True


def test_what_an_item_holds():
    article, micro, video, _, camel = page("feed.json").posts
    assert (article.truncated, article.original, article.title) == (True, True, "养老服务政策解读")
    assert article.published_at == datetime.fromisoformat("2026-06-18T09:00:00+08:00")
    assert article.url == "https://www.toutiao.com/article/7516000000000000060/"
    assert (micro.truncated, micro.url) == (False, "https://www.toutiao.com/w/7516000000000000032/")
    assert micro.images == ("https://p3.toutiaoimg.com/m.jpg",)
    assert (video.account_key, video.truncated) == ("3999100001", False)
    assert (camel.title, camel.account) == ("camelCase 条目", "柳溪民政")
    assert camel.published_at is not None


def test_the_older_form_with_a_string_inside():
    post = page("feed_legacy.json").posts[0]
    assert (post.post_key, post.text, post.pinned, post.kind) == (
        "7516000000000000060",
        "整篇正文",
        True,
        PostKind.ARTICLE,
    )
    assert post.truncated is False


@pytest.mark.parametrize(("asked", "outcome"), [("0", Outcome.VERIFY_WALL), ("1781730000", Outcome.EMPTY)])
def test_an_empty_first_page_is_a_refusal_and_an_empty_later_one_the_end(asked, outcome):
    body = b'{"message":"success","has_more":false,"data":[]}'
    assert read(body, FEED + asked, AT).outcome is outcome


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        ({"success": False, "_ck": {}}, Outcome.DELETED),
        ({"message": "error", "data": {}}, Outcome.VERIFY_WALL),
        ({"message": "error", "data": [], "has_more": False}, Outcome.VERIFY_WALL),
        ({"message": "success", "has_more": True, "data": [{"unknown": 1}]}, Outcome.LAYOUT_CHANGED),
        ({"new": "shape"}, Outcome.LAYOUT_CHANGED),
    ],
)
def test_refusals_and_strange_replies(value, outcome):
    assert read(json.dumps(value).encode(), FEED + "0", AT).outcome is outcome


def test_an_article_page():
    post = page("article.html", "https://www.toutiao.com/article/7516000000000000060/").post
    assert (post.post_key, post.title, post.kind) == ("7516000000000000060", "养老服务政策解读", PostKind.ARTICLE)
    assert post.text == "第一段正文。\n第二段，详情"
    assert post.links == ("https://mzj.liuxi.example/a.html",)
    assert post.original is True
    assert post.published_at == datetime.fromisoformat("2026-06-18T09:00:00+08:00")


def test_the_mobile_mirror():
    data = {
        "title": "标题",
        "content": "<p>正文</p>",
        "publish_time": 1781744400,
        "source": "柳溪民政",
        "media_user": {"screen_name": "柳溪民政", "id": "3999100001"},
        "is_original": False,
    }
    body = json.dumps({"success": True, "data": data}).encode()
    post = read(body, "https://m.toutiao.com/i7516000000000000060/info/", AT).post
    assert (post.post_key, post.text, post.original, post.account_key) == (
        "7516000000000000060",
        "正文",
        False,
        "3999100001",
    )


@pytest.mark.parametrize(
    ("name", "outcome"), [("removed.html", Outcome.DELETED), ("challenge.html", Outcome.VERIFY_WALL)]
)
def test_pages_without_content(name, outcome):
    assert page(name).outcome is outcome


def test_an_empty_answer_and_a_shell():
    assert read(b"", "https://www.toutiao.com/c/user/token/x/", AT).outcome is Outcome.VERIFY_WALL
    shell = b"<html><title>x</title><div id=root></div><script src=/a.js></script></html>"
    assert read(shell, "https://www.toutiao.com/c/user/token/x/", AT).kind is PostKind.NONE
    assert read(shell, "https://www.toutiao.com/new/", AT).outcome is Outcome.LAYOUT_CHANGED


def test_no_truncation_of_any_reply_makes_the_reader_fail():
    for path in FIXTURES.iterdir():
        body = path.read_bytes()
        for part in range(0, len(body), max(len(body) // 23, 1)):
            assert read(body[:part], "", AT).outcome in Outcome


def test_comments_are_recognised_and_not_kept():
    comment = {"comment": {"id_str": "1", "text": "读者的话"}}
    reading = read(json.dumps({"message": "success", "data": [comment], "total_number": 1}).encode(), "", AT)
    assert (reading.outcome, reading.kind, reading.posts) == (Outcome.OK, PostKind.NONE, ())
