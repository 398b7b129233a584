"""重要时段值班: every hour of an important period has somebody on duty, and each shift is handed over (第九条, R69)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from domain.register import DutyShift, ImportantPeriod
from domain.rule import Severity
from scanners.duties.concern import clock, has_accounts, on_day
from scanners.duties.hearing import Breach, Hearing
from scanners.guards import Guard

#: A roster that is not full is told so many days before the period begins (default), and a hand-over is missed when
#: it is not signed so many hours after the shift.
_AHEAD = timedelta(days=3)
_SIGNING = timedelta(hours=24)


def gap(hearing: Hearing) -> Iterator[Breach]:
    """Hours of an important period for which nobody is named; each gap with its first and last hour.

    A period that names no unit is the bureau's. A gap that is still to come is a notice.
    """
    for period, starts, ends in _periods(hearing):
        if starts > hearing.now + _AHEAD and hearing.spared(Guard.LIMIT, f"{clock(starts)} 才开始"):
            continue
        shifts = [each for each in _shifts(hearing, starts, ends) if each.person.strip()]
        gaps = _uncovered(starts, ends, shifts)
        if not gaps and not hearing.spared(Guard.ON_FILE, f"{len(shifts)} 个班次没有空档"):
            gaps = [(starts, ends)]
        for since, until in gaps:
            yield Breach(
                episode=f"{period.key}:{since.isoformat()}",
                record=f"{period.kind}:{period.key}",
                explanation=f"“{period.key}”为 {clock(starts)} 至 {clock(ends)}，"
                f"值班表在 {clock(since)} 至 {clock(until)} 没有写明值班人员",
                facts={
                    "period": period.key,
                    "since": clock(since),
                    "until": clock(until),
                    "hours": _hours(since, until),
                },
                severity=Severity.NOTICE if since > hearing.now else None,
            )


def handover(hearing: Hearing) -> Iterator[Breach]:
    """A shift of an important period that another one follows, not signed over a day after its end."""
    for period, starts, ends in _periods(hearing):
        shifts = _shifts(hearing, starts, ends)
        for each in shifts:
            over = each.ends_at
            if over is None or (each.handed_over and hearing.spared(Guard.ON_FILE, "已签字交接")):
                continue
            last = not any(other.starts_at is not None and other.starts_at >= over for other in shifts)
            if last and hearing.spared(Guard.NOT_CONCERNED, "是最后一班，没有下一班可交"):
                continue
            if hearing.now <= over + _SIGNING and hearing.spared(Guard.LIMIT, f"{clock(over)} 交班"):
                continue
            person = each.person or "未写明"
            yield Breach(
                episode=f"{period.key}:{each.key}",
                record=f"{each.kind}:{each.key}",
                explanation=f"“{period.key}”值班班次 {each.key}（{person}）{clock(over)} 交班，台账没有交接签字",
                facts={"period": period.key, "person": person, "over": clock(over)},
            )


def _periods(hearing: Hearing) -> Iterator[tuple[ImportantPeriod, datetime, datetime]]:
    """The periods of the judged days that are this unit's."""
    since = hearing.now - timedelta(days=hearing.norms.judged_days)
    unit = hearing.facts.unit
    top = unit is None or not unit.superior
    for period in hearing.register.all(ImportantPeriod):
        starts, ends = period.starts_at, period.ends_at
        if starts is None or ends is None or ends <= starts:
            continue
        own = hearing.facts.unit_name in period.units if period.units else top and has_accounts(hearing)
        if not own and hearing.spared(Guard.NOT_CONCERNED, "不在该时段的值班单位之内"):
            continue
        if ends < since and hearing.spared(Guard.DAYS, f"{on_day(ends)} 已结束"):
            continue
        yield period, starts, ends


def _shifts(hearing: Hearing, starts: datetime, ends: datetime) -> list[DutyShift]:
    found = [
        each
        for unit in dict.fromkeys(("", hearing.facts.unit_name))
        for each in hearing.register.of_unit(DutyShift, unit)
        if each.starts_at is not None and each.ends_at is not None and each.starts_at < ends and each.ends_at > starts
    ]
    return sorted(found, key=lambda each: (each.starts_at or starts, each.key))


def _uncovered(starts: datetime, ends: datetime, shifts: Sequence[DutyShift]) -> list[tuple[datetime, datetime]]:
    """The stretches of [starts, ends) that no shift covers; ``shifts`` are sorted by their beginning."""
    gaps: list[tuple[datetime, datetime]] = []
    covered = starts
    for each in shifts:
        assert each.starts_at is not None and each.ends_at is not None, "only dated shifts are taken"
        if each.starts_at > covered:
            gaps.append((covered, each.starts_at))
        covered = max(covered, each.ends_at)
    if covered < ends:
        gaps.append((covered, ends))
    return gaps


def _hours(since: datetime, until: datetime) -> str:
    minutes = int((until - since).total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    return f"{hours} 小时 {rest} 分钟" if rest and hours else f"{hours} 小时" if hours else f"{rest} 分钟"
