"""Following links: only the other side's own word makes one dead."""

from __future__ import annotations

import time

import pytest
from errand import NOW, ROBOTS, saved
from following import follow
from rig import Answer, StandIn

from crawler.resolver.plan import LinkPlan
from domain.clock import Clock
from domain.outcome import Outcome

HTML = {"Content-Type": "text/html; charset=utf-8"}
CAPTCHA = "https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha?poc_token=x"
LINKS = {
    "https://live.example/": Outcome.OK,
    "https://gone.example/a": Outcome.DELETED,
    "https://gone410.example/a": Outcome.DELETED,
    "https://soft.example/a": Outcome.DELETED,
    "http://moved.example/a": Outcome.OK,
    "https://moved-gone.example/a": Outcome.DELETED,
    "https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv": Outcome.VERIFY_WALL,
    "https://m.weibo.cn/status/5178000000000001": Outcome.DELETED,
    "https://weibo.com/7600001001/QyAbCdEfG": Outcome.VERIFY_WALL,
    "https://waf.example/a": Outcome.VERIFY_WALL,
    "https://broken.example/a": Outcome.NETWORK,
    "https://slow.example/a": Outcome.NETWORK,
    "https://forbidden.example/a": Outcome.NOT_AUTHORIZED,
    "https://busy.example/a": Outcome.RATE_LIMITED,
    "https://robots.example/a": Outcome.ROBOTS,
    "https://big.example/film.html": Outcome.OK,
    "https://loop.example/a": Outcome.NETWORK,
    "https://file.example/a.pdf": Outcome.OK,
    "mailto:a@liuxi.example": Outcome.BAD_REQUEST,
    "https://[bad": Outcome.BAD_REQUEST,
}


def answer(asked):
    if asked.path == "/robots.txt":
        refusal = Answer("User-agent: *\nDisallow: /\n", headers={"Content-Type": "text/plain"})
        return refusal if asked.host == "robots.example" else ROBOTS
    if asked.host == "slow.example":
        time.sleep(4)
    return {
        "live.example": Answer("<p>页面正常，这里写着“页面不存在”的处理办法。</p>" * 20, headers=HTML),
        "gone.example": Answer("", 404),
        "gone410.example": Answer("", 410),
        "soft.example": Answer(saved("website/gone.html"), headers=HTML),
        "moved.example": Answer("", 302, {"Location": "https://live.example/new"}),
        "moved-gone.example": Answer("", 301, {"Location": "https://gone.example/b"}),
        "mp.weixin.qq.com": Answer("", 302, {"Location": CAPTCHA}),
        "m.weibo.cn": Answer(saved("weibo/gone.html"), headers=HTML),
        "weibo.com": Answer("", 302, {"Location": "https://passport.weibo.com/visitor/visitor?a=enter"}),
        "waf.example": Answer(saved("website/challenge.html"), 521, HTML),
        "broken.example": Answer("", 500),
        "forbidden.example": Answer("", 403),
        "busy.example": Answer("", 429),
        "big.example": Answer(b"x" * 3_000_000, headers=HTML),
        "loop.example": Answer("", 302, {"Location": "https://loop.example/b" if asked.path == "/a" else "/a"}),
        "file.example": Answer(b"%PDF-1.7 404 Not Found", headers={"Content-Type": "application/pdf"}),
    }.get(asked.host)


@pytest.fixture(scope="module")
def followed():
    with StandIn(answer) as server:
        *links, summary = follow(server, [*LINKS, *LINKS])
        return {link["url"]: link for link in links}, links, summary, list(server.asked)


@pytest.mark.parametrize(("url", "outcome"), LINKS.items())
def test_what_became_of_a_link(followed, url, outcome):
    assert followed[0][url]["outcome"] == outcome


def test_each_link_once(followed):
    _, links, summary, asked = followed
    assert len(links) == len(LINKS)
    assert summary == {"failed": False}
    assert len([one for one in asked if one.host == "gone.example" and one.path == "/a"]) == 1


def test_where_a_link_leads_is_known_and_a_wall_is_not_knocked_at(followed):
    links, _, _, asked = followed
    assert links["http://moved.example/a"]["final"] == "https://live.example/new"
    assert links["https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv"]["final"] == CAPTCHA
    assert not [one for one in asked if "captcha" in one.target or one.host == "passport.weibo.com"]


def test_what_is_not_reached_in_time_is_not_concluded_upon():
    with StandIn(answer) as server:
        *links, summary = follow(server, ["https://slow.example/a", "https://slow.example/b"], deadline_seconds=0.5)
    assert {link["outcome"] for link in links} == {Outcome.DEADLINE}
    assert len(links) == 2
    assert summary == {"failed": False}


def test_a_plan_travels_as_json():
    plan = LinkPlan(links=("https://a.example/",), clock=Clock(NOW, True), contact="a@b", polite={"delay": 2.0})
    assert LinkPlan.from_json(plan.to_json()) == plan
    assert "a.example" not in repr(plan)
