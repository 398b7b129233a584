"""A small fictional world on WeChat."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from domain.account import Account, Route
from domain.clock import CHINA
from domain.post import PostKind
from replica.platforms import platform_of
from replica.request import Reply, Request
from replica.world import Wall, World, WorldAccount, WorldPost

NOW = datetime(2026, 6, 18, 22, tzinfo=CHINA)
BUREAU = "wechat:gh_0000liuxi001"
ALBUMS = ("3300000000000000001", "3300000000000000002", "3300000000000000003")
FEED = "wechat:gh_0000liuxi002"
WALLED = "wechat:gh_0000liuxi003"
QUOTA = "wechat:gh_0000liuxi004"

Ask = Callable[..., Reply]


def post(account_id: str, key: str, days: float, **given: object) -> WorldPost:
    values: dict[str, object] = {
        "kind": PostKind.ARTICLE,
        "title": f"柳溪市民政局第{key}号工作动态",
        "paragraphs": (
            "柳溪市救助管理站 6 月开展夏季“送清凉”专项救助。",
            "路上遇到需要帮助的人，请拨打 <24 小时> 救助热线 & 转告值班员。",
            "姓名\t单位\n陈一鸣\t柳溪市社会福利院",
        ),
        "published_at": NOW - timedelta(days=days),
        **given,
    }
    return WorldPost(account_id=account_id, key=key, **values)  # type: ignore[arg-type]


def accounts() -> tuple[WorldAccount, ...]:
    bureau = Account(
        platform="wechat",
        key="gh_0000liuxi001",
        name="柳溪民政",
        verified_subject="柳溪市民政局",
        routes=(Route("official", credential="main"), *(Route("album", album) for album in ALBUMS)),
        attributes={"biz": "MzA5MDAwMDAwMQ==", "appid": "wx0000000000000001", "alias": "liuxi-minzheng"},
    )
    feed = Account(platform="wechat", key="gh_0000liuxi002", name="柳溪慈善", routes=(Route("rss"),))
    walled = Account(
        platform="wechat",
        key="gh_0000liuxi003",
        name="柳溪社会组织",
        routes=(Route("album", "1"),),
        attributes={"biz": "MzA5MDAwMDAwMw=="},
    )
    quota = Account(
        platform="wechat", key="gh_0000liuxi004", name="柳溪婚登", routes=(Route("official", credential="quota"),)
    )
    return (
        WorldAccount(
            account=bureau, description="发布柳溪市民政工作信息", traits={"api": "expiring", "phone": "12345"}
        ),
        WorldAccount(account=feed),
        WorldAccount(account=walled, wall=Wall.VERIFY),
        WorldAccount(account=quota, wall=Wall.QUOTA),
    )


def posts() -> Mapping[str, tuple[WorldPost, ...]]:
    image = "https://mmbiz.qpic.cn/mmbiz_png/replica{}/640?wx_fmt=png&from=appmsg"
    special = (
        post(
            BUREAU, "2650000100_1", 0.5, full_weight=True, original=True, traits={"author": "小溪", "audio": "听民政"}
        ),
        post(
            BUREAU,
            "2650000099_1",
            1.5,
            kind=PostKind.PICTURE,
            notation="2026",
            title='养老服务一图读懂："六项"补贴',
            images=tuple(image.format(number) for number in range(3)),
        ),
        post(
            BUREAU,
            "2650000098_1",
            2.5,
            kind=PostKind.TEXT,
            paragraphs=("端午安康。", "窗口 6 月 19 日照常值班 <1 号厅>。"),
        ),
        post(
            BUREAU,
            "2650000097_1",
            3.5,
            kind=PostKind.SHARE_CARD,
            repost_source="云江民政",
            paragraphs=("推荐大家读一读这篇政策解读。",),
            traits={"source_title": "临时救助怎么申请"},
        ),
        post(BUREAU, "2650000096_1", 4.5, repost_source="云江日报", traits={"source_author": "何晓"}, notation="2026"),
        post(BUREAU, "2650000096_2", 4.5, links=(("救助热线", "https://www.liuxi.gov.cn/dead.htm"),)),
        post(BUREAU, "2650000095_1", 5.5, mass_sent=True),
        post(BUREAU, "2650000094_1", 6.5, withdrawn=True),
        post(BUREAU, "2650000093_1", 7.5, kind=PostKind.VIDEO),
        post(BUREAU, "2650000092_1", 8.5, kind=PostKind.AUDIO, notation="2026"),
        post(BUREAU, "2650000091_1", 9.5, traits={"album": ALBUMS[1]}),
    )
    plain = tuple(post(BUREAU, f"26500000{90 - number}_1", 10.5 + number) for number in range(35))
    feed = tuple(
        post(FEED, f"26600000{50 - number}_1", number + 0.5, title=f"善款公示（第{number}期）") for number in range(3)
    )
    walled = (post(WALLED, "2670000001_1", 1),)
    quota = (post(QUOTA, "2680000001_1", 1),)
    return {BUREAU: special + plain, FEED: feed, WALLED: walled, QUOTA: quota}


@pytest.fixture
def world() -> World:
    return World(
        now=NOW,
        accounts=accounts(),
        posts=posts(),
        credentials={
            "main": {"appid": "wx0000000000000001", "secret": "demo-secret-1"},
            "quota": {"appid": "wx0000000000000004", "secret": "demo-secret-4"},
        },
    )


@pytest.fixture
def ask(world: World) -> Ask:
    """Ask the world for an address; a JSON body makes it a POST."""

    def call(url: str, payload: object = None) -> Reply:
        parts = urlsplit(url)
        request = Request(
            method="GET" if payload is None else "POST",
            host=parts.netloc,
            scheme=parts.scheme,
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            body=b"" if payload is None else json.dumps(payload).encode(),
        )
        platform = platform_of(parts.netloc)
        assert platform is not None
        return platform.answer(world, request)

    return call
