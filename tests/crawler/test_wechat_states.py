"""Every state of WeChat that the project knows of, served by the replica, one account each, in one crawl."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from rig import Crawled, run

from crawler.plan import AccountTask, CrawlPlan, ReplicaAddress
from domain.account import Account, Route
from domain.clock import Clock
from domain.post import KnownPost, PostKind
from replica.platforms.rss_bridge import RSSHUB, WECHAT2RSS, WERSS, WEWE, feed_url
from replica.server import ReplicaServer
from replica.wechat_pages.addresses import biz_of, short_url
from replica.wechat_pages.notice import State
from replica.world import Wall, World, WorldAccount, WorldPost

NOW = datetime.fromisoformat("2026-06-18T22:00:00+08:00")
ALBUM = "3390000000000000001"
#: The key of the article in question; beside it every account has a newer one that is sound.
ODD, SOUND = "2650000001_1", "2650000002_1"
OFFICIAL = ("official",)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One state: how the account is set up, what its visit comes to, and what becomes of the article in question.

    ``posts`` empty: the article in question (with ``odd``) and the sound one. ``odd_outcome`` empty: not asked.
    """

    name: str
    outcome: str = "OK"
    complete: bool = True
    odd_outcome: str = ""
    sound_outcome: str = "OK"
    says: str = ""
    odd_says: str = ""
    odd: Mapping[str, object] = field(default_factory=dict)
    odd_traits: Mapping[str, str] = field(default_factory=dict)
    odd_kind: str = ""
    traits: Mapping[str, str] = field(default_factory=dict)
    wall: Wall = Wall.NONE
    routes: tuple[str, ...] = OFFICIAL
    posts: tuple[WorldPost, ...] = ()
    listed: int | None = None
    credential: Mapping[str, str] = field(default_factory=dict)
    known: tuple[str, ...] = ()


def page(name: str, state: State, outcome: str, words: str = "", *, stops: bool = False, **traits: str) -> Row:
    """A page that shows no content. One that asks us to stop ends the account's visit."""
    return Row(
        name=name,
        outcome=outcome if stops else "OK",
        complete=not stops,
        odd_outcome=outcome,
        sound_outcome="" if stops else "OK",
        odd_traits={"state": state, **traits},
        odd_says=words,
    )


def content(name: str, kind: PostKind = PostKind.ARTICLE, **odd: object) -> Row:
    traits = odd.pop("traits", {})
    return Row(name=name, odd={"kind": kind, **odd}, odd_traits=traits, odd_outcome="OK", odd_kind=kind.value)


def refusal(name: str, outcome: str, words: str, **given: object) -> Row:
    """The interface refuses: nothing may be concluded."""
    return Row(name=name, outcome=outcome, complete=False, sound_outcome="", says=words, **given)


def plain(count: int, **more: object) -> tuple[WorldPost, ...]:
    return tuple(post(f"26600000{90 - number}_1", number + 0.5, **more) for number in range(count))


def post(key: str, days: float, **given: object) -> WorldPost:
    values: dict[str, object] = {
        "kind": PostKind.ARTICLE,
        "title": f"柳溪市救助管理站第{key}号动态",
        "paragraphs": ("柳溪市救助管理站开展夏季送清凉专项救助。",),
        "published_at": NOW - timedelta(days=days),
    }
    return WorldPost(account_id="", key=key, **(values | given))


