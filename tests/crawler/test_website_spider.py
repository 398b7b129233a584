"""The walk of websites and apps, each with its own trap, in one crawl a platform against a loopback server."""

from __future__ import annotations

import pytest
from errand import ROBOTS, known, plan, query, saved, task
from rig import Answer, StandIn, run

from crawler.platforms.website.keys import external_key
from domain.account import Route
from domain.outcome import Outcome

COLUMN, OTHER = "/content/column/10002", "/content/column/999"
GONE = Answer(saved("website/gone.html"), 404)
FEED = (
    saved("feeds/site.xml")
    .replace(b"mzj.liuxi.example/bmdt", b"feed.liuxi.example/tzgg")
    .replace(b"2026-10", b"2026-06")
)


def page(name: str, status: int = 200) -> Answer:
    return Answer(saved(f"website/{name}"), status)


#: Site → what it answers differently.
SITES = {
    "whole": {},
    "second-night": {},
    "withdrawn": {"/tzgg/20002000.html": GONE},
    "became-list": {"/tzgg/20002000.html": page("column.html")},
    "column-gone": {COLUMN: GONE},
    "half": {OTHER: Answer("", 503)},
    "challenge": {COLUMN: page("challenge.html")},
    "waf": {COLUMN: page("challenge.html", 521)},
    "redesigned": {COLUMN: page("redesigned.html")},
    "article": {COLUMN: page("article_jfont.html")},
    "robots": {"/robots.txt": Answer("User-agent: *\nDisallow: /content/\n", headers={"Content-Type": "text/plain"})},
    "feed": {"/rss/rss.xml": Answer(FEED)},
}


def host_of(name: str) -> str:
    return f"{name}.liuxi.example"


def column(number: int) -> Answer:
    text = saved("website/column.html").decode()
    if number == 1:
        return Answer(text)
    if number > 3:
        return Answer("", 404)
    text = text.replace("2000200", f"2000{number}00").replace("2026-06-1", "2026-05-1")
    return Answer(text.replace("pQrS", f"pQr{number}"))


class Night:
    def __init__(self) -> None:
        self.asked: dict[str, list[str]] = {name: [] for name in SITES}
        with StandIn(self.answer) as server:
            self.crawled = run(plan(server, *map(self.task, SITES)), timeout=120)

    def task(self, name: str):
        base = f"https://{host_of(name)}"
        lists = Route("lists", f"{base}{COLUMN}?pageIndex=1")
        routes = {
            "whole": (lists, Route("disclosure", f"{base}/public/column/6796201?type=4&action=list&catId=6717201")),
            "half": (lists, Route("lists", f"{base}{OTHER}")),
            "feed": (Route("rss", f"{base}/rss/rss.xml?siteId=1"),),
        }.get(name, (lists,))
        on_file = ("20002001", "20002000", external_key("https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv"))
        posts = tuple(known(key, 3) for key in on_file) if name == "second-night" else ()
        return task("website", host_of(name), routes, known=posts)

    def answer(self, asked):
        name = asked.host.split(".")[0]
        if asked.path != "/robots.txt":
            self.asked[name].append(asked.target)
        if asked.path in SITES[name]:
            return SITES[name][asked.path]
        if asked.path == "/robots.txt":
            return ROBOTS
        if asked.path == COLUMN:
            reply = column(int(query(asked.target).get("pageIndex", "1")))
            body = reply.body if isinstance(reply.body, str) else ""
            return Answer(body.replace("mzj.liuxi.example", asked.host), reply.status)
        if asked.path == "/public/column/6796201":
            return page("disclosure_index.html")
        if asked.path == "/site/label/8888":
            return page("disclosure_fragment.html")
        if asked.path.startswith("/public/6796201/"):
            return page("disclosure_article.html")
        if asked.path.startswith("/tzgg/2"):
            return page("article_jfont.html")
        if asked.path.endswith(".docx"):
            return Answer(b"PK\x03\x04file", headers={"Content-Type": "application/octet-stream"})
        return None

    def coverage(self, name: str) -> dict:
        return self.crawled.coverage(f"website:{host_of(name)}")

    def posts(self, name: str) -> dict[str, dict]:
        account = f"website:{host_of(name)}"
        return {item["key"]: item for item in self.crawled.of("post") if item["account"] == account}


@pytest.fixture(scope="module")
def night():
    return Night()


def test_columns_and_disclosure_are_walked_together(night):
    coverage, posts = night.coverage("whole"), night.posts("whole")
    assert (coverage["outcome"], coverage["complete"]) == (Outcome.OK, True)
    assert {"20002001", "20002000", "public-30001001", "public-30001000"} <= set(posts)
    assert len([target for target in night.asked["whole"] if target.startswith(COLUMN)]) == 3
    external = [post for key, post in posts.items() if key.startswith("external-")]
    assert [post["kind"] for post in external] == ["share_card"] * 3
    profiles = {item["account"]: item["profile"] for item in night.crawled.of("profile")}
    assert profiles[f"website:{host_of('whole')}"]["site_name"] == "柳溪市民政局网站"


