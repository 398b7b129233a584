"""WeChat over two nights, and what the owner's API says beside the lists."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from rig import Crawled, run

from crawler.plan import AccountTask, CrawlPlan, ReplicaAddress
from domain.account import Account, Route
from domain.clock import Clock
from domain.post import KnownPost, PostKind
from replica.server import ReplicaServer
from replica.wechat_pages.addresses import short_url
from replica.wechat_pages.notice import State
from replica.world import World, WorldAccount, WorldPost

NOW = datetime.fromisoformat("2026-06-18T22:00:00+08:00")
ID = "wechat:gh_0000nights01"
SECRET = "CANARY-S3CRET-0001"
MENU = [
    {"type": "view", "name": "民政局网站", "url": "https://www.liuxi.gov.cn/"},
    {
        "name": "办事",
        "sub_button": {
            "list": [
                {"type": "view", "name": "低保", "url": "http://mp.weixin.qq.com/s?__biz=A&mid=1&idx=1&sn=b#rd"},
                {"type": "miniprogram", "name": "婚登预约", "url": "http://mp.weixin.qq.com",
                 "appid": "wx00000000000000aa", "pagepath": "pages/index/index"},
                {"type": "click", "name": "联系我们", "key": "CONTACT"},
            ]
        },
    },
]  # fmt: skip


def post(key: str, days: float, **given: object) -> WorldPost:
    values: dict[str, object] = {
        "kind": PostKind.ARTICLE,
        "title": f"第{key}号动态",
        "paragraphs": ("柳溪市社会福利院开展端午慰问。",),
        "published_at": NOW - timedelta(days=days),
    }
    return WorldPost(account_id=ID, key=key, **(values | given))


def world(*posts: WorldPost, **traits: str) -> World:
    account = Account(
        platform="wechat",
        key="gh_0000nights01",
        name="柳溪民政",
        verified_subject="柳溪市民政局",
        routes=(Route("official", "", "main"),),
        attributes={"biz": "MzkwMDAwMDAwMQ=="},
    )
    return World(
        now=NOW,
        accounts=(WorldAccount(account=account, traits=traits, description="为民服务"),),
        posts={ID: posts},
        credentials={"main": {"appid": "wx0000000000000001", "secret": SECRET}},
    )


def crawl(scene: World, *, known=(), reread=(), walked=None, horizon: float = 40) -> Crawled:
    with ReplicaServer(scene) as server:
        task = AccountTask(
            account=scene.accounts[0].account,
            known=known,
            reread=reread,
            horizon=NOW - timedelta(days=horizon),
            walked_at=walked,
            deadline_seconds=60,
        )
        plan = CrawlPlan(
            platform="wechat",
            tasks=(task,),
            clock=Clock(NOW, fixed=True),
            credentials={name: dict(values) for name, values in scene.credentials.items()},
            replica=ReplicaAddress("127.0.0.1", server.http_port, server.tls_port, server.spki),
            polite={"delay": 0},
        )
        crawled = run(plan)
        assert server.errors == []
        crawled.paths = [served.path for served in server.log if served.path != "/robots.txt"]
    return crawled


def on_file(item: WorldPost, days: float = 1) -> KnownPost:
    moment = NOW - timedelta(days=days)
    return KnownPost(
        key=item.key, url=short_url(item), first_seen_at=moment, last_read_at=moment, published_at=item.published_at
    )


def profile(crawled: Crawled) -> dict:
    (found,) = crawled.of("profile")
    return found["profile"]


def test_an_edited_article_is_read_under_its_key():
    first = post("2650000001_1", 1.5)
    later = replace(first, paragraphs=("更正：慰问改在六月二十日。",))
    before = crawl(world(first)).posts()[first.key]
    after = crawl(world(later), known=(on_file(first),), reread=(on_file(first),)).posts()[first.key]
    assert (before["outcome"], after["outcome"]) == ("OK", "OK")
    assert "端午慰问" in before["text"]
    assert "更正" in after["text"]


def test_an_article_deleted_after_its_first_crawl_is_one_deletion():
    gone = replace(post("2650000001_1", 1.5), withdrawn=True)
    crawled = crawl(world(gone), known=(on_file(gone),), reread=(on_file(gone),))
    deletions = [item for item in crawled.of("post") if item["outcome"] == "DELETED"]
    assert [item["key"] for item in deletions] == [gone.key]
    known_gone = replace(on_file(gone), is_gone=True)
    assert crawl(world(gone), known=(known_gone,)).of("post") == []


def test_a_migrated_article_is_followed_once():
    target = post("2650000009_1", 2)
    moved = post("2650000001_1", 3, traits={"state": State.MIGRATED, "migrated_to": short_url(target)})
    crawled = crawl(world(target, moved))
    assert crawled.posts()[moved.key]["outcome"] == "OK"
    assert target.title in crawled.posts()[moved.key]["title"]


def test_the_account_its_certification_and_its_menu():
    crawled = crawl(world(post("2650000001_1", 1), menu=json.dumps(MENU)))
    said = profile(crawled)
    assert said["name"] == "柳溪民政"
    assert said["verified_subject"] == "柳溪市民政局"
    assert (said["certified"], said["subject_type"], said["service"]) == (True, "政府", "订阅号")
    assert [entry["name"] for entry in said["menu"]] == ["民政局网站", "办事/低保", "办事/婚登预约", "办事/联系我们"]
    assert said["menu"][2]["appid"] == "wx00000000000000aa"
    menu = crawled.posts()["menu"]
    assert "婚登预约（小程序 wx00000000000000aa）" in menu["text"]
    assert "认证" not in crawled.coverage()["detail"]
    again = crawl(world(post("2650000001_1", 1), menu=json.dumps(MENU)), known=(known_menu(),))
    assert "menu" not in again.posts()
    due = crawl(world(post("2650000001_1", 1), menu=json.dumps(MENU)), known=(known_menu(),), reread=(known_menu(),))
    assert due.posts()["menu"]["outcome"] == "OK"
    closed = crawl(world(post("2650000001_1", 1)), known=(known_menu(),), reread=(known_menu(),))
    assert ("menu" in closed.posts(), profile(closed)["menu_open"]) == (False, False)


def known_menu() -> KnownPost:
    moment = NOW - timedelta(days=1)
    return KnownPost(key="menu", url="", first_seen_at=moment, last_read_at=moment)


@pytest.mark.parametrize(
    ("left", "words", "code"),
    [(200, "", ""), (20, "还有 20 天", ""), (-3, "已于 2026-06-15 到期", "certification-lapsed")],
)
def test_the_end_of_the_certification_is_told(left, words, code):
    until = (NOW + timedelta(days=left)).isoformat()
    crawled = crawl(world(post("2650000001_1", 1), certified_until=until))
    assert crawled.coverage()["outcome"] == "OK"
    assert words in crawled.coverage()["detail"]
    assert ("certification-lapsed" in {attempt[3] for attempt in crawled.coverage()["attempts"]}) == bool(code)


@pytest.mark.parametrize("shape", ["object", "list"])
def test_comments_are_counted_and_nobody_is_named(shape):
    talk = [[1, 2], [2, None], [30, 10], [40, None]]
    listed = (
        post("2650000002_1", 3, traits={"comments": json.dumps(talk), "comment_shape": shape}),
        post("2650000001_2", 5, traits={"comments": json.dumps([[1, 1]] * 60)}, mass_sent=True),
        post("2650000001_1", 5),
        post("2649000001_1", 35, traits={"comments": json.dumps(talk)}),
    )
    crawled = crawl(world(*listed))
    said = profile(crawled)["interaction"]
    assert said == {
        "articles": 2,
        "comments": 64,
        "looked_at": 64,
        "answered": 62,
        "unanswered": 2,
        "median_reply_hours": 1.0,
        "longest_reply_hours": 10.0,
        "waiting_days": 2,
    }
    assert crawled.paths.count("/cgi-bin/comment/list") == 3
    assert "近 30 天的留言有 2 条没有回复（共看 64 条），最久的已等 2 天" in crawled.coverage()["detail"]
    everything = json.dumps(crawled.items, ensure_ascii=False) + crawled.log
    for private in ("oReader", "读者的第", "感谢您的留言"):
        assert private not in everything


@pytest.mark.parametrize(("code", "words"), [(88000, "没有留言权限"), (45009, "次日零点"), (88001, "")])
def test_without_the_right_to_comments_nothing_else_is_lost(code, words):
    listed = (post("2650000002_1", 3, traits={"comments": "[[1, null]]"}),)
    crawled = crawl(world(*listed, comment_error=str(code)))
    assert (crawled.coverage()["outcome"], crawled.coverage()["complete"]) == ("OK", True)
    assert words in profile(crawled).get("interaction", {}).get("remark", "")


def test_the_quota_of_the_statistics_is_left_to_others():
    listed = (post("2650000002_1", 3),)
    crawled = crawl(world(*listed, quota_used="790"))
    assert crawled.paths.count("/datacube/getarticletotaldetail") == 10
    assert crawled.coverage()["complete"] is False
    assert "余量不多，只查了最近 10 天（应查 40 天）" in crawled.coverage()["detail"]


def test_no_credential_in_items_log_or_error():
    for traits in ({}, {"api_error": "40001"}, {"token_error": "40125"}, {"api": "expiring"}):
        crawled = crawl(world(post("2650000002_1", 3), **traits))
        everything = json.dumps(crawled.items, ensure_ascii=False) + crawled.log + json.dumps(crawled.summary)
        for canary in (SECRET, "99_replica", "access_token=99"):
            assert canary not in everything
        assert "CANARY" not in everything