PAGES = (
    page("DELETED by publisher", State.DELETED, "DELETED", "该内容已被发布者删除"),
    page("DELETED by publisher, English", State.DELETED, "DELETED", "deleted by the author", lang="en"),
    page("VIOLATION", State.VIOLATION, "VIOLATION", "违规"),
    page("TEMP_UNAVAILABLE", State.UNAVAILABLE, "UNAVAILABLE", "暂时无法查看"),
    page("BAD PARAM", State.BAD_PARAMETER, "BAD_REQUEST", "参数错误"),
    page("infringement", State.INFRINGEMENT, "VIOLATION", "侵权"),
    page("send failed", State.SEND_FAILED, "UNAVAILABLE", "发送失败"),
    page("account blocked", State.BLOCKED, "CLOSED", "已被平台屏蔽"),
    page("account cancelled", State.CANCELLED, "CLOSED", "注销"),
    page("account migrated, no target", State.MIGRATED, "MIGRATED", "已迁移"),
    page("migrating", State.MIGRATING, "MIGRATED", "正在迁移"),
    page("not synced", State.NOT_SYNCED, "DELETED", "没有转到新账号"),
    page("expired temp link", State.EXPIRED, "EXPIRED", "永久链接"),
    page("throttled, scan the code", State.THROTTLED, "RATE_LIMITED", "限流", stops=True),
    page("throttled, try later", State.TOO_FREQUENT, "RATE_LIMITED", "限流", stops=True),
    page("system error", State.SYSTEM_ERROR, "NETWORK", "页面出错"),
    page("rumour interstitial", State.RUMOUR, "VIOLATION", "辟谣"),
    page("VERIFY_WALL, 200 with empty body text", State.VERIFY, "VERIFY_WALL", "不绕过", stops=True),
    page("open in WeChat", State.CLIENT_ONLY, "LOGIN_WALL", "客户端", stops=True),
    Row(
        name="VERIFY_WALL, 302 to the captcha",
        wall=Wall.VERIFY,
        outcome="VERIFY_WALL",
        complete=False,
        odd_outcome="VERIFY_WALL",
        sound_outcome="",
    ),
    refusal("VERIFY_WALL before the list", "VERIFY_WALL", "不绕过", wall=Wall.VERIFY, routes=("album",)),
    refusal("throttled before the list", "RATE_LIMITED", "限流", wall=Wall.RATE_LIMITED, routes=("album",)),
    refusal("unknown layout", "LAYOUT_CHANGED", "可能改版", wall=Wall.LAYOUT_CHANGED, routes=("album",)),
    refusal("robots.txt", "ROBOTS", "robots.txt", wall=Wall.ROBOTS, routes=("album",)),
    refusal("temporary address as a seed", "BAD_REQUEST", "永久链接", routes=("page:temporary",)),
)
CONTENT = (
    content("type 0, full weight", full_weight=True),
    content("type 0, original", original=True),
    content("type 0, 2026 notation", notation="2026"),
    content("full reprint", repost_source="云江日报"),
    content("full reprint, 2026 notation", repost_source="云江日报", notation="2026"),
    content("share card", PostKind.SHARE_CARD, repost_source="云江民政", traits={"source_title": "怎么申请"}),
    content("type 8", PostKind.PICTURE, images=("https://mmbiz.qpic.cn/mmbiz_png/r1/640?wx_fmt=png",)),
    content("type 8, 2026", PostKind.PICTURE, notation="2026", images=("https://mmbiz.qpic.cn/mmbiz_png/r2/640",)),
    content("type 10", PostKind.TEXT),
    content("type 10, 2026", PostKind.TEXT, notation="2026"),
    content("type 5, video", PostKind.VIDEO),
    content("type 7, audio", PostKind.AUDIO),
    content("type 6, music", PostKind.AUDIO, traits={"show_type": "6"}),
    content("type 16, channels", PostKind.VIDEO, traits={"show_type": "16"}),
    content("type 11, shared article", PostKind.SHARE_CARD, repost_source="云江民政", traits={"show_type": "11"}),
    content("type 17, short text", PostKind.TEXT, traits={"show_type": "17"}),
    content(
        "type 17, pictures",
        PostKind.PICTURE,
        images=("https://mmbiz.qpic.cn/mmbiz_png/r3/640?wx_fmt=png",),
        traits={"show_type": "17"},
    ),
    content(
        "type 17, pictures, 2026",
        PostKind.PICTURE,
        notation="2026",
        images=("https://mmbiz.qpic.cn/mmbiz_png/r4/640",),
        traits={"show_type": "17"},
    ),
)
LISTS = (
    Row(name="album of more than one page", routes=("album",), complete=False, posts=plain(23), listed=23),
    Row(name="album of 20", routes=("album",), complete=False, posts=plain(20), listed=20),
    Row(name="album, single object", routes=("album",), complete=False, posts=plain(1), listed=1),
    Row(
        name="album, missing list",
        routes=("album",),
        outcome="EMPTY",
        complete=False,
        posts=plain(1, traits={"album": "none"}),
        listed=0,
    ),
    Row(name="freepublish, 2 pages", posts=plain(23), listed=23),
    Row(name="token expires in mid-paging (42001)", traits={"api": "expiring"}, posts=plain(23), listed=23),
    Row(name="mass-sent only in datacube", odd={"mass_sent": True}, odd_outcome="OK", says="只见于统计接口"),
    Row(name="is_deleted item", odd={"withdrawn": True}, odd_outcome="DELETED"),
    Row(name="is_delay", traits={"datacube": "delayed"}, complete=False, says="数据延迟"),
    Row(name="datacube 47009", traits={"datacube_error": "47009"}, complete=False, says="已下线"),
    Row(name="datacube 61503", traits={"datacube_error": "61503"}, complete=False, says="还没有"),
    Row(
        name="freepublish 45009, datacube goes on",
        traits={"publish_error": "45009"},
        complete=False,
        says="6 月 19 日 0 时",
    ),
    Row(
        name="no articles at all",
        posts=(post("x_1", 300, mass_sent=True),),
        outcome="EMPTY",
        listed=0,
        says="没有发布过",
    ),
    refusal("all lists 45009", "QUOTA", "6 月 19 日 0 时", wall=Wall.QUOTA),
)
TOKENS = tuple(
    refusal(f"token {code}", outcome, words, traits={"token_error": str(code)})
    for code, outcome, words in (
        (40013, "NOT_AUTHORIZED", "AppID 不正确"),
        (40125, "NOT_AUTHORIZED", "AppSecret 不正确"),
        (40164, "NOT_AUTHORIZED", "添加 203.0.113.9"),
        (40243, "NOT_AUTHORIZED", "解冻"),
        (45009, "QUOTA", "6 月 19 日 0 时"),
        (89501, "NOT_AUTHORIZED", "请管理员在微信里确认"),
        (89503, "NOT_AUTHORIZED", "请管理员在微信里确认"),
        (89506, "NOT_AUTHORIZED", "24 小时"),
        (89507, "NOT_AUTHORIZED", "1 小时"),
    )
)
CALLS = tuple(
    refusal(f"errcode {code}", outcome, words, traits={"api_error": str(code)})
    for code, outcome, words in (
        (-1, "NETWORK", "系统繁忙"),
        (40001, "NOT_AUTHORIZED", "xunjian credential set"),
        (40002, "NOT_AUTHORIZED", "xunjian credential set"),
        (40007, "BAD_REQUEST", "维护人员"),
        (40014, "NOT_AUTHORIZED", "xunjian credential set"),
        (40035, "BAD_REQUEST", "维护人员"),
        (40114, "BAD_REQUEST", "维护人员"),
        (41001, "BAD_REQUEST", "维护人员"),
        (41002, "NOT_AUTHORIZED", "补齐"),
        (41004, "NOT_AUTHORIZED", "补齐"),
        (42001, "NOT_AUTHORIZED", "刷新后仍不可用"),
        (43002, "BAD_REQUEST", "POST"),
        (43004, "NOT_AUTHORIZED", "其他采集途径"),
        (44002, "BAD_REQUEST", "维护人员"),
        (45009, "QUOTA", "6 月 19 日 0 时"),
        (45011, "RATE_LIMITED", "每分钟"),
        (47001, "BAD_REQUEST", "维护人员"),
        (47009, "LAYOUT_CHANGED", "已下线"),
        (48001, "NOT_AUTHORIZED", "办理年审"),
        (48004, "NOT_AUTHORIZED", "站内信"),
        (48006, "NOT_AUTHORIZED", "次日零点"),
        (50002, "NOT_AUTHORIZED", "站内信"),
        (50004, "NOT_AUTHORIZED", "站内信"),
        (50005, "NOT_AUTHORIZED", "其他采集途径"),
        (53503, "LAYOUT_CHANGED", "请在公众平台修改"),
        (53504, "LAYOUT_CHANGED", "公众平台官网"),
        (53505, "LAYOUT_CHANGED", "手动保存"),
        (53600, "BAD_REQUEST", "公众平台核对"),
        (61004, "NOT_AUTHORIZED", "补登记"),
        (61500, "BAD_REQUEST", "维护人员"),
        (61501, "BAD_REQUEST", "维护人员"),
        (85001, "NOT_AUTHORIZED", "小程序"),
        (88000, "NOT_AUTHORIZED", "留言"),
        (88001, "BAD_REQUEST", "公众平台核对"),
        (88003, "BAD_REQUEST", "公众平台核对"),
        (45106, "NOT_AUTHORIZED", "留言"),
        (99999, "BAD_REQUEST", "维护人员"),
    )
)
FEEDS = (
    refusal("RSSHub 503 HTML", "BRIDGE_ERROR", "转换服务出错", traits={"feed_down": "1"}, routes=(f"rss:{RSSHUB}",)),
    Row(name="RSSHub", routes=(f"rss:{RSSHUB}",), complete=False, odd_outcome="OK"),
    Row(name="WeRSS zone-less date", routes=(f"rss:{WERSS}",), complete=False, odd_outcome="OK"),
    Row(
        name="WeRSS escaped CDATA",
        routes=(f"rss:{WERSS}",),
        complete=False,
        odd_outcome="OK",
        traits={"feed_content": "full"},
    ),
    Row(
        name="wewe-rss 获取全文失败",
        routes=(f"rss:{WEWE}",),
        complete=False,
        odd_outcome="OK",
        traits={"feed_content": "failed"},
    ),
    Row(name="wechat2rss", routes=(f"rss:{WECHAT2RSS}",), complete=False, odd_outcome="OK"),
    Row(
        name="feed frozen behind what is known",
        routes=(f"rss:{WERSS}",),
        outcome="BRIDGE_ERROR",
        complete=False,
        sound_outcome="",
        says="可能已停止更新",
        traits={"feed_frozen_at": (NOW - timedelta(days=2.5)).isoformat()},
        known=(SOUND,),
    ),
    Row(
        name="feed frozen beside a live official list",
        routes=("official", f"rss:{WERSS}"),
        says="可能已停止更新",
        odd_outcome="OK",
        traits={"feed_frozen_at": (NOW - timedelta(days=2.5)).isoformat()},
    ),
)
ROWS = (*PAGES, *CONTENT, *LISTS, *TOKENS, *CALLS, *FEEDS)


