"""Nights over a bureau of sixty accounts, some walled, failing or mute: each ends in its own outcome, and no good one
suffers for a bad one."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import psutil
import pytest

import lexicons
from benchmarks.nights import night, workspace_for
from cli.inspecting import account_table
from crawler.browser import browser_ready, find_browser
from domain.outcome import Outcome
from pipelines import reporting
from replica.bureau import Fault, build
from replica.world import Wall
from scanners import rulebook

pytestmark = pytest.mark.slow

#: What each wall and fault must be called; a mute account ends when its request does or when its own time is up.
WALLS = {
    Wall.VERIFY: {Outcome.VERIFY_WALL},
    Wall.LOGIN: {Outcome.LOGIN_WALL},
    Wall.RATE_LIMITED: {Outcome.RATE_LIMITED},
    Wall.LAYOUT_CHANGED: {Outcome.LAYOUT_CHANGED},
    Wall.QUOTA: {Outcome.QUOTA},
    Wall.ROBOTS: {Outcome.ROBOTS},
}
FAULTS = {
    Fault.ERROR: {Outcome.NETWORK, Outcome.BRIDGE_ERROR},
    Fault.CUT: {Outcome.NETWORK},
    Fault.GARBAGE: {Outcome.LAYOUT_CHANGED, Outcome.NETWORK, Outcome.BRIDGE_ERROR},
    Fault.HANG: {Outcome.NETWORK, Outcome.DEADLINE},
}
ACCOUNTS, DEADLINE = 60, 240
BROWSER = browser_ready(find_browser())
#: Hosts that are interfaces for programs: robots.txt is not about them.
INTERFACES = {"api.weixin.qq.com", "api.weibo.com", "itunes.apple.com", "upage.html5.qq.com"}


def processes() -> set[int]:
    """This process's children and theirs."""
    return {child.pid for child in psutil.Process().children(recursive=True) if child.status() != psutil.STATUS_ZOMBIE}


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """The first night and one an hour later, when nothing is new and nothing due."""
    bureau = build(ACCOUNTS, browser=BROWSER)
    made = workspace_for(
        tmp_path_factory.mktemp("bureau") / "ws",
        bureau,
        timeout="8",
        account_deadline="100",
        platform_deadline=str(DEADLINE),
    )
    before = processes()
    first = night(made, bureau)
    left = processes() - before
    second = night(made, bureau.at(bureau.world.now + timedelta(hours=1)))
    return bureau, made, first, second, left


def test_the_night_ends_within_its_deadline_and_leaves_no_process(nights):
    bureau, _, first, second, left = nights
    assert len(bureau.walled) == 6
    assert Counter(bureau.faulty.values())[Fault.HANG] == 2
    assert len(bureau.faulty) == 5
    for told in (first, second):
        assert told.seconds < DEADLINE
        assert told.errors == ()
    assert left == set()


def test_each_account_has_its_own_outcome(nights):
    bureau, _, first, *_ = nights
    coverages = {coverage.account_id: coverage for coverage in first.result.coverages}
    assert set(coverages) == set(bureau.world.by_id)
    for account_id, wall in bureau.walled.items():
        assert coverages[account_id].outcome in WALLS[wall], (account_id, wall, coverages[account_id])
    for account_id, fault in bureau.faulty.items():
        assert coverages[account_id].outcome in FAULTS[fault], (account_id, fault, coverages[account_id])
    for account_id in (*bureau.walled, *bureau.faulty):
        assert coverages[account_id].detail, "what could not be looked at has a reason"
        assert not coverages[account_id].complete
        assert not coverages[account_id].read


def test_no_good_account_is_affected(nights):
    bureau, made, first, *_ = nights
    coverages = {coverage.account_id: coverage for coverage in first.result.coverages}
    with made.open_store() as store:
        for account_id in sorted(bureau.good):
            coverage = coverages[account_id]
            assert coverage.outcome is Outcome.OK, (account_id, coverage)
            wanted = len(bureau.world.posts_of(account_id))
            if any(route.kind == "oauth" for route in bureau.world.by_id[account_id].account.routes):
                wanted = min(wanted, 5)  # the interface gives no more
            assert len(coverage.read) == wanted, (account_id, coverage)
            assert len(store.posts_of(account_id)) == wanted


def test_nothing_is_concluded_about_those_that_were_not_reached(nights):
    """What rests on the register alone is judged whether or not an account was reached."""
    bureau, _, first, *_ = nights
    rules = rulebook.load(lexicons.load()).by_id
    of_register = {
        rule.id
        for rule in rules.values()
        if rule.detector["kind"] == "duty" and rule.detector.get("rests_on", "register") == "register"
    }
    blind = bureau.walled.keys() | bureau.faulty.keys()
    found = [
        (item.finding.account_id, item.finding.rule_id)
        for item in first.result.findings
        if not item.finding.post_id and item.finding.account_id in blind
    ]
    assert {name for _, name in found} <= of_register, found


def test_robots_is_asked_before_anything_else(nights):
    _, _, first, *_ = nights
    opened: dict[str, str] = {}
    for served in first.asked:
        opened.setdefault(served.host, served.path)
    assert {host: path for host, path in opened.items() if host not in INTERFACES and path != "/robots.txt"} == {}


def test_a_quiet_night_costs_one_list_request_an_account_and_no_article(nights):
    bureau, made, first, second, _ = nights
    kinds = second.per_kind(made)
    for account_id in sorted(bureau.good):
        counted = kinds.get(account_id, Counter())
        assert counted["post"] == 0, (account_id, counted)
        assert counted["attachment"] == 0, (account_id, counted)
        assert counted["list"] <= 1, (account_id, counted)
        assert counted["profile"] <= 2, (account_id, counted)
    assert len(second.asked) < len(first.asked) / 5


def test_the_night_ends_with_a_table_of_every_account(nights, capsys):
    bureau, made, first, *_ = nights
    with made.open_store() as store:
        account_table(reporting.build(made, store, first.result.inspection.id))
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert len(rows) == ACCOUNTS
    assert {len(row) for row in rows} == {7}
    assert sum(row[2].startswith("未能检查（") for row in rows) == len(bureau.walled) + len(bureau.faulty)
