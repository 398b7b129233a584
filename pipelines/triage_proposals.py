"""What the judgements suggest: an exception for a word, a lower severity, a rule back to preview. A proposal is weighed
on the posts on file before anybody takes it, and is written into the office's own words and rules, never the shipped.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import lexicons
from domain.clock import in_china
from domain.errors import ConfigError
from domain.finding import Finding
from domain.rule import Rule, RuleStatus, Severity
from domain.table import write_csv
from lexicons import Term, canonical, columns
from pipelines import lexicon_impact
from pipelines.triage import open_cases
from pipelines.triage_stats import Figure, verdict_of
from pipelines.workspace import Workspace
from reports import labels
from reports.visible import visible
from scanners import rulebook
from scanners.folding import fold_word
from scanners.rulebook import list_names
from store import Store

#: Shares of right findings below which a word needs an exception or a lower severity, and a rule goes back to preview.
LOW_WORD, LOW_RULE = 0.5, 0.3
_KEY = bytes(32)
#: Characters of context on each side of a word that an exception may take in.
_REACH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One suggestion. ``kind`` is ``exception``, ``severity`` or ``preview``; ``value`` the phrase or the severity."""

    kind: str
    rule_id: str
    figure: Figure
    lexicon: str = ""
    word: str = ""
    value: str = ""

    @property
    def told(self) -> str:
        """The suggestion in one line."""
        ground = f"{self.figure.judged} 个结论中属实 {self.figure.true} 个，准确率 {self.figure.precision_text}"
        if self.kind == "exception":
            return f"词语“{self.word}”（{self.rule_id}）加例外语境“{self.value}”：{ground}"
        if self.kind == "severity":
            level = labels.SEVERITY[Severity(self.value)]
            where = f"词语“{self.word}”（{self.rule_id}）" if self.word else f"规则 {self.rule_id}"
            return f"{where}级别降为{level}：{ground}"
        return f"规则 {self.rule_id} 退回试行（只记录、不报告）：{ground}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a proposal changes on the posts on file."""

    documents: int
    removed: int
    added: int
    kept: int

    @property
    def told(self) -> str:
        """The effect in one line."""
        return f"不再照原样报 {self.removed} 处，改后另报 {self.added} 处，照旧 {self.kept} 处"


def proposals(workspace: Workspace, store: Store, now: datetime, *, least: int = 5) -> tuple[Proposal, ...]:
    """Suggestions for words and rules with at least ``least`` judgements and too few right ones, the worst first."""
    book = rulebook.load(_lexicons(workspace), rulebook.SHIPPED, workspace.rules)
    by_rule: dict[str, list[tuple[Finding, bool]]] = {}
    pairs = open_cases(store, now, everything=True)
    decided = store.decisions_on([case.fingerprint for case, _ in pairs])
    for case, finding in pairs:
        right = verdict_of(decided.get(case.fingerprint, []))
        if right is not None:
            by_rule.setdefault(case.rule_id, []).append((finding, right))
    found: list[Proposal] = []
    for rule_id, judged in sorted(by_rule.items()):
        rule = book.by_id.get(rule_id)
        if rule is None or rule.status is not RuleStatus.STABLE:
            continue
        words = _of_words(rule, judged, book.lexicons, least)
        found.extend(words)
        figure = _figure(rule_id, "", judged)
        low = figure.judged >= least and (figure.precision or 0.0) < LOW_RULE
        if low and not words:
            preview = Proposal(kind="preview", rule_id=rule.id, figure=figure)
            lower = _lower(rule.severity)
            if figure.true and lower is not None:
                found.append(Proposal(kind="severity", rule_id=rule.id, figure=figure, value=lower.value))
            found.append(preview)
    return tuple(sorted(found, key=lambda one: (one.figure.precision or 0.0, -one.figure.judged, one.rule_id)))


