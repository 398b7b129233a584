"""What one inspection came to for every requirement: checked, partly, not at all, or left to people, and why.

A requirement counts as checked only where a rule of it could judge: the rule was in force, the sheets of the register
that it rests on are kept, and the accounts that it looks at were read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.account import Account, Standing
from domain.coverage import Coverage
from domain.inspection import Inspection, InspectionKind
from domain.rule import Rule, RuleStatus
from pipelines.requirements import CoverageStatus, Requirement
from reports import labels
from reports.model import ObligationLine

_WHOLE = ("unit", "bureau")
#: Names of accounts told in one line.
_NAMED = 5
_UNKEPT = "没有填报台账"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One inspection as far as requirements go. ``ran``: ids of the rules it judged with; ``inactive``: why others
    could not; ``filled``: sheets of the register that the office keeps; ``found``: current problems by rule."""

    inspection: Inspection
    accounts: Sequence[Account]
    coverages: Mapping[str, Coverage]
    everybody: Sequence[Account]
    rules: Mapping[str, Rule]
    ran: frozenset[str]
    inactive: Mapping[str, str]
    filled: frozenset[str]
    found: Mapping[str, int]

    @property
    def is_whole(self) -> bool:
        """True where every account on file was in it, so that units and the bureau were judged too."""
        wanted = {account.id for account in self.accounts}
        return self.inspection.kind is not InspectionKind.AUDIT and all(
            account.id in wanted for account in self.everybody if account.standing is not Standing.CLOSED
        )


def obligations(wanted: Sequence[Requirement], seen: Seen) -> tuple[ObligationLine, ...]:
    """One line for each of ``wanted``, in their order."""
    return tuple(_line(entry, seen) for entry in wanted)


def needs(rule: Rule) -> frozenset[str]:
    """The sheets of the register without which a rule about a duty cannot judge: those that each of its own examples
    that fire has."""
    return _needs(rule.id, rule.detector.get("kind") == "duty", _sheets(rule))


def _sheets(rule: Rule) -> tuple[frozenset[str], ...]:
    found = []
    for example in rule.fires:
        records, filled = example.given.get("records", []), example.given.get("filled", [])
        kinds = {str(each["kind"]) for each in records} if isinstance(records, list) else set()
        found.append(frozenset(kinds | set(map(str, filled if isinstance(filled, list) else []))))
    return tuple(found)


@lru_cache(maxsize=1024)
def _needs(rule_id: str, is_duty: bool, sheets: tuple[frozenset[str], ...]) -> frozenset[str]:
    del rule_id
    return frozenset.intersection(*sheets) if is_duty and sheets else frozenset()


def _line(entry: Requirement, seen: Seen) -> ObligationLine:
    named = [seen.rules[name] for name in entry.rules if name in seen.rules]
    known = [rule for rule in named if rule.status is RuleStatus.STABLE]
    refused = {rule.id: why for rule in known if (why := _refusal(rule, seen))}
    able = [rule for rule in known if rule.id not in refused]
    concerned = [rule for rule in able if _accounts(rule, seen)]
    missed = _missed(concerned, seen)
    state = _state(entry, known, able, concerned, refused, missed, seen)
    told = [*dict.fromkeys(why for why in refused.values() if why != _UNKEPT)]
    if _UNKEPT in refused.values():
        names = sorted({name for rule in known for name in needs(rule) - seen.filled})
        told.append(f"{_UNKEPT}：{'、'.join(labels.SHEET.get(name, name) for name in names)}")
    if state == "by_hand" or (entry.note and not told and entry.status is not CoverageStatus.AUTOMATED):
        told.append(entry.note)
    return ObligationLine(
        id=entry.id,
        reading=entry.reading,
        how=entry.status.value,
        state=state,
        why="；".join(told),
        unread=_unread(missed) if state in ("partly", "not_checked") else "",
        mechanism=entry.mechanism,
        clauses=entry.clauses,
        rules=tuple(rule.id for rule in concerned),
        missed=tuple(account.name for account, _ in missed),
        findings=sum(seen.found.get(rule.id, 0) for rule in known),
    )


