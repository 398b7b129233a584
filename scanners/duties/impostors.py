"""假冒账号: checked at once, with 网信 consulted, a letter to the platform and a report upward (第十二条第（三）项).

R83 to R86. 立即 is read as the same day; the article gives no number for the other steps: three working days (default).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from domain.register import Counterfeit
from scanners.duties.concern import on_day
from scanners.duties.hearing import Breach, Hearing
from scanners.duties.matching import plain_title
from scanners.guards import Guard


def unchecked(hearing: Hearing) -> Iterator[Breach]:
    """Looked into on the day it was found (R83)."""
    for each in _found(hearing):
        assert each.found_on is not None, "only dated records are taken"
        if (each.checked_on or hearing.today) <= each.found_on and hearing.spared(Guard.LIMIT, "当日"):
            continue
        told = f"{each.checked_on} 才核实" if each.checked_on else "至今没有核实记录"
        yield _breach(each, f"应当日排查核实，{told}", told=told)


def not_consulted(hearing: Hearing) -> Iterator[Breach]:
    """网信 at least; 公安 and 电信 where the matter needs them, which a person decides (R84)."""
    for each, limit in _steps(hearing):
        if each.consulted_cyberspace_on is not None and hearing.spared(Guard.ON_FILE, "已商请网信"):
            continue
        others = [
            name
            for name, day in (("公安", each.consulted_police_on), ("电信", each.consulted_telecom_on))
            if day is not None
        ]
        told = f"只商请了{'、'.join(others)}" if others else "没有商请记录"
        yield _breach(each, f"应在 {limit} 前商请网信部门协同处理，{told}", limit=str(limit), told=told)


def no_letter(hearing: Hearing) -> Iterator[Breach]:
    """A letter to the platform, with its date and number (R85)."""
    for each, limit in _steps(hearing):
        if each.letter_on is not None and each.letter_no.strip() and hearing.spared(Guard.ON_FILE, each.letter_no):
            continue
        told = "没有登记文号" if each.letter_on is not None else "没有致函记录"
        yield _breach(each, f"应在 {limit} 前致函平台关停，{told}", limit=str(limit), told=told)


def not_reported(hearing: Hearing) -> Iterator[Breach]:
    """Filed with the body in charge one level up (R86)."""
    for each, limit in _steps(hearing):
        if each.reported_on is not None and hearing.spared(Guard.ON_FILE, f"{each.reported_on} 报备"):
            continue
        yield _breach(each, f"应在 {limit} 前报上一级主管单位备案，没有报备记录", limit=str(limit))


def suspect_open(hearing: Hearing) -> Iterator[Breach]:
    """Whether an account that looks like the bureau's is one is decided on the day it was found (R83)."""
    for each in hearing.facts.suspects:
        if each.is_confirmed and hearing.spared(Guard.ON_FILE, "已核实确认"):
            continue
        found = on_day(each.found_at)
        if hearing.today <= found and hearing.spared(Guard.LIMIT, "当日"):
            continue
        yield Breach(
            episode=each.id,
            explanation=f"程序比对发现“{each.name}”（{each.id[:12]}）近似本局账号，{found} 发现，至今没有人核实",
            facts={"name": each.name, "found": str(found), "id": each.id[:12]},
        )


def suspect_unrecorded(hearing: Hearing) -> Iterator[Breach]:
    """What a person confirmed as an impostor is on the sheet of impostors by the next working day (default)."""
    known = {(each.platform, plain_title(each.name)) for each in hearing.register.all(Counterfeit)}
    for each in hearing.facts.suspects:
        if not each.is_confirmed and hearing.spared(Guard.NOT_CONCERNED, "还没有核实"):
            continue
        if (each.platform, plain_title(each.name)) in known and hearing.spared(Guard.ON_FILE, each.name):
            continue
        found = on_day(each.found_at)
        limit = hearing.calendar.add_working_days(found, 1)
        if hearing.today <= limit and hearing.spared(Guard.LIMIT, f"期限 {limit}"):
            continue
        yield Breach(
            episode=each.id,
            explanation=f"“{each.name}”（{each.id[:12]}）{found} 发现，已由人确认为假冒，假冒账号台账里没有",
            facts={"name": each.name, "found": str(found), "id": each.id[:12]},
        )


def _found(hearing: Hearing) -> Iterator[Counterfeit]:
    """The impostors of the judged days that were found, and older ones that are still there."""
    since = hearing.today - timedelta(days=hearing.norms.judged_days)
    for each in hearing.register.all(Counterfeit):
        if each.found_on is None or each.found_on > hearing.today:
            continue
        old = each.found_on < since and each.closed_on is not None
        if old and hearing.spared(Guard.DAYS, f"{each.closed_on} 已关停"):
            continue
        yield each


def _steps(hearing: Hearing) -> Iterator[tuple[Counterfeit, date]]:
    """Those whose days for the further steps are over."""
    for each in _found(hearing):
        assert each.found_on is not None, "only dated records are taken"
        limit = hearing.calendar.add_working_days(each.found_on, hearing.norms.counterfeit_days)
        if hearing.today <= limit and hearing.spared(Guard.LIMIT, f"期限 {limit}"):
            continue
        closed = each.closed_on is not None and each.closed_on <= limit
        if closed and hearing.spared(Guard.EXEMPT, f"{each.closed_on} 已关停"):
            continue
        yield each, limit


def _breach(each: Counterfeit, explanation: str, **told: str) -> Breach:
    name = each.name or each.key
    return Breach(
        episode=each.key,
        record=f"{each.kind}:{each.key}",
        explanation=f"疑似假冒账号“{name}”{each.found_on} 发现，{explanation}",
        facts={"name": name, "found": str(each.found_on), **told},
    )