def key_of(row: Row) -> str:
    return f"gh_0000states{ROWS.index(row):03d}"


def entry_of(row: Row) -> WorldAccount:
    name = f"app{ROWS.index(row)}"
    account = Account(
        platform="wechat",
        key=key_of(row),
        name=f"柳溪{ROWS.index(row)}",
        verified_subject="柳溪市救助管理站",
        attributes={"albums": ALBUM},
    )
    entry = WorldAccount(account=account, wall=row.wall, traits=row.traits)
    routes = []
    for route in row.routes:
        kind, _, rest = route.partition(":")
        address = {"album": ALBUM, "rss": feed_url(rest, entry) if kind == "rss" else "", "page": TEMPORARY}.get(
            kind, ""
        )
        routes.append(Route(kind, address, name if kind == "official" else ""))
    return replace(entry, account=replace(account, routes=tuple(routes)))


TEMPORARY = "https://mp.weixin.qq.com/s?src=11&timestamp=1780000000&ver=1&signature=abc"


def world_of(rows: tuple[Row, ...]) -> World:
    posts, entries = {}, []
    for row in rows:
        entry = entry_of(row)
        odd = post(ODD, 3, **({"traits": dict(row.odd_traits)} | dict(row.odd)))
        given = row.posts or (post(SOUND, 1), odd)
        entries.append(entry)
        posts[entry.account.id] = tuple(replace(item, account_id=entry.account.id) for item in given)
    credentials = {
        f"app{ROWS.index(row)}": {"appid": f"wx{ROWS.index(row):016d}", "secret": f"S3CRET-{ROWS.index(row)}"}
        for row in rows
    }
    return World(now=NOW, accounts=tuple(entries), posts=posts, credentials=credentials)


