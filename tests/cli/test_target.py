"""Whom an audit may look at: accounts on file, and nobody else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cli.exits import Exit
from cli.target import find_account
from domain.account import Account, Route
from domain.errors import ConfigError
from pipelines.workspace import Workspace

NOW = datetime(2026, 6, 18, 14, tzinfo=UTC)
ACCOUNTS = (
    Account(platform="wechat", key="gh_demo00000001", name="柳溪民政", attributes={"biz": "MzDEMO=="}),
    Account(
        platform="weibo", key="1000000001", name="柳溪民政", aliases=("weibo:1000000009",),
        home_url="https://weibo.com/liuximz",
    ),
    Account(platform="toutiao", key="3927000001", name="柳溪民政头条", attributes={"token": "MS4wTOKEN"}),
    Account(platform="douyin", key="MS4wLjABAAAAdemo", name="柳溪民政抖音"),
    Account(platform="kuaishou", key="3xdemo", name="柳溪民政快手"),
    Account(platform="website", key="mzj.liuxi.example", name="柳溪市民政局门户网站"),
    Account(
        platform="app", key="cn.liuxi.demo", name="柳溪民政通",
        routes=(Route("lookup", "9990000001"), Route("tencent", "cn.liuxi.android"), Route("huawei", "C100000001")),
    ),
)  # fmt: skip


@pytest.fixture
def store(workspace):
    with Workspace.find(workspace).open_store() as opened:
        opened.put_accounts(ACCOUNTS, source="register", at=NOW)
        yield opened


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("weibo:1000000001", "weibo:1000000001"),
        ("weibo:1000000009", "weibo:1000000001"),
        ("1000000001", "weibo:1000000001"),
        ("柳溪市民政局门户网站", "website:mzj.liuxi.example"),
        ("https://m.weibo.cn/u/1000000001", "weibo:1000000001"),
        ("https://weibo.com/1000000001/AbCdEf", "weibo:1000000001"),
        ("http://weibo.com/liuximz/", "weibo:1000000001"),
        ("https://www.toutiao.com/c/user/token/MS4wTOKEN/?tab=all", "toutiao:3927000001"),
        ("https://www.toutiao.com/c/user/3927000001/", "toutiao:3927000001"),
        ("https://www.douyin.com/user/MS4wLjABAAAAdemo?vid=1", "douyin:MS4wLjABAAAAdemo"),
        ("https://www.iesdouyin.com/share/user/MS4wLjABAAAAdemo", "douyin:MS4wLjABAAAAdemo"),
        ("https://www.kuaishou.com/profile/3xdemo", "kuaishou:3xdemo"),
        ("https://live.kuaishou.com/profile/3xdemo", "kuaishou:3xdemo"),
        ("https://mzj.liuxi.example/zwgk/1.html?x=1", "website:mzj.liuxi.example"),
        ("https://mp.weixin.qq.com/s?__biz=MzDEMO%3D%3D&mid=1&idx=1", "wechat:gh_demo00000001"),
        ("https://www.mzj.liuxi.example/", "website:mzj.liuxi.example"),
        ("https://apps.apple.com/cn/app/demo/id9990000001", "app:cn.liuxi.demo"),
        ("https://itunes.apple.com/lookup?id=9990000001&country=cn", "app:cn.liuxi.demo"),
        ("https://sj.qq.com/appdetail/cn.liuxi.android", "app:cn.liuxi.demo"),
        ("https://a.app.qq.com/o/simple.jsp?pkgname=cn.liuxi.android", "app:cn.liuxi.demo"),
        ("https://appgallery.huawei.com/app/C100000001", "app:cn.liuxi.demo"),
        ("https://appgallery.huawei.com/#/app/C100000001", "app:cn.liuxi.demo"),
        ("https://app.mi.com/details?id=cn.liuxi.android", "app:cn.liuxi.demo"),
    ],
)
def test_account_is_found_by_what_names_it(store, target, expected):
    assert find_account(store, target).id == expected


@pytest.mark.parametrize(
    "target",
    [
        "weibo:1000000002",
        "https://weibo.com/1000000002",
        "https://m.weibo.cn/u/10000000010",
        "https://mp.weixin.qq.com/s?__biz=MzOTHER%3D%3D&mid=1",
        "https://mp.weixin.qq.com/s/abcdef",
        "https://evil.example/?u=https://mzj.liuxi.example/",
        "https://mzj.liuxi.example.evil.example/",
        "https://evil.example/1000000001",
        "https://sj.qq.com/appdetail/cn.other.android",
        "https://apps.apple.com/cn/app/demo/id999000000",
        "https://evil.example/app/C100000001",
        "http://[::1",
        "",
    ],
)
def test_what_is_on_no_registered_account_is_refused(store, target):
    with pytest.raises(ConfigError, match="不予核查"):
        find_account(store, target)


def test_name_of_two_accounts_asks_for_the_id(store):
    with pytest.raises(ConfigError, match="weibo:1000000001"):
        find_account(store, "柳溪民政")


def test_refusal_is_exit_code_two(xunjian, workspace, store):
    ended = xunjian("audit", "https://weibo.com/1000000002", "-w", workspace)
    assert ended.code == Exit.USAGE
    assert "不属于任何在册账号，不予核查" in ended.err
