"""What a night may say of an account that only people can look at: as much as their last import says, and its age.

A fresh import makes the account 已检查 by the route ``import``, never ``complete``: since the export it may have
published, so that no silence is concluded from it. Without a fresh one the account is 未能检查, never stale.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from domain.account import Account
from domain.clock import in_china
from domain.coverage import Attempt, Coverage
from domain.outcome import Outcome

#: The route by which people bring posts.
ROUTE = "import"
_DAY = timedelta(days=1)


def is_brought(account: Account) -> bool:
    """True for an account whose register names ``import`` as its only way."""
    return bool(account.routes) and all(route.kind == ROUTE for route in account.routes)


def may_be_brought(account: Account) -> bool:
    """True where the register names ``import`` as one of the ways."""
    return any(route.kind == ROUTE for route in account.routes)


def without_import(account: Account) -> Account:
    """The account as the crawl is told of it: nothing is fetched by the route ``import``."""
    return replace(account, routes=tuple(route for route in account.routes if route.kind != ROUTE))


def of_import(account: Account, last: Coverage | None, now: datetime, days: int) -> Coverage:
    """Tonight's coverage of ``account`` by its last import; ``days`` is how long one counts."""
    exported = last.finished_at if last is not None else None
    if last is None or exported is None:
        detail = "该账号只能人工导入，还没有导入过；请从平台后台导出近期内容，用 xunjian import 导入"
        return _coverage(account, Outcome.NO_IMPORT, detail, now)
    age = max((now - exported) // _DAY, 0)
    when = f"最近一次导入的内容导出于 {in_china(exported):%Y-%m-%d %H:%M}（{_ago(age)}）"
    if now - exported > timedelta(days=days):
        detail = f"{when}，已超过 {days} 天的有效期，不作结论；请重新导出，用 xunjian import 导入"
        return replace(_coverage(account, Outcome.NO_IMPORT, detail, now), newest_at=last.newest_at)
    detail = f"{when}，只反映导出时的情况，其后是否更新未知"
    return replace(_coverage(account, Outcome.OK, detail, now), listed=last.listed, newest_at=last.newest_at)


def instead(crawled: Coverage, brought: Coverage) -> Coverage:
    """What stands where the other ways of an account failed: a fresh import, else the failure, with both told."""
    attempts = (*crawled.attempts, *brought.attempts)
    if not brought.checked:
        detail = f"{crawled.detail}；人工导入：{brought.detail}" if crawled.detail else brought.detail
        return replace(crawled, attempts=attempts, detail=detail)
    failed = f"采集途径“{crawled.route}”未能使用：{crawled.detail}" if crawled.detail else ""
    detail = "；".join(part for part in (brought.detail, failed) if part)
    return replace(brought, attempts=attempts, detail=detail, requests=crawled.requests)


def _coverage(account: Account, outcome: Outcome, detail: str, now: datetime) -> Coverage:
    return Coverage(
        account_id=account.id,
        outcome=outcome,
        detail=detail,
        route=ROUTE,
        attempts=(Attempt(ROUTE, outcome, detail),),
        finished_at=now,
    )


def _ago(days: int) -> str:
    return "当天" if days == 0 else f"{days} 天前"