@dataclass
class Night:
    crawled: Crawled
    errors: list[str]
    paths: list[str]


@pytest.fixture(scope="module")
def night() -> Night:
    world = world_of(ROWS)
    tasks = []
    for row, entry in zip(ROWS, world.accounts, strict=True):
        known = tuple(
            KnownPost(
                key=item.key, url=short_url(item), first_seen_at=NOW, last_read_at=NOW, published_at=item.published_at
            )
            for item in world.posts_of(entry.account.id)
            if item.key in row.known
        )
        tasks.append(
            AccountTask(account=visible(entry), known=known, horizon=NOW - timedelta(days=6), deadline_seconds=120)
        )
    with ReplicaServer(world) as server:
        plan = CrawlPlan(
            platform="wechat",
            tasks=tuple(tasks),
            clock=Clock(NOW, fixed=True),
            credentials={name: dict(values) for name, values in world.credentials.items()},
            replica=ReplicaAddress("127.0.0.1", server.http_port, server.tls_port, server.spki),
            polite={"delay": 0, "accounts": 8, "per_host": 16, "refused_in_a_row": 1000},
        )
        crawled = run(plan)
    return Night(crawled, server.errors, [served.path for served in server.log])


def visible(entry: WorldAccount) -> Account:
    """The account as the register has it: with the number that albums are asked by."""
    return replace(entry.account, attributes={"biz": biz_of(entry.account)})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_state(row: Row, night: Night):
    coverage = night.crawled.coverage(f"wechat:{key_of(row)}")
    said = coverage["detail"]
    assert (coverage["outcome"], coverage["complete"]) == (row.outcome, row.complete), said
    assert row.says in said
    posts = {item["key"]: item for item in night.crawled.of("post") if item["account"] == coverage["account"]}
    if row.listed is not None:
        assert coverage["listed"] == row.listed
    if row.posts:
        assert {item["outcome"] for item in posts.values()} <= {"OK"}
        return
    sound, odd = posts.get(SOUND), posts.get(ODD)
    assert (sound["outcome"] if sound else "") == row.sound_outcome
    assert (odd["outcome"] if odd else "") == row.odd_outcome or not row.odd_outcome
    if row.odd_says:
        assert row.odd_says in odd["detail"]
    if row.odd_kind:
        assert odd["kind"] == row.odd_kind
        assert odd["text"]
    for item in (sound, odd):
        if item is not None and item["outcome"] == "OK":
            days = 1 if item is sound else 3
            assert datetime.fromisoformat(item["published_at"]) == NOW - timedelta(days=days)


def test_the_crawl_of_all_states(night: Night):
    """A wall is never silence, one account never ends the others, the wall's page is never opened, no secret leaks."""
    assert night.errors == []
    coverages = night.crawled.of("coverage")
    assert len(coverages) == len(ROWS)
    assert not any("captcha" in path for path in night.paths)
    everything = json.dumps(night.crawled.items) + night.crawled.log
    for secret in ("S3CRET-", "99_replica", "access_token=99"):
        assert secret not in everything
    for coverage in coverages:
        if coverage["complete"]:
            assert coverage["outcome"] in ("OK", "EMPTY")


def test_every_known_state_page_of_the_replica_has_its_row():
    assert {row.odd_traits["state"] for row in ROWS if "state" in row.odd_traits} == set(State)
