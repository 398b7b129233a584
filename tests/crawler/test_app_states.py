"""Every state of an app in its stores, served by the replica, and what the visit of each comes to."""

from __future__ import annotations

import asyncio
import json
import socket

import pytest
from states import NOW, Row, night

from crawler.names import Addresses, SystemNames
from crawler.platforms.app import hosts
from crawler.platforms.app.page import read
from domain.account import Account, Route
from domain.outcome import Outcome
from domain.post import PostKind
from replica.world import Wall

LISTED = {"listed": "1"}


def key_of(name: str) -> str:
    return f"example.liuxi.{name.replace('-', '')}"


def app(name, outcome, says="", *, stores=("lookup",), complete=True, attributes=None, wall=Wall.NONE, **traits) -> Row:
    number = str(1_690_100_000 + sum(map(ord, name)) * 97)
    addresses = {"lookup": number, "tencent": key_of(name), "huawei": f"C{number}"}
    return Row(
        name,
        outcome,
        complete and not outcome.is_reach,
        says=says,
        wall=wall,
        traits=traits,
        routes=tuple(Route(store, addresses[store]) for store in stores),
        attributes=attributes or {},
    )


ALL = ("lookup", "tencent", "huawei")
HOSTS = {"hosts": "api.liuxi.example、dl.liuxi.example"}
OLD, LOST = "old.liuxi.example", "lost.liuxi.example"
ROWS = (
    app("on-every-shelf", Outcome.OK, stores=ALL, **LISTED),
    app("apple-only", Outcome.OK, **LISTED),
    app("delisted", Outcome.DELETED, "中国区查不到", listed=""),
    app("delisted-everywhere", Outcome.DELETED, stores=ALL, listed=""),
    app("off-in-tencent", Outcome.OK, "应用宝显示该应用已下架", stores=ALL, tencent="off", **LISTED),
    app("unknown-to-tencent", Outcome.OK, "应用宝查不到", stores=ALL, tencent="unknown", **LISTED),
    app("tencent-off-alone", Outcome.DELETED, "已下架", stores=("tencent",), tencent="off", listed=""),
    app("tencent-fails", Outcome.OK, stores=("tencent",), tencent="failing", **LISTED),
    app("tencent-page-only", Outcome.OK, stores=("tencent",), tencent="page_only", **LISTED),
    app("tencent-page-gone", Outcome.DELETED, "页面上没有该应用", stores=("tencent",), tencent="page_gone", listed=""),
    app("huawei-elsewhere", Outcome.DELETED, "不提供该应用下载", stores=("huawei",), huawei="elsewhere", **LISTED),
    app("huawei-gone", Outcome.DELETED, "HTTP 404", stores=("huawei",), huawei="gone", **LISTED),
    app("huawei-busy", Outcome.RATE_LIMITED, "300 秒", stores=("huawei",), huawei="busy", **LISTED),
    app("one-store-busy", Outcome.OK, "300 秒", stores=ALL, complete=False, huawei="busy", **LISTED),
    app("gone-or-busy", Outcome.RATE_LIMITED, "中国区查不到", stores=("lookup", "huawei"), huawei="busy", listed=""),
    app("too-fast", Outcome.RATE_LIMITED, "限制访问", wall=Wall.RATE_LIMITED, **LISTED),
    app("ipv6", Outcome.OK, attributes=HOSTS, **LISTED),
    app("no-ipv6", Outcome.OK, attributes={"hosts": f"{OLD}, v6.liuxi.example"}, no_ipv6=OLD, **LISTED),
    app("no-name", Outcome.OK, "没有解析出来", attributes={"hosts": LOST}, no_name=LOST, **LISTED),
)  # fmt: skip


@pytest.fixture(scope="module")
def crawled():
    return night("app", ROWS, {row.name: key_of(row.name) for row in ROWS}, accounts=8)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_state_and_its_outcome(crawled, row):
    coverage = crawled.coverage(row)
    assert (coverage["outcome"], coverage["complete"]) == (row.outcome, row.complete), coverage["detail"]
    assert row.says in coverage["detail"]
    assert crawled.errors == []


def row_of(name: str) -> Row:
    return next(row for row in ROWS if row.name == name)


def attempts(crawled, name: str) -> dict[str, tuple]:
    return {route: (outcome, code) for route, outcome, _, code in crawled.coverage(row_of(name))["attempts"]}


