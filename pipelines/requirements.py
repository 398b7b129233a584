"""What the program does about every requirement of the regulation, as ``docs/clauses.toml`` says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from domain.errors import DataError
from domain.rule import Rule, RuleStatus
from pipelines import clauses
from reports.model import Clause


class CoverageStatus(StrEnum):
    """How far the program goes with a requirement today."""

    AUTOMATED = "automated"  # a stable rule, or the program itself, judges it
    ASSISTED = "assisted"  # the program shows it, a person judges
    ATTESTED = "attested"  # the unit states it, a rule checks that the statement is there and fresh
    OUT_OF_SCOPE = "out-of-scope"  # nobody but a person looks at it in this version


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One obligation of the regulation: how it is taken (``reading``) and what is not covered (``note``).

    ``mechanism`` says in Chinese what the program itself does for it, where that is not a rule.
    """

    id: str
    status: CoverageStatus
    clauses: tuple[str, ...]
    rules: tuple[str, ...]
    reading: str
    note: str
    mechanism: str = ""


def load(path: Path = clauses.PATH) -> tuple[Requirement, ...]:
    """Every requirement in the file's order. Raises ``DataError`` for an entry that cannot be read."""
    clauses.load(path)  # tells a missing or broken file in its own words
    body = tomllib.loads(path.read_text(encoding="utf-8"))
    found: list[Requirement] = []
    for key, entry in body.get("requirement", {}).items():
        try:
            found.append(
                Requirement(
                    id=key,
                    status=CoverageStatus(entry["status"]),
                    clauses=tuple(entry["clauses"]),
                    rules=tuple(entry["rules"]),
                    reading=str(entry["reading"]),
                    note=str(entry.get("note", "")),
                    mechanism=str(entry.get("mechanism", "")),
                )
            )
        except (KeyError, TypeError, ValueError) as error:
            known = "、".join(CoverageStatus)
            raise DataError(
                str(path), f"[requirement.{key}] 不完整（{error}）；需要 status（{known}）、clauses、rules、reading"
            ) from error
    return tuple(found)


def problems(
    requirements: Sequence[Requirement], known: Mapping[str, Clause], rules: Mapping[str, Rule]
) -> Iterator[str]:
    """Where file and rules contradict each other, one Chinese line each."""
    for entry in requirements:
        where = f"docs/clauses.toml：[requirement.{entry.id}]"
        for key in entry.clauses:
            if key not in known:
                yield f"{where} 引用了没有的条款 {key}；请补上该条款或改正"
        unknown = [name for name in entry.rules if name not in rules]
        if unknown:
            yield f"{where} 引用了没有的规则 {'、'.join(unknown)}；请改正"
        stable = [name for name in entry.rules if name in rules and rules[name].status is RuleStatus.STABLE]
        if entry.status is CoverageStatus.AUTOMATED and not stable and not entry.mechanism:
            yield f"{where} 写明自动检查，却没有启用的规则；请补规则或改状态"
        if entry.status is not CoverageStatus.AUTOMATED and not entry.note:
            yield f"{where} 不是自动检查，却没有说明（note）；请写明由谁看"
    answered = {name for entry in requirements for name in entry.rules}
    for rule in rules.values():
        if rule.id not in answered:
            yield f"docs/clauses.toml：规则 {rule.id} 不在任何一条要求里；请补进它所查的要求"
        for citation in rule.citations:
            if citation.clause not in known:
                yield f"{rule.id}：引用了没有的条款 {citation.clause}；请补进 docs/clauses.toml"
