"""Whom a duty concerns, and how dates are told. Shared by the checks."""

from __future__ import annotations

from datetime import date, datetime

from domain.account import Standing
from domain.clock import in_china
from scanners.duties.hearing import Hearing
from scanners.guards import Guard

#: Platforms whose accounts are the unit's own website, not 政务新媒体.
_NOT_NEW_MEDIA = frozenset({"website"})
#: Where it is kept whether the unit runs an account: looking through ten thousand takes a while.
_RUNS = "runs accounts"


def passed_over(hearing: Hearing) -> bool:
    """True for an account that is closed, or that is no 政务新媒体 at all: its duties are over, or are others."""
    account = hearing.facts.account
    if account is None:
        return True
    if account.standing is Standing.CLOSED and hearing.spared(Guard.NOT_CONCERNED, "账号已注销"):
        return True
    return account.platform in _NOT_NEW_MEDIA and hearing.spared(Guard.PLATFORM, "政府网站不是政务新媒体")


def has_accounts(hearing: Hearing) -> bool:
    """True where the unit runs at least one account that is not closed."""
    facts = hearing.facts
    known = facts.memo.get(_RUNS)
    if known is None:
        known = facts.memo[_RUNS] = any(
            each.standing is not Standing.CLOSED and each.platform not in _NOT_NEW_MEDIA for each in facts.of_unit
        )
    return bool(known)


def answers_for(hearing: Hearing, unit: str, account: str = "") -> bool:
    """True where a record that names this unit (else this account, else neither) is the subject unit's own.

    A record that names neither is the bureau's: of the unit that has no superior.
    """
    if unit:
        return unit == hearing.facts.unit_name
    if account:
        return any(each.id == account for each in hearing.facts.of_unit)
    return hearing.facts.unit is None or not hearing.facts.unit.superior


def clock(moment: datetime) -> str:
    """``10月1日 08:00`` in China."""
    local = in_china(moment)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def on_day(moment: datetime) -> date:
    """The day of an instant in China."""
    return in_china(moment).date()
