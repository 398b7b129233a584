"""Compares a run of the demo with its answer key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from domain.coverage import Coverage
from domain.finding import Finding
from domain.outcome import Outcome
from replica.world import Answer, Wall, World


class Line(NamedTuple):
    """What a finding and an answer have in common. ``days`` is empty where no silence is counted."""

    account_id: str
    post_key: str
    rule_id: str
    term: str
    days: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Found and expected lines, and what is wrong with the accounts; ``no_tool`` could not be read here at all."""

    expected: int
    found: int
    missing: tuple[Line, ...]
    outside: tuple[Line, ...]
    unread: tuple[str, ...] = ()
    entered: tuple[str, ...] = ()
    no_tool: tuple[str, ...] = ()
    left_out: int = field(default=0)

    @property
    def recall(self) -> float:
        """Share of the expected findings that were made."""
        return 1 - len(self.missing) / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        """Share of the findings made that were expected."""
        return 1 - len(self.outside) / self.found if self.found else 1.0

    @property
    def passed(self) -> bool:
        """True when nothing is missing, nothing stands outside the key, and every account ended as it should."""
        return not (self.missing or self.outside or self.unread or self.entered)


def compare(
    world: World, answers: Iterable[Answer], findings: Iterable[Finding], coverages: Iterable[Coverage]
) -> Comparison:
    """Compare exactly, doubles included. Answers about an account that needs a tool that is not here are left out."""
    by_account: Mapping[str, Coverage] = {coverage.account_id: coverage for coverage in coverages}
    no_tool = {key for key, coverage in by_account.items() if coverage.outcome is Outcome.NO_TOOL}
    key = list(answers)
    expected = Counter(_of_answer(answer) for answer in key if answer.account_id not in no_tool)
    found = Counter(_of_finding(finding) for finding in findings)
    checked = {key: coverage.checked for key, coverage in by_account.items()}
    return Comparison(
        expected=expected.total(),
        found=found.total(),
        missing=tuple(sorted((expected - found).elements())),
        outside=tuple(sorted((found - expected).elements())),
        unread=_accounts(world, lambda wall, one: wall is Wall.NONE and one not in no_tool and not checked.get(one)),
        entered=_accounts(world, lambda wall, one: wall is not Wall.NONE and checked.get(one, False)),
        no_tool=tuple(sorted(no_tool)),
        left_out=sum(answer.account_id in no_tool for answer in key),
    )


def _accounts(world: World, test: Callable[[Wall, str], bool]) -> tuple[str, ...]:
    return tuple(entry.account.id for entry in world.accounts if test(entry.wall, entry.account.id))


def _of_answer(answer: Answer) -> Line:
    days = "" if answer.days is None else str(answer.days)
    return Line(answer.account_id, answer.post_key, answer.rule_id, answer.term, days)


def _of_finding(finding: Finding) -> Line:
    post_key = finding.post_id.removeprefix(f"{finding.account_id}/") if finding.post_id else ""
    days = "" if finding.post_id else finding.facts.get("days", "")
    return Line(finding.account_id, post_key, finding.rule_id, finding.term, days)
