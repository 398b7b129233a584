"""The simulated year: fed into the store day by day, inspected day by day, compared with what was seeded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from domain.account import Standing
from domain.case import Sighting
from domain.clock import Clock
from domain.coverage import Coverage
from domain.inspection import Inspection, InspectionKind, InspectionScope
from domain.link import ResolvedLink, Transport
from domain.outcome import Outcome
from domain.register import Record
from pipelines.duties import watched_addresses
from pipelines.inspection import inspect
from replica.year.model import Day, Expected, Year, inspected_at
from store.records import PostRead

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.account import Account
    from pipelines.workspace import Workspace
    from store import Store

_SOURCE = "register"


class Line(NamedTuple):
    """What a finding and an expected breach have in common."""

    day: date
    rule: str
    account: str
    post_key: str


@dataclass(slots=True)
class YearResult:
    """What the year came to: lines that were expected and not found on their day, and lines that nobody seeded."""

    expected: int = 0
    requirements: int = 0
    posts: int = 0
    inspections: int = 0
    found: list[tuple[Line, str]] = field(default_factory=list)
    missing: list[Expected] = field(default_factory=list)
    outside: list[tuple[Line, str]] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """True where every breach was found on its first day, and nothing else."""
        return not self.missing and not self.outside


def run_year(place: Workspace, year: Year, tell: Callable[[str], None]) -> YearResult:
    """Live through the year. ``place`` is a fresh workspace."""
    result = YearResult(expected=len(year.expected), requirements=len({one.requirement for one in year.expected}))
    state = _State(year)
    with place.open_store() as store:
        store.put_accounts(year.accounts, source=_SOURCE, at=inspected_at(year.first) - timedelta(days=600))
    scope = InspectionScope(kind=InspectionKind.NIGHTLY)
    for day in year.inspections():
        contents = state.until(day)
        clock = Clock(start=inspected_at(day), fixed=True)

        def bring(store: Store, inspection: Inspection, contents: list[Day] = contents) -> None:
            state.bring(store, inspection, contents)

        with place.open_store() as store:
            state.register(store, contents, inspected_at(day))
        done = inspect(place, scope, clock, bring=bring)
        result.inspections += 1
        result.posts += sum(len(content.posts) for content in contents)
        for sighted in done.findings:
            if sighted.sighting is Sighting.NEW:
                finding = sighted.finding
                key = finding.post_id.removeprefix(f"{finding.account_id}/") if finding.post_id else ""
                result.found.append((Line(day, finding.rule_id, finding.account_id, key), finding.explanation))
        if day.day == 1:
            tell(f"{day:%Y-%m}　内容 {result.posts}，已报 {len(result.found)}")
    _compare(year, result)
    return result


def _compare(year: Year, result: YearResult) -> None:
    left = Counter(line for line, _ in result.found)
    for one in year.expected:
        line = Line(one.day, one.rule, one.account, one.post_key)
        if left[line]:
            left[line] -= 1
        else:
            result.missing.append(one)
    for line, why in result.found:
        if left[line]:
            left[line] -= 1
            result.outside.append((line, why))


class _State:
    """What holds from day to day."""

    def __init__(self, year: Year) -> None:
        self._year = year
        self._accounts: dict[str, Account] = {account.id: account for account in year.accounts}
        self._records: dict[tuple[str, str], Record] = {}
        self._visits: dict[str, Coverage] = {}
        self._links: dict[str, ResolvedLink] = {}
        self._days: Iterator[date] = iter(sorted(year.days))
        self._next: date | None = next(self._days, None)

    def until(self, day: date) -> list[Day]:
        """Everything that happened since the last inspection."""
        found: list[Day] = []
        while self._next is not None and self._next <= day:
            found.append(self._year.days[self._next])
            self._next = next(self._days, None)
        return found

    def register(self, store: Store, contents: list[Day], at: datetime) -> None:
        """Import what changed in the register, as an office would before the night."""
        changed: dict[str, dict[str, Record]] = {}
        whole: set[str] = set()
        for content in contents:
            for record in content.records:
                self._records[record.kind, record.key] = record
                changed.setdefault(record.kind, {})[record.key] = record
            for kind, key in content.dropped:
                self._records.pop((kind, key), None)
                whole.add(kind)
            for account in content.accounts:
                self._accounts[account.id] = account
        if any(content.accounts for content in contents):
            store.put_accounts(list(self._accounts.values()), source=_SOURCE, at=at)
        sheets: dict[str, list[Record]] = {kind: list(records.values()) for kind, records in changed.items()}
        for kind in whole:
            sheets[kind] = [record for (own, _), record in self._records.items() if own == kind]
        if sheets:
            store.put_register(sheets, source="office", at=at, replace=frozenset(whole))

    def bring(self, store: Store, inspection: Inspection, contents: list[Day]) -> None:
        """What the crawl would have brought tonight."""
        reads: list[PostRead] = []
        for content in contents:
            reads.extend(PostRead(post=post, outcome=Outcome.OK, read_at=inspection.now) for post in content.posts)
            for visit in content.visits:
                self._visits[visit.account_id] = visit
            for link in content.links:
                self._links[link.url] = link
        for start in range(0, len(reads), 200):
            store.put_posts(inspection.id, reads[start : start + 200])
        for content in contents:
            for account_id, profile in content.profiles:
                store.put_snapshot(account_id, profile, evidence="", inspection_id=inspection.id, at=inspection.now)
            gone = store.posts(content.gone)
            store.put_posts(
                inspection.id,
                [PostRead(post=item.post, outcome=Outcome.DELETED, read_at=inspection.now) for item in gone],
            )
        store.put_links(list(self._answers(store, inspection.now)))
        for account in self._accounts.values():
            if account.standing is not Standing.CLOSED:
                known = self._visits.get(account.id)
                visit = known or Coverage(
                    account_id=account.id, outcome=Outcome.OK, route="page", complete=True, listed=1
                )
                store.put_coverage(inspection.id, visit)

    def _answers(self, store: Store, now: datetime) -> Iterator[ResolvedLink]:
        """Every address of the register was opened tonight; it answers unless the script says otherwise."""
        register = store.register()
        urls = dict.fromkeys(url for account in self._accounts.values() for url in watched_addresses(register, account))
        for url in urls:
            known = self._links.get(url)
            if known is not None:
                yield replace(known, resolved_at=now)
            else:
                yield ResolvedLink(
                    url=url, outcome=Outcome.OK, status=200, final_url=url, resolved_at=now, transport=Transport.SECURE
                )
