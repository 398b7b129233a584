"""The accounts of the fictional bureau and its units, and the rhythm in which each publishes."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from domain.account import Account, Medium, Purpose, Route
from replica.demo import places
from replica.demo.places import Unit
from replica.demo.topics import (
    ALL,
    ASSISTANCE,
    BURIAL,
    CARE,
    CHARITY,
    CHILDREN,
    CLIPS,
    MARRIAGE,
    ORGANISATIONS,
    PLACES,
    Topic,
)
from replica.world import Wall, WorldAccount

SITE_HOST = "mzj.liuxi.example"
CHARITY_HOST = "cs.liuxi.example"
CARE_HOST = "ylfw.liuxi.example"
ORGANISATION_HOST = "shzz.liuxi.example"
FEED = "http://werss.test/feed/MP_WXS_3999000004.rss"

#: What the owner has put into the credential store.
CREDENTIALS: Mapping[str, Mapping[str, str]] = {
    "wechat-main": {"appid": "wx5d2f0a7c31e9b801", "secret": "5f0c2a9be7d14836a1b0c4d2e6f78901"},
    "wechat-marriage": {"appid": "wx5d2f0a7c31e9b802", "secret": "6a1d3b8cf8e25947b2c1d5e3f7089a12"},
    "wechat-charity": {"appid": "wx5d2f0a7c31e9b806", "secret": "7b2e4c9d09f36a58c3d2e6f4081a9b23"},
    "wechat-welfare": {"appid": "wx5d2f0a7c31e9b807", "secret": "8c3f5d0e1a047b69d4e3f705192bac34"},
    "wechat-senior": {"appid": "wx5d2f0a7c31e9b808", "secret": "9d406e1f2b158c70e5f4081623cbbd45"},
    "wechat-children": {"appid": "wx5d2f0a7c31e9b809", "secret": "0e517f203c269d81f605192734dcce56"},
    "weibo-charity": {"access_token": "2.00LiuxiCharity20260618Demo"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An account with its rhythm: ``count`` posts (WeChat: pushes), the newest ``newest_age`` old, over ``span``.

    ``extra`` is how many articles a WeChat push may hold besides the first. ``style`` is ``article``, ``short``,
    ``clip`` or ``site``.
    """

    entry: WorldAccount
    unit: Unit
    style: str = "article"
    topics: tuple[Topic, ...] = ALL
    count: int = 0
    newest_age: timedelta = timedelta(hours=6)
    span: timedelta = timedelta(days=119)
    extra: int = 0
    occasions: bool = True
    traits: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """``platform:key``."""
        return self.entry.account.id


def _wechat(
    number: int, name: str, unit: Unit, routes: tuple[Route, ...], *, alias: str, wall: Wall = Wall.NONE,
    purpose: Purpose = Purpose.PUBLISHING, followers: int = 0, description: str = "", service: bool = False,
) -> WorldAccount:  # fmt: skip
    biz = base64.b64encode(str(3999000000 + number).encode()).decode()
    attributes = {"biz": biz, "alias": alias}
    credential = next((route.credential for route in routes if route.credential), "")
    if credential:
        attributes["appid"] = CREDENTIALS[credential]["appid"]
    account = Account(
        platform="wechat",
        key=f"gh_5a1c0e7b9d{number:02d}",
        name=name,
        sponsor=unit.name,
        operator=unit.name,
        supervisor=places.BUREAU,
        verified_subject=unit.name,
        filing_no=f"LXMZ-WX-{number:02d}",
        purpose=purpose,
        medium=Medium.TEXT_IMAGE,
        routes=routes,
        home_url=f"https://mp.weixin.qq.com/mp/profile_ext?action=home&__biz={biz}",
        attributes=attributes,
    )
    return WorldAccount(
        account=account,
        wall=wall,
        followers=followers,
        description=description or f"{unit.name}官方公众号",
        verified_reason=unit.name,
        traits={"service": "1" if service else ""},
    )


