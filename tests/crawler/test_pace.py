"""Budgets, pauses and refusals: what the other side asks for is done, and what stays unread has a name and a remedy."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from rig import Answer, StandIn, run

from crawler.pace import MOST_PAUSE, REFUSED_IN_A_ROW, WAITS, Pace
from crawler.plan import AccountTask, CrawlPlan
from domain.account import Account, Route
from domain.clock import Clock
from domain.outcome import Outcome

NOW = datetime(2026, 6, 18, 14, 0, tzinfo=UTC)
HOST = "trial.test"


class Time:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now, self.slept = 100.0, []

    async def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds

    def __call__(self):
        return self.now


def pace(**polite):
    time = Time()
    return Pace(polite, sleep=time.sleep, clock=time), time


def admit(made, account="a", host=HOST):
    return asyncio.run(made.admit(host, account))


def test_an_account_has_a_budget_and_the_others_have_theirs():
    made, _ = pace(account_requests=2)
    assert [admit(made) for _ in range(2)] == [None, None]
    refusal = admit(made)
    assert refusal.outcome is Outcome.QUOTA
    assert "account_requests" in refusal.detail
    assert admit(made, "b") is None


def test_a_platform_has_a_budget():
    made, _ = pace(platform_requests=3)
    assert [admit(made, account) for account in "abc"] == [None] * 3
    assert "platform_requests" in admit(made, "d").detail


def test_what_an_interrupted_run_has_spent_is_spent():
    made, _ = pace(account_requests=5)
    made.spend("a", 5)
    assert admit(made).outcome is Outcome.QUOTA


def test_a_short_retry_after_is_waited_for_a_long_one_is_not():
    made, time = pace(patience=30)
    assert made.may_retry(HOST, "a", 20)
    assert admit(made, "b") is None, "the whole host waits"
    assert time.slept == [20.0]
    assert not made.may_retry(HOST, "a", 31)
    assert not made.may_retry(HOST, "a", None)
    assert [made.may_retry(HOST, "a", 1) for _ in range(WAITS)] == [True] * (WAITS - 1) + [False]


def test_a_refusing_host_is_left_alone_longer_and_longer():
    made, time = pace(backoff=8)
    for _ in range(6):
        made.heard(HOST, "a", Outcome.RATE_LIMITED)
        admit(made)
    assert time.slept == [8.0, 16.0, 32.0, MOST_PAUSE, MOST_PAUSE, MOST_PAUSE]
    made.heard(HOST, "a", Outcome.OK)
    made.heard(HOST, "a", Outcome.RATE_LIMITED)
    admit(made)
    assert time.slept[-1] == 8.0, "an answer starts anew"


def test_a_host_that_refuses_account_after_account_is_not_asked_any_more():
    made, _ = pace()
    for number in range(REFUSED_IN_A_ROW):
        assert admit(made, f"a{number}") is None
        made.heard(HOST, f"a{number}", Outcome.VERIFY_WALL)
    refusal = admit(made, "good")
    assert refusal.outcome is Outcome.RATE_LIMITED
    assert HOST in refusal.detail
    assert "请" in refusal.detail
    assert admit(made, "good", "other.test") is None


def test_an_answer_in_between_keeps_the_host_open():
    made, _ = pace()
    for number in range(10):
        made.heard(HOST, f"a{number}", Outcome.VERIFY_WALL if number % 2 else Outcome.OK)
    made.heard(HOST, "broken", Outcome.NETWORK)
    assert admit(made, "good") is None


# -- in a crawl ------------------------------------------------------------------------------------------------------


def task(key, address="list", *, kind="list", **more):
    account = Account(platform="trial", key=key, name=key, routes=(Route(kind, f"https://{HOST}/{address}"),))
    return AccountTask(account=account, horizon=NOW - timedelta(days=120), deadline_seconds=30, **more)


def crawl(server, *tasks, **polite):
    plan = CrawlPlan(
        platform="trial",
        tasks=tasks,
        clock=Clock(NOW, fixed=True),
        replica=server.address,
        polite={"delay": 0, "timeout": 5, "accounts": 1, **polite},
        contact="xunjian@liuxi.example",
    )
    crawled = run(plan, spider="trial:TrialSpider")
    return {item["account"].split(":")[1]: item for item in crawled.of("coverage")}


def site(refusals=0, status=429, **headers):
    """A site with three posts that refuses so often before it answers."""
    count = [0]

    def answer(asked):
        if asked.path == "/robots.txt":
            return Answer("User-agent: *\nAllow: /\n")
        if asked.path == "/list":
            count[0] += 1
            if count[0] <= refusals:
                return Answer("", status, headers)
            posts = [
                {"key": str(n), "url": f"https://{HOST}/p{n}", "at": f"2026-06-{n:02d}T10:00:00+08:00"}
                for n in (3, 2, 1)
            ]
            return Answer({"posts": posts, "next": ""})
        if asked.path == "/refused":
            return Answer("", 418)
        return Answer({"key": asked.path[2:], "title": "一篇"})

    return answer


def test_a_crawl_comes_back_when_it_was_told_to():
    with StandIn(site(refusals=2, **{"Retry-After": "1"})) as server:
        covered = crawl(server, task("a"), patience=5)["a"]
        assert server.targets().count("/list") == 3
    assert (covered["outcome"], len(covered["read"])) == ("OK", 3)


def test_a_wait_that_is_too_long_is_left_to_the_next_night():
    with StandIn(site(refusals=9, **{"Retry-After": "3600"})) as server:
        covered = crawl(server, task("a"), patience=5)["a"]
        assert server.targets().count("/list") == 1
    assert covered["outcome"] == "RATE_LIMITED"
    assert covered["retry_at"][0] == (NOW + timedelta(hours=1)).isoformat()


def test_a_route_that_asked_for_silence_is_not_asked_before_its_time():
    blocked = {"list": NOW + timedelta(minutes=5)}
    with StandIn(site()) as server:
        covered = crawl(server, task("a", blocked=blocked), task("b", blocked={"list": NOW}))
        assert server.targets().count("/list") == 1
    assert covered["a"]["outcome"] == "QUOTA"
    assert "22:05" in covered["a"]["detail"]
    assert covered["b"]["outcome"] == "OK"


def test_a_spent_budget_is_told_with_what_was_read():
    with StandIn(site()) as server:
        covered = crawl(server, task("a"), task("b"), account_requests=3)
    assert {item["outcome"] for item in covered.values()} == {"QUOTA"}
    assert "已读 2 篇" in covered["a"]["detail"]
    assert "account_requests" in covered["a"]["detail"]
    assert covered["a"]["retry_at"][0] == "", "our own budget is no quota of theirs"


def test_after_three_refused_accounts_nobody_knocks_again():
    keys = [f"r{n}" for n in range(5)]
    with StandIn(site()) as server:
        covered = crawl(server, *(task(key, "refused") for key in keys))
        assert server.targets().count("/refused") == REFUSED_IN_A_ROW
    assert {item["outcome"] for item in covered.values()} == {"RATE_LIMITED"}
    assert "本轮不再访问" in covered["r4"]["detail"]