def _state(
    entry: Requirement,
    known: Sequence[Rule],
    able: Sequence[Rule],
    concerned: Sequence[Rule],
    refused: Mapping[str, str],
    missed: Collection[tuple[Account, Coverage | None]],
    seen: Seen,
) -> str:
    if not known:
        return "checked" if entry.mechanism and entry.status is not CoverageStatus.OUT_OF_SCOPE else "by_hand"
    if not able:
        return "not_checked"
    if not concerned:
        return "not_concerned"
    blind = all(_reads(rule) and not _read(_accounts(rule, seen), seen) for rule in concerned)
    if blind:
        return "not_checked"
    return "partly" if refused or missed else "checked"


def _refusal(rule: Rule, seen: Seen) -> str:
    """Why the rule could not judge at all, empty where it could."""
    if rule.id in seen.inactive:
        return seen.inactive[rule.id]
    if rule.id not in seen.ran:
        return f"规则“{rule.title}”没有启用"
    if rule.detector.get("kind") != "duty":
        return ""
    if rule.detector.get("subject") in _WHOLE and not seen.is_whole:
        return "只检查了部分账号，单位和全局的事项没有检查"
    return _UNKEPT if needs(rule) - seen.filled else ""


def _reads(rule: Rule) -> bool:
    """True for a rule that looks at what was read tonight, not only at the register."""
    detector = rule.detector
    return detector.get("kind") != "duty" or detector.get("rests_on") == "page" or detector.get("subject") == "post"


def _accounts(rule: Rule, seen: Seen) -> list[Account]:
    """The accounts that the rule speaks about."""
    platforms = rule.detector.get("platforms")
    if not isinstance(platforms, list) or not platforms:
        return list(seen.accounts)
    return [account for account in seen.accounts if account.platform in platforms]


def _read(accounts: Sequence[Account], seen: Seen) -> list[Account]:
    return [account for account in accounts if (one := seen.coverages.get(account.id)) is not None and one.checked]


def _missed(rules: Sequence[Rule], seen: Seen) -> list[tuple[Account, Coverage | None]]:
    found: dict[str, tuple[Account, Coverage | None]] = {}
    for rule in rules:
        if not _reads(rule):
            continue
        for account in _accounts(rule, seen):
            one = seen.coverages.get(account.id)
            if one is None or not one.checked:
                found[account.id] = (account, one)
    return list(found.values())


def _unread(missed: Sequence[tuple[Account, Coverage | None]]) -> str:
    if not missed:
        return ""
    named = "、".join(_named(account, coverage) for account, coverage in missed[:_NAMED])
    more = f"等 {len(missed)} 个账号" if len(missed) > _NAMED else ""
    return f"没有读到：{named}{more}"


def _named(account: Account, coverage: Coverage | None) -> str:
    why = labels.OUTCOME[coverage.outcome] if coverage is not None else "还没有轮到"
    return f"{account.name}·{labels.platform(account.platform)}（{why}）"


def totals(wanted: Sequence[Requirement]) -> str:
    """``114 条中：自动检查 70，……，不检查 3（R26：……）``."""
    parts = []
    for status in CoverageStatus:
        own = [entry for entry in wanted if entry.status is status]
        told = f"{labels.REQUIREMENT[status.value]} {len(own)}"
        if own and status is CoverageStatus.OUT_OF_SCOPE:
            told += f"（{'；'.join(f'{entry.id} {entry.note}' for entry in own)}）"
        parts.append(told)
    return f"{len(wanted)} 条中：{'，'.join(parts)}"


def states(lines: Sequence[ObligationLine]) -> Iterator[tuple[str, int]]:
    """How many requirements have each state, as label and number, zeros left out."""
    for state, name in labels.OBLIGATION.items():
        count = sum(line.state == state for line in lines)
        if count:
            yield name, count
