"""Counting the ledger. Every figure that a document or a statistics sheet prints comes from one tally of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from domain.clock import CHINA
from domain.rule import Severity
from reports.ledger import PROBLEM, UNMENDED, LedgerRow, Stage

Key = TypeVar("Key")


class Group(NamedTuple):
    """What rows that are counted together have in common; ``month`` is ``2026-06``."""

    platform: str
    family: str
    unit: str
    month: tuple[int, int]
    severity: Severity
    stage: Stage
    overdue: bool
    reopened: bool


class Tally:
    """Figures of the rows that were added; two tallies of the same rows are equal.

    A row costs one addition: everything else is worked out when it is asked for.
    """

    def __init__(self) -> None:
        self._groups: Counter[Group] = Counter()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tally) and self._groups == other._groups

    __hash__ = None  # type: ignore[assignment]  # it changes

    def add(self, row: LedgerRow) -> None:
        """Count one row."""
        found = row.found_at.astimezone(CHINA)
        self._groups[
            Group(
                row.platform,
                row.family,
                row.sponsor,
                (found.year, found.month),
                row.severity,
                row.stage,
                row.overdue_days > 0,
                row.reopened > 0,
            )
        ] += 1

    def counted(self, rows: Iterable[LedgerRow]) -> Iterator[LedgerRow]:
        """``rows`` as they pass, counted."""
        for row in rows:
            self.add(row)
            yield row

    # -- figures -----------------------------------------------------------------------------------------------------

    @property
    def rows(self) -> int:
        """Everything that was found."""
        return self._groups.total()

    @property
    def problems(self) -> int:
        """What people found to be a problem."""
        return self._sum(lambda one: one.stage in PROBLEM)

    @property
    def unmended(self) -> int:
        """Problems that no recheck has closed."""
        return self._sum(lambda one: one.stage in UNMENDED)

    @property
    def closed(self) -> int:
        """Problems that a recheck closed."""
        return self._sum(lambda one: one.stage is Stage.CLOSED)

    @property
    def unjudged(self) -> int:
        """Findings that nobody has judged yet."""
        return self._sum(lambda one: one.stage is Stage.UNJUDGED)

    @property
    def overdue(self) -> int:
        """Problems whose last day has passed."""
        return self._sum(lambda one: one.overdue)

    @property
    def reopened(self) -> int:
        """Findings that had to be mended again."""
        return self._sum(lambda one: one.reopened)

    @property
    def stages(self) -> Counter[Stage]:
        """How many stand where."""
        return self._by(lambda one: one.stage)

    @property
    def problem_severities(self) -> Counter[Severity]:
        """The problems by severity."""
        return self._by(lambda one: one.severity, lambda one: one.stage in PROBLEM)

    @property
    def by_platform(self) -> Counter[tuple[str, Severity]]:
        """Everything by platform and severity."""
        return self._by(lambda one: (one.platform, one.severity))

    @property
    def by_family(self) -> Counter[tuple[str, Severity]]:
        """Everything by kind and severity."""
        return self._by(lambda one: (one.family, one.severity))

    @property
    def by_month(self) -> Counter[tuple[str, Severity]]:
        """Everything by month of finding and severity."""
        return self._by(lambda one: ("{}-{:02}".format(*one.month), one.severity))

    @property
    def by_unit(self) -> Counter[tuple[str, Stage]]:
        """Everything by unit and stage."""
        return self._by(lambda one: (one.unit, one.stage))

    def _sum(self, chosen: Callable[[Group], bool]) -> int:
        return sum(count for group, count in self._groups.items() if chosen(group))

    def _by(self, key: Callable[[Group], Key], chosen: Callable[[Group], bool] = lambda _: True) -> Counter[Key]:
        found: Counter[Key] = Counter()
        for group, count in self._groups.items():
            if chosen(group):
                found[key(group)] += count
        return found


def tally(rows: Iterable[LedgerRow]) -> Tally:
    """The figures of ``rows``."""
    made = Tally()
    for row in rows:
        made.add(row)
    return made
