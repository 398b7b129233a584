"""The demo through the whole line, as the office would run it: the key comes out, and a second night reads nothing."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from crawler.plan import ReplicaAddress
from domain.case import Sighting
from domain.clock import Clock
from domain.inspection import InspectionScope
from domain.outcome import Outcome
from pipelines.inspection import InspectionResult, inspect
from pipelines.workspace import Workspace
from registry.accounts import load
from replica.demo import Demo, build, write_registry
from replica.server import ReplicaServer
from replica.world import Answer

#: Where single posts and their files lie: what a quiet night must not ask for.
POSTS = re.compile(
    r"/s(?:/.*)?|/lm/\d+/\d+\.html|/public/\d+/\d+\.html|/(?:article|w|video)/.*|/statuses/.*|/group1/.*"
)
WALLED = {
    "wechat:gh_5a1c0e7b9d05": Outcome.VERIFY_WALL,
    "wechat:gh_5a1c0e7b9d06": Outcome.QUOTA,
    "weibo:7600001003": Outcome.LOGIN_WALL,
    "weibo:7600001004": Outcome.RATE_LIMITED,
    "website:ylfw.liuxi.example": Outcome.LAYOUT_CHANGED,
    "website:shzz.liuxi.example": Outcome.ROBOTS,
}

pytestmark = pytest.mark.slow


def workspace(folder: Path, demo: Demo) -> Workspace:
    made = Workspace.create(folder, bureau="柳溪市民政局", contact="demo@liuxi.example")
    marker = folder / "xunjian.toml"
    settings = marker.read_text(encoding="utf-8")
    quick = settings.replace("delay = 1.0", "delay = 0.0").replace("per_host = 2", "per_host = 8")
    marker.write_text(quick, encoding="utf-8")
    with made.open_store() as store:
        store.put_accounts(load(write_registry(folder / "registry")), source="accounts.csv", at=demo.now)
    made.put_credentials({name: dict(values) for name, values in demo.world.credentials.items()})
    return made


def answers(result: InspectionResult) -> set[Answer]:
    found = set()
    for sighted in result.findings:
        finding = sighted.finding
        key = finding.post_id.removeprefix(finding.account_id).removeprefix("/")
        days = finding.facts.get("days")
        found.add(Answer(finding.account_id, key, finding.rule_id, finding.term, int(days) if days else None))
    return found


def test_two_nights(tmp_path: Path) -> None:
    demo = build()
    place = workspace(tmp_path / "demo", demo)
    clock = Clock(start=demo.now, fixed=True)
    with ReplicaServer(demo.world) as server:
        address = ReplicaAddress("127.0.0.1", server.http_port, server.tls_port, server.spki)
        first = inspect(place, InspectionScope(), clock, replica=address)
        served = len(server.log)
        second = inspect(place, InspectionScope(), clock, replica=address)
        quiet_night = server.log[served:]
    assert server.errors == []
    outcomes = {coverage.account_id: coverage.outcome for coverage in first.coverages}
    assert {account: outcomes[account] for account in WALLED} == WALLED
    unseen = {account for account, outcome in outcomes.items() if outcome is Outcome.NO_TOOL}
    assert unseen <= {"toutiao:3927001180"}
    assert {account for account, outcome in outcomes.items() if outcome.is_reach} == set(WALLED) | unseen
    assert answers(first) == {answer for answer in demo.answers if answer.account_id not in unseen}
    assert Counter(first.counts) == Counter({Sighting.NEW: len(first.findings)})
    assert second.counts.get(Sighting.NEW, 0) == 0
    assert [served for served in quiet_night if POSTS.fullmatch(served.path)] == []
