"""The browser as a download handler: the replica answers it by TLS, robots.txt comes by the plain way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from rig import run

from crawler.browser import browser_ready, find_browser
from crawler.plan import AccountTask, CrawlPlan, ReplicaAddress
from domain.account import Account, Route
from domain.clock import Clock
from replica.demo import build
from replica.server import ReplicaServer
from replica.world import Wall

NOW = datetime(2026, 6, 18, 14, 0, tzinfo=UTC)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not browser_ready(find_browser()), reason="no browser that could be driven on this machine"),
]


def test_a_page_through_the_browser_comes_from_the_replica():
    world = build().world
    entry = next(entry for entry in world.accounts if entry.account.platform == "wechat" and entry.wall is Wall.NONE)
    url = f"https://mp.weixin.qq.com/mp/aboutbiz?__biz={entry.account.attributes['biz']}"
    with ReplicaServer(world) as server:
        account = Account(platform="trial", key="a", name="甲", routes=(Route("browse", url),))
        task = AccountTask(account=account, horizon=NOW - timedelta(days=9), deadline_seconds=60)
        plan = CrawlPlan(
            platform="trial",
            tasks=(task,),
            clock=Clock(NOW, fixed=True),
            replica=ReplicaAddress("127.0.0.1", server.http_port, server.tls_port, server.spki),
            polite={"delay": 0},
            browser=find_browser(),
        )
        crawled = run(plan, spider="trial:BrowsingSpider", timeout=90)
        served = [(host, path) for host, path, _ in server.log]
    assert crawled.coverage()["outcome"] == "OK", crawled.log[-2000:]
    assert ("mp.weixin.qq.com", "/robots.txt") in served
    assert ("mp.weixin.qq.com", "/mp/aboutbiz") in served
    shown = crawled.of("capture")[-1]
    assert shown["url"] == url
    assert entry.account.verified_subject in shown["body"]


def test_without_a_browser_the_account_is_not_looked_at():
    account = Account(platform="trial", key="a", name="甲", routes=(Route("browse", "https://mp.weixin.qq.com/"),))
    task = AccountTask(account=account, horizon=NOW, deadline_seconds=20)
    plan = CrawlPlan(platform="trial", tasks=(task,), clock=Clock(NOW, fixed=True), browser="")
    crawled = run(plan, spider="trial:BrowsingSpider")
    assert crawled.coverage()["outcome"] == "NO_TOOL"
