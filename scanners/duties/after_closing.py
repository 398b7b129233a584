"""注销以后 (第三、五条): an account that is closed is no longer inspected, but its closing must be carried through.

Such breaches are told to the unit, for a closed account has no inspection of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from domain.account import Account, Standing
from domain.register import AppCard, EventKind, FilingEvent
from scanners.duties import closing, filing_steps, filing_terms
from scanners.duties.hearing import Breach, Hearing

_CHECKS = (
    filing_steps.agreement,
    filing_steps.approval,
    filing_terms.report_late,
    filing_steps.system_entry,
    filing_steps.announcement_missing,
    filing_steps.announcement_short,
    filing_steps.announcement_unreachable,
    closing.unfinished,
    closing.still_in_store,
    closing.emergency_late,
    closing.emergency_untold,
)
_ENDING = frozenset({EventKind.CLOSE, EventKind.CANCEL, EventKind.EMERGENCY})


def unfinished_steps(hearing: Hearing) -> Iterator[Breach]:
    """Every step of the closing of each closed account of the unit, by the checks that an account in use has."""
    for account in hearing.facts.of_unit:
        if account.standing is not Standing.CLOSED:
            continue
        own = replace(hearing, facts=replace(hearing.facts, account=account))
        ending = _records(hearing, account)
        for check in _CHECKS:
            for breach in check(own):
                if breach.record in ending:
                    yield replace(
                        breach,
                        episode=f"{account.id}:{check.__name__}:{breach.episode}",
                        explanation=f"{account.name}（已注销）：{breach.explanation}",
                        facts={"name": account.name, "told": breach.explanation},
                    )


def _records(hearing: Hearing, account: Account) -> set[str]:
    events = hearing.register.of_account(FilingEvent, account.id)
    found = {f"{each.kind}:{each.key}" for each in events if each.event in _ENDING}
    return found | {f"{AppCard.kind}:{account.id}"}
