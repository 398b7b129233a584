"""Feeds: their dates, their failures, their keys."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from crawler.feeds import feed_date, looks_like_feed, parse_feed
from crawler.parsing.addresses import canonical_address, key_of_address
from crawler.reading import read
from domain.outcome import Outcome
from domain.post import PostKind

FIXTURES = Path(__file__).parent / "fixtures" / "feeds"
AT = datetime.fromisoformat("2026-06-18T22:00:00+08:00")


def feed(name: str, **options):
    return parse_feed((FIXTURES / name).read_bytes(), "https://bridge.example/feed", AT, **options)


def test_an_entry_with_its_text_links_pictures_and_key():
    reading = feed("bridge.xml")
    assert (reading.outcome, reading.kind, reading.account) == (Outcome.OK, PostKind.LIST, "柳溪救助")
    first = reading.posts[0]
    assert first.title == "夏季送清凉 & 救助"
    assert first.text == "第一段\n第二段 官网"
    assert first.links == ("https://mzj.liuxi.example/",)
    assert first.images == ("https://mmbiz.qpic.cn/a.png",)
    assert first.post_key == "2650001234_1"
    assert first.published_at == datetime.fromisoformat("2026-06-18T09:00:00+08:00")


def test_one_article_under_two_addresses_is_one_entry():
    assert len(feed("bridge.xml").posts) == 2


def test_cst_is_china_and_not_chicago():
    assert feed("bridge.xml").posts[1].published_at == datetime.fromisoformat("2026-06-17T09:00:00+08:00")


def test_zone_less_dates_and_escaped_cdata_of_werss():
    first, failed = feed("werss.xml").posts
    assert first.published_at == datetime.fromisoformat("2026-06-14T10:00:00+08:00")
    assert first.text == "被转义的正文"
    assert first.images == ("https://mmbiz.qpic.cn/cover.jpg",)
    assert first.attachments == ()
    assert (failed.outcome, failed.text, failed.truncated) == (Outcome.BRIDGE_ERROR, "", True)
    assert failed.title == "全文没取到"


def test_the_broken_date_of_the_bureaus_site():
    reading = feed("site.xml")
    assert reading.posts[0].published_at == datetime.fromisoformat("2026-10-04T01:39:11+08:00")
    assert reading.posts[0].post_key == "20001009"


def test_atom_and_the_key_of_a_weibo_post():
    post = feed("atom.xml").posts[0]
    assert post.post_key == "4386731509545047"
    assert post.published_at == datetime.fromisoformat("2026-06-18T09:00:00+08:00")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2026-06-18 10:00:00", "2026-06-18T10:00:00+08:00"),
        ("2026/06/18 10:00", "2026-06-18T10:00:00+08:00"),
        ("18 Jun 2026", "2026-06-18T00:00:00+08:00"),
        ("Thu, 18 June 2026 10:00", "2026-06-18T10:00:00+08:00"),
    ],
)
def test_dates_without_a_zone_are_china_time(raw, expected):
    wrong = datetime(2020, 1, 1).timetuple()
    assert feed_date(raw, wrong) == datetime.fromisoformat(expected)


@pytest.mark.parametrize("raw", ["", "soon", "40 Jun 2026", "2026-13-40"])
def test_what_is_no_date_gives_none(raw):
    assert feed_date(raw) is None


@pytest.mark.parametrize(("name", "status"), [("error.html", 200), ("error.html", 503), ("bridge.xml", 500)])
def test_a_failing_bridge_is_not_an_empty_account(name, status):
    reading = feed(name, status=status)
    assert (reading.outcome, reading.posts) == (Outcome.BRIDGE_ERROR, ())


def test_an_empty_feed_is_empty_and_a_cut_one_is_not():
    assert feed("empty.xml").outcome is Outcome.EMPTY
    body = (FIXTURES / "bridge.xml").read_bytes()
    assert parse_feed(body[:120], "", AT).outcome is Outcome.BRIDGE_ERROR


def test_entities_are_refused():
    assert feed("entity.xml").outcome is Outcome.BRIDGE_ERROR


def test_bytes_are_never_taken_for_a_path():
    assert parse_feed(str(FIXTURES / "bridge.xml").encode(), "", AT).outcome is Outcome.BRIDGE_ERROR


@pytest.mark.parametrize("body", [b"<html><rss version='2.0'></html>", b"{}", b"", b"plain"])
def test_what_is_no_feed(body):
    assert not looks_like_feed(body)


@pytest.mark.parametrize(
    ("url", "canonical", "key"),
    [
        (
            "http://mp.weixin.qq.com/s?__biz=MzA%3D&amp;amp;mid=22&amp;idx=3&sn=ab&chksm=1&scene=27#rd",
            "https://mp.weixin.qq.com/s?__biz=MzA=&mid=22&idx=3&sn=ab",
            "22_3",
        ),
        (
            "https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv?scene=1#x",
            "https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv",
            "",
        ),
        (
            "https://mp.weixin.qq.com/s?appmsgid=22&itemidx=3&sign=ab&__biz=Mz",
            "https://mp.weixin.qq.com/s?mid=22&idx=3&sn=ab&__biz=Mz",
            "22_3",
        ),
        ("https://MZJ.liuxi.example/a/20001009.html#top", "https://mzj.liuxi.example/a/20001009.html", "20001009"),
    ],
)
def test_canonical_addresses(url, canonical, key):
    assert canonical_address(url) == canonical_address(canonical)
    assert key_of_address(url) == key


def test_pictures_behind_a_proxy_keep_their_own_address():
    picture = "https://mmbiz.qpic.cn/mmbiz_png/a/640?wx_fmt=png"
    proxied = f"https://bridge.example/static/res/logo/?url={quote(picture, safe='')}"
    body = (FIXTURES / "bridge.xml").read_bytes().replace(b"https://mmbiz.qpic.cn/a.png", proxied.encode())
    assert parse_feed(body, "", AT).posts[0].images == (picture,)


def rss(*dates: str) -> bytes:
    items = "".join(
        f"<item><title>第{number}篇</title><link>https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAA{number:02d}</link>"
        f"<pubDate>{date}</pubDate></item>"
        for number, date in enumerate(dates)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>柳溪民政</title>{items}</channel></rss>'.encode()


def test_china_time_called_gmt_is_set_right():
    at = datetime.fromisoformat("2026-06-18T12:00:00+08:00")
    wrong = parse_feed(rss("Thu, 18 Jun 2026 10:00:00 GMT", "Tue, 16 Jun 2026 09:00:00 GMT"), "http://b.test/f", at)
    assert [post.published_at for post in wrong.posts] == [
        datetime.fromisoformat("2026-06-18T10:00:00+08:00"),
        datetime.fromisoformat("2026-06-16T09:00:00+08:00"),
    ]
    assert "已按北京时间更正" in wrong.detail
    right = parse_feed(rss("Thu, 18 Jun 2026 02:00:00 GMT"), "http://b.test/f", at)
    assert (right.posts[0].published_at, right.detail) == (datetime.fromisoformat("2026-06-18T10:00:00+08:00"), "")
    odd = parse_feed(rss("Sat, 20 Jun 2026 02:00:00 GMT"), "http://b.test/f", at)
    assert "时间在将来" in odd.detail


def test_json_feeds_of_the_bridges():
    at = datetime.fromisoformat("2026-06-18T12:00:00+08:00")
    item = {
        "id": "https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAA01",
        "title": "低保公示",
        "image": "https://a.test/1.png",
    }
    feed = {
        "version": "https://jsonfeed.org/version/1",
        "title": "柳溪民政",
        "items": [
            item | {"url": item["id"], "date_modified": "2026-06-18T02:00:00.000Z"},
            item | {"id": "https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAA02", "date_published": "2026-06-17 09:00:00"},
            {
                "url": "https://mp.weixin.qq.com/s/AAAAAAAAAAAAAAAAAAAA03",
                "content_html": "<p>获取全文失败，请重试~</p>",
            },
        ],
    }
    reading = read("wechat", json.dumps(feed).encode(), "http://wewe.test/feeds/MP_WXS_1.json", at)
    assert (reading.outcome, reading.kind, reading.account) == (Outcome.OK, PostKind.LIST, "柳溪民政")
    assert [post.published_at for post in reading.posts] == [
        datetime.fromisoformat("2026-06-18T10:00:00+08:00"),
        datetime.fromisoformat("2026-06-17T09:00:00+08:00"),
        None,
    ]
    assert [post.outcome for post in reading.posts] == [Outcome.OK, Outcome.OK, Outcome.BRIDGE_ERROR]
    assert read("wechat", json.dumps(feed | {"items": []}).encode(), "", at).outcome is Outcome.EMPTY
