"""密码: how old, how complex, and changed when a manager left (第十二条第（一）项, R80 to R80b).

Never a password itself. The last change of an account is the latest date that the office stated, be it a statement or
the hand-over of a manager.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from domain.calendar import add_months
from domain.register import Attestation, StaffChange
from scanners.duties.concern import passed_over
from scanners.duties.hearing import Breach, Hearing
from scanners.duties.statements import is_kept
from scanners.guards import Guard

_CHANGED, _COMPLEX = "password_changed", "password_complexity"


def overdue(hearing: Hearing) -> Iterator[Breach]:
    """Not changed for more than three calendar months (a month ends on the same day, or on its last day)."""
    if passed_over(hearing):
        return
    last = _last_change(hearing)
    months = hearing.norms.password_months
    if last is None:
        if not is_kept(hearing, _CHANGED) and hearing.spared(Guard.NOT_KEPT, "密码变更"):
            return
        yield Breach(
            episode="password:never",
            explanation="台账没有该账号的密码变更日期，其他账号有",
            facts={"told": "台账没有变更日期"},
        )
        return
    limit = add_months(last, months)
    if hearing.today <= limit and hearing.spared(Guard.LIMIT, f"期限 {limit}"):
        return
    yield Breach(
        episode=f"password:{last}",
        explanation=f"密码最近一次变更是 {last}，每 {months} 个月变更一次，应在 {limit} 前变更",
        facts={"told": f"最近一次变更是 {last}，应在 {limit} 前变更"},
    )


def due_soon(hearing: Hearing) -> Iterator[Breach]:
    """The last seven days (default) before the three months are over."""
    if passed_over(hearing):
        return
    last = _last_change(hearing)
    if last is None:
        return
    limit = add_months(last, hearing.norms.password_months)
    warned = limit - timedelta(days=hearing.norms.password_warn_days)
    if hearing.today < warned and hearing.spared(Guard.LIMIT, f"{warned} 起提示"):
        return
    if hearing.today > limit and hearing.spared(Guard.SUPERSEDED, f"{limit} 已过"):
        return
    yield Breach(
        episode=f"password:{last}",
        explanation=f"密码最近一次变更是 {last}，应在 {limit} 前变更",
        facts={"last": str(last), "limit": str(limit), "days": str((limit - hearing.today).days)},
    )


def too_simple(hearing: Hearing) -> Iterator[Breach]:
    """The latest statement says that the password does not hold two of digits, letters and special characters."""
    if passed_over(hearing):
        return
    own = _stated(hearing, _COMPLEX)
    if not own:
        return
    if own[-1].passed is not False and hearing.spared(Guard.ALIKE, f"{own[-1].stated_on} 说明符合"):
        return
    yield Breach(
        episode=f"{own[-1].key}",
        record=f"{Attestation.kind}:{own[-1].key}",
        explanation=f"{own[-1].stated_on} 说明：密码没有使用数字、字母、特殊符号中的两种",
        facts={"stated": str(own[-1].stated_on)},
    )


def complexity_unstated(hearing: Hearing) -> Iterator[Breach]:
    """Every change of the password comes with a statement that the new one is complex enough."""
    if passed_over(hearing):
        return
    if not is_kept(hearing, _COMPLEX) and hearing.spared(Guard.NOT_KEPT, "密码复杂度"):
        return
    last = _last_change(hearing)
    own = _stated(hearing, _COMPLEX)
    newest = own[-1].stated_on if own else None
    fresh = newest is not None and (last is None or newest >= last)
    said_so = any(each.passed and each.stated_on == last for each in _stated(hearing, _CHANGED))
    if (fresh or said_so) and hearing.spared(Guard.ON_FILE, f"{newest or last} 说明"):
        return
    told = f"{last} 变更密码后没有说明" if newest else "没有说明"
    yield Breach(
        episode=f"complexity:{last or 'never'}",
        explanation=f"密码复杂度：{told}，最近一次说明是 {newest or '（无）'}",
        facts={"told": told},
    )


def after_leaving(hearing: Hearing) -> Iterator[Breach]:
    """The password is changed on the day a manager leaves or on the next working day (及时 has no number: default)."""
    if passed_over(hearing):
        return
    since = hearing.today - timedelta(days=hearing.norms.judged_days)
    changes = _changes(hearing)
    for each in hearing.register.of_account(StaffChange, hearing.account_id):
        if each.left_on is None or each.left_on > hearing.today:
            continue
        limit = hearing.calendar.add_working_days(each.left_on, hearing.norms.return_days)
        after = [day for day in changes if day >= each.left_on]
        changed = after[0] if after else None
        if (changed or hearing.today) <= limit and hearing.spared(Guard.LIMIT, f"期限 {limit}"):
            continue
        if changed is not None and each.left_on < since and hearing.spared(Guard.DAYS, f"{changed} 已变更"):
            continue
        told = f"{changed} 才变更" if changed else "至今没有变更记录"
        yield Breach(
            episode=each.key,
            record=f"{each.kind}:{each.key}",
            explanation=f"{each.person or '管理人员'} {each.left_on} 离岗，密码应在 {limit} 前变更，{told}",
            facts={"person": each.person or "管理人员", "left": str(each.left_on), "limit": str(limit), "told": told},
        )


def _last_change(hearing: Hearing) -> date | None:
    changes = _changes(hearing)
    return changes[-1] if changes else None


def _changes(hearing: Hearing) -> list[date]:
    """The dates on which the password was changed, oldest first."""
    days = [each.stated_on for each in _stated(hearing, _CHANGED)]
    days += [each.password_changed_on for each in hearing.register.of_account(StaffChange, hearing.account_id)]
    return sorted({day for day in days if day is not None and day <= hearing.today})


def _stated(hearing: Hearing, topic: str) -> tuple[Attestation, ...]:
    own = [
        each
        for each in hearing.register.of_account(Attestation, hearing.account_id)
        if each.topic == topic and each.stated_on is not None and each.stated_on <= hearing.today
    ]
    return tuple(sorted(own, key=lambda each: each.stated_on or date.min))
