"""What single replies and pages of Douyin say."""

from __future__ import annotations

import json
from datetime import datetime
from urllib.parse import quote

import pytest

from crawler.platforms.douyin.page import key_of, read
from domain.outcome import Outcome
from domain.post import PostKind

AT = datetime.fromisoformat("2026-06-18T22:00:00+08:00")
LIST = "https://www.douyin.com/aweme/v1/web/aweme/post/?sec_user_id=MS4wLiuxi&max_cursor=0&count=18"
LATER = LIST.replace("max_cursor=0", "max_cursor=1781000000000")
CERTIFICATE = json.dumps({"label_style": 5, "label_text": "柳溪市民政局官方账号"}, ensure_ascii=False)
AUTHOR = {"uid": "90000000001", "sec_uid": "MS4wLiuxi", "nickname": "柳溪民政", "account_cert_info": CERTIFICATE}
FILM = {
    "aweme_id": "7516000000000000001",
    "desc": "端午安康 #柳溪民政",
    "create_time": 1781778000,
    "aweme_type": 0,
    "is_top": 1,
    "author": AUTHOR,
    "status": {"is_delete": False, "private_status": 0},
    "video": {"cover": {"url_list": ["//p3.douyinpic.com/c.jpeg"]}, "duration": 42000},
    "images": None,
}
ALBUM = FILM | {
    "aweme_id": "7516000000000000002",
    "aweme_type": 68,
    "is_top": 0,
    "images": [{"url_list": ["https://p9.douyinpic.com/1.webp"]}, {"download_url_list": ["https://p9.douyinpic.com/2.webp"]}],
}  # fmt: skip
STATE = {
    "awemeId": "7516000000000000003",
    "desc": "养老补贴怎么领",
    "createTime": 1781778000,
    "authorInfo": {"secUid": "MS4wLiuxi", "nickname": "柳溪民政"},
    "video": {"originCover": "//p3.douyinpic.com/o.jpeg"},
    "awemeType": 0,
}


def said(value: object, url: str = "", **given):
    body = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    return read(body, url, AT, **given)


def page(inner: str, title: str = "抖音") -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{inner}</body></html>".encode()


def test_a_list_of_works():
    reading = said({"status_code": 0, "has_more": 1, "max_cursor": 1781000000000, "aweme_list": [FILM, ALBUM]}, LIST)
    assert (reading.outcome, reading.kind, reading.account, reading.account_key) == (
        Outcome.OK,
        PostKind.LIST,
        "柳溪民政",
        "MS4wLiuxi",
    )
    film, album = reading.posts
    assert (film.post_key, film.kind, film.pinned, film.text) == (FILM["aweme_id"], PostKind.VIDEO, True, FILM["desc"])
    assert film.published_at.isoformat() == "2026-06-18T10:20:00+00:00"
    assert film.images == ("https://p3.douyinpic.com/c.jpeg",)
    assert (album.kind, album.pinned, album.url) == (
        PostKind.PICTURE,
        False,
        "https://www.douyin.com/note/7516000000000000002",
    )
    assert album.images == ("https://p9.douyinpic.com/1.webp", "https://p9.douyinpic.com/2.webp")
    assert reading.cursor == {"max_cursor": "1781000000000"}
    assert reading.profile["verified_reason"] == "柳溪市民政局官方账号"


def test_what_is_no_work_is_left_out():
    advertisement, live = FILM | {"aweme_id": "7516000000000000009", "is_ads": True}, {"room_id": "1"}
    assert [post.post_key for post in said({"status_code": 0, "aweme_list": [advertisement, live, FILM]}).posts] == [
        FILM["aweme_id"]
    ]


def test_search_results_hold_works_one_level_deeper():
    assert said({"status_code": 0, "data": [{"type": 1, "aweme_info": FILM}]}).posts[0].text == FILM["desc"]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ({"is_delete": True}, Outcome.DELETED),
        ({"is_prohibited": True}, Outcome.VIOLATION),
        ({"private_status": 1}, Outcome.UNAVAILABLE),
        ({"private_status": 2}, Outcome.UNAVAILABLE),
        ({"in_reviewing": True}, Outcome.UNAVAILABLE),
        ({"is_delete": False, "is_prohibited": False, "private_status": 0}, Outcome.OK),
    ],
)
def test_what_the_platform_marks(status, outcome):
    assert said({"status_code": 0, "aweme_list": [FILM | {"status": status}]}).posts[0].outcome is outcome


