"""头条, websites and apps."""

from __future__ import annotations

from datetime import timedelta

from domain.account import Account, Medium, Purpose, Route
from replica.demo import places
from replica.demo.accounts.names import (
    CARE_HOST,
    CHARITY_HOST,
    ORGAN_ID,
    ORGANISATION_HOST,
    SITE_COLUMNS,
    SITE_HOST,
    SITE_ID,
    TOUTIAO_TOKEN,
)
from replica.demo.accounts.plan import Plan
from replica.demo.places import Unit
from replica.demo.topics import ASSISTANCE, CARE, CHARITY, ORGANISATIONS, PLACES
from replica.world import Wall, WorldAccount


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


def _app(
    number: int, bundle: str, name: str, track: str, *, listed: bool, sponsor: str = places.BUREAU
) -> WorldAccount:
    account = Account(
        platform="app",
        key=bundle,
        name=name,
        sponsor=sponsor,
        operator=sponsor,
        supervisor=places.BUREAU,
        filing_no=f"LXMZ-APP-{number:02d}",
        purpose=Purpose.SERVICE,
        routes=(Route("lookup", track),),
        home_url=f"https://apps.apple.com/cn/app/id{track}",
    )
    return WorldAccount(
        account=account, description=f"{name}：办事指南、预约和查询", traits={"listed": "1" if listed else ""}
    )


_site_routes = (
    *(Route("lists", f"https://{SITE_HOST}/content/column/{column}?pageIndex=1") for column in SITE_COLUMNS),
    Route("disclosure", f"https://{SITE_HOST}/public/column/{ORGAN_ID}?type=4&action=list&nav=3&catId=6717201"),
    Route("rss", f"https://{SITE_HOST}/rss/rss.xml?siteId={SITE_ID}"),
)

PLANS = (
    Plan(
        entry=WorldAccount(
            account=Account(
                platform="toutiao",
                key="3927001180",
                name="柳溪民政",
                sponsor=places.BUREAU,
                operator=places.BUREAU,
                supervisor=places.BUREAU,
                verified_subject=places.BUREAU,
                filing_no="LXMZ-TT-01",
                medium=Medium.TEXT_IMAGE,
                routes=(Route("browser", f"https://www.toutiao.com/c/user/token/{TOUTIAO_TOKEN}/"),),
                home_url=f"https://www.toutiao.com/c/user/token/{TOUTIAO_TOKEN}/",
                attributes={"token": TOUTIAO_TOKEN},
            ),
            followers=7310,
            description="柳溪市民政局官方头条号",
            verified_reason="柳溪市民政局官方头条号",
            traits={"token": TOUTIAO_TOKEN},
        ),
        unit=places.OFFICE,
        style="mixed",
        topics=(*CARE, *ASSISTANCE, *PLACES, *CHARITY),
        count=28,
        newest_age=timedelta(days=1, hours=4),
    ),
    Plan(
        entry=_website(SITE_HOST, "柳溪市民政局门户网站", places.OFFICE, _site_routes),
        unit=places.OFFICE,
        style="site",
        count=84,
        newest_age=timedelta(hours=9),
    ),
    Plan(
        entry=_website(
            CHARITY_HOST,
            "柳溪慈善网",
            places.CHARITY_OFFICE,
            (Route("rss", f"https://{CHARITY_HOST}/rss/rss.xml?siteId=6795630"),),
        ),
        unit=places.CHARITY_OFFICE,
        style="site",
        topics=CHARITY,
        count=14,
        newest_age=timedelta(days=3, hours=6),
        span=timedelta(days=70),
    ),
    Plan(
        entry=_website(
            CARE_HOST,
            "柳溪养老服务网",
            places.WELFARE_HOME,
            (Route("lists", f"https://{CARE_HOST}/content/column/20001?pageIndex=1"),),
            Wall.LAYOUT_CHANGED,
        ),
        unit=places.WELFARE_HOME,
        style="site",
        topics=CARE,
        count=8,
        newest_age=timedelta(days=46),
        occasions=False,
    ),
    Plan(
        entry=_website(
            ORGANISATION_HOST,
            "柳溪社会组织信息网",
            places.ORGANISATION_CENTRE,
            (Route("lists", f"https://{ORGANISATION_HOST}/content/column/30001?pageIndex=1"),),
            Wall.ROBOTS,
        ),
        unit=places.ORGANISATION_CENTRE,
        style="site",
        topics=ORGANISATIONS,
        count=8,
        newest_age=timedelta(days=37),
        occasions=False,
    ),
    Plan(
        entry=_app(1, "example.liuxi.minzhengtong", "柳溪民政通", "1690000101", listed=True),
        unit=places.OFFICE,
    ),
    Plan(
        entry=_app(
            2, "example.liuxi.yanglaotong", "柳溪养老通", "1690000102", listed=False, sponsor=places.SENIOR_CENTRE.name
        ),
        unit=places.SENIOR_CENTRE,
    ),
)
