"""The account's own list by the official API: published articles, and from the statistics the mass-sent ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from crawler.platforms.wechat.api import OfficialApi
from crawler.visit import Ending, Visit
from domain.clock import in_china
from domain.outcome import Outcome
from domain.post import RawPost, Reading

#: Statistics exist from this day on.
_FIRST_DAY = date(2025, 11, 1)
#: At most this many days are asked for in one visit (one call each; the daily quota is 1,000 at least).
_MOST_DAYS = 130
#: Days before the last complete walk that are asked again: statistics may come late.
_OVERLAP = timedelta(days=3)
_PAGE = 20
_MOST_PAGES = 200


async def walk_official(visit: Visit, api: OfficialApi) -> Ending:
    """Walk both lists. The publish list lacks everything that was mass-sent (群发), the statistics lack today: only
    together do they allow to say that there is nothing newer."""
    published, ending = await _walk_published(visit, api)
    if ending.outcome.is_reach:
        return ending
    counted, days, gap = await _walk_statistics(visit, api)
    if gap:
        visit.note(gap)
        ending = replace(ending, complete=False)
    _compare(visit, published, counted, days)
    if ending.outcome is Outcome.EMPTY and counted:
        ending = replace(ending, outcome=Outcome.OK, detail="")
    return ending


async def _walk_published(visit: Visit, api: OfficialApi) -> tuple[dict[str, RawPost], Ending]:
    found: dict[str, RawPost] = {}
    offset, total = 0, None
    for _ in range(_MOST_PAGES):
        payload = {"offset": offset, "count": _PAGE, "no_content": 1}
        reading = await api.call("/cgi-bin/freepublish/batchget", payload)
        if reading.outcome is Outcome.EMPTY:
            break
        if reading.outcome is not Outcome.OK:
            return found, Ending(reading.outcome, f"官方接口（发布列表）：{reading.detail}")
        total = reading.total if reading.total is not None else total
        found.update((post.post_key, post) for post in reading.posts)
        offset += int(reading.cursor.get("count", "0") or 0)
        if not visit.see(reading.posts) or not reading.cursor or (total is not None and offset >= total):
            break
    else:
        return found, Ending(Outcome.OK, "发布列表过长，没有走完", total=total)
    if found:
        return found, Ending(Outcome.OK, complete=True, total=total)
    return found, Ending(Outcome.EMPTY, "接口显示没有发布过文章", complete=True, total=total or 0)


async def _walk_statistics(visit: Visit, api: OfficialApi) -> tuple[dict[str, RawPost], set[date], str]:
    """Ask day by day, newest first; returns what was found, the days that were answered, and what is missing."""
    found: dict[str, RawPost] = {}
    answered: set[date] = set()
    for day in _days(visit):
        text = day.isoformat()
        reading = await api.call("/datacube/getarticletotaldetail", {"begin_date": text, "end_date": text})
        if reading.outcome is Outcome.UNAVAILABLE:
            return found, answered, f"统计接口还没有 {text} 的数据，当日群发文章未计入，本次不判断停更"
        if reading.outcome not in (Outcome.OK, Outcome.EMPTY):
            return found, answered, f"统计接口未能使用（{reading.detail}），群发文章可能漏列，本次不判断停更"
        if "delayed" in reading.cursor:
            return found, answered, f"统计接口提示 {text} 的数据延迟，群发文章可能漏列，本次不判断停更"
        answered.add(day)
        found.update((post.post_key, post) for post in reading.posts)
        visit.see(_readable(reading))
    return found, answered, ""


def _readable(reading: Reading) -> list[RawPost]:
    """Articles without an address are known to exist, and cannot be read."""
    return [
        post
        if post.url
        else replace(post, outcome=Outcome.UNAVAILABLE, detail="统计接口没有给出文章链接，请人工打开核对")
        for post in reading.posts
    ]


def _days(visit: Visit) -> list[date]:
    """Yesterday and back: to the last walk that was complete, else to the horizon."""
    last = in_china(visit.now()).date() - timedelta(days=1)
    first = max(in_china(visit.task.horizon).date(), _FIRST_DAY)
    if visit.task.walked_at is not None:
        first = max(first, in_china(visit.task.walked_at).date() - _OVERLAP)
    count = min((last - first).days + 1, _MOST_DAYS)
    return [last - timedelta(days=back) for back in range(max(count, 0))]


def _compare(visit: Visit, published: dict[str, RawPost], counted: dict[str, RawPost], days: set[date]) -> None:
    """Say which articles only one of the two lists has."""
    only_counted = [key for key in counted if key not in published]
    if only_counted:
        visit.note(f"有 {len(only_counted)} 篇只见于统计接口（群发文章不在发布列表里）")
    only_published = [
        key
        for key, post in published.items()
        if key not in counted
        and not post.outcome.is_gone
        and post.published_at is not None
        and in_china(post.published_at).date() in days
    ]
    if only_published:
        visit.note(f"有 {len(only_published)} 篇只见于发布列表、统计接口没有计入")
