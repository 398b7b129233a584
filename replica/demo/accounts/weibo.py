"""微博: the mobile site, the open interface, walls, silence, and two accounts that publish films."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from domain.account import Account, Medium, Route
from replica.demo import places
from replica.demo.accounts.plan import Plan
from replica.demo.places import Unit
from replica.demo.topics import ASSISTANCE, BURIAL, CHARITY, CLIPS, ORGANISATIONS
from replica.world import Wall, WorldAccount


def _weibo(
    number: int,
    name: str,
    unit: Unit,
    *,
    route: Route | None = None,
    wall: Wall = Wall.NONE,
    medium: Medium = Medium.TEXT_IMAGE,
    followers: int = 0,
    traits: Mapping[str, str] | None = None,
) -> WorldAccount:
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


PLANS = (
    Plan(
        entry=_weibo(1, "柳溪民政发布", places.OFFICE, followers=156000, traits={"tabs": "list"}),
        unit=places.OFFICE,
        style="short",
        count=78,
        newest_age=timedelta(minutes=42),
    ),
    Plan(
        entry=_weibo(2, "柳溪慈善", places.CHARITY_OFFICE, route=Route("oauth", "", "weibo-charity"), followers=6031),
        unit=places.CHARITY_OFFICE,
        style="short",
        topics=CHARITY,
        count=16,
        newest_age=timedelta(days=1, hours=3),
    ),
    Plan(
        entry=_weibo(3, "柳溪救助寻亲", places.RELIEF, wall=Wall.LOGIN, followers=9120),
        unit=places.RELIEF,
        style="short",
        topics=ASSISTANCE,
        count=6,
        newest_age=timedelta(days=52),
        occasions=False,
    ),
    Plan(
        entry=_weibo(4, "柳溪殡葬管理所", places.BURIAL_OFFICE, wall=Wall.RATE_LIMITED, followers=820),
        unit=places.BURIAL_OFFICE,
        style="short",
        topics=BURIAL,
        count=6,
        newest_age=timedelta(days=29),
        occasions=False,
    ),
    Plan(
        entry=_weibo(5, "柳溪社会组织服务", places.ORGANISATION_CENTRE, followers=3400, traits={"tabs": "object"}),
        unit=places.ORGANISATION_CENTRE,
        style="short",
        topics=ORGANISATIONS,
        count=20,
        newest_age=timedelta(days=20, hours=6),
        span=timedelta(days=110),
    ),
    Plan(
        entry=_weibo(6, "柳溪银龄视频", places.SENIOR_CENTRE, medium=Medium.AUDIO_VIDEO, followers=12700),
        unit=places.SENIOR_CENTRE,
        style="clip",
        topics=CLIPS,
        count=14,
        newest_age=timedelta(days=11, hours=8),
        occasions=False,
    ),
    Plan(
        entry=_weibo(7, "柳溪养老说", places.WELFARE_HOME, medium=Medium.AUDIO_VIDEO, followers=4480),
        unit=places.WELFARE_HOME,
        style="clip",
        topics=CLIPS,
        count=14,
        newest_age=timedelta(days=9, hours=7),
        occasions=False,
    ),
)
