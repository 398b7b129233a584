"""JSON of albums and of the official API."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from crawler.platforms.wechat import page
from domain.outcome import Outcome
from domain.post import PostKind

NOW = datetime(2026, 6, 18, 14, 0, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8))
LONG = "http://mp.weixin.qq.com/s?__biz=MzkwMDAwMDAwMQ==&mid={mid}&idx={idx}&sn=00112233445566778899aabbccddeeff&chksm=1#rd"


def read(data, url=""):
    return page.read(json.dumps(data, ensure_ascii=False).encode(), url, NOW)


def item(mid: str, idx: str = "1", **more):
    url = LONG.format(mid=mid, idx=idx)
    return {
        "create_time": "1780000000",
        "itemidx": idx,
        "item_show_type": "0",
        "key": f"{mid}_{idx}",
        "msgid": mid,
        "title": f"第{mid}篇",
        "url": url,
    } | more


def album(listed="missing", flag="0", **info):
    reply = {
        "base_info": {"article_count": "2", "nickname": "柳溪民政", "username": "gh_5a1c0e7b9d01", "title": "政策解读"}
        | info,
        "continue_flag": flag,
    }
    if listed != "missing":
        reply["article_list"] = listed
    return {"base_resp": {"ret": 0}, "getalbum_resp": reply}


def test_album_array_and_its_next_page():
    reading = read(album([item("2247480009"), item("2247480008", "2", item_show_type="8")], "1"))
    assert (reading.outcome, reading.kind, reading.total) == (Outcome.OK, PostKind.LIST, 2)
    assert (reading.account, reading.account_key) == ("柳溪民政", "gh_5a1c0e7b9d01")
    assert [post.post_key for post in reading.posts] == ["2247480009_1", "2247480008_2"]
    assert [post.kind for post in reading.posts] == [PostKind.ARTICLE, PostKind.PICTURE]
    assert reading.posts[0].published_at == datetime.fromtimestamp(1780000000, UTC)
    assert reading.posts[0].url.startswith("https://mp.weixin.qq.com/s?__biz=MzkwMDAwMDAwMQ==&mid=2247480009&idx=1&sn=")
    assert reading.cursor == {"begin_msgid": "2247480008", "begin_itemidx": "2"}


def test_album_single_object_and_missing_list():
    assert [post.post_key for post in read(album(item("2247480001"))).posts] == ["2247480001_1"]
    for listed in ("missing", [], {}, "", None):
        reading = read(album(listed))
        assert (reading.outcome, reading.posts, reading.cursor) == (Outcome.EMPTY, (), {})


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        ({"base_resp": {"ret": -2, "errmsg": "invalid"}}, Outcome.BAD_REQUEST),
        ({"base_resp": {"ret": -6}, "getalbum_resp": {}}, Outcome.RATE_LIMITED),
        ({"ret": -3, "errmsg": "no session", "cookie_count": 0}, Outcome.LOGIN_WALL),
        ({"base_resp": {"ret": 200013, "err_msg": "freq control"}}, Outcome.RATE_LIMITED),
        ({"base_resp": {"ret": 200003, "err_msg": "invalid session"}}, Outcome.NOT_AUTHORIZED),
        ({"ret": 0, "errmsg": "ok", "msg_count": 0, "can_msg_continue": 0, "home_page_list": []}, Outcome.LOGIN_WALL),
        ({"something": "else"}, Outcome.LAYOUT_CHANGED),
        ([1, 2], Outcome.LAYOUT_CHANGED),
    ],
)
def test_public_endpoints_that_refuse(data, outcome):
    reading = read(data)
    assert reading.outcome is outcome
    assert reading.detail


def news(mid, idx, **more):
    return {
        "title": f"第{mid}篇",
        "content": "",
        "content_source_url": "",
        "url": LONG.format(mid=mid, idx=idx),
        "is_deleted": False,
    } | more


def test_publish_list():
    reading = read(
        {
            "total_count": 41,
            "item_count": 2,
            "item": [
                {
                    "article_id": "A1",
                    "content": {
                        "news_item": [news(2247480009, 1), news(2247480009, 2, is_deleted=True)],
                        "create_time": 1780000000,
                    },
                    "update_time": 1780003600,
                },
                {
                    "article_id": "A2",
                    "content": {
                        "news_item": [news(2247480008, 1, url="http://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv")]
                    },
                    "update_time": 1780000000,
                },
            ],
        }
    )
    assert (reading.outcome, reading.kind, reading.total, reading.cursor) == (
        Outcome.OK,
        PostKind.LIST,
        41,
        {"count": "2"},
    )
    assert [post.post_key for post in reading.posts] == ["2247480009_1", "2247480009_2", "A2_1"]
    assert [post.outcome for post in reading.posts] == [Outcome.OK, Outcome.DELETED, Outcome.OK]
    assert reading.posts[0].published_at == datetime.fromtimestamp(1780000000, UTC)


def test_publish_list_with_content():
    listed = news(2247480009, 1, content="<p>甲</p><p><img data-src='https://mmbiz.qpic.cn/a/0'></p>")
    post = read(
        {
            "total_count": 1,
            "item_count": 1,
            "item": [{"article_id": "A", "content": {"news_item": [listed]}, "update_time": 1}],
        }
    ).posts[0]
    assert (post.text, len(post.images), post.truncated) == ("甲", 1, False)


def test_empty_publish_list():
    reading = read({"total_count": 0, "item_count": 0, "item": []})
    assert (reading.outcome, reading.total, reading.posts) == (Outcome.EMPTY, 0, ())


def test_statistics_list_mass_sent_articles():
    rows = [
        {
            "ref_date": "2026-06-17",
            "msgid": "2247480010_1",
            "title": "群发",
            "content_url": LONG.format(mid=2247480010, idx=1),
            "publish_type": 0,
            "detail_list": [],
        },
        {"ref_date": "2026-06-17", "msgid": "2247480009_1", "publish_type": 1, "detail_list": []},
    ]
    reading = read({"is_delay": False, "list": rows})
    assert [post.post_key for post in reading.posts] == ["2247480010_1", "2247480009_1"]
    assert reading.posts[0].published_at == datetime(2026, 6, 17, tzinfo=CHINA)
    assert (reading.posts[1].title, reading.posts[1].url) == ("", "")
    assert read({"is_delay": True, "list": []}).cursor == {"delayed": "1"}
    assert read({"list": []}).outcome is Outcome.EMPTY


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (-1, Outcome.NETWORK),
        (40001, Outcome.NOT_AUTHORIZED),
        (40013, Outcome.NOT_AUTHORIZED),
        (40125, Outcome.NOT_AUTHORIZED),
        (40243, Outcome.NOT_AUTHORIZED),
        (42001, Outcome.NOT_AUTHORIZED),
        (45009, Outcome.QUOTA),
        (45011, Outcome.RATE_LIMITED),
        (47009, Outcome.LAYOUT_CHANGED),
        (48001, Outcome.NOT_AUTHORIZED),
        (50002, Outcome.NOT_AUTHORIZED),
        (61503, Outcome.UNAVAILABLE),
        (89503, Outcome.NOT_AUTHORIZED),
        (99999, Outcome.BAD_REQUEST),
    ],
)
def test_api_errors(code, outcome):
    reading = read({"errcode": code, "errmsg": "words rid: 6a-1"})
    assert (reading.outcome, reading.cursor["errcode"]) == (outcome, str(code))
    assert str(code) in reading.detail


def test_the_address_to_allow_is_named():
    message = "invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 6a-1"
    reading = read({"errcode": 40164, "errmsg": message})
    assert reading.outcome is Outcome.NOT_AUTHORIZED
    assert "203.0.113.9" in reading.detail
    assert "白名单" in reading.detail


def test_a_token_is_never_part_of_a_reading():
    assert "T0KEN" not in repr(read({"access_token": "T0KEN", "expires_in": 7200}))


def test_nested_json_of_the_owner_s_own_list():
    info = {
        "sent_info": {"time": 1780000000},
        "appmsgex": [
            {"aid": "2247480009_1", "title": "甲", "link": LONG.format(mid=2247480009, idx=1), "is_deleted": True}
        ],
    }
    inner = {"total_count": 9, "publish_list": [{"publish_info": json.dumps(info)}, {"publish_info": ""}]}
    reading = read({"base_resp": {"ret": 0}, "publish_page": json.dumps(inner)})
    assert [(post.post_key, post.outcome) for post in reading.posts] == [("2247480009_1", Outcome.DELETED)]


def test_feeds_and_their_failures():
    feed = b'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title><item><title>a</title><link>https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv</link></item></channel></rss>'
    assert page.read(feed, "", NOW).kind is PostKind.LIST
    failure = b"<html><body><h1>Looks like something went wrong</h1></body></html>"
    assert page.read(failure, "", NOW, status=503).outcome is Outcome.BRIDGE_ERROR


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        (0, Outcome.OK),
        (1, Outcome.UNAVAILABLE),
        (4, Outcome.VIOLATION),
        (5, Outcome.DELETED),
        (6, Outcome.VIOLATION),
        (77, Outcome.LAYOUT_CHANGED),
    ],
)
def test_how_a_publication_ended(state, outcome):
    reading = read(
        {
            "publish_id": "100000001",
            "publish_status": state,
            "article_id": "A1",
            "article_detail": {"count": 1, "item": [{"idx": 1, "article_url": LONG.format(mid="2247480009", idx="1")}]},
            "fail_idx": [],
        }
    )
    assert reading.outcome is outcome
    assert [post.post_key for post in reading.posts] == ["2247480009_1"]


@pytest.mark.parametrize("wrapper", ["appmsg_list", "app_msg_list"])
def test_lists_of_older_accounts(wrapper):
    row = {"title": "低保公示", "link": LONG.format(mid="2247480009", idx="2"), "aid": "2247480009_2", "itemidx": 2}
    reading = read({"ret": "0", wrapper: [row | {"sendtime": "1780000000"}], "has_more": "0"})
    assert (reading.outcome, reading.kind, reading.posts[0].post_key) == (Outcome.OK, PostKind.LIST, "2247480009_2")
    assert reading.posts[0].published_at is not None
    assert read({"ret": "-3", wrapper: []}).outcome is Outcome.LOGIN_WALL


def test_replies_of_readers_are_recognised_and_not_kept():
    reading = read(
        {"base_resp": {"ret": 0}, "enabled": 1, "elected_comment": [{"nick_name": "读者", "content": "读者的话"}]}
    )
    assert (reading.outcome, reading.kind, reading.posts) == (Outcome.OK, PostKind.NONE, ())
    assert "读者" not in reading.detail


def test_a_refusal_written_as_text_is_no_empty_album():
    reply = album() | {"base_resp": {"ret": "-6"}}
    assert read(reply).outcome is Outcome.RATE_LIMITED
