"""The bookkeeping of one account: where a walk stops, and what is read in which order."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawler.items import CaptureItem, PostItem
from crawler.plan import AccountTask, CrawlPlan
from crawler.visit import Ending, Visit
from domain.account import Account
from domain.clock import Clock
from domain.coverage import Counted
from domain.outcome import Outcome
from domain.post import KnownPost, RawPost, Reading

NOW = datetime(2026, 6, 18, 14, 0, tzinfo=UTC)
ACCOUNT = Account(platform="trial", key="a", name="甲")


def known(key: str, days: float = 1, **more) -> KnownPost:
    moment = NOW - timedelta(days=days)
    return KnownPost(
        key=key, url=f"https://t/{key}", first_seen_at=moment, last_read_at=moment, published_at=moment, **more
    )


def post(key: str, days: float | None = 1, **more) -> RawPost:
    return RawPost(
        post_key=key, url=f"https://t/{key}", published_at=None if days is None else NOW - timedelta(days=days), **more
    )


def visit(*posts: KnownPost, due: tuple[KnownPost, ...] = (), stores: bool = True) -> Visit:
    items: list = []

    async def emit(item):
        items.append(item)
        return stores

    async def download(request):
        raise OSError("no network here")

    task = AccountTask(account=ACCOUNT, known=posts, reread=due, horizon=NOW - timedelta(days=120))
    made = Visit(
        task,
        CrawlPlan(platform="trial", tasks=(task,), clock=Clock(NOW, fixed=True)),
        download=download,
        read=lambda fetched: Reading(outcome=Outcome.OK),
        emit=emit,
    )
    made.items = items
    return made


def test_goes_on_while_a_page_brings_something_new():
    here = visit(known("2"))
    assert here.see([post("4"), post("3")]) is True
    assert here.see([post("2"), post("1")]) is True  # known ground, but 1 is new
    assert here.see([post("2")]) is False  # nothing that was not listed already


def test_stops_at_known_ground():
    here = visit(known("1"), known("2"))
    assert here.see([post("2"), post("1")]) is False
    assert here.queue() == []


def test_stops_at_the_horizon():
    here = visit(known("x"))
    assert here.see([post("9", 130), post("8", 131)]) is False
    assert [found.post_key for found in here.queue()] == []


def test_pinned_posts_never_decide():
    here = visit(known("1"))
    assert here.see([post("p", 300, pinned=True)]) is True  # a page of pinned posts alone says nothing
    assert here.see([post("p2", 1, pinned=True), post("1")]) is False
    here = visit(known("p", 50), known("1"))
    assert here.see([post("p", 50, pinned=True), post("9")]) is True


def test_a_pinned_new_post_is_read_all_the_same():
    here = visit(known("1"))
    here.see([post("p", 2, pinned=True), post("1")])
    assert [found.post_key for found in here.queue()] == ["p"]


def test_an_old_pinned_post_does_not_hide_the_newest():
    here = visit()
    here.see([post("old", 300, pinned=True), post("new", 20)])
    assert here.newest_at == NOW - timedelta(days=20)


def test_oldest_first_then_the_due_ones():
    due = known("d", 30)
    here = visit(due, known("k", 2), due=(due,))
    here.see([post("3", 1), post("2", 2), post("1", 3), post("undated", None)])
    assert [found.post_key for found in here.queue()] == ["1", "2", "3", "undated", "d"]


def test_the_newest_post_beyond_the_horizon_is_the_evidence_of_silence():
    here = visit()
    here.see([post("old2", 130), post("old1", 140)])
    assert [found.post_key for found in here.queue()] == ["old2"]
    assert here.newest_at == NOW - timedelta(days=130)


def test_a_known_post_that_went_is_told_once():
    here = visit(known("1"), known("2", is_gone=True))
    here.see([post("1", outcome=Outcome.DELETED), post("2", outcome=Outcome.DELETED)])
    assert [found.post_key for found in here.queue()] == ["1"]
    assert here.newest_at is None  # what is gone is no update


def test_wants():
    due = known("d")
    here = visit(due, known("k"), due=(due,))
    assert [here.wants(key) for key in ("new", "d", "k")] == [True, True, False]


def test_posts_are_handed_over_once_and_counted():
    async def go():
        here = visit()
        await here.post(post("1"))
        await here.post(post("1"))
        await here.post(post("2", outcome=Outcome.DELETED))
        await here.post(post("3", outcome=Outcome.NETWORK))
        await here.post(RawPost())
        await here.settle()
        return here

    here = asyncio.run(go())
    assert [item.key for item in here.items if isinstance(item, PostItem)] == ["1", "2", "3"]
    here.ending = Ending(Outcome.OK, complete=True)
    coverage = here.coverage()
    assert coverage.read == {"1"}
    assert coverage.covers("1")
    assert not coverage.covers("2")
    assert "1 篇" in coverage.detail


def test_what_could_not_be_stored_was_not_read():
    async def go():
        here = visit(stores=False)
        await here.post(post("1"))
        await here.settle()
        return here

    assert asyncio.run(go()).coverage().read == frozenset()


def test_a_failed_request_is_an_outcome():
    async def go():
        here = visit()
        fetched, reading = await here.get("https://t/list")
        bad = await here.fetch("no address")
        return here, fetched, reading, bad

    here, fetched, reading, bad = asyncio.run(go())
    assert (fetched.outcome, reading.outcome, bad.outcome) == (Outcome.NETWORK, Outcome.NETWORK, Outcome.BAD_REQUEST)
    assert not [item for item in here.items if isinstance(item, CaptureItem)]


def test_a_visit_that_was_not_finished_concludes_nothing():
    coverage = visit().coverage()
    assert coverage.outcome is Outcome.DEADLINE
    assert not coverage.checked
    assert not coverage.complete


def test_a_wall_takes_completeness_away():
    here = visit()
    here.ending = Ending(Outcome.OK, complete=True, total=7)
    here.stop(Outcome.VERIFY_WALL, "要求验证")
    coverage = here.coverage()
    assert (coverage.outcome, coverage.complete, coverage.platform_total) == (Outcome.VERIFY_WALL, False, 7)


def test_items_keep_their_order_and_only_so_many_are_on_their_way():
    gate = asyncio.Event()
    seen, most = [], [0]

    async def go():
        here = visit()

        async def slow(item):
            seen.append(item.key)
            most[0] = max(most[0], len(here._pending))
            await gate.wait()
            return True

        here._emit = slow
        sending = asyncio.ensure_future(all_of(here))
        await asyncio.sleep(0.05)
        waited = not sending.done()
        gate.set()
        await sending
        await here.settle()
        return here, waited

    async def all_of(here):
        for number in range(100):
            await here.post(post(str(number)))

    here, waited = asyncio.run(go())
    assert waited, "the walk waits for the disk when too much is on its way"
    assert seen == [str(number) for number in range(100)]
    assert most[0] <= 32
    assert len(here.read_keys) == 100


def test_counters_are_compared_where_they_can_be():
    def accounted(ending, listed, counted=None):
        here = visit()
        here.task = replace(here.task, counted=counted)
        here.route = "mobile"
        here.see([post(str(number), number + 1) for number in range(listed)])
        here.ending = ending
        return here.coverage().accounted, here.coverage().missing

    end = Ending(Outcome.OK, total=40, exhausted=True)
    assert accounted(end, 40) == (40, 0)
    assert accounted(end, 36) == (40, 0), "a few hidden ones are nothing"
    assert accounted(end, 30) == (30, 10)
    part = Ending(Outcome.OK, total=40)
    assert accounted(part, 5) == (40, 0), "the first look is where it begins"
    assert accounted(part, 5, Counted("mobile", 30, 30)) == (35, 5)
    assert accounted(part, 5, Counted("oauth", 30, 30)) == (40, 0), "another route counts otherwise"
    assert accounted(part, 5, Counted("mobile", 41, 41)) == (40, 0), "posts were deleted"
    assert accounted(Ending(Outcome.RATE_LIMITED, total=40), 5) == (None, 0)
    assert accounted(Ending(Outcome.OK), 5) == (None, 0)
