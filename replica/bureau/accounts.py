"""The accounts of the large bureau: one recipe a kind of account, each told apart by its number."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping

from domain.account import Account, Medium, Route
from replica.platforms import platforms
from replica.platforms.rss_bridge import RSSHUB, feed_url
from replica.world import Wall, WorldAccount

SUPERVISOR = "柳溪市民政局"
_UNITS = (
    "救助管理站",
    "社会福利院",
    "殡葬管理所",
    "婚姻登记中心",
    "慈善总会办公室",
    "社会组织服务中心",
    "老年活动中心",
)

Recipe = Callable[[int], WorldAccount]


def unit_of(number: int) -> str:
    """The unit that runs account ``number``."""
    return f"柳溪市{_UNITS[number % len(_UNITS)]}"


def credential_of(number: int) -> str:
    """The name in the credential store, for accounts that have one."""
    return f"bureau-{number:02d}"


def _account(platform: str, key: str, number: int, *routes: Route, **more: object) -> WorldAccount:
    traits = more.pop("traits", {})
    assert isinstance(traits, Mapping)
    account = Account(
        platform=platform,
        key=key,
        name=f"柳溪民政{number:02d}号",
        sponsor=unit_of(number),
        operator=unit_of(number),
        supervisor=SUPERVISOR,
        verified_subject=unit_of(number),
        filing_no=f"LXMZ-{number:03d}",
        routes=routes,
        **more,  # type: ignore[arg-type]
    )
    return WorldAccount(
        account=account,
        followers=1000 + number,
        description=f"{unit_of(number)}官方账号",
        verified_reason=unit_of(number),
        traits=dict(traits),
    )


def _biz(number: int) -> str:
    return base64.b64encode(str(3_888_000_000 + number).encode()).decode()


def _wechat_key(number: int) -> str:
    return f"gh_6b2d1f8c{number:04d}"


def official(number: int) -> WorldAccount:
    """公众号 by the owner's interface."""
    return _account(
        "wechat",
        _wechat_key(number),
        number,
        Route("official", "", credential_of(number)),
        attributes={"biz": _biz(number), "appid": app_id(number)},
    )


def app_id(number: int) -> str:
    """The ``appid`` of an official account."""
    return f"wx6b2d1f8c77aa{number:04d}"


def album(number: int) -> WorldAccount:
    """公众号 by its album."""
    return _account(
        "wechat",
        _wechat_key(number),
        number,
        Route("album", f"33900200000000{number:05d}"),
        attributes={"biz": _biz(number)},
    )


def bridged(number: int) -> WorldAccount:
    """公众号 by a bridge."""
    entry = _account("wechat", _wechat_key(number), number, attributes={"biz": _biz(number)})
    route = Route("rss", feed_url(RSSHUB, entry))
    return _account("wechat", _wechat_key(number), number, route, attributes={"biz": _biz(number)})


def weibo(number: int) -> WorldAccount:
    """微博 by the mobile site."""
    key = str(7_700_001_000 + number)
    return _account("weibo", key, number, Route("mobile"), home_url=f"https://weibo.com/u/{key}")


def weibo_oauth(number: int) -> WorldAccount:
    """微博 by the owner's token."""
    key = str(7_700_001_000 + number)
    return _account(
        "weibo", key, number, Route("oauth", "", credential_of(number)), home_url=f"https://weibo.com/u/{key}"
    )


def website(number: int) -> WorldAccount:
    """A site with one column."""
    host = f"dept{number:02d}.liuxi.example"
    return _account(
        "website",
        host,
        number,
        Route("lists", f"https://{host}/content/column/{column_of(number)}?pageIndex=1"),
        medium=Medium.TEXT_IMAGE,
        home_url=f"https://{host}/",
    )


def column_of(number: int) -> str:
    """The column that holds a site's articles."""
    return str(40_000 + number)


def app(number: int) -> WorldAccount:
    """A listed app."""
    return _account(
        "app",
        f"example.liuxi.app{number:02d}",
        number,
        Route("lookup", f"16900002{number:02d}"),
        traits={"listed": "1"},
    )


def toutiao(number: int) -> WorldAccount:
    """头条 in the browser."""
    token = f"MS4wLjABAAAALiuxiBureau{number:04d}AccountToken00000000000000001"
    address = f"https://www.toutiao.com/c/user/token/{token}/"
    return _account(
        "toutiao", str(3_927_100_000 + number), number, Route("browser", address), home_url=address,
        attributes={"token": token}, traits={"token": token},
    )  # fmt: skip


def douyin(number: int) -> WorldAccount:
    """抖音 in the browser."""
    key = f"MS4wLjABAAAADouyinBureau{number:04d}SecUid000000000000001"
    address = f"https://www.douyin.com/user/{key}"
    return _account("douyin", key, number, Route("browser", address), home_url=address)


def kuaishou(number: int) -> WorldAccount:
    """快手 in the browser."""
    key = f"3xliuxibureau{number:04d}"
    address = f"https://www.kuaishou.com/profile/{key}"
    return _account("kuaishou", key, number, Route("browser", address), home_url=address)


#: What of twenty accounts each kind is.
_SHARES: tuple[tuple[Recipe, str, int], ...] = (
    (weibo, "weibo", 4),
    (official, "wechat_api", 3),
    (album, "wechat", 3),
    (website, "website", 3),
    (bridged, "rss_bridge", 1),
    (weibo_oauth, "weibo_oauth", 1),
    (app, "app", 2),
    (toutiao, "toutiao", 1),
    (douyin, "douyin", 1),
    (kuaishou, "kuaishou", 1),
)
#: The walls that each platform can put up.
WALLS: Mapping[str, tuple[Wall, ...]] = {
    "wechat": (Wall.VERIFY, Wall.QUOTA),
    "weibo": (Wall.RATE_LIMITED, Wall.LOGIN),
    "website": (Wall.ROBOTS, Wall.VERIFY, Wall.LAYOUT_CHANGED),
    "toutiao": (Wall.VERIFY,),
    "douyin": (Wall.VERIFY,),
    "kuaishou": (Wall.VERIFY,),
    "app": (Wall.RATE_LIMITED,),
}
BROWSED = frozenset({"toutiao", "douyin", "kuaishou"})


def recipes(count: int, *, browser: bool = True) -> list[WorldAccount]:
    """``count`` accounts in the shares above, of the platforms that the replica knows. Without ``browser`` none that
    needs one."""
    known = platforms()
    deck = [
        recipe
        for recipe, needs, share in _SHARES
        if needs in known and (browser or needs not in BROWSED)
        for _ in range(share)
    ]
    return [deck[number % len(deck)](number) for number in range(count)]