@pytest.mark.parametrize(
    ("value", "url", "outcome"),
    [
        ({"status_code": 0, "aweme_list": None, "has_more": 0}, LIST, Outcome.VERIFY_WALL),
        ({"status_code": 0, "aweme_list": [], "has_more": 1}, LIST, Outcome.VERIFY_WALL),
        ({"status_code": 0, "aweme_list": [], "has_more": 0}, LIST, Outcome.EMPTY),
        ({"status_code": 0, "aweme_list": None, "has_more": 0}, LATER, Outcome.EMPTY),
        (b"", LIST, Outcome.VERIFY_WALL),
        (b" \n", LIST, Outcome.VERIFY_WALL),
        (b"blocked", LIST, Outcome.VERIFY_WALL),
        (b"Blocked by ArgusSecurityPlugin Uifid Not Found", LIST, Outcome.VERIFY_WALL),
        ({"status_code": 8, "status_msg": "用户未登录"}, LIST, Outcome.LOGIN_WALL),
        ({"status_code": 8}, LIST, Outcome.LOGIN_WALL),
        ({"status_code": 2154}, LIST, Outcome.RATE_LIMITED),
        ({"status_code": 2053, "status_msg": ""}, LIST, Outcome.RATE_LIMITED),
        ({"status_code": 5, "status_msg": "请求过于频繁"}, LIST, Outcome.RATE_LIMITED),
        ({"status_code": 4242, "status_msg": "参数不合法"}, LIST, Outcome.VERIFY_WALL),
        ({"status_code": 5, "status_msg": "用户已注销"}, LIST, Outcome.CLOSED),
        ({"status_code": 0, "user": None}, "", Outcome.VERIFY_WALL),
        ({"something": 1}, LIST, Outcome.LAYOUT_CHANGED),
    ],
)
def test_refusals(value, url, outcome):
    assert said(value, url).outcome is outcome


@pytest.mark.parametrize(
    ("reason", "message", "outcome"),
    [
        ("status_self_see", "因作品权限或已被删除，无法观看，去看看其他作品吧", Outcome.UNAVAILABLE),
        ("status_part_see", "", Outcome.UNAVAILABLE),
        ("status_deleted", "因作品权限或已被删除，无法观看，去看看其他作品吧", Outcome.DELETED),
        ("status_prohibited", "", Outcome.VIOLATION),
        ("", "", Outcome.UNAVAILABLE),
    ],
)
def test_a_work_that_is_not_given(reason, message, outcome):
    value = {"status_code": 0, "aweme_detail": None, "filter_detail": {"filter_reason": reason, "detail_msg": message}}
    assert said(value).outcome is outcome


def test_a_warning_of_the_platform_is_told():
    item = FILM | {"risk_infos": {"warn": True, "type": 53, "content": "作者声明：可能引人不适，请谨慎观看"}}
    assert "谨慎观看" in said({"status_code": 0, "aweme_list": [item]}).posts[0].detail


def test_one_work():
    reading = said({"status_code": 0, "aweme_detail": ALBUM})
    assert (reading.kind, reading.post.post_key) == (PostKind.PICTURE, ALBUM["aweme_id"])


def test_the_account():
    user = AUTHOR | {
        "follower_count": 15600,
        "aweme_count": 120,
        "ip_location": "IP属地：云江",
        "is_gov_media_vip": True,
    }
    reading = said({"status_code": 0, "user": user | {"unique_id": "liuximz", "short_id": "0"}})
    assert (reading.kind, reading.total, reading.account_key) == (PostKind.PROFILE, 120, "MS4wLiuxi")
    assert reading.profile["government"] is True
    assert (reading.profile["followers"], reading.profile["handle"]) == (15600, "liuximz")
    gone = said({"status_code": 0, "user": user | {"user_canceled": True}})
    assert (gone.outcome, gone.profile["name"]) == (Outcome.CLOSED, "柳溪民政")


def test_comments_are_not_read():
    reading = said({"status_code": 0, "comments": [{"cid": "1", "text": "读者的话", "user": {}}], "total": 1})
    assert (reading.outcome, reading.kind, reading.posts) == (Outcome.OK, PostKind.NONE, ())


