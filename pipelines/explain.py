"""Why a rule fires on a text, or why it stays silent: the answer of ``xunjian rules explain --text``."""

from __future__ import annotations

import secrets

from domain.finding import Finding
from domain.post import Segment
from domain.rule import RuleStatus, Scope
from reports import labels
from scanners.engine import Scanner
from scanners.guards import Drop, Guard
from scanners.masking import mask, mask_private
from scanners.rulebook import RuleBook


def explain(book: RuleBook, rule_id: str, text: str) -> tuple[str, ...]:
    """Lines in Chinese: every finding with its reason, every dropped hit with the guard that dropped it.

    Private values are masked, even those that were dropped. Raises ``KeyError`` for an unknown rule.
    """
    rule = book.by_id[rule_id]
    if rule.id in book.inactive:
        return (f"未检查：{book.inactive[rule.id]}",)
    if rule.status is RuleStatus.DEPRECATED:
        return ("未检查：本条已停用",)
    if rule.scope is Scope.ACCOUNT:
        return ("本条看账号的更新时间，不看文字",)
    drops: list[Drop] = []
    scanner = Scanner(book.only(rule.id), secrets.token_bytes(32), preview=True)
    findings = scanner.scan_post([Segment("body", text)], drops=drops)
    lines = [_fired(finding) for finding in findings]
    lines.extend(dict.fromkeys(_dropped(drop, redact=rule.redact) for drop in drops))
    return tuple(lines) or ("不报：没有任何一处与本条相似",)


def _fired(finding: Finding) -> str:
    place = finding.occurrences[0] if finding.occurrences else None
    where = f"第 {place.start + 1}—{place.end} 字" if place else "链接"
    grade, sure = labels.SEVERITY[finding.severity], labels.CONFIDENCE[finding.confidence]
    return f"报：{where}“{_line(finding.masked_term)}”，{grade}，把握{sure}；{finding.message}；{finding.explanation}"


def _dropped(drop: Drop, *, redact: bool) -> str:
    # What is hidden in the text already is shown as it stands.
    shown = mask(drop.text) if redact and drop.guard is not Guard.MASKED else mask_private(drop.text)
    return f"不报：第 {drop.start + 1}—{drop.end} 字“{_line(shown)}”，{drop.reason}（{drop.guard.value}）"


def _line(text: str) -> str:
    return " ".join(text.split())
