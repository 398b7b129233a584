"""What the owner's API says beside the lists: the account, its certification and menu, how comments are answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from crawler.parsing.payload import objects
from crawler.platforms.wechat.api import OfficialApi
from crawler.platforms.wechat.comments import CommentFigures, add_up, as_profile, read_comments
from crawler.platforms.wechat.errors import CERTIFICATION_LAPSED
from crawler.platforms.wechat.owner import MENU_KEY, certified_until
from crawler.visit import Ending, Visit
from domain.clock import in_china
from domain.outcome import Outcome
from domain.post import RawPost, Reading

#: A certification that ends within this time is told.
_SOON = timedelta(days=60)
#: Comments are counted under articles of this age at most.
_YOUNG = timedelta(days=30)
#: Calls a visit spends on comments at most, and comments of one call.
_MOST_CALLS = 30
_PAGE = 49
#: Errors of one article: it has no place for comments, or none are left.
_OF_ONE_ARTICLE = frozenset({"88001", "88003", "88005"})


async def describe(visit: Visit, api: OfficialApi) -> dict[str, object]:
    """The account's own profile and menu. Whatever cannot be had is left out: it decides nothing."""
    profile: dict[str, object] = {}
    account = await api.call("/cgi-bin/account/getaccountbasicinfo", kind="profile")
    if account.outcome is Outcome.OK and account.profile:
        profile.update(account.profile)
        _tell_certification(visit, account)
    menu = await api.call("/cgi-bin/get_current_selfmenu_info", kind="profile")
    if menu.outcome in (Outcome.OK, Outcome.EMPTY) and menu.profile:
        profile.update(menu.profile)
        for post in menu.posts:
            if visit.wants(MENU_KEY):
                await visit.post(post)
    return profile


def _tell_certification(visit: Visit, account: Reading) -> None:
    until = certified_until(account.profile or {})
    if until is None:
        return
    left = until - visit.now()
    day = in_china(until).date().isoformat()
    if left <= timedelta(0):
        detail = f"平台登记的微信认证已于 {day} 到期；请到公众平台办理年审"
        visit.tried("official", Ending(Outcome.OK, detail, code=CERTIFICATION_LAPSED))
        visit.note(detail)
    elif left <= _SOON:
        visit.note(f"微信认证将于 {day} 到期（还有 {left.days} 天）；请提前办理年审")


async def count_comments(visit: Visit, api: OfficialApi, articles: Iterable[RawPost]) -> dict[str, object]:
    """How many comments there are under the young articles and how they were answered. Numbers only: no reply of this
    call is kept, and nothing of it but numbers leaves this function."""
    since = visit.now() - _YOUNG
    young = [post for post in articles if post.published_at is not None and post.published_at >= since]
    young.sort(key=lambda post: (post.published_at, post.post_key), reverse=True)
    found: list[CommentFigures] = []
    calls = 0
    for post in young:
        message, _, number = post.post_key.partition("_")
        if not (message.isdigit() and number.isdigit()):
            continue
        pages: list[CommentFigures] = []
        while calls < _MOST_CALLS:
            calls += 1
            payload = {
                "msg_data_id": int(message),
                "index": int(number) - 1,
                "begin": len(pages) * _PAGE,
                "count": _PAGE,
                "type": 0,
            }
            data, reading = await api.numbers("/cgi-bin/comment/list", payload)
            if reading.cursor.get("errcode") in _OF_ONE_ARTICLE:
                break
            if reading.outcome is not Outcome.OK:
                return _result(found, visit, reading.detail)
            pages.append(read_comments(data))
            if not any(True for _ in objects(data.get("comment"))) or sum(p.seen for p in pages) >= pages[0].total:
                break
        if pages:
            total = pages[0].total
            added = add_up(pages)
            found.append(
                CommentFigures(
                    total=total,
                    seen=added.seen,
                    answered=added.answered,
                    reply_seconds=added.reply_seconds,
                    waiting_since=added.waiting_since,
                )
            )
    return _result(found, visit, "" if calls < _MOST_CALLS else "文章较多，只统计了较新的")


def in_words(interaction: object) -> str:
    """The remark for the report where readers wait for an answer; empty where nobody does."""
    figures = interaction if isinstance(interaction, dict) else {}
    waiting = figures.get("unanswered", 0)
    if not waiting:
        return ""
    days = f"，最久的已等 {figures['waiting_days']} 天" if "waiting_days" in figures else ""
    return f"近 30 天的留言有 {waiting} 条没有回复（共看 {figures.get('looked_at', waiting)} 条）{days}；请安排回复"


def _result(found: list[CommentFigures], visit: Visit, remark: str) -> dict[str, object]:
    if not found and not remark:
        return {}
    result: dict[str, object] = {}
    if found:
        result.update(as_profile(add_up(found), len(found), visit.now()))
    if remark:
        result["remark"] = remark
    return {"interaction": result}
