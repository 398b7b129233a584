"""What must hold over any sequence of nights: good ones, walls, quotas, new posts, edits, deletions, migrations."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rig import run

from crawler.plan import AccountTask, CrawlPlan, ReplicaAddress
from domain.account import Account, Route
from domain.clock import Clock
from domain.outcome import Outcome
from domain.post import KnownPost, PostKind
from domain.reread import choose_due
from replica.server import ReplicaServer
from replica.wechat_pages.addresses import short_url
from replica.wechat_pages.notice import State
from replica.world import Wall, World, WorldAccount, WorldPost

START = datetime.fromisoformat("2026-06-01T22:00:00+08:00")
ODD, CALM = "wechat:gh_0000invariant1", "wechat:gh_0000invariant2"
EVENTS = ("good", "wall", "quota", "new", "edit", "delete", "migrate")


def article(account: str, number: int, at: datetime, **more) -> WorldPost:
    return WorldPost(
        account_id=account,
        key=f"26500{number:05d}_1",
        kind=PostKind.ARTICLE,
        title=f"第{number}期",
        paragraphs=(f"柳溪市社会福利院第{number}期动态。",),
        published_at=at,
        **more,
    )


class Life:
    """Two accounts over the nights; what happens to the odd one never touches the calm one."""

    def __init__(self) -> None:
        self.night = 0
        self.posts = {
            ODD: [article(ODD, number, START - timedelta(days=number)) for number in (1, 2, 3)],
            CALM: [article(CALM, number, START - timedelta(days=number)) for number in (1, 2)],
        }
        self.known: dict[str, dict[str, KnownPost]] = {ODD: {}, CALM: {}}
        self.walked: dict[str, datetime | None] = {ODD: None, CALM: None}
        self.deletions: Counter[str] = Counter()

    @property
    def now(self) -> datetime:
        return START + timedelta(days=self.night)

    def happen(self, event: str) -> dict[str, str]:
        """Change the world; returns the odd account's traits tonight."""
        odd = self.posts[ODD]
        alive = [place for place, post in enumerate(odd) if not post.withdrawn and "state" not in post.traits]
        if event == "new":
            odd.insert(0, article(ODD, 100 + self.night, self.now - timedelta(hours=3)))
        elif event == "edit" and alive:
            odd[alive[0]] = replace(odd[alive[0]], paragraphs=(f"更正（第{self.night}夜）。",))
        elif event == "delete" and alive:
            odd[alive[0]] = replace(odd[alive[0]], withdrawn=True)
        elif event == "migrate" and alive:
            target = short_url(self.posts[CALM][0])
            odd[alive[-1]] = replace(odd[alive[-1]], traits={"state": State.MIGRATED, "migrated_to": target})
        return {"publish_error": "45009"} if event == "quota" else {}

    def world(self, event: str, traits: dict[str, str]) -> World:
        def account(account_id: str, name: str, **more) -> WorldAccount:
            given = Account(
                platform="wechat",
                key=account_id.partition(":")[2],
                name=name,
                verified_subject="柳溪市社会福利院",
                routes=(Route("official", "", name),),
            )
            return WorldAccount(account=given, **more)

        wall = Wall.VERIFY if event == "wall" else Wall.NONE
        return World(
            now=self.now,
            accounts=(account(ODD, "odd", wall=wall, traits=traits), account(CALM, "calm")),
            posts={key: tuple(posts) for key, posts in self.posts.items()},
            credentials={name: {"appid": f"wx_{name}", "secret": f"S3CRET-{name}"} for name in ("odd", "calm")},
        )

    def task(self, entry: WorldAccount) -> AccountTask:
        known = tuple(self.known[entry.account.id].values())
        return AccountTask(
            account=entry.account,
            known=known,
            reread=choose_due(known, self.now, 50),
            horizon=START - timedelta(days=10),
            walked_at=self.walked[entry.account.id],
            deadline_seconds=60,
        )

    def spend(self, event: str):
        """One night; returns what was crawled."""
        world = self.world(event, self.happen(event))
        with ReplicaServer(world) as server:
            plan = CrawlPlan(
                platform="wechat",
                tasks=tuple(self.task(entry) for entry in world.accounts),
                clock=Clock(self.now, fixed=True),
                credentials={name: dict(values) for name, values in world.credentials.items()},
                replica=ReplicaAddress("127.0.0.1", server.http_port, server.tls_port, server.spki),
                polite={"delay": 0},
            )
            crawled = run(plan)
            assert server.errors == []
        for item in crawled.of("post"):
            self.remember(item)
        for coverage in crawled.of("coverage"):
            if coverage["complete"]:
                self.walked[coverage["account"]] = self.now
        return crawled

    def remember(self, item: dict) -> None:
        outcome = Outcome(item["outcome"])
        if outcome is Outcome.DELETED:
            self.deletions[item["key"]] += 1
        if outcome.is_reach:
            return
        before = self.known[item["account"]].get(item["key"])
        published = datetime.fromisoformat(item["published_at"]) if item["published_at"] else None
        self.known[item["account"]][item["key"]] = KnownPost(
            key=item["key"],
            url=next(short_url(post) for post in self.posts[item["account"]] if post.key == item["key"]),
            first_seen_at=before.first_seen_at if before else self.now,
            last_read_at=self.now,
            published_at=(before.published_at if before else None) or published,
            is_gone=outcome.is_gone,
        )


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
@given(st.lists(st.sampled_from(EVENTS), min_size=2, max_size=5))
def test_invariants_of_any_sequence_of_nights(events):
    life = Life()
    for event in events:
        life.night += 1
        check(life, event, life.spend(event))


def check(life: Life, event: str, crawled) -> None:
    odd, calm = crawled.coverage(ODD), crawled.coverage(CALM)
    # A wall never reads as "no update": what was walled off tonight is a wall, and no post is called gone for it.
    if event == "wall":
        assert {item["outcome"] for item in crawled.of("post") if item["account"] == ODD} <= {"VERIFY_WALL", "DELETED"}
        if any(item["outcome"] == "VERIFY_WALL" for item in crawled.of("post")):
            assert (odd["outcome"], odd["complete"]) == ("VERIFY_WALL", False)
    if odd["complete"] or odd["outcome"] == "EMPTY":
        assert not Outcome(odd["outcome"]).is_reach
    # One deletion is told once.
    assert all(count == 1 for count in life.deletions.values()), life.deletions
    # Every instant has a zone and is the article's own.
    moments = {post.key: post.published_at for posts in life.posts.values() for post in posts}
    for item in crawled.of("post"):
        if item["published_at"]:
            assert datetime.fromisoformat(item["published_at"]).tzinfo is not None
        moved = any(post.key == item["key"] and "state" in post.traits for post in life.posts[ODD])
        if item["outcome"] == "OK" and not moved:
            assert datetime.fromisoformat(item["published_at"]) == moments[item["key"]]
    # One account never ends the other.
    assert (calm["outcome"], calm["complete"]) == ("OK", True)
    assert crawled.summary["errors"] == 0
    # A quota stops only its own list, and says until when.
    if event == "quota":
        tomorrow = life.now + timedelta(days=1)
        assert f"{tomorrow.month} 月 {tomorrow.day} 日 0 时" in odd["detail"]
        assert odd["complete"] is False
