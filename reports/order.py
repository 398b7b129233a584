"""The order in which accounts and problems are printed: what needs hands first stands first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from domain.rule import Severity
from reports.model import AccountLine, FindingLine


def arrange(findings: Iterable[FindingLine]) -> tuple[FindingLine, ...]:
    """Account by account, the one with the gravest and most problems first; in it the account's own problems, then its
    posts from the newest, each from its gravest problem down."""
    by_account: dict[str, list[FindingLine]] = defaultdict(list)
    for finding in findings:
        by_account[finding.account_id].append(finding)
    groups = sorted(by_account.items(), key=lambda item: (_weight(item[1]), item[0]))
    return tuple(finding for _, group in groups for finding in sorted(group, key=_within_account))


def arrange_accounts(accounts: Iterable[AccountLine], findings: Sequence[FindingLine]) -> tuple[AccountLine, ...]:
    """Those that could not be checked first, then those with problems in the order of ``arrange``, then the clean."""
    by_account: dict[str, list[FindingLine]] = defaultdict(list)
    for finding in findings:
        by_account[finding.account_id].append(finding)
    return tuple(sorted(accounts, key=lambda one: (one.checked, *_weight(by_account[one.id]), one.platform, one.id)))


def grouped(findings: Iterable[FindingLine]) -> Iterator[tuple[str, list[tuple[str, list[FindingLine]]]]]:
    """Arranged findings as ``(account id, [(post key, findings)])``."""
    for account_id, group in groupby(findings, key=lambda finding: finding.account_id):
        yield account_id, [(key, list(items)) for key, items in groupby(group, key=lambda finding: finding.post_key)]


def _weight(findings: Sequence[FindingLine]) -> tuple[int, ...]:
    """Smaller is graver: minus the number of current problems of each severity, gravest first."""
    current = [finding for finding in findings if finding.is_current]
    return tuple(-sum(finding.severity is severity for finding in current) for severity in Severity)


def _within_account(finding: FindingLine) -> tuple[object, ...]:
    published = -finding.published_at.timestamp() if finding.published_at else float("inf")
    return (
        finding.post_key != "",
        published,
        finding.post_key,
        finding.severity.rank,
        finding.rule_id,
        finding.term,
        finding.fingerprint,
    )
