"""The plan goes through JSON unchanged and shows no credential."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.plan import AccountTask, CrawlPlan, ReplicaAddress
from domain.account import Account, Medium, Purpose, Route, Standing
from domain.clock import Clock
from domain.post import KnownPost

NOW = datetime(2026, 6, 18, 14, 0, tzinfo=UTC)


def full_plan() -> CrawlPlan:
    posts = tuple(
        KnownPost(
            key=f"224748000{number}_1",
            url=f"https://mp.weixin.qq.com/s/short{number}",
            first_seen_at=NOW - timedelta(days=number),
            last_read_at=NOW - timedelta(days=number),
            published_at=NOW - timedelta(days=number, hours=3) if number else None,
            has_open_case=number == 1,
            is_gone=number == 2,
        )
        for number in range(4)
    )
    account = Account(
        platform="wechat",
        key="gh_5a1c0e7b9d01",
        name="柳溪民政",
        sponsor="柳溪市民政局",
        purpose=Purpose.SERVICE,
        medium=Medium.AUDIO_VIDEO,
        standing=Standing.CLOSING,
        routes=(Route("official", "", "wechat-main"), Route("album", "3390010000000000001")),
        attributes={"biz": "MzkwMDAwMDAwMQ==", "appid": "wx0"},
        robots_authorisation="柳民办〔2026〕1号",
        aliases=("wechat:gh_old",),
    )
    task = AccountTask(
        account=account,
        known=posts,
        reread=(posts[3], posts[1]),
        horizon=NOW,
        walked_at=NOW - timedelta(days=1),
        deadline_seconds=12.5,
    )
    return CrawlPlan(
        platform="wechat",
        tasks=(task,),
        clock=Clock(NOW, fixed=True),
        credentials={"wechat-main": {"appid": "wx0", "secret": "S3CRET"}},
        replica=ReplicaAddress("127.0.0.1", 8001, 8002, "abc="),
        contact="巡检办 xunjian@liuxi.example",
        polite={"delay": 0.5},
        browser="/usr/bin/chromium",
        store={"url": "sqlite:///x.db"},
    )


def test_round_trip():
    plan = full_plan()
    again = CrawlPlan.from_json(plan.to_json())
    assert again == plan
    assert again.tasks[0].reread == plan.tasks[0].reread  # the caller's order is kept
    assert CrawlPlan.from_json(again.to_json().encode()) == plan


def test_round_trip_of_the_least():
    account = Account(platform="app", key="example.liuxi", name="柳溪通")
    plan = CrawlPlan(platform="app", tasks=(AccountTask(account=account, horizon=NOW),), clock=Clock(NOW))
    assert CrawlPlan.from_json(plan.to_json()) == plan


def test_repr_keeps_secrets():
    assert "S3CRET" not in repr(full_plan())
    assert "sqlite" not in repr(full_plan())


def test_a_naive_horizon_is_refused():
    text = full_plan().to_json().replace("2026-06-18T14:00:00+00:00", "2026-06-18T14:00:00")
    with pytest.raises(ValueError, match="time zone"):
        CrawlPlan.from_json(text)
