"""承诺和说明: what a unit states, checked for being there, fresh and of this year (第十至十二条, R73, R74, R79).

Of a topic that nobody in the office has ever stated anything about, one notice to the bureau speaks (``never_made``);
units and accounts are asked for it from the first statement on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from domain.calendar import add_months
from domain.register import Attestation
from scanners.duties.concern import has_accounts
from scanners.duties.hearing import Breach, Hearing
from scanners.guards import Guard


def stated(hearing: Hearing, topic: str) -> tuple[Attestation, ...]:
    """The dated statements of ``topic`` by the subject unit or for the whole bureau, oldest first."""
    found = [
        each
        for each in hearing.register.statements(topic, hearing.facts.unit_name)
        if each.stated_on is not None and each.stated_on <= hearing.today
    ]
    return tuple(sorted(found, key=lambda each: each.stated_on or date.min))


def is_kept(hearing: Hearing, *topics: str) -> bool:
    """True where anybody in the office has ever stated something about one of ``topics``."""
    return not hearing.register.topics.isdisjoint(topics)


def yearly(hearing: Hearing) -> Iterator[Breach]:
    """A statement of this year; until the end of March (``by``) the one of last year still stands.

    Options: ``topic``, ``name`` (what a clerk calls it), ``by`` (``MM-DD``).
    """
    topic, name = hearing.option("topic"), hearing.option("name")
    if _nobody(hearing, topic):
        return
    own = stated(hearing, topic)
    last = own[-1].stated_on if own else None
    month, day = map(int, hearing.option("by", "03-31").split("-"))
    year = hearing.today.year
    waits = hearing.today <= date(year, month, day)
    if last is not None and last.year == year and hearing.spared(Guard.ON_FILE, str(last)):
        return
    still = waits and last is not None and last.year == year - 1
    if still and hearing.spared(Guard.LIMIT, f"{year} 年的应在 {month} 月 {day} 日前作出"):
        return
    owed = year - 1 if waits else year
    told = f"最近一次是 {last}" if last else "从未作出"
    yield Breach(
        episode=f"{topic}:{owed}",
        record=f"{Attestation.kind}:{own[-1].key}" if own else "",
        explanation=f"{hearing.facts.unit_name}没有 {owed} 年度的{name}，{told}",
        facts={"unit": hearing.facts.unit_name, "name": name, "year": str(owed), "told": told},
    )


def documents(hearing: Hearing) -> Iterator[Breach]:
    """Each of several papers is on file and has not run out. Option ``topics``: topic = name."""
    topics = _topics(hearing)
    if _nobody(hearing, *topics):
        return
    for topic, name in topics.items():
        own = stated(hearing, topic)
        valid = [each for each in own if each.valid_until is None or hearing.today <= each.valid_until]
        if valid and hearing.spared(Guard.ON_FILE, f"{valid[-1].stated_on} 登记"):
            continue
        told = f"登记的已于 {own[-1].valid_until} 到期" if own and not valid else "台账没有登记"
        yield Breach(
            episode=topic,
            record=f"{Attestation.kind}:{own[-1].key}" if own else "",
            explanation=f"{hearing.facts.unit_name}：{name}{told}",
            facts={"unit": hearing.facts.unit_name, "name": name, "told": told},
        )


def drill(hearing: Hearing) -> Iterator[Breach]:
    """An emergency drill within the last twelve months (default)."""
    if _nobody(hearing, "drill"):
        return
    own = stated(hearing, "drill")
    last = own[-1].stated_on if own else None
    months = hearing.norms.rules_months
    if last is not None and hearing.today <= add_months(last, months) and hearing.spared(Guard.LIMIT, f"{last} 演练"):
        return
    told = f"最近一次是 {last}" if last else "没有演练记录"
    yield Breach(
        episode=f"drill:{last or 'never'}",
        record=f"{Attestation.kind}:{own[-1].key}" if own else "",
        explanation=f"{hearing.facts.unit_name}应每 {months} 个月演练一次，{told}",
        facts={"unit": hearing.facts.unit_name, "months": str(months), "told": told},
    )


def never_made(hearing: Hearing) -> Iterator[Breach]:
    """The office keeps the sheet of statements, and nothing was ever stated about a topic. Option ``topics``."""
    if not hearing.register.keeps(Attestation) and hearing.spared(Guard.NOT_KEPT, "承诺和说明"):
        return
    for topic, name in _topics(hearing).items():
        if is_kept(hearing, topic) and hearing.spared(Guard.ON_FILE, name):
            continue
        yield Breach(
            episode=topic,
            explanation=f"承诺和说明台账里从来没有“{name}”，各单位、各账号的这一项都没有检查",
            facts={"name": name},
        )


def _nobody(hearing: Hearing, *topics: str) -> bool:
    """True where nothing can be asked of this unit: it runs no account, or the office never states this."""
    if not has_accounts(hearing) and hearing.spared(Guard.NOT_CONCERNED, "没有在用账号"):
        return True
    return not is_kept(hearing, *topics) and hearing.spared(Guard.NOT_KEPT, "承诺和说明")


def _topics(hearing: Hearing) -> Mapping[str, str]:
    found = hearing.options.get("topics", {})
    return {str(topic): str(name) for topic, name in found.items()} if isinstance(found, dict) else {}
