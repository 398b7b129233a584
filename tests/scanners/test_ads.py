"""Commercial promotion is a sum of signals within one passage; civil affairs have many honest look-alikes."""

from __future__ import annotations

import pytest

from domain.post import Segment
from domain.rule import Severity
from scanners.engine import Scanner
from scanners.guards import Guard
from tests.scanners.examples import KEY, book

SCANNER = Scanner(book().only("ads-commercial-promotion"), KEY)


def scan(body: str, title: str = "", drops=None):
    segments = [Segment("title", title)] if title else []
    return SCANNER.scan_post([*segments, Segment("body", body)], drops=drops)


def test_five_points_are_major_three_are_minor():
    (major,) = scan("周年店庆，现价99元起，先到先得。")
    (minor,) = scan("本店店庆，详询前台。")
    assert (major.severity, minor.severity) == (Severity.MAJOR, Severity.MINOR)
    assert int(major.facts["score"]) >= 5
    assert int(minor.facts["score"]) in (3, 4)


def test_the_heaviest_signal_is_the_term_and_all_are_places():
    (finding,) = scan("周年店庆，现价99元起，手慢无。")
    assert finding.term == "手慢无"
    assert {place.start for place in finding.occurrences} == {2, 5, 12}
    assert "号召购买或加盟" in finding.message


def test_signals_far_apart_are_no_promotion():
    drops = []
    assert scan(f"周年店庆。{'柳溪市民政工作会议召开。' * 40}品牌建设。", drops=drops) == ()
    assert [drop.guard for drop in drops] == [Guard.THRESHOLD]


def test_title_and_body_count_together():
    assert scan("到店可领代金券。") == ()
    assert len(scan("到店可领代金券。", title="柳溪商城周年店庆")) == 1


def test_one_kind_of_signal_is_not_enough():
    assert scan("特价、秒杀、打折、清仓，品牌商城。") == ()


@pytest.mark.parametrize(
    "about",
    [
        "福利彩票公益金资助项目",
        "惠民殡葬收费标准公示",
        "政府采购招标公告",
        "公开募捐备案的义卖活动",
        "消费帮扶农产品展销",
        "谨防虚假宣传，消费提示",
    ],
)
def test_look_alikes_are_taken_off(about):
    drops = []
    text = "精选商城特价，现价9元起。"
    assert len(scan(text)) == 1
    assert scan(f"{about}：{text}", drops=drops) == ()
    assert [drop.guard for drop in drops] == [Guard.SUBTRACT]


def test_a_look_alike_elsewhere_does_not_save_an_advertisement():
    text = f"消费帮扶活动举行。{'柳溪市民政工作会议召开。' * 60}周年店庆，现价99元起，先到先得。"
    assert len(scan(text)) == 1
