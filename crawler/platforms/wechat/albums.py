"""The walk of one album (合集), page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import parse_qs, urlencode, urlsplit

from crawler.visit import Ending, Visit
from domain.account import Route
from domain.outcome import Outcome
from domain.post import PostKind, RawPost

_MOST_PAGES = 60


async def walk_album(visit: Visit, route: Route, enter: Callable[[Iterable[RawPost]], bool]) -> Ending:
    """Walk the album of ``route`` (its number, or its address). ``enter`` takes each page's posts and is False on known
    ground."""
    query = parse_qs(urlsplit(route.address).query)
    album = query.get("album_id", [route.address])[0]
    biz = query.get("__biz", [visit.account.attributes.get("biz", "")])[0]
    if not biz or not album.isdigit():
        return Ending(Outcome.BAD_REQUEST, "合集编号或账号的 biz 没有登记完整；请在台账补齐")
    cursor: dict[str, str] = {}
    total: int | None = None
    last: tuple[str, ...] = ()
    seen = False
    for _ in range(_MOST_PAGES):
        asked = {"action": "getalbum", "__biz": biz, "album_id": album, "count": "20", **cursor, "f": "json"}
        _, reading = await visit.get(f"https://mp.weixin.qq.com/mp/appmsgalbum?{urlencode(asked)}")
        if reading.outcome is Outcome.EMPTY:
            break
        if reading.outcome is not Outcome.OK or reading.kind is not PostKind.LIST:
            return Ending(meaning_of(reading.outcome), f"合集列表：{reading.detail or '应答不是合集'}", total=total)
        total = reading.total if reading.total is not None else total
        seen = True
        keys = tuple(post.post_key for post in reading.posts)
        goes_on = enter(reading.posts)
        cursor = dict(reading.cursor)
        if not cursor or keys == last or (not goes_on and not _ascends(reading.posts)):
            break
        last = keys
    if not seen:
        return Ending(Outcome.EMPTY, "合集里没有文章", total=0)
    return Ending(Outcome.OK, total=total)


def meaning_of(outcome: Outcome) -> Outcome:
    """What a listing that answered with a single article, a notice or nothing known means for the account."""
    if outcome.is_reach or outcome in (Outcome.MIGRATED, Outcome.CLOSED):
        return outcome
    if outcome.is_gone or outcome is Outcome.EXPIRED:  # one page that is gone says nothing of the account
        return Outcome.BAD_REQUEST
    return Outcome.LAYOUT_CHANGED


def _ascends(posts: tuple[RawPost, ...]) -> bool:
    """True for an album that shows its oldest article first: new ones come on its last page."""
    dates = [post.published_at for post in posts if post.published_at]
    return len(dates) > 1 and dates[0] < dates[-1]
