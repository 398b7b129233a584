"""What single replies and pages of Kuaishou say."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from crawler.platforms.kuaishou.page import key_of, read
from domain.outcome import Outcome
from domain.post import PostKind

AT = datetime.fromisoformat("2026-06-18T22:00:00+08:00")
AUTHOR = {"id": "3xliuxi", "name": "柳溪民政", "headerUrl": "https://p2.a.yximgs.com/h.jpg", "headerUrls": None}
FILM = {
    "id": "3xfilm",
    "caption": "端午安康 #柳溪民政",
    "originCaption": None,
    "timestamp": 1781778000000,
    "likeCount": "1.2万",
    "coverUrl": "https://p4.a.yximgs.com/c.jpg",
    "photoUrl": "https://v2.kwaicdn.com/f.mp4",
    "profileUserTopPhoto": True,
    "riskTagContent": "",
}
ATLAS = {"cdn": ["p5.a.yximgs.com"], "list": ["/ufile/atlas/1.webp", "/ufile/atlas/2.webp"]}
ALBUM = FILM | {
    "id": "3xalbum",
    "profileUserTopPhoto": False,
    "photoType": "VERTICAL_ATLAS",
    "ext_params": {"atlas": ATLAS},
}
FEEDS = [{"type": 1, "author": AUTHOR, "photo": FILM}, {"type": 1, "author": AUTHOR, "photo": ALBUM}]
WORK = "https://www.kuaishou.com/short-video/3xfilm"


def said(value: object, url: str = "", **given):
    body = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    return read(body, url, AT, **given)


def page(inner: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>快手</title></head><body>{inner}</body></html>".encode()


def graphql(name: str, value: object) -> dict:
    return {"data": {name: value}}


@pytest.mark.parametrize(
    "value",
    [
        {"result": 1, "pcursor": "1.781E12", "host-name": "x", "feeds": FEEDS},
        graphql("visionProfilePhotoList", {"result": 1, "pcursor": "1.781E12", "feeds": FEEDS}),
        [graphql("visionProfilePhotoList", {"result": 1, "pcursor": "1.781E12", "feeds": FEEDS})],
        {"data": {"result": 1, "pcursor": "1.781E12", "live": None,
                  "list": [FILM | {"author": AUTHOR}, ALBUM | {"author": AUTHOR}]}},
    ],
    ids=["rest", "graphql", "batch", "live site"],
)  # fmt: skip
def test_a_list_of_works(value):
    reading = said(value)
    assert (reading.outcome, reading.kind, reading.account, reading.account_key) == (
        Outcome.OK,
        PostKind.LIST,
        "柳溪民政",
        "3xliuxi",
    )
    film, album = reading.posts
    assert (film.post_key, film.kind, film.pinned, film.text) == ("3xfilm", PostKind.VIDEO, True, FILM["caption"])
    assert film.published_at.isoformat() == "2026-06-18T10:20:00+00:00"
    assert film.images == ("https://p4.a.yximgs.com/c.jpg",)
    assert (album.kind, album.images) == (
        PostKind.PICTURE,
        ("https://p5.a.yximgs.com/ufile/atlas/1.webp", "https://p5.a.yximgs.com/ufile/atlas/2.webp"),
    )
    assert reading.cursor == {"pcursor": "1.781E12"}  # opaque: it is sent back as it came


def test_the_last_page_and_removed_items():
    reading = said({"result": 1, "pcursor": "no_more", "feeds": [*FEEDS, {"type": 1, "author": None, "photo": None}]})
    assert (len(reading.posts), reading.cursor) == (2, {})
    assert "1 条作品平台没有给出内容" in reading.detail


def test_a_warning_of_the_platform_is_told():
    feeds = [{"author": AUTHOR, "photo": FILM | {"riskTagContent": "内容存在争议，请谨慎辨别"}}]
    assert "谨慎辨别" in said({"result": 1, "pcursor": "no_more", "feeds": feeds}).posts[0].detail


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        ({"result": 2}, Outcome.RATE_LIMITED),
        ({"result": 50, "error_msg": "系统繁忙"}, Outcome.VERIFY_WALL),
        ({"result": 109}, Outcome.LOGIN_WALL),
        ({"result": 2001, "url": "https://captcha.zt.kuaishou.com/iframe"}, Outcome.VERIFY_WALL),
        ({"result": 400002, "captchaConfig": {}}, Outcome.VERIFY_WALL),
        ({"result": 77, "url": "https://captcha.zt.kuaishou.com/iframe"}, Outcome.VERIFY_WALL),
        ({"result": 24, "error_msg": "用户不存在"}, Outcome.CLOSED),
        ({"result": 24, "error_msg": "请求过于频繁"}, Outcome.RATE_LIMITED),
        (graphql("visionProfilePhotoList", {"result": 109, "feeds": [], "pcursor": ""}), Outcome.LOGIN_WALL),
        (graphql("visionProfile", {"result": 2}), Outcome.RATE_LIMITED),
        ({"data": {"result": 2, "list": [], "pcursor": ""}}, Outcome.RATE_LIMITED),
        ({"errors": [{"message": "Need captcha"}], "data": None}, Outcome.VERIFY_WALL),
        ({"data": {"captcha": {"url": "https://captcha.zt.kuaishou.com/"}}}, Outcome.VERIFY_WALL),
        (b"", Outcome.VERIFY_WALL),
        ({"result": 1, "feeds": [], "pcursor": "no_more"}, Outcome.EMPTY),
        ({"result": 1, "feeds": [], "pcursor": "1.7E12"}, Outcome.VERIFY_WALL),
        (graphql("visionVideoDetail", {"status": 1, "type": "1", "author": None, "photo": None}), Outcome.DELETED),
        ({"something": 1}, Outcome.LAYOUT_CHANGED),
    ],
)
def test_refusals(value, outcome):
    assert said(value).outcome is outcome


@pytest.mark.parametrize(
    "value",
    [
        {"result": 1, "userProfile": {"ownerCount": {"fan": "1.6万", "follow": 3, "photo": None, "photo_public": 120},
         "profile": {"user_id": "3xliuxi", "user_name": "柳溪民政", "user_text": "官方"}, "isFollowing": False}},
        graphql("visionProfile", {"result": 1, "userProfile": {
            "ownerCount": {"fan": "1.6万", "follow": 3, "photo": None, "photo_public": 120},
            "profile": {"user_id": "3xliuxi", "user_name": "柳溪民政", "user_text": "官方"}}}),
        {"result": 1, "eid": "3xliuxi", "userName": "柳溪民政", "userId": 1, "fans": "1.6万", "follows": 3,
         "userTex": "官方", "photo_public": 120, "userHead": "https://p2.a.yximgs.com/h.jpg"},
    ],
    ids=["rest", "graphql", "flat"],
)  # fmt: skip
def test_the_account(value):
    reading = said(value)
    assert (reading.outcome, reading.kind, reading.account) == (Outcome.OK, PostKind.PROFILE, "柳溪民政")
    assert (reading.account_key, reading.total, reading.profile["followers"]) == ("3xliuxi", 120, 16000)
    assert reading.profile["description"] == "官方"


def test_what_else_comes_from_graphql_is_none_of_the_accounts_content():
    url = "https://www.kuaishou.com/graphql"
    for value in (graphql("userInfo", {"id": None}), graphql("visionOwnerInfo", {"result": 109})):
        assert (said(value, url).outcome, said(value, url).kind) == (Outcome.OK, PostKind.NONE)
    comments = graphql("visionCommentList", {"rootComments": [{"content": "读者的话"}], "pcursor": "no_more"})
    assert (said(comments).kind, said(comments).posts) == (PostKind.NONE, ())


def test_one_work():
    reading = said(graphql("visionVideoDetail", {"status": 1, "author": AUTHOR, "photo": FILM}))
    assert (reading.post.post_key, reading.post.account) == ("3xfilm", "柳溪民政")


def test_a_works_page():
    store = {
        "defaultClient": {
            "ROOT_QUERY": {"visionVideoDetail": {"type": "id", "id": "$ROOT_QUERY.x"}},
            "VisionVideoDetailAuthor:3xliuxi": AUTHOR | {"__typename": "VisionVideoDetailAuthor"},
            "VisionVideoDetailPhoto:3xfilm": FILM | {"__typename": "VisionVideoDetailPhoto"},
        }
    }
    body = page(f"<script>window.__APOLLO_STATE__={json.dumps(store)};(function(){{}}())</script>")
    reading = said(body, WORK)
    assert (reading.post.post_key, reading.post.account, reading.post.text) == ("3xfilm", "柳溪民政", FILM["caption"])
    assert said(body, "https://www.kuaishou.com/short-video/3xother").post is None


def test_the_page_behind_a_shared_address():
    photo = {key: value for key, value in FILM.items() if key != "id"} | {"userName": "柳溪民政", "userEid": "3xliuxi"}
    state = {"tusjoh": {"result": 1, "shareInfo": {}, "photo": photo}}
    body = page(f"<script>window.INIT_STATE = {json.dumps(state)}</script>")
    reading = said(body, "https://v.m.chenzhongtech.com/fw/photo/3xfilm?cc=share")
    assert (reading.post.post_key, reading.post.account, reading.post.account_key) == ("3xfilm", "柳溪民政", "3xliuxi")


@pytest.mark.parametrize(
    ("body", "url", "outcome"),
    [
        (page("<p>该作品已被删除</p>"), WORK, Outcome.DELETED),
        (page("<p>作品不存在</p>"), WORK, Outcome.DELETED),
        (page("<p>该作品仅自己可见</p>"), WORK, Outcome.UNAVAILABLE),
        (page("<p>用户不存在</p>"), "", Outcome.CLOSED),
        (page("<p>请完成安全验证</p>"), "", Outcome.VERIFY_WALL),
        (page("<iframe src='https://captcha.zt.kuaishou.com/iframe/index.html'></iframe>"), "", Outcome.VERIFY_WALL),
        (page("<p>请先登录</p>"), "", Outcome.LOGIN_WALL),
        (page("<div id='app'></div>"), "https://www.kuaishou.com/profile/3xliuxi", Outcome.OK),
        (page("<div id='app'></div>"), "https://www.kuaishou.com/about", Outcome.LAYOUT_CHANGED),
        (page("x"), "https://captcha.zt.kuaishou.com/iframe", Outcome.VERIFY_WALL),
    ],
)
def test_pages_that_show_no_work(body, url, outcome):
    assert said(body, url).outcome is outcome


def test_a_mention_is_read_as_a_reader_sees_it():
    photo = FILM | {"caption": "谢谢@柳溪救助(O3xabcdefgh12) 的志愿者（3名）"}
    reading = said({"result": 1, "pcursor": "no_more", "feeds": [{"author": AUTHOR, "photo": photo}]})
    assert reading.posts[0].text == "谢谢@柳溪救助 的志愿者（3名）"


def test_an_internal_number_is_no_key():
    photo = {
        "photoId": "5229523707741271525",
        "caption": "端午安康",
        "userName": "柳溪民政",
        "coverUrls": [{"url": "https://a/b.jpg"}],
    }
    body = page(f"<script>window.INIT_STATE = {json.dumps({'q': {'result': 1, 'photo': photo}})};</script>")
    assert said(body, "https://m.gifshow.com/fw/photo/3xfilm").post.post_key == "3xfilm"
    assert said(body).post.post_key == "5229523707741271525"


def test_keys_in_addresses():
    assert key_of("https://www.kuaishou.com/short-video/3x-_a9?authorId=1") == "3x-_a9"
    assert key_of("https://v.m.chenzhongtech.com/fw/photo/3xfilm") == "3xfilm"
    assert key_of("https://www.kuaishou.com/profile/3xliuxi") == ""
