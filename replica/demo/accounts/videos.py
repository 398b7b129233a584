"""抖音 and 快手: films, and on Douyin series of pictures as well."""

from __future__ import annotations

from datetime import timedelta

from domain.account import Account, Medium, Route
from replica.demo import places
from replica.demo.accounts.names import DOUYIN_KEY, KUAISHOU_KEY
from replica.demo.accounts.plan import Plan
from replica.demo.places import Unit
from replica.demo.topics import ASSISTANCE, CARE, CHARITY, CLIPS
from replica.world import WorldAccount


def _videos(platform: str, key: str, name: str, unit: Unit, home: str, filing_no: str, followers: int) -> WorldAccount:
    account = Account(
        platform=platform,
        key=key,
        name=name,
        sponsor=unit.name,
        operator=unit.name,
        supervisor=places.BUREAU,
        verified_subject=unit.name,
        filing_no=filing_no,
        medium=Medium.AUDIO_VIDEO,
        routes=(Route("browser"),),
        home_url=home,
    )
    return WorldAccount(
        account=account,
        followers=followers,
        description=f"{unit.name}官方账号",
        verified_reason=unit.name,
    )


PLANS = (
    Plan(
        entry=_videos(
            "douyin",
            DOUYIN_KEY,
            "柳溪民政",
            places.OFFICE,
            f"https://www.douyin.com/user/{DOUYIN_KEY}",
            "LXMZ-DY-01",
            26300,
        ),
        unit=places.OFFICE,
        style="clip",
        topics=(*CLIPS, *CARE, *CHARITY),
        count=24,
        newest_age=timedelta(days=2, hours=5),
        span=timedelta(days=110),
        occasions=False,
    ),
    Plan(
        entry=_videos(
            "kuaishou",
            KUAISHOU_KEY,
            "柳溪救助",
            places.RELIEF,
            f"https://www.kuaishou.com/profile/{KUAISHOU_KEY}",
            "LXMZ-KS-01",
            8400,
        ),
        unit=places.RELIEF,
        style="clip",
        topics=(*CLIPS, *ASSISTANCE, *CARE),
        count=26,
        newest_age=timedelta(days=3, hours=9),
        span=timedelta(days=110),
        occasions=False,
    ),
)
