"""A small world with one account for each state of a platform, and one crawl over all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from rig import Crawled, run

from crawler.browser import browser_ready, find_browser
from crawler.plan import AccountTask, CrawlPlan, ReplicaAddress
from domain.account import Account, Route
from domain.clock import Clock
from domain.outcome import Outcome
from domain.post import KnownPost, PostKind
from replica.server import ReplicaServer, Served
from replica.world import Wall, World, WorldAccount, WorldPost

NOW = datetime.fromisoformat("2026-06-18T22:00:00+08:00")
BROWSER = find_browser()
#: Marks of tests that drive a real browser.
IN_A_BROWSER = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(not browser_ready(BROWSER), reason="no browser or no scrapy-playwright on this machine"),
]


@dataclass(frozen=True)
class Row:
    """One state: how the account is set up, and what its visit must come to."""

    name: str
    outcome: Outcome
    complete: bool = True
    listed: int = 0
    says: str = ""
    wall: Wall = Wall.NONE
    traits: Mapping[str, str] = field(default_factory=dict)
    posts: tuple[WorldPost, ...] = ()
    routes: tuple[Route, ...] = (Route("browser"),)
    known: tuple[KnownPost, ...] = ()
    reread: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name


def work(key: str, days: float, **given) -> WorldPost:
    """A post of nobody yet: the row's account takes it."""
    values = {
        "kind": PostKind.VIDEO,
        "title": "",
        "paragraphs": (f"柳溪市救助管理站第{key[-4:]}次夏季送清凉 #柳溪民政",),
        "published_at": NOW - timedelta(days=days),
    }
    return WorldPost(account_id="", key=key, **(values | given))


def on_file(key: str, days: float = 1, url: str = "") -> KnownPost:
    moment = NOW - timedelta(days=days)
    return KnownPost(key=key, url=url, first_seen_at=moment, last_read_at=moment, published_at=moment)


@dataclass(frozen=True)
class Night:
    """What one crawl over all rows brought."""

    crawled: Crawled
    log: list[Served]
    errors: list[str]
    ids: Mapping[str, str]

    def coverage(self, row: Row) -> dict:
        return self.crawled.coverage(self.ids[row.name])

    def posts(self, row: Row) -> dict[str, dict]:
        return {item["key"]: item for item in self.crawled.of("post") if item["account"] == self.ids[row.name]}

    def profiles(self, row: Row) -> list[dict]:
        return [item["profile"] for item in self.crawled.of("profile") if item["account"] == self.ids[row.name]]

    def captures(self, row: Row) -> list[dict]:
        return [item for item in self.crawled.of("capture") if item["account"] == self.ids[row.name]]


def world_of(platform: str, rows: Iterable[Row], keys: Mapping[str, str], credentials=None) -> World:
    entries, posts = [], {}
    for row in rows:
        account = Account(
            platform=platform,
            key=keys[row.name],
            name="柳溪民政",
            routes=row.routes,
            attributes=row.attributes,
        )
        entries.append(
            WorldAccount(
                account=account,
                wall=row.wall,
                followers=15_600,
                description="柳溪市民政局官方账号",
                verified_reason="柳溪市民政局",
                traits=row.traits,
            )
        )
        posts[account.id] = tuple(
            WorldPost(**{name: getattr(post, name) for name in post.__slots__ if name != "account_id"},
                      account_id=account.id)
            for post in sorted(row.posts, key=lambda post: post.published_at, reverse=True)
        )  # fmt: skip
    issued = {name: values for name, values in (credentials or {}).items() if not values.get("not_issued")}
    return World(now=NOW, accounts=tuple(entries), posts=posts, credentials=issued)


def night(platform: str, rows: Iterable[Row], keys: Mapping[str, str], *, credentials=None, **polite) -> Night:
    rows = list(rows)
    world = world_of(platform, rows, keys, credentials)
    with ReplicaServer(world) as server:
        tasks = tuple(
            AccountTask(
                account=entry.account,
                known=row.known,
                reread=tuple(post for post in row.known if post.key in row.reread),
                horizon=NOW - timedelta(days=120),
                deadline_seconds=60,
            )
            for row, entry in zip(rows, world.accounts, strict=True)
        )
        plan = CrawlPlan(
            platform=platform,
            tasks=tasks,
            clock=Clock(NOW, fixed=True),
            credentials=credentials or {},
            replica=ReplicaAddress("127.0.0.1", server.http_port, server.tls_port, server.spki),
            polite={"delay": 0, "accounts": 4, "per_host": 8, "timeout": 8, "browser_pages": 5, "refused_in_a_row": 999}
            | polite,
            browser=BROWSER,
        )
        crawled = run(plan, timeout=240)
        ids = {row.name: entry.account.id for row, entry in zip(rows, world.accounts, strict=True)}
        return Night(crawled, list(server.log), list(server.errors), ids)