def weigh(workspace: Workspace, store: Store, one: Proposal) -> Effect:
    """The effect of a proposal on every post on file, scanned with the rules before and after."""
    from scanners.engine import Scanner

    before = rulebook.load(_lexicons(workspace), rulebook.SHIPPED, workspace.rules)
    with tempfile.TemporaryDirectory() as place:
        words, rules = Path(place) / "lexicons", Path(place) / "rules"
        for source, target in ((workspace.lexicons, words), (workspace.rules, rules)):
            shutil.copytree(source, target)
        _write(words, rules, before.by_id, one, "", "")
        after = rulebook.load(lexicons.load(lexicons.SHIPPED, words), rulebook.SHIPPED, rules)
    old, new = (Scanner(book.only(one.rule_id), _KEY) for book in (before, after))
    documents = removed = added = kept = 0
    for _, post in lexicon_impact.stored(store):
        documents += 1
        was, now = ({_identity(f) for f in scanner.scan_posts([post])[0]} for scanner in (old, new))
        if after.by_id[one.rule_id].status is RuleStatus.PREVIEW:
            now = set()
        removed, added, kept = removed + len(was - now), added + len(now - was), kept + len(was & now)
    return Effect(documents=documents, removed=removed, added=added, kept=kept)


def apply_proposal(workspace: Workspace, one: Proposal, by: str, now: datetime) -> Path:
    """Write a proposal into the office's own words or rules; the file that was written. Raises ``ConfigError`` where
    the word or rule is not there any more, and for what the lists refuse (then the file is as it was)."""
    book = rulebook.load(_lexicons(workspace), rulebook.SHIPPED, workspace.rules)
    path = _target(workspace.lexicons, workspace.rules, one)
    kept = path.read_bytes() if path.exists() else None
    try:
        path = _write(workspace.lexicons, workspace.rules, book.by_id, one, by, f"{in_china(now):%Y-%m-%d}")
        rulebook.load(_lexicons(workspace), rulebook.SHIPPED, workspace.rules)
    except BaseException:
        if kept is not None:
            path.write_bytes(kept)
        else:
            path.unlink(missing_ok=True)
        raise
    return path


def _lexicons(workspace: Workspace) -> lexicons.LexiconSet:
    return lexicons.load(lexicons.SHIPPED, workspace.lexicons)


def _of_words(
    rule: Rule, judged: list[tuple[Finding, bool]], known: Mapping[str, lexicons.Lexicon], least: int
) -> list[Proposal]:
    by_word: dict[str, list[tuple[Finding, bool]]] = {}
    for finding, right in judged:
        by_word.setdefault(fold_word(finding.term), []).append((finding, right))
    found = []
    for word, own in sorted(by_word.items()):
        figure = _figure(rule.id, visible(own[0][0].masked_term), own)
        if figure.judged < least or (figure.precision or 0.0) >= LOW_WORD:
            continue
        place = _place(rule, known, word)
        if place is None:
            continue
        name, term = place
        phrase = _common(word, [f for f, right in own if not right], [f for f, right in own if right])
        severity = term.severity or rule.severity
        lower = _lower(severity)
        if phrase and severity is not Severity.VETO:
            value, kind = phrase, "exception"
        elif lower is not None:
            value, kind = lower.value, "severity"
        else:
            continue
        found.append(Proposal(kind=kind, rule_id=rule.id, figure=figure, lexicon=name, word=term.word, value=value))
    return found


def _figure(rule_id: str, term: str, judged: list[tuple[Finding, bool]]) -> Figure:
    right = sum(right for _, right in judged)
    return Figure(rule_id=rule_id, term=term, true=right, false=len(judged) - right)


def _place(rule: Rule, known: Mapping[str, lexicons.Lexicon], word: str) -> tuple[str, Term] | None:
    for name in list_names(rule):
        for term in known[name].terms if name in known else ():
            if canonical.layout(name).wrong and word in map(fold_word, term.words):
                return name, term
    return None