def test_every_store_is_asked_and_told(crawled):
    (profile,) = crawled.profiles(row_of("on-every-shelf"))
    assert [store["store"] for store in profile["stores"]] == ["App Store", "应用宝", "华为应用市场"]
    assert [store["version_released_at"][:7] for store in profile["stores"]] == ["2026-04", "2026-04", "2026-06"]
    assert profile["store_ipv6"] == {"imtt.dd.qq.com": "yes", "appdlc-drcn.hispace.dbankcloud.cn": "yes"}


def test_a_store_that_lacks_the_app_is_told_by_its_code(crawled):
    assert attempts(crawled, "off-in-tencent") == {
        "lookup": (Outcome.OK, ""),
        "tencent": (Outcome.DELETED, "not-listed"),
        "huawei": (Outcome.OK, ""),
    }


def test_hosts_without_ipv6_are_named(crawled):
    assert attempts(crawled, "ipv6")["ipv6"] == (Outcome.OK, "")
    assert attempts(crawled, "no-ipv6")["ipv6"] == (Outcome.OK, "no-ipv6")
    assert attempts(crawled, "no-name")["ipv6"] == (Outcome.NETWORK, "")
    (profile,) = crawled.profiles(row_of("no-ipv6"))
    assert profile["ipv6"] == {"old.liuxi.example": "no", "v6.liuxi.example": "yes"}
    assert "ipv6" not in attempts(crawled, "apple-only")


# -- names --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({socket.AF_INET: ["1"], socket.AF_INET6: ["1"]}, Addresses(v4=True, v6=True)),
        ({socket.AF_INET: ["1"], socket.AF_INET6: socket.EAI_NONAME}, Addresses(v4=True)),
        ({socket.AF_INET: ["1"], socket.AF_INET6: socket.EAI_AGAIN}, Addresses(known=False)),
        ({socket.AF_INET: socket.EAI_NONAME, socket.AF_INET6: socket.EAI_NONAME}, Addresses(known=False)),
    ],
)
def test_the_name_servers_of_this_machine(monkeypatch, answers, found):
    async def getaddrinfo(host, port, *, family, type):
        if isinstance(answers[family], int):
            raise socket.gaierror(answers[family], "x")
        return answers[family]

    async def ask():
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)
        return await SystemNames().addresses("api.liuxi.example")

    assert asyncio.run(ask()) == found


def test_the_hosts_of_a_register_entry():
    account = Account(
        platform="app",
        key="a.b",
        name="柳溪民政通",
        home_url="https://apps.apple.com/cn/app/id1",
        attributes={
            "hosts": "api.liuxi.example；https://dl.liuxi.example/x",
            "download_url": "https://imtt.dd.qq.com/a.apk",
        },
    )
    assert hosts.declared_hosts(account) == ("api.liuxi.example", "dl.liuxi.example")


# -- AppGallery's record ------------------------------------------------------------------------------------------

CARDS = {
    "rtnCode": 0,
    "layoutData": [
        {"layoutName": "appdetailheadcard", "dataList": [{"name": "柳溪民政通", "kindName": "便捷生活"}]},
        {"dataList": [{"package": "example.liuxi.mz", "versionName": "2.4.1", "targetSDK": "33"}]},
        {"dataList": [{"developer": "柳溪市民政局", "releaseDate": "2026/4/9", "size": "36.4 MB"}]},
    ],
}  # fmt: skip


def test_a_record_whose_cards_change_places():
    for cards in (CARDS, CARDS | {"layoutData": list(reversed(CARDS["layoutData"]))}):
        reading = read(json.dumps(cards).encode(), "", NOW)
        assert (reading.outcome, reading.kind, reading.account_key) == (
            Outcome.OK,
            PostKind.PROFILE,
            "example.liuxi.mz",
        )
        assert (reading.profile["version"], reading.profile["version_released_at"]) == ("2.4.1", "2026-04-09")


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (b'{"rtnCode":0,"layoutData":[]}', Outcome.DELETED),
        (b'{"rtnCode":1002,"rtnDesc":"sign error"}', Outcome.VERIFY_WALL),
        (b'{"rtnCode":500}', Outcome.NETWORK),
        (b'{"rtnCode":0,"layoutData":[{"dataList":[{"name":"x"}]}]}', Outcome.LAYOUT_CHANGED),
    ],
)
def test_other_answers_of_appgallery(body, outcome):
    assert read(body, "", NOW).outcome is outcome
