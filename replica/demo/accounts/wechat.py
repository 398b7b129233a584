"""公众号: one of each way to read them, and of each thing that keeps a reader out."""

from __future__ import annotations

import base64
from datetime import timedelta

from domain.account import Account, Medium, Purpose, Route
from replica.demo import places
from replica.demo.accounts.names import ALBUM_MANY, ALBUM_NONE, ALBUM_ONE, CREDENTIALS, FEED
from replica.demo.accounts.plan import Plan
from replica.demo.places import Unit
from replica.demo.topics import ASSISTANCE, BURIAL, CARE, CHARITY, CHILDREN, MARRIAGE, ORGANISATIONS
from replica.world import Wall, WorldAccount


def _wechat(
    number: int,
    name: str,
    unit: Unit,
    routes: tuple[Route, ...],
    *,
    alias: str,
    wall: Wall = Wall.NONE,
    purpose: Purpose = Purpose.PUBLISHING,
    followers: int = 0,
    description: str = "",
    service: bool = False,
) -> WorldAccount:
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


PLANS = (
    Plan(
        entry=_wechat(
            1,
            "柳溪民政",
            places.OFFICE,
            (Route("official", "", "wechat-main"),),
            alias="liuximinzheng",
            followers=48210,
            description="柳溪民政，为民服务。政策、办事、民生故事都在这里。",
        ),
        unit=places.OFFICE,
        count=48,
        extra=2,
        newest_age=timedelta(hours=28),
    ),
    Plan(
        entry=_wechat(
            2,
            "柳溪婚姻登记",
            places.MARRIAGE_OFFICE,
            (Route("official", "", "wechat-marriage"),),
            alias="liuxihydj",
            purpose=Purpose.SERVICE,
            followers=15600,
            service=True,
        ),
        unit=places.MARRIAGE_OFFICE,
        topics=MARRIAGE,
        count=14,
        newest_age=timedelta(days=24, hours=5),
    ),
    Plan(
        entry=_wechat(
            3,
            "柳溪社会组织",
            places.ORGANISATION_CENTRE,
            tuple(Route("album", album) for album in (ALBUM_MANY, ALBUM_ONE, ALBUM_NONE)),
            alias="liuxishzz",
            followers=3208,
        ),
        unit=places.ORGANISATION_CENTRE,
        topics=(*ORGANISATIONS, *CHARITY),
        count=24,
        newest_age=timedelta(days=2, hours=7),
        traits={"album": ALBUM_MANY},
    ),
    Plan(
        entry=_wechat(4, "柳溪救助", places.RELIEF, (Route("rss", FEED),), alias="liuxijiuzhu", followers=5120),
        unit=places.RELIEF,
        topics=ASSISTANCE,
        count=18,
        newest_age=timedelta(days=1, hours=9),
        span=timedelta(days=80),
    ),
    Plan(
        entry=_wechat(
            5,
            "柳溪殡葬服务",
            places.BURIAL_OFFICE,
            (Route("album", "3390010000000000005"),),
            alias="liuxibinzang",
            wall=Wall.VERIFY,
            followers=2750,
        ),
        unit=places.BURIAL_OFFICE,
        topics=BURIAL,
        count=6,
        newest_age=timedelta(days=33),
        traits={"album": "3390010000000000005"},
        occasions=False,
    ),
    Plan(
        entry=_wechat(
            6,
            "柳溪慈善",
            places.CHARITY_OFFICE,
            (Route("official", "", "wechat-charity"),),
            alias="liuxicishan",
            wall=Wall.QUOTA,
            followers=8804,
        ),
        unit=places.CHARITY_OFFICE,
        topics=CHARITY,
        count=6,
        newest_age=timedelta(days=41),
        occasions=False,
    ),
    Plan(
        entry=_wechat(
            7,
            "柳溪福利院之家",
            places.WELFARE_HOME,
            (Route("official", "", "wechat-welfare"),),
            alias="liuxifuliyuan",
            followers=1466,
        ),
        unit=places.WELFARE_HOME,
        topics=CARE,
        count=10,
        newest_age=timedelta(days=97, hours=4),
        span=timedelta(days=118),
        occasions=False,
    ),
    Plan(
        entry=_wechat(
            8,
            "柳溪银龄家园",
            places.SENIOR_CENTRE,
            (Route("official", "", "wechat-senior"),),
            alias="liuxiyinling",
            followers=37,
        ),
        unit=places.SENIOR_CENTRE,
    ),
    Plan(
        entry=_wechat(
            9,
            "柳溪儿童之家",
            places.CHILDREN_HOME,
            (Route("official", "", "wechat-children"),),
            alias="liuxiertong",
            followers=2961,
        ),
        unit=places.CHILDREN_HOME,
        topics=CHILDREN,
        count=18,
        newest_age=timedelta(days=9, hours=11),
    ),
)
