"""Builds the large bureau: accounts, what they published, and which of them cannot be looked at."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.account import Account
from domain.clock import CHINA, in_china
from domain.post import PostKind
from replica.bureau.accounts import BROWSED, WALLS, app_id, column_of, credential_of, recipes, unit_of
from replica.bureau.faults import Fault, FaultyWorld
from replica.world import Wall, World, WorldAccount, WorldPost

#: The evening on which the first night begins, where no other is asked for.
FIRST_NIGHT = datetime(2026, 6, 18, 22, 0, tzinfo=CHINA)
_MATTERS = ("养老服务", "临时救助", "婚姻登记预约", "慈善募捐", "地名普查", "社会组织年检", "儿童关爱", "节地生态安葬")


@dataclass(frozen=True, kw_only=True, eq=False)
class Bureau:
    """The world and who in it is in trouble: account ids by what stands before them."""

    world: World
    walled: Mapping[str, Wall]
    faulty: Mapping[str, Fault]

    @property
    def good(self) -> frozenset[str]:
        """Accounts that can be read."""
        return frozenset(self.world.by_id) - self.walled.keys() - self.faulty.keys()

    @property
    def accounts(self) -> tuple[Account, ...]:
        """As the register has them."""
        return tuple(entry.account for entry in self.world.accounts)

    def faults(self) -> FaultyWorld:
        """The world with its faults, to be served."""
        return FaultyWorld(self.world, self.faulty)

    def at(self, moment: datetime, *, fresh: bool = False) -> Bureau:
        """The same bureau at a later moment; with ``fresh`` every posting account has published once more since."""
        posts = dict(self.world.posts)
        if fresh:
            for number, entry in enumerate(self.world.accounts):
                held = posts[entry.account.id]
                if held:
                    posts[entry.account.id] = (_post(entry, number, len(held), moment - timedelta(hours=2)), *held)
        return replace(self, world=replace(self.world, now=moment, posts=posts))


def build(
    accounts: int = 60,
    *,
    posts: int = 8,
    walled: float = 0.10,
    failing: float = 0.05,
    hanging: int = 2,
    browser: bool = True,
    now: datetime = FIRST_NIGHT,
    seed: int = 20260618,
) -> Bureau:
    """A bureau of ``accounts`` accounts with ``posts`` posts each, the same for the same arguments.

    ``walled`` and ``failing`` are shares of the accounts, ``hanging`` a number. Posts are a little over two days apart
    and the newest is half a day old; of the hanging accounts one is read in a browser, if any is. Without ``browser``
    no account needs one.
    """
    entries = recipes(accounts, browser=browser)
    rng = random.Random(seed)
    walls, faults = _troubles(entries, round(accounts * walled), round(accounts * failing), hanging, rng)
    entries = [replace(entry, wall=walls.get(entry.account.id, Wall.NONE)) for entry in entries]
    world = World(
        now=now,
        accounts=tuple(entries),
        posts={entry.account.id: _posts(entry, number, posts, now) for number, entry in enumerate(entries)},
        credentials=_credentials(entries),
    )
    return Bureau(world=world, walled=walls, faulty=faults)


def _troubles(
    entries: Sequence[WorldAccount], walled: int, failing: int, hanging: int, rng: random.Random
) -> tuple[dict[str, Wall], dict[str, Fault]]:
    """Troubles spread over the platforms in turn: no platform is hit twice before each was hit once."""
    by_platform: dict[str, list[WorldAccount]] = {}
    for entry in entries:
        by_platform.setdefault(entry.account.platform, []).append(entry)
    for group in by_platform.values():
        rng.shuffle(group)
    turns = [group.pop() for _ in range(len(entries)) for group in by_platform.values() if group]
    # The mute ones first: one in a browser, where there is any, for there it hurts most.
    mute = [entry for entry in turns if entry.account.platform in BROWSED][:1]
    hanging_ones = [*mute, *(entry for entry in turns if entry not in mute)][:hanging]
    turns = [entry for entry in turns if entry not in hanging_ones]
    failing_ones, walled_ones = turns[:failing], turns[failing : failing + walled]
    faults = {entry.account.id: Fault.HANG for entry in hanging_ones}
    kinds = (Fault.ERROR, Fault.CUT, Fault.GARBAGE)
    faults |= {entry.account.id: kinds[place % len(kinds)] for place, entry in enumerate(failing_ones)}
    return {entry.account.id: _wall(entry, place) for place, entry in enumerate(walled_ones)}, faults


def _wall(entry: WorldAccount, place: int) -> Wall:
    if any(route.kind in ("official", "oauth") for route in entry.account.routes):
        return Wall.QUOTA
    if any(route.kind in ("album", "rss") for route in entry.account.routes):
        return Wall.VERIFY
    known = WALLS[entry.account.platform]
    return known[place % len(known)]


def _credentials(entries: Sequence[WorldAccount]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for number, entry in enumerate(entries):
        for route in entry.account.routes:
            if route.kind == "official":
                found[route.credential] = {"appid": app_id(number), "secret": f"c0de5ec0{number:024d}"}
            elif route.kind == "oauth":
                found[credential_of(number)] = {"access_token": f"2.00LiuxiBureau{number:02d}Token20260618"}
    return found


def _posts(entry: WorldAccount, number: int, count: int, now: datetime) -> tuple[WorldPost, ...]:
    if entry.account.platform == "app":
        return ()
    newest = now - timedelta(hours=12, minutes=number)
    moments = [newest - timedelta(hours=53) * back for back in range(count)]
    return tuple(_post(entry, number, count - 1 - back, at) for back, at in enumerate(moments))


def _post(entry: WorldAccount, number: int, serial: int, at: datetime) -> WorldPost:
    """The post with ``serial`` (oldest: 0) of account ``number``: unremarkable, and like no other."""
    platform, matter = entry.account.platform, _MATTERS[(number + serial) % len(_MATTERS)]
    day = in_china(at)
    title = f"{unit_of(number)}{day.month}月{day.day}日{matter}工作情况"
    visitors = 20 + (number * 7 + serial) % 80
    paragraphs: tuple[str, ...] = (
        f"{day.month}月{day.day}日，{unit_of(number)}组织工作人员开展{matter}服务，共接待群众{visitors}人次。",
        f"工作人员现场讲解{matter}的办理条件和所需材料，对行动不便的老人安排上门服务。",
        f"下一步，将继续优化{matter}流程，方便群众就近办理。本次为今年第{serial + 1}次活动。",
    )
    traits: dict[str, str] = {}
    kind = PostKind.ARTICLE
    if platform == "website":
        key, traits = str(91_000_000 + number * 10_000 + serial), {"column": column_of(number), "variant": "0"}
    elif platform == "wechat":
        key = f"{2_247_600_000 + number * 10_000 + serial}_1"
    elif platform == "weibo":
        key, kind, title, paragraphs = _weibo_key(at, number), PostKind.TEXT, "", (f"【{title}】{paragraphs[0]}",)
    elif platform in ("douyin", "kuaishou"):
        key, kind = str(7_500_000_000_000_000_000 + int(at.timestamp()) * 1_000 + number), PostKind.VIDEO
    else:
        key = str(7_650_000_000_000_000_000 + int(at.timestamp()) * 1_000 + number)
    return WorldPost(
        account_id=entry.account.id, key=key, kind=kind, title=title, paragraphs=paragraphs, published_at=at,
        original=True, notation="2026", traits=traits,
    )  # fmt: skip


def _weibo_key(at: datetime, salt: int) -> str:
    return str(5_200_000_000_000_000 + int(at.timestamp() - 1_760_000_000) * 4_194_304 // 1000 * 1000 + salt)
