"""Judges subjects by all rules of kind ``duty`` and makes findings of the breaches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.calendar import WorkCalendar
from domain.clock import in_china, require_aware
from domain.finding import Finding, Occurrence
from domain.identity import fingerprint
from domain.norms import Norms
from domain.register import Register
from domain.rule import Rule, RuleStatus
from scanners import duties
from scanners.duties.hearing import Breach, Facts, Hearing
from scanners.guards import Drop, Guard
from scanners.masking import mask_private
from scanners.rulebook import RuleBook

SUBJECTS = ("post", "account", "unit", "bureau")


@dataclass(frozen=True, kw_only=True)
class DutyJudge:
    """The duty rules of a book, sorted by subject. Cheap to build: it holds no word list."""

    rules: tuple[Rule, ...]
    key: bytes = field(repr=False)
    off: frozenset[Guard] = frozenset()
    commercial: frozenset[str] = frozenset()  # names of commercial media, from their word list
    by_subject: Mapping[str, tuple[Rule, ...]] = field(init=False)

    def __post_init__(self) -> None:
        sorted_rules = {
            subject: tuple(rule for rule in self.rules if rule.detector["subject"] == subject) for subject in SUBJECTS
        }
        object.__setattr__(self, "by_subject", sorted_rules)

    @classmethod
    def of(cls, book: RuleBook, key: bytes, *, off: frozenset[Guard] = frozenset(), preview: bool = False) -> DutyJudge:
        """The judge of ``book``; ``preview`` includes rules that are not yet reported."""
        statuses = {RuleStatus.STABLE, RuleStatus.PREVIEW} if preview else {RuleStatus.STABLE}
        rules = [r for r in book.active(None) if r.detector["kind"] == "duty" and r.status in statuses]
        listed = book.lexicons.get("commercial_sources")
        names = frozenset(word for term in listed.terms for word in term.words) if listed is not None else frozenset()
        return cls(rules=tuple(rules), key=key, off=off, commercial=names)

    def judge(
        self,
        subject: str,
        facts: Facts,
        now: datetime,
        *,
        register: Register,
        calendar: WorkCalendar,
        norms: Norms,
        evidence: str = "",
        drops: list[Drop] | None = None,
    ) -> tuple[Finding, ...]:
        """What the rules on ``subject`` (post, account, unit, bureau) object to, gravest first.

        Of rules that say the same thing only the gravest is kept (``supersedes``). A subject without an account yields
        nothing: a finding belongs to an account's file.
        """
        require_aware(now, "now")
        if facts.account is None:
            return ()
        found: list[tuple[Rule, Breach]] = []
        of_post = facts.post.published_at if subject == "post" and facts.post is not None else None
        day = in_china(of_post or now).date()
        for rule in self.by_subject[subject]:
            if not rule.is_in_force(day):
                continue
            hearing = Hearing(
                rule=rule,
                now=now,
                facts=facts,
                register=register,
                calendar=calendar,
                norms=norms,
                off=self.off,
                drops=drops,
            )
            found.extend((rule, breach) for breach in duties.find(str(rule.detector["duty"]))(hearing))
        made = [self._finding(rule, breach, subject, facts, evidence) for rule, breach in self._gravest(found, drops)]
        unique = {finding.fingerprint: finding for finding in made}
        return tuple(sorted(unique.values(), key=lambda one: (one.severity.rank, one.rule_id, one.term)))

    def _gravest(self, found: list[tuple[Rule, Breach]], drops: list[Drop] | None) -> Iterable[tuple[Rule, Breach]]:
        graver: set[tuple[str, str]] = set()
        for rule, breach in found:
            milder = rule.detector.get("supersedes", [])
            graver.update((str(name), breach.episode) for name in (milder if isinstance(milder, list) else []))
        for rule, breach in found:
            if (rule.id, breach.episode) in graver and Guard.SUPERSEDED not in self.off:
                if drops is not None:
                    drops.append(Drop(rule.id, Guard.SUPERSEDED))
                continue
            yield rule, breach

    def _finding(self, rule: Rule, breach: Breach, subject: str, facts: Facts, evidence: str) -> Finding:
        assert facts.account is not None, "judged only with an account"
        owner = facts.account.id if subject in ("post", "account") else f"{subject}:{facts.unit_name}"
        post = facts.post if subject == "post" else None
        told = {name: mask_private(value) for name, value in breach.facts.items()}
        if breach.record:
            told["record"] = breach.record
        clauses = ([breach.clause] if breach.clause else []) + [citation.clause for citation in rule.citations]
        term = breach.term or breach.episode
        return Finding(
            fingerprint=fingerprint(
                rule.id,
                owner,
                post.key if post else "",
                "",
                breach.episode,
                installation_key=self.key,
                redact=False,
            ),
            rule_id=rule.id,
            account_id=facts.account.id,
            post_id=post.id if post else "",
            term=term,
            sentence=breach.sentence,
            masked_term=mask_private(term),
            masked_sentence=mask_private(breach.sentence),
            occurrences=(Occurrence("title", 0, 0),) if post else (),
            severity=breach.severity or rule.severity,
            confidence=rule.confidence,
            message=mask_private(re.sub(r"{(\w+)}", lambda m: told.get(m.group(1), ""), rule.message)),
            suggestion=rule.suggestion,
            explanation=mask_private(breach.explanation),
            clauses=tuple(dict.fromkeys(clauses)),
            evidence=breach.evidence or (post.evidence if post else evidence),
            facts={**told, **rule.marks},
        )
