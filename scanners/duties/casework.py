"""整改: every case has somebody who answers for it and a date, is done in time, and is proven (第九、十三条).

R72, R88, R89 and R98.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.case import CaseState
from domain.rule import Severity
from scanners.duties.concern import on_day
from scanners.duties.hearing import Breach, Hearing, OpenCase
from scanners.guards import Guard

#: Rules about cases: what they say is not held against the case that it makes.
_OURS = "security-case-"
#: Working days after a case was opened within which a confirmed one is given out (default).
_GIVEN_OUT = 1


def without_owner(hearing: Hearing) -> Iterator[Breach]:
    """A case that a person confirmed, or that a notice was issued for, has an owner and a deadline (R72)."""
    for each in _cases(hearing):
        known = each.state is CaseState.CONFIRMED or each.notice_on is not None
        if not known and hearing.spared(Guard.NOT_CONCERNED, "还没有经人确认"):
            continue
        lacks = [name for name, there in (("责任人", each.owner), ("整改期限", each.due_on)) if not there]
        if not lacks and hearing.spared(Guard.ON_FILE, f"{each.owner}，{each.due_on}"):
            continue
        limit = hearing.calendar.add_working_days(on_day(each.opened_at), _GIVEN_OUT)
        if hearing.today <= limit and hearing.spared(Guard.LIMIT, f"期限 {limit}"):
            continue
        yield _breach(each, f"问题 {each.fingerprint} 没有{'和'.join(lacks) or '责任人'}", lacks="和".join(lacks))


def overdue(hearing: Hearing) -> Iterator[Breach]:
    """Still open after the last day of its deadline (R88)."""
    for each in _due(hearing):
        assert each.due_on is not None, "only cases with a deadline are taken"
        if hearing.today <= each.due_on and hearing.spared(Guard.LIMIT, f"期限 {each.due_on}"):
            continue
        if each.awaits_recheck and hearing.spared(Guard.EXEMPT, "按时反馈，等复查"):
            continue
        late = (hearing.today - each.due_on).days
        yield _breach(
            each,
            f"问题 {each.fingerprint}：应在 {each.due_on} 前整改到位，复查没有通过",
            severity=Severity.MAJOR if each.severity is Severity.VETO else None,
            due=str(each.due_on),
            days=str(late),
        )


def closure_proposed(hearing: Hearing) -> Iterator[Breach]:
    """Overdue for more than five days, or come back twice: 责令关停 is proposed (R89), and a person decides."""
    norms = hearing.norms
    for each in _cases(hearing):
        if each.awaits_recheck and hearing.spared(Guard.EXEMPT, "按时反馈，等复查"):
            continue
        late = (hearing.today - each.due_on).days if each.due_on is not None else 0
        if (
            late <= norms.overdue_days
            and each.reopenings < norms.reopenings
            and hearing.spared(Guard.LIMIT, f"逾期 {max(late, 0)} 天，反复 {each.reopenings} 次")
        ):
            continue
        why = f"逾期 {late} 天" if late > norms.overdue_days else f"整改后又反复 {each.reopenings} 次"
        told = f"，已催办 {each.reminders} 次" if each.reminders else ""
        yield _breach(each, f"问题 {each.fingerprint}：{why}{told}", why=why + told)


def without_evidence(hearing: Hearing) -> Iterator[Breach]:
    """Every case graver than a notice keeps what it was seen on (R98)."""
    for each in _cases(hearing):
        if each.severity is Severity.NOTICE and hearing.spared(Guard.NOT_CONCERNED, "只是提示"):
            continue
        if each.has_evidence and hearing.spared(Guard.ON_FILE, "证据已存"):
            continue
        yield _breach(each, f"问题 {each.fingerprint} 在证据库里没有对应的原始网页")


def _cases(hearing: Hearing) -> Iterator[OpenCase]:
    for each in hearing.facts.cases:
        if each.rule_id.startswith(_OURS):
            continue
        if not each.state.is_open and hearing.spared(Guard.ON_FILE, "已经了结"):
            continue
        if not each.present and hearing.spared(Guard.ALIKE, "已看不到问题，等人复核"):
            continue
        yield each


def _due(hearing: Hearing) -> Iterator[OpenCase]:
    return (each for each in _cases(hearing) if each.due_on is not None)


def _breach(case: OpenCase, explanation: str, *, severity: Severity | None = None, **told: str) -> Breach:
    opened = on_day(case.opened_at)
    return Breach(
        episode=case.fingerprint,
        record=f"case:{case.fingerprint}",
        explanation=f"{explanation}（{opened} 首次发现，规则 {case.rule_id}）",
        facts={"case": case.fingerprint, "opened": str(opened), **told},
        severity=severity,
    )
