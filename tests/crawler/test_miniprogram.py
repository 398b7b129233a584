"""Mini programs: the owner's record in the register, fresh, old, bad or missing, and the owner's interface."""

from __future__ import annotations

import pytest
from states import NOW, Row, night

from crawler.platforms.miniprogram.record import judge
from domain.account import Route
from domain.outcome import Outcome

FRESH = "2026-06-10"


@pytest.mark.parametrize(
    ("attributes", "outcome", "says"),
    [
        ({}, Outcome.NO_IMPORT, "请在微信中打开核对"),
        ({"checked_on": "上个月"}, Outcome.NO_IMPORT, "没有自查记录"),
        ({"checked_on": "2026-04-01"}, Outcome.NO_IMPORT, "78 天前（2026-04-01）"),
        ({"checked_on": "2026-07-01"}, Outcome.BAD_REQUEST, "将来"),
        ({"checked_on": FRESH}, Outcome.OK, "程序没有打开小程序"),
        ({"核查日期": "2026年6月10日", "状态": "正常"}, Outcome.OK, "2026-06-10 的自查记录（正常）"),
        ({"checked_on": FRESH, "state": "下架"}, Outcome.CLOSED, "自查：下架"),
        ({"checked_on": FRESH, "state": "还行"}, Outcome.BAD_REQUEST, "还行"),
        ({"checked_on": FRESH, "verified_until": "2026-06-30"}, Outcome.OK, "还有 12 天"),
        ({"checked_on": FRESH, "verified_until": "2026-06-01"}, Outcome.OK, "请办理年审"),
    ],
)
def test_the_record_of_the_owner(attributes, outcome, says):
    found = judge(attributes, NOW)
    assert found.outcome is outcome
    assert says in found.detail


ROWS = (
    Row("no record", Outcome.NO_IMPORT, False, says="没有自查记录", routes=()),
    Row("fresh record", Outcome.OK, says="自查记录", routes=(), attributes={"checked_on": FRESH, "state": "正常"}),
    Row("taken down", Outcome.CLOSED, True, says="下架", routes=(), attributes={"checked_on": FRESH, "state": "下架"}),
    Row(
        "no credential",
        Outcome.NOT_AUTHORIZED,
        False,
        says="没有可用的小程序凭据",
        routes=(Route("official", "", "none"),),
    ),
    Row(
        "record after a missing credential",
        Outcome.OK,
        says="采集途径“official”未能使用",
        routes=(Route("official", "", "none"), Route("record")),
        attributes={"checked_on": FRESH},
    ),
)


@pytest.fixture(scope="module")
def crawled():
    return night("miniprogram", ROWS, {row.name: f"wx{number:016x}" for number, row in enumerate(ROWS)})


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_state_and_its_outcome(crawled, row):
    coverage = crawled.coverage(row)
    assert (coverage["outcome"], coverage["complete"]) == (row.outcome, row.complete), coverage["detail"]
    assert row.says in coverage["detail"]
    assert [served for served in crawled.log if served.path != "/robots.txt"] == []