def test_attachments_are_fetched_and_a_missing_one_does_not_cost_the_post(night):
    post = night.posts("whole")["20002001"]
    assert post["outcome"] == Outcome.OK
    files = {url.rsplit("/", 1)[1]: (outcome, bool(digest)) for url, outcome, digest in post["attachments"]}
    assert files == {"wKgB1.docx": (Outcome.OK, True), "2.pdf": (Outcome.DELETED, False)}
    kept = {item["digest"] for item in night.crawled.of("capture") if item["kind"] == "attachment"}
    assert kept & {digest for _, _, digest in post["attachments"]}


def test_known_ground_ends_a_column(night):
    coverage = night.coverage("second-night")
    assert (coverage["outcome"], coverage["complete"], night.posts("second-night")) == (Outcome.OK, True, {})
    assert night.asked["second-night"] == [f"{COLUMN}?pageIndex=1"]


def test_a_withdrawn_article_is_gone_and_a_vanished_column_is_not(night):
    assert night.posts("withdrawn")["20002000"]["outcome"] == Outcome.DELETED
    assert night.coverage("withdrawn")["outcome"] == Outcome.OK
    assert night.coverage("column-gone")["outcome"] == Outcome.LAYOUT_CHANGED


def test_an_article_that_turned_into_a_list_is_not_an_empty_article(night):
    assert night.posts("became-list")["20002000"]["outcome"] == Outcome.LAYOUT_CHANGED
    assert "20002000" not in night.coverage("became-list")["read"]


def test_one_failing_column_makes_the_site_incomplete_only(night):
    coverage = night.coverage("half")
    assert (coverage["outcome"], coverage["complete"]) == (Outcome.OK, False)
    assert "999" in coverage["detail"]


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("challenge", Outcome.VERIFY_WALL),
        ("waf", Outcome.VERIFY_WALL),
        ("redesigned", Outcome.LAYOUT_CHANGED),
        ("article", Outcome.LAYOUT_CHANGED),
    ],
)
def test_a_column_that_is_none(night, name, outcome):
    coverage = night.coverage(name)
    assert (coverage["outcome"], coverage["complete"], night.posts(name)) == (outcome, False, {})


def test_robots_are_honoured(night):
    assert night.coverage("robots")["outcome"] == Outcome.ROBOTS
    assert night.asked["robots"] == []


def test_the_feed_of_a_site_proves_no_silence(night):
    coverage = night.coverage("feed")
    assert (coverage["outcome"], coverage["complete"]) == (Outcome.OK, False)
    assert night.posts("feed")["20001009"]["text"].startswith("各站所")


# -- stores ----------------------------------------------------------------------------------------------------------

_SCRIPT = {"Content-Type": "text/javascript; charset=utf-8"}
#: Track id → what the store answers.
STORE = {
    "1": Answer(saved("app/lookup.json"), headers=_SCRIPT),
    "2": Answer(saved("app/lookup_missing.json"), headers=_SCRIPT),
    "3": Answer(b"", 403),
    "4": Answer(b'{"errorMessage":"Invalid value(s) for key(s): [id]"}', 400),
    "5": Answer(saved("app/lookup.json"), headers=_SCRIPT),
}


@pytest.fixture(scope="module")
def store():
    def answer(asked):
        asks = query(asked.target)
        return STORE[asks["id"]] if asks.get("country") == "cn" else None

    keys = {number: "cn.example.liuxi.minzheng" if number == "1" else f"cn.example.app{number}" for number in STORE}
    with StandIn(answer) as server:
        tasks = [task("app", keys[number], (Route("lookup", number),)) for number in STORE]
        crawled = run(plan(server, *tasks), timeout=120)
    return {number: crawled.coverage(f"app:{key}") for number, key in keys.items()}, crawled


@pytest.mark.parametrize(
    ("number", "outcome", "complete"),
    [
        ("1", Outcome.OK, True),
        ("2", Outcome.DELETED, True),
        ("3", Outcome.RATE_LIMITED, False),
        ("4", Outcome.BAD_REQUEST, False),
    ],
)
def test_the_store(store, number, outcome, complete):
    coverages, _ = store
    assert (coverages[number]["outcome"], coverages[number]["complete"]) == (outcome, complete)


def test_the_record_is_kept_and_another_app_than_the_one_on_file_is_said(store):
    coverages, crawled = store
    assert [item["profile"]["version"] for item in crawled.of("profile")] == ["3.2.1", "3.2.1"]
    assert "不一致" in coverages["5"]["detail"]
    assert coverages["1"]["detail"] == ""
