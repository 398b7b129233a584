"""From what is on file to one ``Report``. What leaves here is masked; nothing clear goes further."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Any

from domain.account import Account
from domain.coverage import Coverage
from domain.errors import ConfigError
from domain.finding import Finding
from domain.inspection import Inspection
from domain.outcome import Outcome
from domain.rule import Rule, Severity
from pipelines import clauses, obligations, readings, requirements
from pipelines.counterfeits import lines as candidate_lines
from pipelines.inspection import scanner_spec
from pipelines.interaction import interaction_of
from pipelines.settings import RectifySettings
from pipelines.shots import GRAVE
from pipelines.workspace import Workspace
from reports import labels, order
from reports.model import (
    AccountLine,
    AttemptLine,
    Clause,
    ClauseGap,
    CredentialLine,
    FindingLine,
    PartGap,
    Place,
    Report,
    WordList,
)
from reports.visible import visible
from scanners.factory import load_book
from scanners.masking import mask_private
from store import Store
from store.records import Sighted, StoredPost

#: A post without a title is named by the beginning of its text (characters).
TITLE_LENGTH = 40
_DAY = timedelta(days=1)


def build(workspace: Workspace, store: Store, inspection_id: str | None = None) -> Report:
    """The report of one inspection, of the latest finished one without an id.

    Raises ``ConfigError`` where there is no such inspection.
    """
    inspection = store.inspection(inspection_id)
    if inspection is None:
        if inspection_id is None:
            raise ConfigError(f"{workspace.root}：还没有完成的巡检，出不了报告；请先运行 xunjian run")
        known = "、".join(one.id for one in store.inspections()[:3])
        advice = f"最近的是 {known}" if known else "还没有巡检过，请先运行 xunjian run"
        raise ConfigError(f"没有编号为 {inspection_id} 的巡检；{advice}")
    return _Builder(workspace, store, inspection).report()


@dataclass(frozen=True, slots=True)
class _Builder:
    """The inspection being told, and where what is told of it lies."""

    workspace: Workspace
    store: Store
    inspection: Inspection

    def report(self) -> Report:
        # Titles and clauses come from the rules as they are now; what was judged with was noted by the inspection.
        book = load_book(scanner_spec(self.workspace))
        accounts = {account.id: account for account in self.store.accounts(self.inspection.account_ids)}
        findings = order.arrange(self._findings(accounts, book.by_id))
        facts = self.store.facts(self.inspection.id)
        wanted = requirements.load()
        current = Counter(finding.rule_id for finding in findings if finding.is_current)
        gaps = _clause_gaps(facts.get("inactive") or {}, book.by_id)
        cited = {key for finding in findings for key in finding.clauses} | {key for gap in gaps for key in gap.clauses}
        known = clauses.load()
        return Report(
            inspection_id=self.inspection.id,
            kind=self.inspection.kind,
            state=self.inspection.state,
            now=self.inspection.now,
            finished_at=self.inspection.finished_at,
            bureau=self.workspace.settings.bureau.name or "本单位",
            program=f"xunjian {version('xunjian')}",
            rules_digest=str(facts.get("book", "")),
            rule_count=len(facts.get("rules", ())),
            accounts=order.arrange_accounts(self._accounts(accounts), findings),
            findings=findings,
            clause_gaps=gaps,
            part_gaps=self._part_gaps(accounts),
            clauses={key: known.get(key, Clause(key=key)) for key in sorted(cited)},
            rule_pack=str(facts.get("pack", "")),
            requirements=dict(Counter(entry.status.value for entry in wanted)),
            readings=readings.readings(facts.get("norms") or {}),
            obligations=obligations.obligations(wanted, self._seen(accounts, book.by_id, facts, current)),
            credentials=tuple(self._credential(entry) for entry in facts.get("credentials", ())),
            candidates=candidate_lines(self.store),
            word_lists=tuple(
                WordList(name=words["name"], title=words["title"], version=words["version"], words=words["terms"])
                for words in facts.get("lexicons", ())
            ),
        )

    def _seen(
        self,
        accounts: Mapping[str, Account],
        rules: Mapping[str, Rule],
        facts: Mapping[str, Any],
        found: Mapping[str, int],
    ) -> obligations.Seen:
        sheets = facts.get("sheets")
        return obligations.Seen(
            inspection=self.inspection,
            accounts=tuple(accounts.values()),
            coverages={coverage.account_id: coverage for coverage in self.store.coverages(self.inspection.id)},
            everybody=self.store.accounts(),
            rules=rules,
            ran=frozenset(map(str, facts.get("rules", ()))),
            inactive=facts.get("inactive") or {},
            filled=self.store.kept_sheets() if sheets is None else frozenset(map(str, sheets)),
            found=found,
        )

    def _credential(self, entry: Mapping[str, Any]) -> CredentialLine:
        expires_at = datetime.fromisoformat(entry["expires_at"]) if entry["expires_at"] else None
        return CredentialLine(
            label=entry["label"],
            kind=entry["kind"],
            expires_at=expires_at,
            days_left=(expires_at - self.inspection.now).days if expires_at is not None else None,
            refusal=_shown(entry["refusal"]),
            remedy=entry["remedy"],
            alert=bool(entry["alert"]),
        )

    def _accounts(self, accounts: Mapping[str, Account]) -> list[AccountLine]:
        coverages = {coverage.account_id: coverage for coverage in self.store.coverages(self.inspection.id)}
        return [self._account(account, coverages.get(key)) for key, account in accounts.items()]

    def _account(self, account: Account, coverage: Coverage | None) -> AccountLine:
        if coverage is None:
            coverage = Coverage(account_id=account.id, outcome=Outcome.DEADLINE, detail="巡检中断，还没有轮到这个账号")
        newest = self.store.timeline(account.id, coverage).newest
        newest_at = newest.published_at if newest is not None else coverage.newest_at
        return AccountLine(
            id=account.id,
            platform=account.platform,
            name=account.name,
            sponsor=account.sponsor,
            operator=account.operator,
            supervisor=account.supervisor,
            filing_no=account.filing_no,
            home_url=account.home_url,
            purpose=account.purpose,
            medium=account.medium,
            standing=account.standing,
            outcome=coverage.outcome,
            detail=_shown(coverage.detail),
            route=coverage.route,
            complete=coverage.complete,
            listed=coverage.listed,
            read=len(coverage.read),
            newest_at=newest_at,
            days_quiet=max((self.inspection.now - newest_at) // _DAY, 0) if newest_at else None,
            platform_total=coverage.platform_total,
            accounted=coverage.accounted,
            requests=coverage.requests,
            interaction=interaction_of(self.store.profile(account.id)) if coverage.checked else None,
            attempts=tuple(
                AttemptLine(route=attempt.route, outcome=attempt.outcome, detail=_shown(attempt.detail))
                for attempt in coverage.attempts
            ),
        )

    def _findings(self, accounts: Mapping[str, Account], rules: Mapping[str, Rule]) -> list[FindingLine]:
        sighted = self.store.sighted(self.inspection.id)
        posts = {
            stored.post.id: stored
            for stored in self.store.posts(sorted({one.finding.post_id for one in sighted if one.finding.post_id}))
        }
        return [
            self._finding(one, accounts.get(one.finding.account_id), posts.get(one.finding.post_id), rules)
            for one in sighted
        ]

    def _finding(
        self, sighted: Sighted, account: Account | None, stored: StoredPost | None, rules: Mapping[str, Rule]
    ) -> FindingLine:
        finding = sighted.finding
        rule = rules.get(finding.rule_id)
        shot = self.store.shot_of(finding.post_id, self.inspection.now) if finding.severity in GRAVE else None
        platform, _, _ = finding.account_id.partition(":")
        return FindingLine(
            fingerprint=finding.fingerprint,
            rule_id=finding.rule_id,
            rule_title=rule.title if rule else finding.rule_id,
            severity=finding.severity,
            confidence=finding.confidence,
            sighting=sighted.sighting,
            state=sighted.case.state,
            account_id=finding.account_id,
            account_name=account.name if account else finding.account_id,
            platform=platform,
            post_key=finding.post_id.removeprefix(f"{finding.account_id}/"),
            post_title=_title(stored) if stored else "",
            post_url=stored.post.url if stored else "",
            published_at=stored.post.published_at if stored else None,
            term=visible(finding.masked_term),
            sentence=visible(finding.masked_sentence),
            message=visible(finding.message),
            suggestion=finding.suggestion,
            explanation=visible(finding.explanation),
            clauses=finding.clauses,
            places=_places(finding),
            facts=dict(finding.facts),
            days=_days(self.workspace.settings.rectify, finding.severity),
            evidence=finding.evidence,
            bottom_line=finding.facts.get("bottom_line", ""),
            safety_class=finding.facts.get("safety_class", ""),
            rule_pack=finding.facts.get("rule_pack", ""),
            shot=shot.digest if shot is not None else "",
            shot_note=shot.detail if shot is not None else "",
            first_seen_at=sighted.case.opened_at,
        )

    def _part_gaps(self, accounts: Mapping[str, Account]) -> tuple[PartGap, ...]:
        found = self.store.unexamined(self.inspection.id)
        posts = {stored.post.id: stored for stored in self.store.posts(sorted(found))}
        gaps: list[PartGap] = []
        for post_id, extraction in sorted(found.items()):
            stored = posts.get(post_id)
            if stored is None:
                continue
            account = accounts.get(stored.post.account_id)
            gaps += [
                PartGap(
                    account_id=stored.post.account_id,
                    account_name=account.name if account else stored.post.account_id,
                    post_key=stored.post.key,
                    post_title=_title(stored),
                    part=_shown(part.part),
                    reason=_shown(part.reason),
                )
                for part in extraction.unexamined
            ]
        return tuple(gaps)


def _clause_gaps(inactive: Mapping[str, str], rules: Mapping[str, Rule]) -> tuple[ClauseGap, ...]:
    gaps = []
    for rule_id, reason in sorted(inactive.items()):
        rule = rules.get(rule_id)
        gaps.append(
            ClauseGap(
                rule_id=rule_id,
                rule_title=rule.title if rule else rule_id,
                clauses=tuple(citation.clause for citation in rule.citations) if rule else (),
                reason=reason,
            )
        )
    return tuple(gaps)


def _shown(text: str) -> str:
    """Text from outside as it may be printed: private numbers masked, what is hidden in it made visible."""
    return visible(mask_private(text))


def _title(stored: StoredPost) -> str:
    title = _shown(stored.post.title).strip()
    if title:
        return title
    text = " ".join(_shown(stored.post.text).split())
    return text if len(text) <= TITLE_LENGTH else f"{text[:TITLE_LENGTH]}……"


def _places(finding: Finding) -> tuple[Place, ...]:
    counted = Counter((one.field, one.origin, one.hidden, labels.located(one)) for one in finding.occurrences)
    return tuple(
        Place(field=field, origin=origin, hidden=hidden, locator=locator, count=count)
        for (field, origin, hidden, locator), count in counted.items()
    )


def _days(rectify: RectifySettings, severity: Severity) -> int | None:
    days: int = getattr(rectify, severity.value)
    return days or None


def file_stem(report: Report) -> str:
    """The name of a report's files without the suffix: sortable, and the same for the same inspection."""
    return f"xunjian-{report.inspection_id}"
