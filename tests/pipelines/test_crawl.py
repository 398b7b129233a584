"""Crawl processes that die, hang or never start: every account ends in a coverage all the same."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from domain.clock import Clock
from domain.inspection import InspectionKind
from domain.outcome import Outcome
from pipelines import crawl as module
from pipelines.child import Ended, run_child
from pipelines.crawl import Crawl
from pipelines.progress import quiet
from pipelines.workspace import Workspace
from store.records import Batch
from tests.store.factories import DAY, NOW, account, coverage, read

FIRST, SECOND = account("1000000001"), account("1000000002")


@pytest.fixture
def crawl(tmp_path):
    made = Workspace.create(tmp_path / "ws")
    with made.open_store() as store:
        store.put_accounts([FIRST, SECOND], source="a.csv", at=NOW)
        inspection = store.begin(InspectionKind.NIGHTLY, "s", NOW, [FIRST.id, SECOND.id])
        yield Crawl(made, store, inspection, Clock(NOW, fixed=True))


def plans(monkeypatch, *endings):
    """Children that end as told, each after storing the coverages given; the plans they were given."""
    given = []

    def child(job, plan, *, log, seconds, lock, cancelled):
        from crawler.plan import CrawlPlan

        given.append(CrawlPlan.from_json(plan))
        ended, act = endings[min(len(given), len(endings)) - 1]
        act()
        return ended

    monkeypatch.setattr(module, "run_child", child)
    return given


def nothing():
    pass


def outcomes(crawl):
    return {c.account_id: c.outcome for c in crawl.store.coverages(crawl.inspection.id)}


def test_a_dead_child_is_started_again_with_what_is_left(crawl, monkeypatch):
    def first():
        crawl.store.put_coverage(crawl.inspection.id, coverage(FIRST.id))

    def second():
        crawl.store.put_coverage(crawl.inspection.id, coverage(SECOND.id))

    given = plans(monkeypatch, (Ended(-9), first), (Ended(0), second))
    crawl.run([FIRST, SECOND], quiet)
    assert [[task.account.id for task in plan.tasks] for plan in given] == [[FIRST.id, SECOND.id], [SECOND.id]]
    assert outcomes(crawl) == {FIRST.id: Outcome.OK, SECOND.id: Outcome.OK}


def test_what_is_left_after_two_deaths_is_not_finished(crawl, monkeypatch):
    given = plans(monkeypatch, (Ended(1), nothing))
    crawl.run([FIRST, SECOND], quiet)
    assert len(given) == 2
    assert outcomes(crawl) == {FIRST.id: Outcome.DEADLINE, SECOND.id: Outcome.DEADLINE}
    assert "退出码 1" in crawl.store.coverages(crawl.inspection.id)[0].detail


def test_time_is_up_only_once(crawl, monkeypatch):
    given = plans(monkeypatch, (Ended(-15, overdue=True), nothing))
    crawl.run([FIRST], quiet)
    assert len(given) == 1
    assert "时限" in crawl.store.coverages(crawl.inspection.id)[0].detail


def test_accounts_visited_before_the_interruption_are_left_alone(crawl, monkeypatch):
    given = plans(monkeypatch, (Ended(0), nothing))
    crawl.store.put_coverage(crawl.inspection.id, coverage(FIRST.id))
    crawl.store.put_coverage(crawl.inspection.id, coverage(SECOND.id))
    crawl.run([FIRST, SECOND], quiet)
    assert given == []


def test_a_platform_nobody_can_read_is_said_so(crawl, monkeypatch):
    given = plans(monkeypatch, (Ended(0), nothing))
    other = account("x", platform="nobody", aliases=())
    crawl.store.put_accounts([other], source="b.csv", at=NOW)
    crawl.run([other], quiet)
    assert given == []
    assert outcomes(crawl) == {other.id: Outcome.NO_TOOL}


def test_what_is_read_again_tonight(crawl, monkeypatch):
    given = plans(monkeypatch, (Ended(0), nothing))
    before = crawl.store.begin(InspectionKind.NIGHTLY, "s", NOW - 2 * DAY, [FIRST.id])
    crawl.store.ingest(
        Batch(
            inspection_id=before.id,
            reads=(
                read("due", at=NOW - 2 * DAY, published_at=NOW - 2 * DAY - timedelta(hours=1)),
                read("young", at=NOW - timedelta(hours=2), published_at=NOW - timedelta(hours=3)),
                read("gone", Outcome.DELETED, at=NOW - 2 * DAY, published_at=NOW - 2 * DAY),
                read("walled", Outcome.VERIFY_WALL, at=NOW - 2 * DAY, published_at=NOW - 40 * DAY),
                read("done", at=NOW - 2 * DAY, published_at=NOW - 2 * DAY),
            ),
        )
    )
    crawl.store.put_posts(crawl.inspection.id, [read("done", published_at=NOW - 2 * DAY)])
    crawl.run([FIRST], quiet)
    task = given[0].tasks[0]
    assert {known.key for known in task.known} == {"due", "young", "gone", "walled", "done"}
    assert [known.key for known in task.reread] == ["walled", "due"]


def test_only_the_credentials_of_its_accounts_reach_a_child(crawl, monkeypatch):
    from dataclasses import replace

    from domain.account import Route

    crawl.workspace.put_credentials({"mine": {"token": "a"}, "other": {"token": "b"}})
    given = plans(monkeypatch, (Ended(0), nothing))
    crawl.run([replace(FIRST, routes=(Route("oauth", credential="mine"),))], quiet)
    assert given[0].credentials == {"mine": {"token": "a"}}


def test_a_real_child_that_cannot_read_its_plan_ends_with_an_error(tmp_path):
    log = tmp_path / "log"
    ended = run_child("crawl", "{}", log=log, seconds=60, lock=None, cancelled=threading.Event())
    assert ended.code != 0
    assert not ended.overdue
    assert log.stat().st_mode & 0o077 == 0


def test_a_real_child_is_ended_when_cancelled(tmp_path):
    cancelled = threading.Event()
    cancelled.set()
    ended = run_child("crawl", "{}", log=tmp_path / "log", seconds=60, lock=None, cancelled=cancelled)
    assert ended.code != 0
