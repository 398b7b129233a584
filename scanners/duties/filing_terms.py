"""备案事项的期限: how soon something must follow an approval (第三、五条)."""

from __future__ import annotations

from collections.abc import Iterator

from domain.register import EventKind, FilingEvent
from scanners.duties.hearing import Breach, Hearing
from scanners.guards import Guard


def report_late(hearing: Hearing) -> Iterator[Breach]:
    """Reported to the city's body in charge within three working days after the approval (第三条, R12).

    The day of the approval is not counted. Without a report the breach exists from the day after the limit.
    """
    for event in hearing.register.of_account(FilingEvent, hearing.account_id):
        if event.approved_on is None or event.event is EventKind.EMERGENCY:
            continue
        limit = hearing.calendar.add_working_days(event.approved_on, hearing.norms.report_days)
        last = event.reported_on or hearing.today
        if last <= limit and hearing.spared(Guard.LIMIT, f"期限 {limit}"):
            continue
        told = f"{event.reported_on} 报告" if event.reported_on else "至今没有报告记录"
        yield Breach(
            episode=event.key,
            record=f"{event.kind}:{event.key}",
            explanation=f"备案事项 {event.key}：{event.approved_on} 批准，应在 {limit} 前报告（当日不计），{told}",
            facts={"limit": str(limit), "told": told, "approved_on": str(event.approved_on)},
        )
