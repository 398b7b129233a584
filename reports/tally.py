"""Counting the ledger. Every figure that a document or a statistics sheet prints comes from one tally of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.clock import in_china
from domain.rule import Severity
from reports.ledger import UNMENDED, LedgerRow, Stage


@dataclass(slots=True)
class Tally:
    """Figures of the rows that were added. ``problems`` count what people confirmed, ``rows`` everything."""

    rows: int = 0
    problems: int = 0
    unmended: int = 0
    overdue: int = 0
    reopened: int = 0
    stages: Counter[Stage] = field(default_factory=Counter)
    severities: Counter[Severity] = field(default_factory=Counter)
    #: Of the problems alone.
    problem_severities: Counter[Severity] = field(default_factory=Counter)
    by_platform: Counter[tuple[str, Severity]] = field(default_factory=Counter)
    by_family: Counter[tuple[str, Severity]] = field(default_factory=Counter)
    by_unit: Counter[tuple[str, Stage]] = field(default_factory=Counter)
    by_month: Counter[tuple[str, Severity]] = field(default_factory=Counter)

    def add(self, row: LedgerRow) -> None:
        """Count one row."""
        self.rows += 1
        self.stages[row.stage] += 1
        self.severities[row.severity] += 1
        self.by_platform[row.platform, row.severity] += 1
        self.by_family[row.family, row.severity] += 1
        self.by_unit[row.sponsor, row.stage] += 1
        self.by_month[f"{in_china(row.found_at):%Y-%m}", row.severity] += 1
        self.overdue += row.overdue_days > 0
        self.reopened += row.reopened > 0
        if row.is_problem:
            self.problems += 1
            self.problem_severities[row.severity] += 1
            self.unmended += row.stage in UNMENDED

    def counted(self, rows: Iterable[LedgerRow]) -> Iterable[LedgerRow]:
        """``rows`` as they pass, counted."""
        for row in rows:
            self.add(row)
            yield row

    @property
    def closed(self) -> int:
        """Problems that a recheck closed."""
        return self.stages[Stage.CLOSED]

    @property
    def unjudged(self) -> int:
        """Findings that nobody has judged yet."""
        return self.stages[Stage.UNJUDGED]


def tally(rows: Iterable[LedgerRow]) -> Tally:
    """The figures of ``rows``."""
    made = Tally()
    for row in rows:
        made.add(row)
    return made
