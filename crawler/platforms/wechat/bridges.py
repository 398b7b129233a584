"""Feeds that bridges make of an account. A bridge can stand still without saying so: that is never a silent account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from crawler.visit import Ending, Visit
from domain.clock import in_china
from domain.outcome import Outcome
from domain.post import PostKind, RawPost, Reading

#: A feed that lags behind what is known by more than this stands still.
_LAG = timedelta(days=1)
#: A feed whose newest entry has been known for this long may stand still or tell of a silent account: nobody can say.
_STILL = timedelta(days=7)
LIMIT = "订阅源只是转换服务的说法，不能据此判断停更"
_REMEDY = "请登录转换服务重新授权或更换服务，并打开公众号人工核对"


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed as it was read: ``ending`` says why it could not be, else it is ``None``."""

    address: str
    posts: tuple[RawPost, ...] = ()
    ending: Ending | None = None
    remark: str = ""

    @property
    def newest(self) -> datetime | None:
        """The newest publication it shows."""
        return max((post.published_at for post in self.posts if post.published_at), default=None)


def read_feed(address: str, reading: Reading, posts: Sequence[RawPost]) -> Feed:
    """The feed that ``reading`` is; anything but a feed is an error of the bridge."""
    if reading.outcome in (Outcome.OK, Outcome.EMPTY) and reading.kind is PostKind.LIST:
        return Feed(address, tuple(posts), remark=reading.detail)
    outcome = reading.outcome
    if not outcome.is_reach or outcome in (Outcome.LAYOUT_CHANGED, Outcome.BAD_REQUEST):
        outcome = Outcome.BRIDGE_ERROR
    return Feed(address, ending=Ending(outcome, f"订阅源：{reading.detail or '应答不是订阅源'}"))


def judge_feeds(visit: Visit, feeds: Sequence[Feed], elsewhere: datetime | None) -> Ending:
    """The ending of the route: OK where one feed at least is alive. ``elsewhere`` is the newest publication that other
    sources showed tonight."""
    known = [post.published_at for post in visit.known.values() if post.published_at is not None and not post.is_gone]
    dates = [date for date in (elsewhere, max(known, default=None), *(feed.newest for feed in feeds)) if date]
    newest = max(dates, default=None)
    troubles: list[Ending] = []
    alive: list[Feed] = []
    for feed in feeds:
        trouble = feed.ending or _stale(visit, feed, newest, confirmed=elsewhere is not None)
        if trouble is None:
            alive.append(feed)
            visit.note(feed.remark)
        else:
            troubles.append(trouble)
    if not alive:
        return troubles[-1] if troubles else Ending(Outcome.BAD_REQUEST, "没有登记订阅源地址；请在台账补齐")
    for trouble in troubles:
        visit.note(trouble.detail)
    visit.note(LIMIT)
    if any(feed.posts for feed in alive):
        return Ending(Outcome.OK)
    return Ending(Outcome.EMPTY, "订阅源里没有条目")


def _stale(visit: Visit, feed: Feed, newest: datetime | None, *, confirmed: bool) -> Ending | None:
    """Why ``feed`` cannot be trusted tonight, if so."""
    shown = feed.newest
    if shown is None:
        return None
    host, day = urlsplit(feed.address).hostname or feed.address, in_china(shown).date().isoformat()
    if newest is not None and newest - shown > _LAG:
        known = in_china(newest).date().isoformat()
        return Ending(
            Outcome.BRIDGE_ERROR,
            f"订阅源（{host}）最新一条是 {day}，比已知的最新文章（{known}）旧，转换服务可能已停止更新；{_REMEDY}",
        )
    if newest is not None and newest > shown:
        visit.note(f"订阅源（{host}）比已知的最新文章慢，可能还没有同步")
        return None
    seen = _first_seen(visit, feed.posts, shown)
    if seen is not None and visit.now() - seen >= _STILL and not confirmed:
        nights = (visit.now() - seen).days
        return Ending(
            Outcome.BRIDGE_ERROR,
            f"订阅源（{host}）{nights} 天来最新一条都是 {day} 的，分不清是账号没有更新还是转换服务停了；{_REMEDY}",
        )
    return None


def _first_seen(visit: Visit, posts: Sequence[RawPost], shown: datetime) -> datetime | None:
    """Since when the newest entry has been on file."""
    keys = {post.post_key for post in posts if post.published_at == shown}
    known: Mapping[str, datetime] = {key: post.first_seen_at for key, post in visit.known.items()}
    return min((known[key] for key in keys if key in known), default=None)