def _weibo(
    number: int, name: str, unit: Unit, *, route: Route | None = None, wall: Wall = Wall.NONE,
    medium: Medium = Medium.TEXT_IMAGE, followers: int = 0, traits: Mapping[str, str] | None = None,
) -> WorldAccount:  # fmt: skip
    uid = str(7600001000 + number)
    account = Account(
        platform="weibo",
        key=uid,
        name=name,
        sponsor=unit.name,
        operator=unit.name,
        supervisor=places.BUREAU,
        verified_subject=unit.name,
        filing_no=f"LXMZ-WB-{number:02d}",
        medium=medium,
        routes=(route or Route("mobile", uid),),
        home_url=f"https://weibo.com/u/{uid}",
    )
    return WorldAccount(
        account=account,
        wall=wall,
        followers=followers,
        description=f"{unit.name}官方微博，联系电话{unit.phone}",
        verified_reason=f"{unit.name}官方微博",
        traits=traits or {},
    )


def _website(host: str, name: str, unit: Unit, routes: tuple[Route, ...], wall: Wall = Wall.NONE) -> WorldAccount:
    account = Account(
        platform="website",
        key=host,
        name=name,
        sponsor=unit.name,
        operator=unit.name,
        supervisor=places.BUREAU,
        filing_no=f"LXMZ-WZ-{host.partition('.')[0]}",
        medium=Medium.TEXT_IMAGE,
        routes=routes,
        home_url=f"https://{host}/",
    )
    traits = {"site_id": SITE_ID, "organ_id": ORGAN_ID} if host == SITE_HOST else {}
    return WorldAccount(account=account, wall=wall, description=name, traits=traits)


def _app(number: int, bundle: str, name: str, track: str, *, listed: bool) -> WorldAccount:
    account = Account(
        platform="app",
        key=bundle,
        name=name,
        sponsor=places.BUREAU,
        operator=places.BUREAU,
        supervisor=places.BUREAU,
        filing_no=f"LXMZ-APP-{number:02d}",
        purpose=Purpose.SERVICE,
        routes=(Route("lookup", track),),
        home_url=f"https://apps.apple.com/cn/app/id{track}",
    )
    return WorldAccount(account=account, description=f"{name}：办事指南、预约和查询", traits={"listed": "1" if listed else ""})


#: The albums of the organisations' account: many articles, exactly one, and none at all.
ALBUM_MANY, ALBUM_ONE, ALBUM_NONE = "3390010000000000001", "3390010000000000002", "3390010000000000003"
SITE_COLUMNS = {"10001": "民政要闻", "10002": "通知公告", "10003": "政策解读"}
SITE_ID, ORGAN_ID = "6795621", "6796201"
TOUTIAO_TOKEN = "MS4wLjABAAAALiuxiMinzhengDemo20260618AccountToken00000000001"  # noqa: S105 - part of a public address

_site_routes = (
    *(Route("lists", f"https://{SITE_HOST}/content/column/{column}?pageIndex=1") for column in SITE_COLUMNS),
    Route("disclosure", f"https://{SITE_HOST}/public/column/{ORGAN_ID}?type=4&action=list&nav=3&catId=6717201"),
    Route("rss", f"https://{SITE_HOST}/rss/rss.xml?siteId={SITE_ID}"),
)

