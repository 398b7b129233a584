"""What platforms announced waits until a visit has read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.plan import AccountTask, CrawlPlan
from domain.account import Account
from domain.announcement import Announcement
from domain.clock import Clock
from domain.inspection import InspectionKind
from domain.outcome import Outcome
from domain.post import Post, PostKind
from store.records import PostRead

NOW = datetime(2026, 6, 18, 14, tzinfo=UTC)
ID = "wechat:gh_5a1c0e7b9d01"
LONG = "https://mp.weixin.qq.com/s?__biz=A&mid=7&idx=1&sn=b"
SENT = Announcement(account_id=ID, job="mass:1", number=1, key="7_1", url=LONG, detail="群发成功", sent_at=NOW)


@pytest.fixture
def filled(opened):
    opened.put_accounts([Account(platform="wechat", key="gh_5a1c0e7b9d01", name="柳溪民政")], source="test", at=NOW)
    return opened


def put_post(store, key: str, url: str, outcome=Outcome.OK) -> None:
    inspection = store.begin(InspectionKind.NIGHTLY, "x", NOW, (ID,))
    post = Post(account_id=ID, key=key, url=url, kind=PostKind.ARTICLE, title="公示", text="", published_at=NOW)
    store.put_posts(inspection.id, [PostRead(post=post, outcome=outcome, read_at=NOW)])


def test_the_same_announcement_twice_is_one(filled):
    filled.put_announcements([SENT], NOW)
    filled.put_announcements([replace(SENT, detail="再次推送")], NOW + timedelta(minutes=1))
    assert [item.detail for item in filled.announced(ID, NOW)] == ["再次推送"]
    assert filled.announced("wechat:gh_other", NOW) == ()


@pytest.mark.parametrize(("key", "url"), [("7_1", ""), ("9_9", LONG)])
def test_what_is_on_file_waits_no_longer(filled, key, url):
    filled.put_announcements([SENT], NOW)
    put_post(filled, key, url, Outcome.DELETED)
    assert filled.announced(ID, NOW) == ()


def test_nothing_waits_for_ever(filled):
    refused = replace(SENT, job="mass:2", outcome=Outcome.VIOLATION, detail="涉嫌广告")
    bare = replace(SENT, job="mass:3", number=0, key="", url="")
    filled.put_announcements([SENT, refused, bare], NOW)
    assert [item.job for item in filled.announced(ID, NOW + timedelta(days=1))] == ["mass:1", "mass:2", "mass:3"]
    assert [item.job for item in filled.announced(ID, NOW + timedelta(days=3))] == ["mass:1"]
    assert filled.announced(ID, NOW + timedelta(days=31)) == ()


def test_it_travels_to_the_crawl(filled):
    filled.put_announcements([SENT], NOW)
    task = AccountTask(account=filled.accounts()[0], horizon=NOW, announced=filled.announced(ID, NOW))
    plan = CrawlPlan(platform="wechat", tasks=(task,), clock=Clock(NOW, True))
    assert CrawlPlan.from_json(plan.to_json()).tasks[0].announced == (SENT,)
