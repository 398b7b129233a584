"""管理人员: cleared and trained before they begin, permission in the hands of staff, everything returned on leaving,
and a quarterly word on how they log in (第十二条, R80b, R80c, R81, R82)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from domain.calendar import add_months
from domain.register import Attestation, Person, PersonKind, Role, StaffChange
from scanners.duties.concern import passed_over
from scanners.duties.hearing import Breach, Hearing
from scanners.duties.statements import is_kept
from scanners.guards import Guard

_KIND = {
    PersonKind.STAFF: "在编在岗",
    PersonKind.CONTRACT: "非在编人员",
    PersonKind.VENDOR: "外包单位人员",
    PersonKind.SOFTWARE: "智能软件（客服）",
}
_LOGIN, _DEVICES = "login_statement", "device_list"


def unreviewed(hearing: Hearing) -> Iterator[Breach]:
    """保密审查 passed on or before the first day on this work (R81)."""
    for each in _beginners(hearing):
        yield from _before_start(hearing, each, each.secrecy_reviewed_on, "保密审查")


def untrained(hearing: Hearing) -> Iterator[Breach]:
    """岗前安全及业务培训 done on or before the first day on this work (R81)."""
    for each in _beginners(hearing):
        yield from _before_start(hearing, each, each.trained_on, "岗前培训")


def without_staff(hearing: Hearing) -> Iterator[Breach]:
    """At least one of those who manage the account is 在编在岗 (R82)."""
    if passed_over(hearing):
        return
    holders = _managers(hearing)
    if not holders:
        return  # that nobody manages it at all is another rule's
    if any(each.person_kind is None for each in holders) and hearing.spared(Guard.NOT_KEPT, "人员类别没有填"):
        return
    if any(each.person_kind is PersonKind.STAFF for each in holders) and hearing.spared(Guard.ALIKE, "有在编在岗人员"):
        return
    kinds = "、".join(dict.fromkeys(_KIND[each.person_kind] for each in holders if each.person_kind is not None))
    yield Breach(
        episode="managers",
        record=f"{Person.kind}:{holders[0].key}",
        explanation=f"人员台账里该账号的管理员 {len(holders)} 名，没有一名是在编在岗人员：{kinds}",
        facts={"kinds": kinds, "count": str(len(holders))},
    )


def return_list(hearing: Hearing) -> Iterator[Breach]:
    """A manager who left has given back permission and equipment, signed, by the next working day (R80b; default)."""
    if passed_over(hearing):
        return
    for each in hearing.register.of_account(StaffChange, hearing.account_id):
        if each.left_on is None or each.left_on > hearing.today:
            continue
        signed = bool(each.return_list.strip()) and each.returned_on is not None
        if signed and hearing.spared(Guard.ON_FILE, f"{each.returned_on} 收回"):
            continue
        limit = hearing.calendar.add_working_days(each.left_on, hearing.norms.return_days)
        if hearing.today <= limit and hearing.spared(Guard.LIMIT, f"期限 {limit}"):
            continue
        lacks = "收回日期" if each.return_list.strip() else "权限和设备收回清单"
        person = each.person or "管理人员"
        yield Breach(
            episode=each.key,
            record=f"{each.kind}:{each.key}",
            explanation=f"{person} {each.left_on} 离岗，应在 {limit} 前收回权限和设备，台账没有{lacks}",
            facts={"person": person, "left": str(each.left_on), "limit": str(limit), "lacks": lacks},
        )


def leaver_unrecorded(hearing: Hearing) -> Iterator[Breach]:
    """Somebody who managed the account has left by the sheet of people, and no hand-over is on file (R80b)."""
    if passed_over(hearing):
        return
    known = {each.person for each in hearing.register.of_account(StaffChange, hearing.account_id)}
    since = hearing.today - timedelta(days=hearing.norms.judged_days)
    for each in hearing.register.of_account(Person, hearing.account_id):
        if Role.MANAGER not in each.roles or each.left_on is None or each.person_kind is PersonKind.SOFTWARE:
            continue
        name = each.name or each.key
        if name in known and hearing.spared(Guard.ON_FILE, f"{name}的变动已登记"):
            continue
        limit = hearing.calendar.add_working_days(each.left_on, hearing.norms.return_days)
        if hearing.today <= limit and hearing.spared(Guard.LIMIT, f"期限 {limit}"):
            continue
        if each.left_on < since and hearing.spared(Guard.DAYS, f"{each.left_on} 离岗"):
            continue
        yield Breach(
            episode=f"{each.key}:{each.left_on}",
            record=f"{each.kind}:{each.key}",
            explanation=f"人员台账写明{name} {each.left_on} 离岗，管理人员变动台账里没有这件事",
            facts={"person": name, "left": str(each.left_on), "limit": str(limit)},
        )


def login_statement(hearing: Hearing) -> Iterator[Breach]:
    """Every manager states once in three months that nothing was logged into from public or unsafe devices (R80c).

    A manager who has just begun has three months for the first statement. Without people on file one statement for
    the account is enough.
    """
    if passed_over(hearing):
        return
    if not is_kept(hearing, _LOGIN) and hearing.spared(Guard.NOT_KEPT, "登录承诺"):
        return
    managers = [each for each in _managers(hearing) if each.person_kind is not PersonKind.SOFTWARE]
    for name, begun in [(each.name or each.key, each.started_on) for each in managers] or [("", None)]:
        last = _last_word(hearing, name)
        limit = max((add_months(day, hearing.norms.statement_months) for day in (last, begun) if day), default=None)
        if limit is not None and hearing.today <= limit and hearing.spared(Guard.LIMIT, f"期限 {limit}"):
            continue
        who = name or "管理员"
        told = f"最近一次是 {last}" if last else "从未作出"
        yield Breach(
            episode=f"login:{name}:{last or 'never'}",
            explanation=f"{who}的登录承诺应每 {hearing.norms.statement_months} 个月作出一次，{told}",
            facts={"person": who, "told": told, "months": str(hearing.norms.statement_months)},
        )


def device_list(hearing: Hearing) -> Iterator[Breach]:
    """The devices on which the account is logged into are listed, and the list is at most a year old (default)."""
    if passed_over(hearing):
        return
    if not is_kept(hearing, _DEVICES) and hearing.spared(Guard.NOT_KEPT, "登录设备清单"):
        return
    last = max(_dates(hearing, _DEVICES), default=None)
    months = hearing.norms.rules_months
    if last is not None and hearing.today <= add_months(last, months) and hearing.spared(Guard.LIMIT, f"{last} 登记"):
        return
    told = f"最近一次是 {last}" if last else "没有登记"
    yield Breach(
        episode=f"devices:{last or 'never'}",
        explanation=f"登录设备清单应每 {months} 个月核对一次，{told}",
        facts={"told": told, "months": str(months)},
    )


def _managers(hearing: Hearing) -> list[Person]:
    return [
        each
        for each in hearing.register.of_account(Person, hearing.account_id)
        if Role.MANAGER in each.roles and each.in_post(hearing.today)
    ]


def _beginners(hearing: Hearing) -> Iterator[Person]:
    """The people of the unit who are at work now."""
    for each in hearing.register.of_unit(Person, hearing.facts.unit_name):
        if each.person_kind is PersonKind.SOFTWARE and hearing.spared(Guard.NOT_CONCERNED, "不是人员"):
            continue
        begun = each.started_on is None or each.started_on <= hearing.today
        if not begun and hearing.spared(Guard.LIMIT, f"{each.started_on} 才上岗"):
            continue
        if each.left_on is not None and each.left_on <= hearing.today and hearing.spared(Guard.NOT_CONCERNED, "已离岗"):
            continue
        yield each


def _before_start(hearing: Hearing, person: Person, done: date | None, what: str) -> Iterator[Breach]:
    begun = person.started_on
    in_time = done is not None and (begun is None or done <= begun)
    if in_time and hearing.spared(Guard.ON_FILE, f"{done} {what}"):
        return
    name = person.name or person.key
    when = f"{begun} 上岗" if begun else "已上岗"
    told = f"到 {done} 才完成" if done else "没有记录"
    yield Breach(
        episode=person.key,
        record=f"{person.kind}:{person.key}",
        explanation=f"{name} {when}，{what}{told}",
        facts={"person": name, "when": when, "told": told},
    )


def _last_word(hearing: Hearing, name: str) -> date | None:
    return max(_dates(hearing, _LOGIN, ("", name) if name else None), default=None)


def _dates(hearing: Hearing, topic: str, people: tuple[str, ...] | None = None) -> list[date]:
    """When something was stated about the account, its unit or the whole bureau, by one of ``people`` (any)."""
    own = [each for each in hearing.register.of_account(Attestation, hearing.account_id) if each.topic == topic]
    return [
        each.stated_on
        for each in (*own, *hearing.register.statements(topic, hearing.facts.unit_name))
        if each.stated_on is not None and each.stated_on <= hearing.today and (people is None or each.person in people)
    ]
