"""突发和舆情: harmful information is dealt with at once (R70), a major event is reported upward (R71); 第九条."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from domain.register import Incident
from scanners.duties.concern import answers_for, clock
from scanners.duties.hearing import Breach, Hearing
from scanners.guards import Guard


def harmful_late(hearing: Hearing) -> Iterator[Breach]:
    """Handled within two hours of being found (第一时间 has no number: default), nights and holidays included."""
    limit = timedelta(hours=hearing.norms.harmful_hours)
    for each in _own(hearing):
        if each.found_at is None:
            continue
        due = each.found_at + limit
        if (each.handled_at or hearing.now) <= due and hearing.spared(Guard.LIMIT, f"期限 {clock(due)}"):
            continue
        told = f"{clock(each.handled_at)} 才处理" if each.handled_at else "至今没有处理记录"
        yield Breach(
            episode=each.key,
            record=f"{each.kind}:{each.key}",
            explanation=f"有害信息 {each.key}：{clock(each.found_at)} 发现，应在 {clock(due)} 前处理，{told}",
            facts={"key": each.key, "found": clock(each.found_at), "due": clock(due), "told": told},
        )


def unreported(hearing: Hearing) -> Iterator[Breach]:
    """What a person flagged as 重大舆情 is reported upward within 24 hours (及时 has no number: default)."""
    limit = timedelta(hours=hearing.norms.opinion_hours)
    for each in _own(hearing):
        if each.found_at is None:
            continue
        if not each.is_major and hearing.spared(Guard.NOT_CONCERNED, "没有标为重大舆情"):
            continue
        due = each.found_at + limit
        if (each.reported_at or hearing.now) <= due and hearing.spared(Guard.LIMIT, f"期限 {clock(due)}"):
            continue
        told = f"{clock(each.reported_at)} 才上报" if each.reported_at else "至今没有上报记录"
        yield Breach(
            episode=each.key,
            record=f"{each.kind}:{each.key}",
            explanation=f"重大舆情 {each.key}：{clock(each.found_at)} 发现，应在 {clock(due)} 前上报，{told}",
            facts={"key": each.key, "found": clock(each.found_at), "due": clock(due), "told": told},
        )


def _own(hearing: Hearing) -> Iterator[Incident]:
    """The unit's incidents; of those that are over, the ones of the judged days."""
    since = hearing.now - timedelta(days=hearing.norms.judged_days)
    for each in hearing.register.all(Incident):
        if not answers_for(hearing, each.unit, each.account):
            continue
        over = each.handled_at is not None and (not each.is_major or each.reported_at is not None)
        old = over and each.found_at is not None and each.found_at < since
        if old and hearing.spared(Guard.DAYS, "早已处理完毕"):
            continue
        yield each
