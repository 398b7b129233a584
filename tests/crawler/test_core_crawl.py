"""Whole crawls in child processes against a loopback server: however an account ends, it ends in one coverage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rig import Answer, StandIn, run

from crawler.plan import AccountTask, CrawlPlan
from domain.account import Account, Route
from domain.clock import Clock
from domain.post import KnownPost

NOW = datetime(2026, 6, 18, 14, 0, tzinfo=UTC)
LIST = "https://trial.test/list"


def task(key: str, *routes: Route, deadline: float = 20, known=(), reread=(), **more) -> AccountTask:
    account = Account(platform="trial", key=key, name=key, routes=routes, **more)
    return AccountTask(
        account=account,
        known=known,
        reread=reread,
        horizon=NOW - timedelta(days=120),
        deadline_seconds=deadline,
    )


def crawl(server: StandIn, *tasks: AccountTask, **options):
    plan = CrawlPlan(
        platform="trial",
        tasks=tasks,
        clock=Clock(NOW, fixed=True),
        replica=server.address,
        polite={"delay": 0, "timeout": 5},
        contact="xunjian@liuxi.example",
    )
    return run(plan, spider="trial:TrialSpider", **options)


def listing(*numbers: int, following: str = ""):
    posts = [
        {"key": str(number), "url": f"https://trial.test/p{number}", "at": f"2026-06-{number:02d}T10:00:00+08:00"}
        for number in numbers
    ]
    return Answer({"posts": posts, "next": following})


def platform(asked):
    path = asked.path
    if path == "/robots.txt":
        return Answer("User-agent: *\nDisallow: /private\n")
    if path == "/list":
        return listing(4, 3, following="https://trial.test/list2")
    if path == "/list2":
        return listing(2, 1)
    if path == "/private":
        return listing(5)
    if path.startswith("/p") and path[2:].isdigit():
        return Answer({"key": path[2:], "title": f"第{path[2:]}篇"})
    fixed = {
        "/crashing": Answer({"posts": [{"key": "7", "url": "https://trial.test/crash"}]}),
        "/crash": Answer({"crash": True, "title": "不该进日志的正文"}),
        "/walled": Answer("", 302, {"Location": "/wall?from=x"}),
        "/moved": Answer("", 302, {"Location": "/list2"}),
        "/limited": Answer("", 429, {"Retry-After": "60"}),
        "/broken": Answer("", 500),
        "/odd": Answer("<html>something else</html>"),
    }
    return fixed.get(path)


def test_every_account_ends_in_one_coverage_and_none_stops_the_others():
    accounts = {
        "good": Route("list", LIST),
        "private": Route("list", "https://trial.test/private"),
        "walled": Route("list", "https://trial.test/walled"),
        "limited": Route("list", "https://trial.test/limited"),
        "broken": Route("list", "https://trial.test/broken"),
        "odd": Route("list", "https://trial.test/odd"),
        "crashing": Route("list", "https://trial.test/crashing"),
        "raising": Route("broken"),
        "hanging": Route("hang"),
        "unknown": Route("no-such-route"),
        "missing": Route("list", "https://trial.test/missing"),
    }
    with StandIn(platform) as server:
        crawled = crawl(server, *(task(key, route, deadline=4) for key, route in accounts.items()), task("none"))
        asked = server.targets()
    assert crawled.summary | {"stats": {}} == {"reason": "finished", "errors": 0, "failed": False, "stats": {}}
    outcomes = {item["account"].split(":")[1]: item["outcome"] for item in crawled.of("coverage")}
    assert len(crawled.of("coverage")) == len(accounts) + 1
    assert outcomes == {
        "good": "OK",
        "private": "ROBOTS",
        "walled": "VERIFY_WALL",
        "limited": "RATE_LIMITED",
        "broken": "NETWORK",
        "odd": "LAYOUT_CHANGED",
        "crashing": "OK",
        "raising": "LAYOUT_CHANGED",
        "hanging": "DEADLINE",
        "unknown": "BAD_REQUEST",
        "none": "BAD_REQUEST",
        "missing": "LAYOUT_CHANGED",  # a list that is not there says nothing about the account
    }
    assert all(item["detail"] for item in crawled.of("coverage") if item["outcome"] != "OK")
    assert "/private" not in asked  # robots.txt was asked first
    assert not [target for target in asked if target.startswith("/wall?")]  # the wall was not knocked at
    assert asked.count("/limited") == 1  # a refusal is not repeated
    assert asked.count("/broken") == 3  # an error is
    assert "不该进日志的正文" not in crawled.log
    crash = crawled.posts()["7"]
    assert crash["outcome"] == "LAYOUT_CHANGED"
    kept = [item for item in crawled.of("capture") if item["url"].endswith("/crash")]
    assert [item["outcome"] for item in kept] == ["LAYOUT_CHANGED"]  # the page that could not be read is evidence


def test_posts_come_oldest_first_with_their_capture():
    with StandIn(platform) as server:
        crawled = crawl(server, task("a", Route("list", LIST)))
    assert [item["key"] for item in crawled.of("post")] == ["1", "2", "3", "4"]
    digests = {item["digest"]: item["url"] for item in crawled.of("capture")}
    assert all(digests[post["capture"]] == f"https://trial.test/p{post['key']}" for post in crawled.of("post"))
    coverage = crawled.coverage()
    assert (coverage["complete"], coverage["listed"], coverage["read"]) == (True, 4, ["1", "2", "3", "4"])
    assert coverage["newest_at"] == "2026-06-04T10:00:00+08:00"
    assert crawled.items[-1]["item"] == "coverage"


def known(number: int) -> KnownPost:
    moment = datetime(2026, 6, number, 2, 0, tzinfo=UTC)
    return KnownPost(
        key=str(number),
        url=f"https://trial.test/p{number}",
        first_seen_at=moment,
        last_read_at=moment,
        published_at=moment,
    )


def test_a_quiet_night_costs_one_list_request():
    posts = tuple(map(known, (1, 2, 3, 4)))
    with StandIn(platform) as server:
        crawled = crawl(server, task("a", Route("list", LIST), known=posts))
        assert server.targets() == ["/list"]
    assert crawled.of("post") == []
    assert crawled.coverage()["complete"] is True


def test_due_posts_are_read_again():
    posts = tuple(map(known, (1, 2, 3, 4)))
    with StandIn(platform) as server:
        crawled = crawl(server, task("a", Route("list", LIST), known=posts, reread=posts[:1]))
        assert server.targets() == ["/list", "/p1"]
    assert crawled.coverage()["read"] == ["1"]


def test_after_an_interruption_the_walk_goes_on_to_where_it_was():
    """What is on file after a crash is the oldest part, so known ground has no hole behind it."""
    with StandIn(platform) as server:
        crawled = crawl(server, task("a", Route("list", LIST), known=(known(1), known(2))))
        assert server.targets() == ["/list", "/list2", "/p3", "/p4"]
    assert crawled.coverage()["read"] == ["3", "4"]


def test_authorisation_on_file_sets_robots_aside_for_that_account_only():
    route = Route("list", "https://trial.test/private")
    with StandIn(platform) as server:
        crawled = crawl(server, task("with", route, robots_authorisation="柳民办〔2026〕1号"), task("without", route))
    assert crawled.coverage("trial:with")["outcome"] == "OK"
    assert crawled.coverage("trial:without")["outcome"] == "ROBOTS"


def test_official_hosts_are_not_asked_for_robots_and_keep_their_secrets():
    def api(asked):
        assert asked.path != "/robots.txt"
        return Answer({"posts": [], "access_token": "T0KEN"})

    with StandIn(api) as server:
        crawled = crawl(server, task("a", Route("secret")))
        sent = server.asked[0]
    assert sent.target == "/list?access_token=T0KEN"
    assert sent.body == b'{"secret":"S3CRET"}'
    assert (sent.host, sent.scheme) == ("api.trial.test", "https")
    everything = repr(crawled.items) + crawled.log
    assert "T0KEN" not in everything
    assert "S3CRET" not in everything


def test_the_first_checked_route_wins_and_the_others_are_told():
    with StandIn(platform) as server:
        crawled = crawl(
            server,
            task("a", Route("broken"), Route("list", "https://trial.test/odd"), Route("secret"), Route("list", LIST)),
        )
        assert not [asked for asked in server.asked if asked.host == "trial.test" and asked.path == "/list"]
    coverage = crawled.coverage()
    assert [attempt[:2] for attempt in coverage["attempts"]] == [
        ["broken", "LAYOUT_CHANGED"],
        ["list", "LAYOUT_CHANGED"],
        ["secret", "OK"],
    ]
    assert "broken" in coverage["detail"]


def test_redirects_that_lead_to_no_wall_are_followed():
    with StandIn(platform) as server:
        crawled = crawl(server, task("a", Route("list", "https://trial.test/moved")))
    assert crawled.coverage()["listed"] == 2


def test_an_early_end_of_the_crawl_still_covers_every_account():
    for way in ("close", "stop"):
        with StandIn(platform) as server:
            crawled = crawl(server, task("a", Route(way)), task("b", Route("hang")), task("c", Route("hang")))
        assert sorted(item["account"] for item in crawled.of("coverage")) == ["trial:a", "trial:b", "trial:c"]
        assert {item["outcome"] for item in crawled.of("coverage")} == {"DEADLINE"}
        assert crawled.summary["failed"] is True


def test_what_the_store_refuses_is_told():
    with StandIn(platform) as server:
        crawled = crawl(server, task("a", Route("list", LIST)), refuses="PostItem")
    coverage = crawled.coverage()
    assert (coverage["outcome"], coverage["read"], coverage["complete"]) == ("NETWORK", [], False)
    assert "数据库" in coverage["detail"]
    assert crawled.summary["failed"] is True
    assert crawled.summary["errors"] == 4


def test_a_dead_server_is_a_network_outcome():
    with StandIn(platform) as server:
        pass
    crawled = crawl(server, task("a", Route("list", LIST)))
    assert crawled.coverage()["outcome"] == "NETWORK"
