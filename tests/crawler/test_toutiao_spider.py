"""Toutiao in a real browser, and without one."""

from __future__ import annotations

import json

import pytest
from errand import ROBOTS, known, plan, saved, task
from rig import StandIn, run

from crawler.browser import browser_ready, find_browser
from crawler.plan import ReplicaAddress
from domain.account import Route
from domain.outcome import Outcome
from replica.request import Reply, html_reply, text_reply
from replica.server import ReplicaServer

BROWSER = find_browser()
needs_browser = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(not browser_ready(BROWSER), reason="no browser or no scrapy-playwright on this machine"),
]
FEED = json.loads(saved("toutiao/feed.json"))
#: A page that asks for its own list, once when it opens and again when it is scrolled to the end.
PAGE = """<html><head><title>柳溪民政</title></head><body style="height:3000px"><div id="list"></div><script>
let next = 0, busy = false;
async function more() {
  if (busy || next < 0) return;
  busy = true;
  const address = '/api/pc/list/feed?category=profile_all&token=x&max_behot_time=' + next + '&_signature=page';
  const reply = await (await fetch(address)).json();
  document.getElementById('list').innerText += reply.data.length;
  next = reply.has_more ? reply.next.max_behot_time : -1;
  busy = false;
}
more(); window.addEventListener('scroll', more);
</script></body></html>"""


def answer(request) -> Reply:
    if request.path == "/robots.txt":
        if request.host == "closed.toutiao.com":
            return text_reply("User-agent: *\nDisallow: /\n")
        return text_reply("User-agent: *\nAllow: /\n")
    if request.path == "/api/pc/list/feed":
        return feed(request)
    if request.path.startswith("/c/user/token/wall"):
        return html_reply(saved("toutiao/challenge.html").decode())
    if request.path.startswith("/c/user/token/"):
        return html_reply(PAGE)
    if request.path == "/article/7516000000000000061/":
        return html_reply(saved("toutiao/removed.html").decode(), 404)
    if request.path.startswith("/article/"):
        return html_reply(saved("toutiao/article.html").decode())
    return html_reply("", 404)


def feed(request) -> Reply:
    value = dict(FEED)
    if "refused" in request.headers.get("referer", ""):
        value = {"message": "success", "has_more": False, "data": []}
    elif request.query["max_behot_time"] != "0":
        value["has_more"] = False
        value["data"] = [item | {"id": "7515000000000000001"} for item in FEED["data"][1:2]]
    return Reply(200, {"Content-Type": "application/json"}, json.dumps(value).encode())


def address(host: str, token: str) -> tuple[Route, ...]:
    return (Route("browser", f"https://{host}/c/user/token/{token}/"),)


@pytest.fixture(scope="module")
def night():
    with ReplicaServer(answer=answer) as server:
        tasks = (
            task("toutiao", "whole", address("www.toutiao.com", "MS4w")),
            task("toutiao", "again", address("www.toutiao.com", "MS4w"), known=on_file()),
            task("toutiao", "refused", address("www.toutiao.com", "refused")),
            task("toutiao", "wall", address("www.toutiao.com", "wall")),
            task("toutiao", "robots", address("closed.toutiao.com", "MS4w")),
        )

        class Here:
            address = ReplicaAddress("127.0.0.1", server.http_port, server.tls_port, server.spki)

        crawled = run(plan(Here, *tasks, browser=BROWSER), timeout=180)
        return crawled, list(server.log), list(server.errors)


def on_file():
    return tuple(known(key, 3) for key in (f"75160000000000000{end}" for end in ("60", "32", "49", "00", "61")))


def posts(crawled, key: str) -> dict:
    return {item["key"]: item for item in crawled.of("post") if item["account"] == f"toutiao:{key}"}


class TestInABrowser:
    pytestmark = needs_browser

    def test_the_pages_own_replies_are_read(self, night):
        crawled, _, errors = night
        coverage, found = crawled.coverage("toutiao:whole"), posts(crawled, "whole")
        assert errors == []
        assert (coverage["outcome"], coverage["complete"], coverage["listed"]) == (Outcome.OK, True, 6)
        assert found["7516000000000000032"]["text"] == "今天起开放预约\n电话0999-1234567"
        assert "7515000000000000001" in found  # what scrolling brought
        lists = [item for item in crawled.of("capture") if item["kind"] == "list" and "_signature=page" in item["url"]]
        assert len([item for item in lists if item["account"] == "toutiao:whole"]) == 2

    def test_an_article_of_which_the_feed_shows_the_abstract_is_opened(self, night):
        found = posts(night[0], "whole")
        assert found["7516000000000000060"]["text"] == "第一段正文。\n第二段，详情"
        assert found["7516000000000000060"]["published_at"] == "2026-06-18T01:00:00+00:00"  # the feed's, to the second
        assert found["7516000000000000061"]["outcome"] == Outcome.DELETED

    def test_the_second_night_opens_the_profile_page_only(self, night):
        crawled = night[0]
        coverage = crawled.coverage("toutiao:again")
        assert (coverage["outcome"], coverage["complete"], coverage["requests"]) == (Outcome.OK, True, 1)
        assert posts(crawled, "again") == {}

    @pytest.mark.parametrize(
        ("key", "outcome"),
        [("refused", Outcome.VERIFY_WALL), ("wall", Outcome.VERIFY_WALL), ("robots", Outcome.ROBOTS)],
    )
    def test_walls_are_what_they_are(self, night, key, outcome):
        coverage = night[0].coverage(f"toutiao:{key}")
        assert (coverage["outcome"], coverage["complete"], coverage["listed"]) == (outcome, False, 0)

    def test_robots_are_honoured_for_the_browser_too(self, night):
        assert {served.path for served in night[1] if served.host == "closed.toutiao.com"} == {"/robots.txt"}


def test_without_a_browser_the_account_is_not_looked_at():
    with StandIn(lambda asked: ROBOTS) as server:
        crawled = run(plan(server, task("toutiao", "1", address("www.toutiao.com", "x")), browser=""))
        assert server.asked == []
    coverage = crawled.coverage()
    assert (coverage["outcome"], coverage["complete"]) == (Outcome.NO_TOOL, False)
    assert "make browser" in coverage["detail"]