PLANS: tuple[Plan, ...] = (
    Plan(
        entry=_wechat(1, "柳溪民政", places.OFFICE, (Route("official", "", "wechat-main"),), alias="liuximinzheng",
                      followers=48210, description="柳溪民政，为民服务。政策、办事、民生故事都在这里。"),
        unit=places.OFFICE, count=48, extra=2, newest_age=timedelta(hours=28),
    ),
    Plan(
        entry=_wechat(2, "柳溪婚姻登记", places.MARRIAGE_OFFICE, (Route("official", "", "wechat-marriage"),),
                      alias="liuxihydj", purpose=Purpose.SERVICE, followers=15600, service=True),
        unit=places.MARRIAGE_OFFICE, topics=MARRIAGE, count=14, newest_age=timedelta(days=24, hours=5),
    ),
    Plan(
        entry=_wechat(3, "柳溪社会组织", places.ORGANISATION_CENTRE,
                      tuple(Route("album", album) for album in (ALBUM_MANY, ALBUM_ONE, ALBUM_NONE)),
                      alias="liuxishzz", followers=3208),
        unit=places.ORGANISATION_CENTRE, topics=(*ORGANISATIONS, *CHARITY), count=24, newest_age=timedelta(days=2, hours=7),
        traits={"album": ALBUM_MANY},
    ),
    Plan(
        entry=_wechat(4, "柳溪救助", places.RELIEF, (Route("rss", FEED),),
                      alias="liuxijiuzhu", followers=5120),
        unit=places.RELIEF, topics=ASSISTANCE, count=18, newest_age=timedelta(days=1, hours=9), span=timedelta(days=80),
    ),
    Plan(
        entry=_wechat(5, "柳溪殡葬服务", places.BURIAL_OFFICE, (Route("album", "3390010000000000005"),),
                      alias="liuxibinzang", wall=Wall.VERIFY, followers=2750),
        unit=places.BURIAL_OFFICE, topics=BURIAL, count=6, newest_age=timedelta(days=33),
        traits={"album": "3390010000000000005"}, occasions=False,
    ),
    Plan(
        entry=_wechat(6, "柳溪慈善", places.CHARITY_OFFICE, (Route("official", "", "wechat-charity"),),
                      alias="liuxicishan", wall=Wall.QUOTA, followers=8804),
        unit=places.CHARITY_OFFICE, topics=CHARITY, count=6, newest_age=timedelta(days=41), occasions=False,
    ),
    Plan(
        entry=_wechat(7, "柳溪福利院之家", places.WELFARE_HOME, (Route("official", "", "wechat-welfare"),),
                      alias="liuxifuliyuan", followers=1466),
        unit=places.WELFARE_HOME, topics=CARE, count=10, newest_age=timedelta(days=97, hours=4),
        span=timedelta(days=118), occasions=False,
    ),
    Plan(
        entry=_wechat(8, "柳溪银龄家园", places.SENIOR_CENTRE, (Route("official", "", "wechat-senior"),),
                      alias="liuxiyinling", followers=37),
        unit=places.SENIOR_CENTRE,
    ),
    Plan(
        entry=_wechat(9, "柳溪儿童之家", places.CHILDREN_HOME, (Route("official", "", "wechat-children"),),
                      alias="liuxiertong", followers=2961),
        unit=places.CHILDREN_HOME, topics=CHILDREN, count=18, newest_age=timedelta(days=9, hours=11),
    ),
    Plan(
        entry=_weibo(1, "柳溪民政发布", places.OFFICE, followers=156000, traits={"tabs": "list"}),
        unit=places.OFFICE, style="short", count=78, newest_age=timedelta(minutes=42),
    ),
    Plan(
        entry=_weibo(2, "柳溪慈善", places.CHARITY_OFFICE, route=Route("oauth", "", "weibo-charity"), followers=6031),
        unit=places.CHARITY_OFFICE, style="short", topics=CHARITY, count=16, newest_age=timedelta(days=1, hours=3),
    ),
    Plan(
        entry=_weibo(3, "柳溪救助寻亲", places.RELIEF, wall=Wall.LOGIN, followers=9120),
        unit=places.RELIEF, style="short", topics=ASSISTANCE, count=6, newest_age=timedelta(days=52), occasions=False,
    ),
    Plan(
        entry=_weibo(4, "柳溪殡葬管理所", places.BURIAL_OFFICE, wall=Wall.RATE_LIMITED, followers=820),
        unit=places.BURIAL_OFFICE, style="short", topics=BURIAL, count=6, newest_age=timedelta(days=29), occasions=False,
    ),
    Plan(
        entry=_weibo(5, "柳溪社会组织服务", places.ORGANISATION_CENTRE, followers=3400, traits={"tabs": "object"}),
        unit=places.ORGANISATION_CENTRE, style="short", topics=ORGANISATIONS, count=20,
        newest_age=timedelta(days=20, hours=6), span=timedelta(days=110),
    ),
    Plan(
        entry=_weibo(6, "柳溪银龄视频", places.SENIOR_CENTRE, medium=Medium.AUDIO_VIDEO, followers=12700),
        unit=places.SENIOR_CENTRE, style="clip", topics=CLIPS, count=14, newest_age=timedelta(days=11, hours=8),
        occasions=False,
    ),
    Plan(
        entry=_weibo(7, "柳溪养老说", places.WELFARE_HOME, medium=Medium.AUDIO_VIDEO, followers=4480),
        unit=places.WELFARE_HOME, style="clip", topics=CLIPS, count=14, newest_age=timedelta(days=9, hours=7),
        occasions=False,
    ),
    Plan(
        entry=WorldAccount(
            account=Account(
                platform="toutiao", key="3927001180", name="柳溪民政", sponsor=places.BUREAU, operator=places.BUREAU,
                supervisor=places.BUREAU, verified_subject=places.BUREAU, filing_no="LXMZ-TT-01",
                medium=Medium.TEXT_IMAGE,
                routes=(Route("browser", f"https://www.toutiao.com/c/user/token/{TOUTIAO_TOKEN}/"),),
                home_url=f"https://www.toutiao.com/c/user/token/{TOUTIAO_TOKEN}/",
                attributes={"token": TOUTIAO_TOKEN},
            ),
            followers=7310, description="柳溪市民政局官方头条号", verified_reason="柳溪市民政局官方头条号",
            traits={"token": TOUTIAO_TOKEN},
        ),
        unit=places.OFFICE, style="mixed", topics=(*CARE, *ASSISTANCE, *PLACES, *CHARITY), count=28,
        newest_age=timedelta(days=1, hours=4),
    ),
    Plan(
        entry=_website(SITE_HOST, "柳溪市民政局门户网站", places.OFFICE, _site_routes),
        unit=places.OFFICE, style="site", count=84, newest_age=timedelta(hours=9),
    ),
    Plan(
        entry=_website(CHARITY_HOST, "柳溪慈善网", places.CHARITY_OFFICE,
                       (Route("rss", f"https://{CHARITY_HOST}/rss/rss.xml?siteId=6795630"),)),
        unit=places.CHARITY_OFFICE, style="site", topics=CHARITY, count=14, newest_age=timedelta(days=3, hours=6),
        span=timedelta(days=70),
    ),
    Plan(
        entry=_website(CARE_HOST, "柳溪养老服务网", places.WELFARE_HOME,
                       (Route("lists", f"https://{CARE_HOST}/content/column/20001?pageIndex=1"),), Wall.LAYOUT_CHANGED),
        unit=places.WELFARE_HOME, style="site", topics=CARE, count=8, newest_age=timedelta(days=46), occasions=False,
    ),
    Plan(
        entry=_website(ORGANISATION_HOST, "柳溪社会组织信息网", places.ORGANISATION_CENTRE,
                       (Route("lists", f"https://{ORGANISATION_HOST}/content/column/30001?pageIndex=1"),), Wall.ROBOTS),
        unit=places.ORGANISATION_CENTRE, style="site", topics=ORGANISATIONS, count=8, newest_age=timedelta(days=37),
        occasions=False,
    ),
    Plan(
        entry=_app(1, "example.liuxi.minzhengtong", "柳溪民政通", "1690000101", listed=True), unit=places.OFFICE,
    ),
    Plan(
        entry=_app(2, "example.liuxi.yanglaotong", "柳溪养老通", "1690000102", listed=False), unit=places.OFFICE,
    ),
)  # fmt: skip