def rendered(state: object) -> str:
    return f'<script id="RENDER_DATA" type="application/json">{quote(json.dumps(state))}</script>'


def pushed(state: object) -> str:
    return f"<script>self.__pace_f.push([1,{json.dumps('7:' + json.dumps(['$', '$L8', None, state]))}])</script>"


@pytest.mark.parametrize(
    "inner",
    [
        rendered({"app": {"videoDetail": STATE}}),
        rendered({"24": {"aweme": {"detail": STATE}}}),
        pushed({"aweme": {"detail": STATE}}),
    ],
    ids=["render data", "older render data", "pieces"],
)
def test_a_works_page(inner):
    url = "https://www.douyin.com/video/7516000000000000003"
    other = STATE | {"awemeId": "7516000000000000999", "desc": "别人的作品"}
    reading = said(page(inner), url)
    assert (reading.post.text, reading.post.account) == ("养老补贴怎么领", "柳溪民政")
    assert reading.post.images == ("https://p3.douyinpic.com/o.jpeg",)
    assert said(page(rendered({"list": [other]})), url).post is None


def test_a_profile_page_that_was_sent_with_its_first_screen():
    user = {"secUid": "MS4wLiuxi", "nickname": "柳溪民政", "awemeCount": 44, "followerCount": 15600}
    works = [STATE, STATE | {"awemeId": "7516000000000000004"}]
    reading = said(page(rendered({"1": {"user": {"user": user}, "post": {"data": works}}})))
    assert (reading.kind, len(reading.posts), reading.total) == (PostKind.LIST, 2, 44)
    assert reading.cursor  # it never shows that it is all


def test_the_page_behind_a_shared_address():
    def shared(info):
        state = {"loaderData": {"video_layout": None, "video_(id)/page": {"videoInfoRes": info}}}
        return said(page(f"<script>window._ROUTER_DATA = {json.dumps(state)}</script>"))

    assert shared({"status_code": 0, "item_list": [FILM], "filter_list": []}).post.text == FILM["desc"]
    gone = {"aweme_id": "1", "filter_reason": "status_deleted", "detail_msg": "作品不存在"}
    assert shared({"item_list": [], "filter_list": [gone]}).outcome is Outcome.DELETED


@pytest.mark.parametrize(
    ("body", "url", "outcome"),
    [
        (page("", "验证码中间页"), "https://www.douyin.com/user/MS4w", Outcome.VERIFY_WALL),
        (page("<script src='https://rmc.bytedance.com/verifycenter/captcha.js'></script>"), "", Outcome.VERIFY_WALL),
        (page("<script>var __ac_nonce='1'</script>"), "", Outcome.VERIFY_WALL),
        (page("<p>用户不存在</p>"), "", Outcome.CLOSED),
        (page("<p>你要观看的视频不存在</p>"), "", Outcome.DELETED),
        (page("<div>扫码登录</div>"), "https://www.douyin.com/user/MS4w", Outcome.LOGIN_WALL),
        (page("<div id='root'></div>"), "https://www.douyin.com/user/MS4w", Outcome.OK),
        (page("<div id='root'></div>"), "https://www.douyin.com/about", Outcome.LAYOUT_CHANGED),
        (page("x"), "https://verify.zijieapi.com/captcha", Outcome.VERIFY_WALL),
        (page("x"), "https://sso.douyin.com/login", Outcome.LOGIN_WALL),
    ],
)
def test_pages_that_show_no_work(body, url, outcome):
    assert said(body, url).outcome is outcome


def test_a_post_about_a_login_is_no_wall():
    text = "办事指南：" + "请登录柳溪市政务服务网办理，账号不存在的请先注册。" * 20
    assert said(page(f"<p>{text}</p>"), "https://www.douyin.com/user/MS4w").outcome is Outcome.OK


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.douyin.com/video/7516000000000000001?x=1", "7516000000000000001"),
        ("https://www.douyin.com/note/7516000000000000002", "7516000000000000002"),
        ("https://www.douyin.com/user/MS4w?modal_id=7516000000000000003", "7516000000000000003"),
        ("https://www.iesdouyin.com/share/video/7516000000000000004/", "7516000000000000004"),
        ("https://www.douyin.com/user/MS4w", ""),
        ("https://example.com/video/7516000000000000001", ""),
    ],
)
def test_keys_in_addresses(url, key):
    assert key_of(url) == key
