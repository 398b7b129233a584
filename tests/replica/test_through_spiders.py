"""Saved responses, and the world itself, go through the spiders that visit the real platforms.

Each crawl runs in a process of its own, as in the program; a pipeline written for the test collects what it hands over.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.plan import AccountTask, CrawlPlan, ReplicaAddress
from domain.account import Account, Route
from domain.clock import CHINA, Clock
from replica.platforms import wechat
from replica.platforms.rss_bridge import WERSS, feed_url
from replica.request import Request
from replica.saved import SavedFolder, SavedReply
from replica.server import ReplicaServer
from replica.wechat_pages.addresses import short_url
from replica.world import World

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / ".." / "shared" / "platforms" / "samples"
BUREAU = "wechat:gh_0000liuxi001"

COLLECTOR = """
import json, sys
from pathlib import Path
from crawler.items import CoverageItem, PostItem
from crawler.plan import CrawlPlan
from crawler.run import crawl

class Collect:
    def open_spider(self):
        self.posts, self.coverages = [], []
    def process_item(self, item):
        if isinstance(item, PostItem):
            post = item.post
            self.posts.append({"account": item.account_id, "key": item.key, "outcome": post.outcome,
                "kind": post.kind, "title": post.title, "text": post.text,
                "at": post.published_at.isoformat() if post.published_at else None})
        elif isinstance(item, CoverageItem):
            cover = item.coverage
            self.coverages.append({"account": cover.account_id, "outcome": cover.outcome, "detail": cover.detail,
                "complete": cover.complete, "listed": cover.listed, "requests": cover.requests})
        return item
    def close_spider(self):
        Path("collected.json").write_text(json.dumps({"posts": self.posts, "coverages": self.coverages}))

if __name__ == "__main__":
    summary = crawl(CrawlPlan.from_json(sys.stdin.read()), "collector.Collect")
    sys.exit(1 if summary.failed else 0)
"""


def run(server: ReplicaServer, tmp_path: Path, platform: str, *accounts: Account, now: datetime, **given: object):
    """Crawl ``accounts`` and return what was collected."""
    (tmp_path / "collector.py").write_text(COLLECTOR, encoding="utf-8")
    plan = CrawlPlan(
        platform=platform,
        tasks=tuple(AccountTask(account=account, horizon=now - timedelta(days=3000)) for account in accounts),
        clock=Clock(start=now, fixed=True),
        replica=ReplicaAddress("127.0.0.1", server.http_port, server.tls_port, server.spki),
        contact="test@liuxi.example",
        polite={"delay": 0, "per_host": 8},
        **given,
    )
    done = subprocess.run(
        [sys.executable, "-m", "collector"],
        input=plan.to_json(),
        text=True,
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT)))},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    collected = json.loads((tmp_path / "collected.json").read_text())
    collected["by_key"] = {post["key"]: post for post in collected["posts"]}
    return collected


def album_of(folder: Path, biz: str, rows: list[tuple[str, str, int]]) -> None:
    """Write an album's reply that lists ``rows`` of address, key and epoch."""
    items = [
        {"key": key, "msgid": key.split("_")[0], "itemidx": key.split("_")[1], "title": key, "url": url,
         "create_time": str(epoch), "item_show_type": "0"}
        for url, key, epoch in rows
    ]  # fmt: skip
    listing = {"article_list": items, "base_info": {"article_count": str(len(items))}, "continue_flag": "0"}
    reply = {"base_resp": {"ret": 0}, "getalbum_resp": listing}
    (folder / "album.json").write_text(json.dumps(reply), encoding="utf-8")


def test_saved_pages_go_through_the_spider(world: World, tmp_path):
    posts = [post for post in world.posts_of(BUREAU) if not post.mass_sent][:6]
    saved = tmp_path / "saved"
    saved.mkdir()
    rows, index = [], []
    for number, post in enumerate(posts):
        path = short_url(post).removeprefix("https://mp.weixin.qq.com")
        reply = wechat.answer(world, Request("GET", "mp.weixin.qq.com", "https", path))
        (saved / f"{number}.html").write_bytes(reply.body)
        index.append(SavedReply(url=f"https://mp.weixin.qq.com{path}", file=f"{number}.html"))
        rows.append((short_url(post), post.key, int(post.published_at.timestamp())))
    rows.append(("https://mp.weixin.qq.com/s/BBBBBBBBBBBBBBBBBBBBBB", "2650000001_1", rows[-1][2] - 1))
    (saved / "gone.html").write_text(
        '<div class="weui-msg"><div class="weui-msg__title warn">该内容已被发布者删除</div></div>'
    )
    index.append(SavedReply(url=rows[-1][0], file="gone.html"))
    album_of(saved, "MzA5MDAwMDAwMQ==", rows)
    index.append(SavedReply(url="https://mp.weixin.qq.com/mp/appmsgalbum?album_id=1", file="album.json"))
    account = replace(world.by_id[BUREAU].account, routes=(Route("album", "1"),))
    with ReplicaServer(answer=SavedFolder(saved, index).answer) as server:
        collected = run(server, tmp_path, "wechat", account, now=world.now)
    assert server.errors == []
    for post in posts:
        assert collected["by_key"][post.key]["outcome"] == "OK"
        assert collected["by_key"][post.key]["title"] == post.title
    assert collected["by_key"]["2650000001_1"]["outcome"] == "DELETED"
    assert collected["coverages"][0]["outcome"] == "OK"