def _common(word: str, wrong: list[Finding], right: list[Finding]) -> str:
    """The longest phrase around ``word`` that stands in every dismissed sentence and in no confirmed one."""
    sentences = ["".join(f.masked_sentence.split()) for f in wrong]
    first = next((s for s in sentences if word in s), "")
    at = first.find(word)
    if at < 0:
        return ""
    best = ""
    for start in range(max(0, at - _REACH), at + 1):
        for end in range(at + len(word), min(len(first), at + len(word) + _REACH) + 1):
            phrase = first[start:end]
            good = len(phrase) > max(len(word), len(best)) and re.fullmatch(r"[\w·]+", phrase) is not None
            if good and all(phrase in s for s in sentences):
                best = phrase
    return "" if any(best in "".join(f.masked_sentence.split()) for f in right) else best


def _lower(severity: Severity) -> Severity | None:
    order = list(Severity)
    place = order.index(severity) + 1
    return order[place] if place < len(order) else None


def _target(words: Path, rules: Path, one: Proposal) -> Path:
    if one.lexicon:
        return words / f"{one.lexicon}.csv"
    own = sorted(rules.rglob(f"{one.rule_id}.toml"))
    return own[0] if own else rules / one.rule_id.split("-", 1)[0] / f"{one.rule_id}.toml"


def _write(words: Path, rules: Path, known: Mapping[str, Rule], one: Proposal, by: str, day: str) -> Path:
    target = _target(words, rules, one)
    if one.lexicon:
        _write_word(target, one, by, day)
    else:
        _write_rule(target, known[one.rule_id].id, one)
    return target


def _write_word(path: Path, one: Proposal, by: str, day: str) -> None:
    """The word's row, from the office's list or the shipped one, with the change, in the office's list."""
    from lexicons.loader import SHIPPED

    layout = canonical.layout(path.stem)
    rows = [dict(row) for row in _rows(path)]
    row = next((r for r in rows if r.get(layout.word) == one.word), None)
    if row is None:
        row = next((dict(r) for r in _rows(SHIPPED / path.name) if r.get(layout.word) == one.word), None)
        if row is None:
            raise ConfigError(f"{path.name}：没有词语“{one.word}”；词库已经改过，请重新运行 xunjian triage propose")
        rows.append(row)
    if one.kind == "exception":
        row[columns.EXCEPTIONS] = "|".join(filter(None, (row.get(columns.EXCEPTIONS, ""), one.value)))
    else:
        row[columns.SEVERITY] = labels.SEVERITY[Severity(one.value)]
    if by:
        row[columns.UPDATED_BY], row[columns.UPDATED_ON] = by, day
    headers = layout.columns
    path.parent.mkdir(parents=True, exist_ok=True)
    write_csv(path, headers, ([r.get(name, "") for name in headers] for r in rows))


def _rows(path: Path) -> list[Mapping[str, str]]:
    from domain.errors import LexiconError
    from domain.table import read_csv

    if not path.exists():
        return []
    layout = canonical.layout(path.stem)
    table = read_csv(path, known=layout.columns, required=layout.required, error=LexiconError)
    return [row.cells for row in table.rows]


def _write_rule(path: Path, rule_id: str, one: Proposal) -> None:
    source = path if path.exists() else next(rulebook.SHIPPED.rglob(f"{rule_id}.toml"), None)
    if source is None:
        raise ConfigError(f"{rule_id}：没有这条规则的文件；请重新运行 xunjian triage propose")
    text = source.read_text(encoding="utf-8")
    key, value = ("status", "preview") if one.kind == "preview" else ("severity", one.value)
    changed, count = re.subn(rf'(?m)^{key}(\s*)=(\s*)"[a-z]+"', rf'{key}\1=\2"{value}"', text, count=1)
    if not count:
        raise ConfigError(f"{source.name}：找不到 {key} 一项；请手工修改")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(changed, encoding="utf-8")


def _identity(finding: Finding) -> tuple[object, ...]:
    return finding.term, finding.severity, tuple((o.field, o.start, o.end) for o in finding.occurrences)
