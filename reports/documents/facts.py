"""What is known of a period: the one source of every figure in circulars and summaries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.period import Period
from domain.rectification import UnitSummary
from domain.rule import Severity
from reports import labels
from reports.ledger import UNMENDED, LedgerRow, Stage
from reports.tally import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFact:
    """An account on file and whether any inspection of the period really looked at it."""

    id: str
    name: str
    platform: str
    sponsor: str
    supervisor: str = ""
    checked: bool = False
    newest_at: datetime | None = None
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFacts:
    """``rows`` are the findings of the period that people found to be problems, ``tally`` counts all findings of it.

    ``earlier`` are older problems that were open when the period began. ``basis`` are the documents by which it is
    inspected, ``days`` the days to rectify by severity, ``counting`` says how they are counted. ``closures`` are the
    accounts that a person ordered to be closed.
    """

    bureau: str
    signer: str
    period: Period
    today: date
    accounts: tuple[AccountFact, ...]
    rows: tuple[LedgerRow, ...]
    tally: Tally
    earlier: tuple[LedgerRow, ...] = ()
    units: tuple[UnitSummary, ...] = ()
    basis: tuple[str, ...] = ()
    regulation: str = ""
    days: Mapping[Severity, int] = field(default_factory=dict)
    counting: str = ""
    reply_by: date | None = None
    inspections: int = 0
    closures: tuple[str, ...] = ()
    reposts: Sequence[tuple[str, ...]] = ()
    repost_headers: tuple[str, ...] = ()
    #: Figures of the quarters of a year, for the summary of a year.
    parts: tuple[tuple[Period, Tally], ...] = ()

    @property
    def checked(self) -> tuple[AccountFact, ...]:
        """The accounts that were looked at."""
        return tuple(account for account in self.accounts if account.checked)

    @property
    def failed(self) -> frozenset[str]:
        """Ids of accounts with a severe problem, of the period or left from before it: these are not 合格."""
        left = (row for row in self.earlier if row.stage in UNMENDED)
        return frozenset(row.account_id for row in (*self.rows, *left) if row.severity is Severity.VETO)

    @property
    def passed(self) -> int:
        """Accounts that were looked at and have no severe problem."""
        return sum(account.id not in self.failed for account in self.checked)

    @property
    def mended_earlier(self) -> int:
        """Older problems that were closed since the period began."""
        return sum(row.stage is Stage.CLOSED for row in self.earlier)

    @property
    def unmended_earlier(self) -> int:
        """Older problems that are still open."""
        return sum(row.stage in UNMENDED for row in self.earlier)

    def by_platform(self) -> list[tuple[str, int]]:
        """Accounts by platform in Chinese, the commonest first."""
        counts = Counter(account.platform for account in self.accounts)
        return [(labels.platform(name), count) for name, count in counts.most_common()]

    def by_family(self) -> list[tuple[str, list[LedgerRow]]]:
        """The problems by kind, the commonest first, each from the gravest down."""
        found: dict[str, list[LedgerRow]] = {}
        for row in self.rows:
            found.setdefault(row.family, []).append(row)
        ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
        return [(family, sorted(rows, key=lambda row: row.severity.rank)) for family, rows in ordered]


def rate(part: int, whole: int) -> str:
    """``97.50%``; a dash of nothing."""
    return f"{part / whole:.2%}" if whole else "—"


def graded(tally: Tally) -> str:
    """``严重2个、一般1个`` of the problems, zeros left out."""
    counts = [(labels.SEVERITY[grade], tally.problem_severities[grade]) for grade in Severity]
    return "、".join(f"{name}{count}个" for name, count in counts if count)
