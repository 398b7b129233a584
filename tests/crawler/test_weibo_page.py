"""Replies of Weibo: profiles, listings, posts, walls and errors of the three interfaces."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from crawler.parsing.dates import relative_date
from crawler.parsing.payload import count
from crawler.platforms.weibo.ids import bid_of, key_of, mid_of
from crawler.platforms.weibo.page import read
from crawler.reading import to_dict
from domain.outcome import Outcome
from domain.post import PostKind

FIXTURES = Path(__file__).parent / "fixtures" / "weibo"
AT = datetime.fromisoformat("2026-06-18T22:00:00+08:00")


def page(name: str, url: str = "", **options):
    return read((FIXTURES / name).read_bytes(), url, AT, **options)


def reply(value, url: str = "", **options):
    return read(json.dumps(value).encode(), url, AT, **options)


@pytest.fixture(scope="module")
def cards():
    return page("cards.json")


@pytest.mark.parametrize(
    ("mid", "bid"),
    [("4386731509545047", "HAohwE36n"), ("4405996207851235", "I2vZiwWsP"), ("5000000000000001", "O00000001")],
)
def test_numbers_and_short_ids_say_the_same(mid, bid):
    assert bid_of(mid) == bid
    assert mid_of(bid) == mid


@pytest.mark.parametrize("bad", ["", "a-b", "！"])
def test_what_is_no_number_is_refused(bad):
    with pytest.raises(ValueError, match="not a"):
        bid_of(bad or "x")
    if bad:
        with pytest.raises(ValueError, match="not a"):
            mid_of(bad)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://m.weibo.cn/status/HAohwE36n?mblogid=x", "4386731509545047"),
        ("https://m.weibo.cn/detail/4386731509545047", "4386731509545047"),
        ("https://weibo.com/1323527941/HAohwE36n", "4386731509545047"),
        ("https://m.weibo.cn/statuses/show?id=HAohwE36n", "4386731509545047"),
        ("https://weibo.com/u/1323527941", ""),
        ("https://weibo.com.evil.example/1323527941/HAohwE36n", ""),
        ("https://[", ""),
    ],
)
def test_an_address_names_its_post(url, key):
    assert key_of(url) == key


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("刚刚", "2026-01-02T00:30:00+08:00"),
        ("5分钟前", "2026-01-02T00:25:00+08:00"),
        ("3小时前", "2026-01-01T21:30:00+08:00"),
        ("今天 00:05", "2026-01-02T00:05:00+08:00"),
        ("昨天 18:30", "2026-01-01T18:30:00+08:00"),
        ("11-22", "2025-11-22T00:00:00+08:00"),
        ("01-02", "2026-01-02T00:00:00+08:00"),
        ("01-03", "2025-01-03T00:00:00+08:00"),
        ("02-29", "2024-02-29T00:00:00+08:00"),
        ("2025-11-22", "2025-11-22T00:00:00+08:00"),
        ("11月22日 10:00", "2025-11-22T10:00:00+08:00"),
        ("Sun Nov 22 10:00:00 +0800 2026", "2026-11-22T10:00:00+08:00"),
        ("Sun Nov 22 02:00:00 +0000 2026", "2026-11-22T10:00:00+08:00"),
    ],
)
def test_dates_are_resolved_in_china_against_the_moment_of_fetching(shown, expected):
    # Half past midnight in China is the day before in UTC: the day must be China's.
    fetched_at = datetime.fromisoformat("2026-01-01T16:30:00+00:00")
    found = relative_date(shown, fetched_at)
    assert found == datetime.fromisoformat(expected)
    assert found.utcoffset() is not None


@pytest.mark.parametrize("shown", ["", "不久前", "13-40", "25:00", "Xxx Abc 1 10:00:00 +0800 2026"])
def test_what_is_no_date_gives_none(shown):
    assert relative_date(shown, AT) is None


@pytest.mark.parametrize(
    ("shown", "number"),
    [("12", 12), ("1,024", 1024), ("693.2万", 6932000), ("1.3亿", 130000000), ("100万+", 1000000), ("很多", None)],
)
def test_counters(shown, number):
    assert count(shown) == number


@pytest.mark.parametrize(
    ("name", "followers", "statuses", "container"),
    [
        ("profile_tabs_list.json", 15000, 1208, "1076037600001001"),
        ("profile_tabs_object.json", 6932000, 88, "1076037600001001_-_W"),
        ("profile_info.json", 15000, 1208, None),
    ],
)
def test_profiles(name, followers, statuses, container):
    reading = page(name)
    data = to_dict(reading)
    assert (reading.outcome, reading.kind) == (Outcome.OK, PostKind.PROFILE)
    assert (reading.account, reading.account_key) == ("柳溪民政", "7600001001")
    assert (data["followers"], data["statuses"], data["verified_type"]) == (followers, statuses, 1)
    assert data["profile"]["verified_reason"] == "柳溪市民政局官方微博"
    assert reading.cursor.get("containerid") == container
    assert reading.total == statuses


def test_a_listing_keeps_its_order_and_only_the_accounts_own_posts(cards):
    assert (cards.outcome, cards.kind, cards.account_key) == (Outcome.OK, PostKind.LIST, "7600001001")
    assert [post.post_key[-1] for post in cards.posts] == ["1", "8", "7", "6", "5", "4", "3"]
    assert cards.cursor == {"since_id": "5177999999999999"}
    assert cards.total == 1210


def test_the_pinned_post_is_marked_and_no_other(cards):
    assert [post.post_key for post in cards.posts if post.pinned] == ["5178000000000001"]


def test_text_reads_as_on_the_screen(cards):
    post = cards.posts[1]
    assert post.text == "天气炎热，请注意防暑[心]\n办事请看 网页链接 @柳溪救助 #清凉一夏#"
    assert post.links == ("https://mzj.liuxi.example/bszn.html",)
    assert post.images == ("https://wx1.sinaimg.cn/large/a1.jpg", "https://wx1.sinaimg.cn/orj360/a2.jpg")
    assert (post.kind, post.original, post.repost_source) == (PostKind.PICTURE, True, None)
    assert post.published_at == datetime.fromisoformat("2026-06-18T21:55:00+08:00")
    assert post.url == f"https://weibo.com/7600001001/{bid_of(post.post_key)}"


def test_a_cut_post_says_so(cards):
    post = cards.posts[2]
    assert post.truncated
    assert post.text == "这是一条很长的微博开头……"


@pytest.mark.parametrize(("place", "said"), [(3, "已被删除"), (4, "可见时间范围")])
def test_a_repost_of_something_gone_is_still_a_post(cards, place, said):
    post = cards.posts[place]
    assert (post.outcome, post.kind, post.original, post.repost_source) == (Outcome.OK, PostKind.TEXT, False, None)
    assert said in post.detail
    assert "抱歉" not in post.text


def test_a_repost_shows_what_it_passes_on(cards):
    post = cards.posts[5]
    assert (post.original, post.repost_source) == (False, "云江民政")
    assert post.text == "一起看看\n//@云江民政：端午安康，文明祭扫"


def test_pictures_as_an_object_and_a_video(cards):
    post = cards.posts[6]
    assert (post.kind, post.title) == (PostKind.VIDEO, "走进救助站")
    assert [image.rsplit("/", 1)[1] for image in post.images] == ["b1.jpg", "b2.jpg", "v.jpg"]


def test_a_post_on_its_own():
    reading = page("show_video.json")
    assert (reading.kind, reading.post.post_key) == (PostKind.VIDEO, "5178000000000003")
    long = page("show_long.json").post
    assert (long.text, long.truncated) == ("这是一条很长的微博开头\n这里是后半段", False)
    detail = page("detail.html").post
    assert (detail.text, detail.truncated) == ("详情页里的全文", False)


def test_long_text():
    post = page("extend.json", "https://m.weibo.cn/statuses/extend?id=5178000000000007").post
    assert post.post_key == "5178000000000007"
    assert post.text == "这是一条很长的微博开头\n这里是后半段，网页链接"
    assert post.links == ("https://www.yunjiang.example/a",)
    nothing = reply({"ok": 1, "data": {}}, "https://weibo.com/ajax/statuses/longtext?id=QyAbCdEfG")
    assert nothing.outcome is Outcome.EMPTY


def test_the_desktop_listing():
    reading = page("mymblog.json", "https://weibo.com/ajax/statuses/mymblog?uid=7600001001&page=1&feature=0")
    first, gone = reading.posts
    assert reading.cursor == {"since_id": "5177000000000000kp2"}
    assert (first.text, first.pinned) == ("养老服务进社区 http://t.cn/A6abc", True)
    assert first.links == ("https://mzj.liuxi.example/yl.html",)
    assert len(first.images) == 2
    assert (gone.outcome, gone.kind, gone.text) == (Outcome.DELETED, PostKind.NONE, "")


def test_the_open_api_listing():
    reading = page("user_timeline.json")
    first, second = reading.posts
    assert (reading.account_key, reading.total, reading.cursor) == ("7600001001", 310, {})
    assert reading.profile["statuses"] == 1208
    assert first.text == "今日办理事项&须知 http://t.cn/A6qqq"
    assert first.images == ("http://wx1.sinaimg.cn/large/o1.jpg",)
    assert first.links == ("http://t.cn/A6qqq",)
    assert (first.truncated, second.truncated) == (False, True)


def test_comments_are_recognised_and_not_kept():
    reading = page("comments.json")
    assert (reading.outcome, reading.kind, reading.posts) == (Outcome.OK, PostKind.NONE, ())
    assert "读者的话" not in str(to_dict(reading))


@pytest.mark.parametrize(
    "value",
    [
        {"ok": 1, "data": {"data": [{"id": 1, "text": "读者的话"}], "total_number": 1, "max_id": 0, "max_id_type": 0}},
        {"ok": 1, "data": [{"id": 1, "rootid": 1, "text": "读者的话"}], "trendsText": "已加载全部评论"},
        {"comments": [{"id": 1, "text": "读者的话"}], "total_number": 1},
        {"ok": 1, "data": {"data": [{"id": "2", "mid": "2", "text": "读者的话"}], "total_number": 1, "max": 1}},
        {"access_token": "读者的话", "expires_in": 1, "uid": "7"},
    ],
)
def test_replies_that_hold_no_post_of_the_account(value):
    reading = reply(value)
    assert (reading.outcome, reading.kind, reading.posts) == (Outcome.OK, PostKind.NONE, ())
    assert "读者的话" not in str(to_dict(reading))


def test_descriptions_of_the_account_are_profiles_and_no_empty_list():
    group = [{"item_name": "IP属地", "item_content": "云江"}, {"item_name": "简介", "item_content": "为民服务"}]
    info = reply({"ok": 1, "data": {"cards": [{"card_type": 11, "card_group": group}]}})
    assert (info.outcome, info.kind) == (Outcome.OK, PostKind.PROFILE)
    assert info.profile == {"IP属地": "云江", "简介": "为民服务"}
    detail = reply({"ok": 1, "data": {"sunshine_credit": {}, "description": "为民服务", "ip_location": "IP属地：云江"}})
    assert detail.profile == {"description": "为民服务", "ip_location": "IP属地：云江"}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("抱歉，此微博已被作者删除。查看帮助：网页链接", Outcome.DELETED),
        ("该微博因被投诉违反《微博社区公约》的相关规定，已被删除。查看帮助", Outcome.VIOLATION),
        ("该账号因被投诉违反法律法规和《微博社区公约》的相关规定，现已无法查看。", Outcome.VIOLATION),
        ("该微博因被多人举报，根据《微博社区管理规定》，已被删除。查看帮助", Outcome.VIOLATION),
        ("抱歉，由于作者设置，你暂时没有这条微博的查看权限哦。", Outcome.UNAVAILABLE),
        ("抱歉，根据作者设置的微博可见时间范围，此微博已不可见。", Outcome.UNAVAILABLE),
        ("此微博已被删除", Outcome.DELETED),
    ],
)
def test_replacement_texts(text, outcome):
    blog = {"created_at": "06-14", "mid": "5178000000000099", "text": text, "user": None, "bid": "J1"}
    reading = reply({"ok": 1, "data": blog})
    assert reading.outcome is outcome
    assert reading.post.text == ""


def test_a_post_about_deleted_posts_is_a_post():
    text = "抱歉，此微博已被作者删除——很多市民问这句话是什么意思"
    blog = {"created_at": "06-14", "mid": "5178000000000098", "text": text, "user": {"id": 1}, "bid": "J1"}
    reading = reply({"ok": 1, "data": blog})
    assert (reading.outcome, reading.post.text) == (Outcome.OK, text)


@pytest.mark.parametrize(
    ("value", "status", "outcome"),
    [
        ({"ok": -100, "url": "https://passport.weibo.com/sso/signin?entry=wapsso"}, 200, Outcome.LOGIN_WALL),
        ({"ok": -100, "url": "https://weibo.com/login.php?url=x"}, 200, Outcome.LOGIN_WALL),
        ({"ok": 0, "msg": "这里还没有内容", "data": {"cards": []}}, 200, Outcome.EMPTY),
        ({"ok": 0, "msg": "暂无数据"}, 200, Outcome.EMPTY),
        ({"ok": 1, "data": {"cards": [], "cardlistInfo": {}}}, 200, Outcome.EMPTY),
        ({"ok": 0, "msg": "请求过于频繁,歇歇吧"}, 200, Outcome.RATE_LIMITED),
        ({"errno": "100005", "msg": "请求过于频繁"}, 200, Outcome.RATE_LIMITED),
        ({"ok": 0, "url": "https://security.weibo.com/captcha/geetest?key=1"}, 200, Outcome.VERIFY_WALL),
        ({"ok": 0, "msg": "用户不存在"}, 200, Outcome.CLOSED),
        ({"ok": 0, "msg": "微博不存在或暂无查看权限!"}, 200, Outcome.DELETED),
        ({"ok": 0, "message": "该微博不存在", "error_code": 20101}, 400, Outcome.DELETED),
        ({"error": "expired_token", "error_code": 21327}, 403, Outcome.NOT_AUTHORIZED),
        ({"error": "request uid's value must be the current user", "error_code": 21335}, 403, Outcome.NOT_AUTHORIZED),
        ({"error": "insufficient app permissions", "error_code": 10014}, 403, Outcome.NOT_AUTHORIZED),
        ({"error": "user requests out of rate limit", "error_code": 10023}, 403, Outcome.QUOTA),
        ({"error": "user does not exists", "error_code": 20003}, 400, Outcome.CLOSED),
        ({"error": "system error", "error_code": 10001}, 500, Outcome.NETWORK),
        ({"something": "else"}, 200, Outcome.LAYOUT_CHANGED),
        ([1, 2], 200, Outcome.LAYOUT_CHANGED),
    ],
)
def test_refusals_and_errors(value, status, outcome):
    reading = reply(value, status=status)
    assert reading.outcome is outcome
    assert reading.posts == ()
    assert reading.detail


@pytest.mark.parametrize(
    ("body", "status", "outcome"),
    [
        (b"", 432, Outcome.VERIFY_WALL),
        (b"", 200, Outcome.VERIFY_WALL),
        (b"<html><title>418 I'm a teapot</title></html>", 418, Outcome.RATE_LIMITED),
        (b"<html><title>418 I'm a teapot</title></html>", 200, Outcome.RATE_LIMITED),
        (b"Forbidden", 403, Outcome.RATE_LIMITED),
        (b"", 414, Outcome.RATE_LIMITED),
        (b"bad gateway", 502, Outcome.RATE_LIMITED),
        (b"oops", 500, Outcome.NETWORK),
        ("抱歉，您当前访问的用户状态异常，暂时无法访问。".encode(), 200, Outcome.CLOSED),
        (b"<html><body>something new</body></html>", 200, Outcome.LAYOUT_CHANGED),
        (b"\x00\xff\xfe{", 200, Outcome.LAYOUT_CHANGED),
    ],
)
def test_walls_by_status_and_page(body, status, outcome):
    assert read(body, "https://m.weibo.cn/api/container/getIndex", AT, status=status).outcome is outcome


def test_pages_of_walls():
    assert page("visitor.html").outcome is Outcome.VERIFY_WALL
    assert page("gone.html").outcome is Outcome.DELETED
    visitor = "https://passport.weibo.com/visitor/visitor?entry=miniblog&a=enter&url=x"
    assert read(b"", visitor, AT, status=302).outcome is Outcome.VERIFY_WALL
    assert read(b"", "https://passport.weibo.cn/signin/login?r=x", AT, status=302).outcome is Outcome.LOGIN_WALL


def test_no_truncation_of_any_reply_makes_the_reader_fail():
    for path in FIXTURES.iterdir():
        body = path.read_bytes()
        for part in range(0, len(body), max(len(body) // 23, 1)):
            assert read(body[:part], "", AT).outcome in Outcome
