"""``registry check``: what the regulation asks for and the register does not show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from domain.account import Account, Route, Standing
from registry import accounts, check

GOOD = Account(
    platform="wechat",
    key="gh_0a1b2c3d4e5f",
    name="柳溪民政",
    sponsor="柳溪市民政局",
    verified_subject="柳溪市民政局",
    filing_no="柳新媒备〔2026〕3号",
    routes=(Route("official", credential="wechat-main"),),
)


def test_a_complete_register_gives_no_advice(tmp_path: Path) -> None:
    accounts.write(tmp_path / "accounts.csv", [GOOD, replace(GOOD, platform="weibo", key="1", routes=())])
    checked = check.check(tmp_path / "accounts.csv")
    assert (len(checked.accounts), checked.errors, checked.advice) == (2, (), ())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"sponsor": ""}, "没有主办单位"),
        ({"filing_no": ""}, "没有备案号"),
        ({"verified_subject": ""}, "没有认证主体"),
        ({"verified_subject": "柳溪市民政局养老服务科"}, "像是内设机构"),
        ({"routes": ()}, "没有填读取方式"),
    ],
)
def test_each_gap_is_told(change: dict[str, object], told: str) -> None:
    (advice,) = check.advise([replace(GOOD, **change)])  # type: ignore[arg-type]
    assert advice.startswith("wechat:gh_0a1b2c3d4e5f 柳溪民政：")
    assert told in advice


def test_a_legal_unit_whose_name_ends_like_a_section_is_fine() -> None:
    assert not list(check.advise([replace(GOOD, verified_subject="柳溪市婚姻登记处")]))


def test_two_accounts_of_a_unit_on_one_platform_are_told_unless_one_is_closed() -> None:
    second = replace(GOOD, key="gh_111111111111", name="柳溪民政服务")
    (advice,) = check.advise([GOOD, second])
    assert "在微信公众号有 2 个账号（柳溪民政、柳溪民政服务）" in advice
    for standing in (Standing.CLOSED, Standing.CLOSING):
        assert not list(check.advise([GOOD, replace(second, standing=standing)]))


def test_errors_are_lines_not_exceptions(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("平台,平台标识,账号名称\n新浪微博,,甲\n,1,乙\n", encoding="utf-8")
    checked = check.check(tmp_path / "accounts.csv")
    assert [line.split("；")[0] for line in checked.errors] == [
        "accounts.csv:2：缺少平台标识",
        "accounts.csv:3：缺少平台",
    ]
