"""The account's own list by the official API: published articles, and from the statistics the mass-sent ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from crawler.platforms.wechat.api import OfficialApi
from crawler.platforms.wechat.errors import UNCERTIFIED_CODE
from crawler.platforms.wechat.merge import Merged
from crawler.visit import Ending, Visit
from domain.clock import in_china
from domain.outcome import Outcome
from domain.post import RawPost, Reading

_PUBLISHED = "/cgi-bin/freepublish/batchget"
_COUNTED = "/datacube/getarticletotaldetail"
#: Statistics exist from this day on.
_FIRST_DAY = date(2025, 11, 1)
#: At most this many days are asked for in one visit (one call each).
_MOST_DAYS = 130
#: From this many days on the quota is asked first, and this much of it is left to the owner's other systems.
_MANY_DAYS = 15
_RESERVE = 200
_PAGE = 20
_MOST_PAGES = 200
#: Refusals that say nothing about the account's other interfaces: each has its own quota, and each may be offline.
_OF_ONE_CALL = frozenset({Outcome.QUOTA, Outcome.RATE_LIMITED, Outcome.LAYOUT_CHANGED, Outcome.NETWORK})


@dataclass
class OwnList:
    """What the two official lists hold. ``commented`` are the keys of articles that readers can or did comment on."""

    published: dict[str, RawPost] = field(default_factory=dict)
    counted: dict[str, RawPost] = field(default_factory=dict)
    days: set[date] = field(default_factory=set)
    commented: dict[str, RawPost] = field(default_factory=dict)

    def take_comments(self, reading: Reading) -> None:
        """Remember which of the articles of ``reading`` have a place for comments."""
        named = (reading.profile or {}).get("commented")
        if isinstance(named, (list, tuple)):
            self.commented.update((post.post_key, post) for post in reading.posts if post.post_key in named)


async def walk_official(visit: Visit, api: OfficialApi, merged: Merged) -> tuple[Ending, OwnList]:
    """Walk both lists. The publish list lacks everything that was mass-sent (群发), the statistics lack today: only
    together do they allow to say that there is nothing newer. A quota that is used up stops only its own list."""
    own = OwnList()
    ending = await _walk_published(visit, api, own)
    if ending.outcome.is_reach and ending.outcome not in _OF_ONE_CALL:
        return ending, own
    gap = await _walk_statistics(visit, api, own)
    merged.add("published", own.published.values())
    merged.add("counted", own.counted.values())
    if ending.outcome.is_reach and not (own.counted or own.published):
        return ending, own
    if gap:
        visit.note(gap)
    if ending.outcome.is_reach:
        visit.note(ending.detail + "；发布列表没有读完，不判断停更")
        return Ending(Outcome.OK, total=ending.total), own
    if gap:
        ending = replace(ending, complete=False)
    _compare(visit, own)
    if ending.outcome is Outcome.EMPTY and own.counted:
        ending = replace(ending, outcome=Outcome.OK, detail="")
    return ending, own


async def _walk_published(visit: Visit, api: OfficialApi, own: OwnList) -> Ending:
    offset, total = 0, None
    for _ in range(_MOST_PAGES):
        reading = await api.call(_PUBLISHED, {"offset": offset, "count": _PAGE, "no_content": 1})
        if reading.outcome is Outcome.EMPTY:
            break
        if reading.outcome is not Outcome.OK:
            return refused(reading, "发布列表", total)
        total = reading.total if reading.total is not None else total
        own.published.update((post.post_key, post) for post in reading.posts)
        own.take_comments(reading)
        offset += int(reading.cursor.get("count", "0") or 0)
        if not visit.see(reading.posts) or not reading.cursor or (total is not None and offset >= total):
            break
    else:
        return Ending(Outcome.OK, "发布列表过长，没有走完", total=total)
    if own.published:
        return Ending(Outcome.OK, complete=True, total=total)
    return Ending(Outcome.EMPTY, "接口显示没有发布过文章", complete=True, total=total or 0)


def refused(reading: Reading, what: str, total: int | None = None) -> Ending:
    """The ending of a list that the API refused; a missing certification is told to the rules by its code."""
    outcome = reading.outcome if reading.outcome.is_reach else Outcome.LAYOUT_CHANGED
    code = reading.cursor.get("errcode", "")
    return Ending(
        outcome,
        f"官方接口（{what}）：{reading.detail}",
        total=total,
        code=code if code == str(UNCERTIFIED_CODE) else "",
    )


async def _walk_statistics(visit: Visit, api: OfficialApi, own: OwnList) -> str:
    """Ask day by day, newest first; returns what is missing, in words."""
    days = _days(visit)
    allowed = await _allowance(api, days)
    for day in days[:allowed]:
        text = day.isoformat()
        reading = await api.call(_COUNTED, {"begin_date": text, "end_date": text})
        if reading.outcome is Outcome.UNAVAILABLE:
            return f"统计接口还没有 {text} 的数据，当日群发文章未计入，本次不判断停更"
        if reading.outcome not in (Outcome.OK, Outcome.EMPTY):
            return f"统计接口未能使用（{reading.detail}），群发文章可能漏列，本次不判断停更"
        if "delayed" in reading.cursor:
            return f"统计接口提示 {text} 的数据延迟，群发文章可能漏列，本次不判断停更"
        own.days.add(day)
        own.counted.update((post.post_key, post) for post in reading.posts)
        own.take_comments(reading)
        visit.see(_readable(reading))
    if allowed < len(days):
        return f"统计接口今日余量不多，只查了最近 {allowed} 天（应查 {len(days)} 天），其余下一轮再查，本次不判断停更"
    return ""


async def _allowance(api: OfficialApi, days: list[date]) -> int:
    """How many days may be asked for: all, unless the quota that is left to us is smaller."""
    if len(days) < _MANY_DAYS:
        return len(days)
    reading = await api.call("/cgi-bin/openapi/quota/get", {"cgi_path": _COUNTED}, kind="profile")
    rows = (reading.profile or {}).get("rows")
    quota = rows[0] if isinstance(rows, list) and rows else {}
    remain, limit = quota.get("remain"), quota.get("daily_limit")
    if not isinstance(remain, int) or not isinstance(limit, int) or limit <= 0:
        return len(days)
    return max(min(len(days), remain - min(_RESERVE, limit // 5)), 1)


def _readable(reading: Reading) -> list[RawPost]:
    """Articles without an address are known to exist, and cannot be read."""
    return [
        post
        if post.url
        else replace(post, outcome=Outcome.UNAVAILABLE, detail="统计接口没有给出文章链接，请人工打开核对")
        for post in reading.posts
    ]


def _days(visit: Visit) -> list[date]:
    """Yesterday and back: to the day of the last complete walk (whose statistics could not be there yet), else to the
    horizon."""
    last = in_china(visit.now()).date() - timedelta(days=1)
    first = max(in_china(visit.task.horizon).date(), _FIRST_DAY)
    if visit.task.walked_at is not None:
        first = max(first, in_china(visit.task.walked_at).date())
    count = min((last - first).days + 1, _MOST_DAYS)
    return [last - timedelta(days=back) for back in range(max(count, 0))]


def _compare(visit: Visit, own: OwnList) -> None:
    """Say which articles only one of the two lists has."""
    only_counted = [key for key in own.counted if key not in own.published]
    if only_counted:
        visit.note(f"有 {len(only_counted)} 篇只见于统计接口（群发文章不在发布列表里）")
    only_published = [
        key for key, post in own.published.items() if key not in own.counted and _was_counted(post, own.days)
    ]
    if only_published:
        visit.note(
            f"有 {len(only_published)} 篇只见于发布列表、统计接口没有计入（{_titles(own.published, only_published)}）"
        )


def _was_counted(post: RawPost, days: set[date]) -> bool:
    return not post.outcome.is_gone and post.published_at is not None and in_china(post.published_at).date() in days


def _titles(posts: Mapping[str, RawPost], keys: list[str]) -> str:
    shown = "、".join(f"《{(posts[key].title or key)[:30]}》" for key in keys[:3])
    return shown + ("等" if len(keys) > 3 else "")