def test_the_world_goes_through_the_spider(world: World, tmp_path):
    entries = {entry.account.key: entry for entry in world.accounts}
    feed = entries["gh_0000liuxi002"]
    feeding = replace(feed.account, routes=(Route("rss", feed_url(WERSS, feed)),))
    bureau = replace(entries["gh_0000liuxi001"].account, routes=(Route("official", credential="main"),))
    accounts = (bureau, feeding, entries["gh_0000liuxi003"].account, entries["gh_0000liuxi004"].account)
    with ReplicaServer(world) as server:
        collected = run(server, tmp_path, "wechat", *accounts, now=world.now, credentials=world.credentials)
    assert server.errors == []
    outcomes = {cover["account"]: cover["outcome"] for cover in collected["coverages"]}
    assert outcomes == {
        BUREAU: "OK",
        "wechat:gh_0000liuxi002": "OK",
        "wechat:gh_0000liuxi003": "VERIFY_WALL",
        "wechat:gh_0000liuxi004": "QUOTA",
    }
    seen = collected["by_key"]
    for post in world.posts_of(BUREAU):
        assert seen[post.key]["outcome"] == ("DELETED" if post.withdrawn else "OK"), post.key
        if not post.withdrawn:
            assert (seen[post.key]["title"], seen[post.key]["kind"]) == (post.title, post.kind)
            assert datetime.fromisoformat(seen[post.key]["at"]) == post.published_at
    for post in world.posts_of("wechat:gh_0000liuxi002"):
        assert datetime.fromisoformat(seen[post.key]["at"]) == post.published_at
    assert {cover["account"] for cover in collected["coverages"] if cover["complete"]} == {BUREAU}


def test_real_pages_go_through_the_spider(tmp_path):
    if not SAMPLES.is_dir():
        pytest.skip(f"the folder of saved real replies is not here: {SAMPLES}")
    expected = json.loads((SAMPLES.parent / "expected.json").read_text())["files"]
    files = [name for name, want in expected.items() if name.startswith("wechat/") and "aboutbiz" not in name]
    index = [
        SavedReply(url=f"https://mp.weixin.qq.com/s/{number:022d}", file=name) for number, name in enumerate(files)
    ]
    rows = [
        (row.url, expected[row.file].get("post_key", f"26000000{number:02d}_1"), 1767346773 - number)
        for number, row in enumerate(index)
    ]
    album_of(tmp_path, "MzIzNDcyMTI5MQ==", rows)
    listing = SavedFolder(tmp_path, [SavedReply(url="//mp.weixin.qq.com/mp/appmsgalbum?album_id=1", file="album.json")])
    account = Account(
        platform="wechat",
        key="gh_bc6c492e205e",
        name="sample",
        routes=(Route("album", "1"),),
        attributes={"biz": "MzIzNDcyMTI5MQ=="},
    )
    with ReplicaServer(answer=SavedFolder(SAMPLES, index, otherwise=listing.answer).answer) as server:
        collected = run(server, tmp_path, "wechat", account, now=datetime(2026, 6, 18, 22, tzinfo=CHINA))
    assert server.errors == []
    for row, (_, key, _) in zip(index, rows, strict=True):
        want, seen = expected[row.file], collected["by_key"][key]
        assert seen["outcome"] == want["outcome"], row.file
        for name in ("title", "kind"):
            if name in want:
                assert seen[name] == want[name], row.file
        if "published_at" in want:
            assert datetime.fromisoformat(seen["at"]) == datetime.fromisoformat(want["published_at"]), row.file


def test_real_weibo_listing_goes_through_the_spider(tmp_path):
    if not SAMPLES.is_dir():
        pytest.skip(f"the folder of saved real replies is not here: {SAMPLES}")
    name = "weibo/getIndex_cards1_1669879400.json"
    wanted = json.loads((SAMPLES.parent / "expected.json").read_text())["files"][name]["post_keys"]
    index = [
        SavedReply(
            url="https://m.weibo.cn/api/container/getIndex?since_id=*", file="weibo/err_empty_reconstructed.json"
        ),
        SavedReply(url="https://m.weibo.cn/api/container/getIndex?containerid=107603*", file=name),
        SavedReply(url="https://m.weibo.cn/api/container/getIndex?*", file="weibo/getIndex_userInfo_1669879400.json"),
    ]
    account = Account(platform="weibo", key="1669879400", name="sample", routes=(Route("mobile", "1669879400"),))
    with ReplicaServer(answer=SavedFolder(SAMPLES, index).answer) as server:
        collected = run(server, tmp_path, "weibo", account, now=datetime(2019, 6, 16, 12, tzinfo=CHINA))
    assert server.errors == []
    assert set(wanted) <= set(collected["by_key"]), collected["coverages"]
