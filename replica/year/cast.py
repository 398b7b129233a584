"""Who plays in the year: units, accounts and people, all fictional."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.account import Account, Medium, Route
from domain.register import Person, PersonKind, Role, Unit

BUREAU = "柳溪市民政局"
UNITS = (
    BUREAU,
    "柳溪市救助管理站",
    "柳溪市社会福利院",
    "柳溪市殡葬管理所",
    "柳溪市婚姻登记中心",
    "柳溪市慈善总会办公室",
    "柳溪市儿童福利院",
    "柳溪市养老服务指导中心",
    "柳溪市社会组织服务中心",
    "柳溪市地名档案馆",
)
#: Platforms of each unit, in the order of UNITS: four each, forty in all.
_PLATFORMS = (
    ("website", "wechat", "weibo", "app"),
    ("wechat", "weibo", "toutiao", "douyin"),
    ("wechat", "weibo", "toutiao", "douyin"),
    ("wechat", "weibo", "toutiao", "kuaishou"),
    ("wechat", "weibo", "toutiao", "douyin"),
    ("wechat", "weibo", "toutiao", "kuaishou"),
    ("wechat", "weibo", "toutiao", "douyin"),
    ("wechat", "weibo", "toutiao", "kuaishou"),
    ("wechat", "weibo", "toutiao", "douyin"),
    ("wechat", "weibo", "toutiao", "kuaishou"),
)
_SURNAMES = "程闻陆沈顾温黎岑乔苏"
_GIVEN = ("小满", "知夏", "青禾", "云舟", "映雪")
_ROLES = (Role.CHIEF, Role.LEADER, Role.HEAD, Role.MANAGER, Role.EDITOR)
_POSTS = ("局长", "副局长", "办公室主任", "办公室科员", "宣传干事")
_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Units, accounts and people by unit."""

    units: tuple[Unit, ...]
    accounts: tuple[Account, ...]
    people: dict[str, dict[Role, Person]]

    def of(self, unit: str) -> tuple[Account, ...]:
        """The accounts of a unit."""
        return tuple(account for account in self.accounts if account.sponsor == unit)


def build() -> Cast:
    """The whole cast."""
    accounts = tuple(
        _account(number, unit, platform)
        for number, (unit, platforms) in enumerate(zip(UNITS, _PLATFORMS, strict=True))
        for platform in platforms
    )
    people = {unit: _people(number, unit, accounts) for number, unit in enumerate(UNITS)}
    units = tuple(_unit(number, name, accounts) for number, name in enumerate(UNITS))
    return Cast(units=units, accounts=accounts, people=people)


def credit_code(number: int) -> str:
    """A unified social credit code of no real body, with the right check character (GB 32100-2015)."""
    body = f"12349901MB{number:07d}"
    total = sum(_DIGITS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + _DIGITS[(31 - total % 31) % 31]


def _unit(number: int, name: str, accounts: tuple[Account, ...]) -> Unit:
    main = next(account.id for account in accounts if account.sponsor == name)
    return Unit(
        key=name,
        credit_code=credit_code(number + 1),
        tier="市级",
        superior="" if number == 0 else BUREAU,
        lead_section="办公室",
        sections=("办公室", "养老服务科", "社会救助科", "儿童福利科", "慈善事业促进科") if number == 0 else ("综合科",),
        management_body="办公室" if number == 0 else "综合科",
        main_account=main,
    )


def _account(number: int, unit: str, platform: str) -> Account:
    short = unit.removeprefix("柳溪市")
    keys = {
        "wechat": f"gh_liuxi{number:07d}",
        "weibo": f"90000{number:05d}",
        "toutiao": f"80000{number:05d}",
        "douyin": f"MS4wLiuxi{number:04d}",
        "kuaishou": f"liuxi{number:04d}",
        "website": "mz.liuxi.example",
        "app": "example.liuxi.mz",
    }
    homes = {
        "website": "https://mz.liuxi.example/",
        "app": "https://mz.liuxi.example/app/",
    }
    return Account(
        platform=platform,
        key=keys[platform],
        name="柳溪民政" if number == 0 else f"柳溪{short}",
        sponsor=unit,
        operator=unit,
        supervisor=BUREAU,
        verified_subject=unit,
        filing_no=f"LX-{number:02d}-{platform}",
        medium=Medium.AUDIO_VIDEO if platform in ("douyin", "kuaishou") else Medium.TEXT_IMAGE,
        routes=(Route("page"),),
        home_url=homes.get(platform, f"https://{platform}.liuxi.example/{number}"),
    )


def _people(number: int, unit: str, accounts: tuple[Account, ...]) -> dict[Role, Person]:
    own = tuple(account.id for account in accounts if account.sponsor == unit)
    found: dict[Role, Person] = {}
    for at, role in enumerate(_ROLES):
        name = _SURNAMES[number] + _GIVEN[at]
        found[role] = Person(
            key=f"{unit}/{name}",
            name=name,
            unit=unit,
            post=_POSTS[at],
            person_kind=PersonKind.STAFF,
            roles=(role.value,),
            accounts=own,
            office_phone=f"0999-{2000000 + number * 100 + at}",
            mobile=f"1990000{number:02d}{at:02d}",
            started_on=date(2024, 1, 8),
            secrecy_reviewed_on=date(2023, 12, 18),
            trained_on=date(2023, 12, 20),
        )
    return found
