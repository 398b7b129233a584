"""What stores say about apps."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from crawler.platforms.app.page import read
from domain.outcome import Outcome
from domain.post import PostKind

FIXTURES = Path(__file__).parent / "fixtures" / "app"
AT = datetime.fromisoformat("2026-06-18T22:00:00+08:00")


def page(name: str, **options):
    return read((FIXTURES / name).read_bytes(), "", AT, **options)


def test_a_listed_app():
    reading = page("lookup.json")
    assert (reading.outcome, reading.kind) == (Outcome.OK, PostKind.PROFILE)
    assert (reading.account, reading.account_key) == ("柳溪民政通", "cn.example.liuxi.minzheng")
    assert reading.profile["version"] == "3.2.1"
    assert reading.profile["version_released_at"] == "2026-05-30T06:00:00Z"
    assert "release_notes" not in reading.profile  # the first version has none


def test_an_app_that_is_not_listed_says_what_that_may_mean():
    reading = page("lookup_missing.json")
    assert reading.outcome is Outcome.DELETED
    assert "已下架" in reading.detail
    assert "核对" in reading.detail


@pytest.mark.parametrize(
    ("body", "status", "outcome"),
    [
        (b'{"errorMessage":"Invalid value(s) for key(s): [id]","queryParameters":{}}', 400, Outcome.BAD_REQUEST),
        (b"bad", 400, Outcome.BAD_REQUEST),
        (b"", 403, Outcome.RATE_LIMITED),
        (b"", 503, Outcome.NETWORK),
        (b'{"resultCount":1,"results":[{"wrapperType":"artist"}]}', 200, Outcome.LAYOUT_CHANGED),
        (b"<html>hello</html>", 200, Outcome.LAYOUT_CHANGED),
        (b'{"ret":0,"app_detail_records":{}}', 200, Outcome.DELETED),
        (b'{"ret":1,"err_msg":"busy"}', 200, Outcome.NETWORK),
        (
            b'{"ret":0,"app_detail_records":{"a":{"app_info":{"name":"x","package_name":"a","online_status":0}}}}',
            200,
            Outcome.DELETED,
        ),
    ],
)
def test_other_answers(body, status, outcome):
    assert read(body, "", AT, status=status).outcome is outcome


def test_the_android_store():
    assert page("apkinfo.json").profile["version"] == "3.2.0"
    reading = page("detail.html")
    assert (reading.account, reading.profile["operator"]) == ("柳溪民政通", "柳溪市民政局")
    other = (
        (FIXTURES / "detail.html")
        .read_bytes()
        .replace(b'"detail_pkgname": "cn.example.liuxi"', b'"detail_pkgname": "x"')
    )
    assert read(other, "", AT).outcome is Outcome.DELETED


def test_a_store_that_only_says_it_failed():
    assert read(b'{"ret":1}', "", AT).outcome is Outcome.NETWORK


def test_seconds_on_the_page_of_the_store_become_an_instant():
    state = (
        '{"props":{"pageProps":{"context":{"initialInfo":{"pageParams":{"detail_pkgname":"cn.example.liuxi"}}},'
        '"dynamicCardResponse":{"data":{"components":[{"data":{"itemData":[{"pkg_name":"cn.example.liuxi",'
        '"name":"柳溪民政通","update_time":"1781000000"}]}}]}}}}}'
    )
    reading = read(f'<script id="__NEXT_DATA__" type="application/json">{state}</script>'.encode(), "", AT)
    assert reading.profile["version_released_at"] == "2026-06-09T18:13:20+08:00"
