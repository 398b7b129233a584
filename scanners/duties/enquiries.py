"""网友诉求: how soon readers are answered (第七条, R53).

The article gives no number. Read as: a simple question within five working days, everything within three months (the
national line); a warning comes after three working days. The day of receipt is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from domain.calendar import add_months
from domain.register import Enquiry
from domain.rule import Severity
from scanners.duties.concern import on_day, passed_over
from scanners.duties.hearing import Breach, Hearing
from scanners.guards import Guard


def unanswered(hearing: Hearing) -> Iterator[Breach]:
    """Nobody has answered yet: a notice after three working days, minor after five, major after three months."""
    if passed_over(hearing):
        return
    for each in hearing.register.of_account(Enquiry, hearing.account_id):
        if each.received_at is None or (each.answered_at is not None and hearing.spared(Guard.ON_FILE, "已答复")):
            continue
        grade = _grade(hearing, on_day(each.received_at), hearing.today)
        if grade is not Severity.MAJOR and each.is_simple is False and hearing.spared(Guard.EXEMPT, "不是简单咨询"):
            continue
        if grade is None and hearing.spared(Guard.LIMIT, f"{hearing.norms.enquiry_warn_days} 个工作日以内"):
            continue
        received = on_day(each.received_at)
        limit = _limit(hearing, each, received)
        told = f"已超过 {limit}" if hearing.today > limit else f"应在 {limit} 前答复"
        yield Breach(
            episode=each.key,
            record=f"{each.kind}:{each.key}",
            explanation=f"诉求 {each.key}：{received} 收到，台账没有答复时间，{told}",
            facts={"key": each.key, "received": str(received), "told": told},
            severity=grade,
        )


def answered_late(hearing: Hearing) -> Iterator[Breach]:
    """Answered, but later than the limit; answers of the judged days only."""
    if passed_over(hearing):
        return
    since = hearing.now - timedelta(days=hearing.norms.judged_days)
    for each in hearing.register.of_account(Enquiry, hearing.account_id):
        if each.received_at is None or each.answered_at is None:
            continue
        if each.answered_at < since and hearing.spared(Guard.DAYS, f"{on_day(each.answered_at)} 答复"):
            continue
        received, answered = on_day(each.received_at), on_day(each.answered_at)
        limit = _limit(hearing, each, received)
        if answered <= limit and hearing.spared(Guard.LIMIT, f"期限 {limit}"):
            continue
        grave = answered > add_months(received, hearing.norms.enquiry_months)
        yield Breach(
            episode=each.key,
            record=f"{each.kind}:{each.key}",
            explanation=f"诉求 {each.key}：{received} 收到，应在 {limit} 前答复（当日不计），{answered} 才答复",
            facts={"key": each.key, "received": str(received), "limit": str(limit), "answered": str(answered)},
            severity=Severity.MAJOR if grave else None,
        )


def _limit(hearing: Hearing, enquiry: Enquiry, received: date) -> date:
    if enquiry.is_simple is False:
        return add_months(received, hearing.norms.enquiry_months)
    return hearing.calendar.add_working_days(received, hearing.norms.enquiry_days)


def _grade(hearing: Hearing, received: date, day: date) -> Severity | None:
    norms, calendar = hearing.norms, hearing.calendar
    if day > add_months(received, norms.enquiry_months):
        return Severity.MAJOR
    if day > calendar.add_working_days(received, norms.enquiry_days):
        return Severity.MINOR
    return Severity.NOTICE if day > calendar.add_working_days(received, norms.enquiry_warn_days) else None
