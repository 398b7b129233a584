"""The fictional city: its towns, villages, units and their office telephones."""

from __future__ import annotations

from dataclasses import dataclass

PROVINCE = "云江省"
CITY = "柳溪市"
BUREAU = "柳溪市民政局"
#: 0565 was given up in 2011: no office answers there.
AREA_CODE = "0565"

TOWNS = (
    "青石镇",
    "白渡镇",
    "望湖街道",
    "柳林镇",
    "沙埠乡",
    "双桥街道",
    "石门镇",
    "南窑镇",
    "枫亭镇",
    "清河街道",
    "云梯乡",
    "金鹭镇",
    "大塘镇",
    "槐荫街道",
    "古驿镇",
    "松岗乡",
)
VILLAGES = (
    "柳湾社区",
    "竹园社区",
    "河东村",
    "新桥社区",
    "塘口村",
    "杏花社区",
    "磨盘村",
    "书院社区",
    "石榴园社区",
    "樟树下村",
    "渡口社区",
    "月亮湾村",
    "东风里社区",
    "油坊村",
    "文昌社区",
    "芦荡村",
    "北门社区",
    "上坪村",
    "清水社区",
    "老街社区",
    "团结村",
    "桂花巷社区",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: its full name, what it is called for short, and its office telephone."""

    name: str
    short: str
    phone: str


OFFICE = Unit(BUREAU, "市民政局", f"{AREA_CODE}-3320100")
RELIEF = Unit("柳溪市救助管理站", "市救助管理站", f"{AREA_CODE}-3320211")
WELFARE_HOME = Unit("柳溪市社会福利院", "市社会福利院", f"{AREA_CODE}-3320322")
BURIAL_OFFICE = Unit("柳溪市殡葬管理所", "市殡葬管理所", f"{AREA_CODE}-3320433")
MARRIAGE_OFFICE = Unit("柳溪市婚姻登记中心", "市婚姻登记中心", f"{AREA_CODE}-3320544")
CHARITY_OFFICE = Unit("柳溪市慈善总会办公室", "市慈善总会", f"{AREA_CODE}-3320655")
ORGANISATION_CENTRE = Unit("柳溪市社会组织服务中心", "市社会组织服务中心", f"{AREA_CODE}-3320766")
SENIOR_CENTRE = Unit("柳溪市老年活动中心", "市老年活动中心", f"{AREA_CODE}-3320877")
CHILDREN_HOME = Unit("柳溪市儿童福利院", "市儿童福利院", f"{AREA_CODE}-3320988")
