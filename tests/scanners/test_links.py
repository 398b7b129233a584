"""Links judged by where they led: what is told, and what keeps silent."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from domain.link import LinkReading, ResolvedLink, unfollowed
from domain.outcome import Outcome
from domain.post import Segment
from domain.rule import Confidence, Severity
from scanners.engine import Scanner
from tests.scanners.examples import KEY, book

URL = "https://www.liuxi-wenlv.example/baoming"
SEEN = datetime(2026, 6, 11, 2, 0, tzinfo=UTC)
BODY = (Segment("body", "报名入口见文末。"),)
TRADE = ("澳门赌场官网_真人荷官在线发牌", "澳门赌场线上开户，真人荷官在线发牌，注册送彩金。")


@cache
def scanner() -> Scanner:
    return Scanner(book(), KEY, frozenset({"links"}))


def link(title="", text="", **options) -> ResolvedLink:
    options = {"url": URL, "outcome": Outcome.OK, "final_url": URL, "resolved_at": SEEN, "capture": "a" * 64} | options
    return ResolvedLink(title=title, text=text, **options)


def told(*links, segments=BODY):
    return {finding.rule_id: finding for finding in scanner().scan_post(segments, links=links, post_key="1")}


def before(title, text, capture):
    return LinkReading(title=title, text=text, capture=capture, first_at=SEEN, last_at=SEEN)


def test_a_hijacked_page_shows_the_last_good_page_and_not_a_bad_one_between():
    earlier = (before("真人荷官发牌", TRADE[1], "c" * 64), before("合唱节报名", "请报名", "b" * 64))
    finding = told(link(*TRADE, earlier=earlier))["links-hijacked-page"]
    assert finding.severity is Severity.VETO
    assert finding.confidence is Confidence.HIGH
    assert finding.exhibits == ("b" * 64, "a" * 64)
    assert "6月11日还是“合唱节报名”" in finding.explanation


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("反诈提醒：网上赌场是怎样骗人的", "有人说澳门赌场线上开户，真人荷官在线发牌。"),
        ("柳溪公安", "澳门赌场、真人荷官在线发牌？\n民警查处一处窝点。\n嫌疑人涉嫌开设赌场，法院已判处。"),
        ("柳溪市民政局", "救助管理站开展寒冬送温暖活动，给流浪人员送去棉衣。"),
        ("福利彩票开奖公告", "双色球开奖，理性购彩。公益金用于养老服务。"),
        ("老年大学牌艺班招生", "桥牌、象棋、麻将文化课，面向六十岁以上老人。"),
        ("健康讲座：青春期性教育", "介绍性健康知识，预防性传播疾病。"),
        ("", ""),
    ],
)
def test_pages_that_warn_and_ordinary_pages_are_no_hijack(title, text):
    assert "links-hijacked-page" not in told(link(title, text))


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.OK])
def test_what_was_not_read_is_not_judged(outcome):
    found = told(link(*TRADE, outcome=outcome, domain="a.example", final_domain="b.example"))
    assert set(found) <= {"links-dead-link"}
    assert ("links-dead-link" in found) == (outcome is Outcome.DELETED)


def test_a_link_that_nobody_opened_is_judged_by_its_address_alone():
    assert told(unfollowed(URL)) == {}
    assert set(told(unfollowed("https://dwz.cn/AbCd12"))) == {"links-shortened"}
    assert set(told(unfollowed("https://detail.tmall.com/item.htm?id=1"))) == {"links-shop"}
    assert told(unfollowed("https://notdwz.cn/a"), unfollowed("weixin://miniprogram/wx0/pages/a")) == {}


def test_strange_addresses_harm_nobody():
    assert told(unfollowed("https://[bad"), unfollowed(""), unfollowed("http://")) == {}


def test_one_address_hidden_twice_is_one_finding():
    hidden = [Segment("body", f"甲 {URL} 乙", hidden=True, locator=f"网页（{why}）") for why in ("移出屏幕", "零尺寸")]
    finding = told(segments=(*BODY, *hidden))["links-hidden"]
    assert len(finding.occurrences) == 1
    shown = Segment("body", f"甲 {URL} 乙")
    sheet = Segment("attachment:1", f"{URL}", hidden=True, locator="Sheet2（隐藏）!A1")
    assert "links-hidden" not in told(segments=(shown, sheet))
