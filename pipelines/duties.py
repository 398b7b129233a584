"""The stage that holds the register against what was published: every account, its posts, its unit, the bureau.

It reads what is stored, unit by unit, so that memory holds one unit's posts at a time, and stages what the duty rules
object to. Register rules judge every night: a record that was brought later makes its breach go away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.account import Account, Standing
from domain.calendar import WorkCalendar
from domain.coverage import Coverage
from domain.finding import Finding
from domain.inspection import Inspection, InspectionKind
from domain.link import ResolvedLink
from domain.norms import Norms
from domain.outcome import Outcome
from domain.post import Post
from domain.rectification import ItemProgress, ItemState, Rectification
from domain.rectification_log import replay
from domain.register import AppCard, FilingEvent, FilingSheet, Interaction, Record, Register, Unit
from domain.rule import Severity
from domain.sources import SourceBook
from domain.timeline import Timeline
from pipelines.counterfeit_judge import LOOKALIKE
from pipelines.workspace import Workspace
from registry import approved_sources
from scanners.duties.hearing import Facts, NightSeen, OpenCase, Sibling, Suspect
from scanners.duties.judge import DutyJudge
from scanners.duties.matching import Approvals
from store import Store
from store.candidates import CONFIRMED, Candidate
from store.records import Case, Presence

#: Fields of records that hold an address to be opened.
_ADDRESSES = ("announcement_url", "url", "home_url", "article_url", "download_url")


@dataclass(frozen=True, slots=True)
class Judged:
    """What the stage looked at, for the reconciliation: which rules ran, and on which posts."""

    rules: frozenset[str] = frozenset()
    page_rules: frozenset[str] = frozenset()
    posts: frozenset[str] = field(default=frozenset(), repr=False)


def judge_duties(workspace: Workspace, store: Store, judge: DutyJudge, inspection: Inspection, now: datetime) -> Judged:
    """Judge the accounts of ``inspection`` and, where it covers every account on file, the units and the bureau."""
    if not judge.rules:
        return Judged()
    accounts = store.accounts()
    wanted = set(inspection.account_ids)
    whole = inspection.kind is not InspectionKind.AUDIT and all(
        account.id in wanted for account in accounts if account.standing is not Standing.CLOSED
    )
    court = _Court(
        store=store,
        judge=judge,
        inspection=inspection,
        now=now,
        register=store.register(),
        calendar=workspace.calendar(now.year + 1),
        norms=workspace.settings.norms,
        bureau=workspace.settings.bureau.name,
        accounts=accounts,
        coverages={coverage.account_id: coverage for coverage in store.coverages(inspection.id)},
        evidence=store.listing_evidence(inspection.id),
        given_out=_given_out(store),
        sources=SourceBook(
            approved=approved_sources.load(workspace.registry / "approved_sources.csv"), commercial=judge.commercial
        ),
    )
    seen: set[str] = set()
    for unit in court.units():
        seen.update(court.judge_unit(unit, wanted, whole=whole))
    subjects = ("post", "account", "unit", "bureau") if whole else ("post", "account")
    ran = [rule for subject in subjects for rule in judge.by_subject[subject]]
    return Judged(
        rules=frozenset(rule.id for rule in ran),
        page_rules=frozenset(rule.id for rule in ran if rule.detector.get("rests_on") == "page"),
        posts=frozenset(seen),
    )


@dataclass(frozen=True, kw_only=True)
class _Court:
    store: Store
    judge: DutyJudge
    inspection: Inspection
    now: datetime
    register: Register
    calendar: WorkCalendar
    norms: Norms
    bureau: str
    accounts: tuple[Account, ...]
    coverages: Mapping[str, Coverage]
    evidence: Mapping[str, str]
    given_out: Mapping[str, tuple[Rectification, ItemProgress]]
    sources: SourceBook

    def units(self) -> Iterator[str]:
        """The names of all units: of the register, of the accounts' sponsors, and the bureau."""
        names = dict.fromkeys(unit.key for unit in self.register.all(Unit))
        names |= dict.fromkeys(account.sponsor for account in self.accounts)
        if self.bureau:
            names.setdefault(self.bureau)
        return iter(names)

    def judge_unit(self, unit: str, wanted: set[str], *, whole: bool) -> Iterator[str]:
        """Judge a unit, its accounts and their posts; yields the ids of the posts that were judged."""
        own = tuple(account for account in self.accounts if account.sponsor == unit)
        here = [account for account in own if account.id in wanted]
        if not here and not whole:
            return
        since = self.now - timedelta(days=self.norms.judged_days)
        posts = {account.id: self.store.posts_since(account.id, since) for account in own}
        cases = self._cases([account.id for account in own])
        twins = [_sibling(post) for account in own if account.platform == "website" for post in posts[account.id]]
        for account in here:
            siblings = [_sibling(post) for other in own if other.id != account.id for post in posts[other.id]]
            facts = self._facts(account, posts[account.id], twins, siblings, cases.get(account.id, ()))
            found = list(self._ask("account", facts, self.evidence.get(account.id, "")))
            paired = Approvals(facts.approvals)
            for post in posts[account.id]:
                yield post.id
                found.extend(self._ask("post", replace(facts, post=post, approval=paired.of(post))))
            rules = [rule.id for subject in ("account", "post") for rule in self.judge.by_subject[subject]]
            self.store.stage_duties(self.inspection.id, [account.id], found, rules)
        if whole:
            self._judge_whole(unit, own, posts, cases)

    def _judge_whole(
        self,
        unit: str,
        own: tuple[Account, ...],
        posts: Mapping[str, Sequence[Post]],
        cases: Mapping[str, Sequence[OpenCase]],
    ) -> None:
        main = self._main_account(unit, own)
        if main is None:
            return
        runs = (self.now, *self.store.nightly_runs(self.now))
        facts = Facts(
            account=main,
            unit=self.register.unit(unit),
            unit_name=unit,
            accounts=self.accounts,
            posts=tuple(post for account in own for post in posts[account.id]),
            nights=tuple(NightSeen(at, Outcome.OK) for at in runs),
            links=self._links(*(account for account in own if account.standing is Standing.CLOSED)),
            cases=tuple(case for account in own for case in cases.get(account.id, ())),
        )
        found = list(self._ask("unit", facts))
        subjects = ["unit"]
        if unit == self._top():
            every = self._cases([account.id for account in self.accounts])
            facts = replace(
                facts,
                cases=tuple(case for items in every.values() for case in items),
                suspects=tuple(map(_suspect, (one for one in self.store.candidates() if one.kind == LOOKALIKE))),
            )
            found.extend(self._ask("bureau", facts))
            subjects.append("bureau")
        rules = [rule.id for subject in subjects for rule in self.judge.by_subject[subject]]
        self.store.stage_duties(self.inspection.id, [main.id], found, rules)

    def _top(self) -> str:
        """The bureau: as configured, else the first unit without a superior, else the sponsor of the first account."""
        if self.bureau:
            return self.bureau
        top = next((unit.key for unit in self.register.all(Unit) if not unit.superior), "")
        return top or next((account.sponsor for account in self.accounts), "")

    def _main_account(self, unit: str, own: Sequence[Account]) -> Account | None:
        """Where a unit's findings are filed: its main account, else its first in use, else the bureau's."""
        known = self.register.unit(unit)
        live = [account for account in own if account.standing is not Standing.CLOSED] or list(own)
        if known is not None and known.main_account:
            named = next((account for account in self.accounts if account.id == known.main_account), None)
            if named is not None:
                return named
        if live:
            return live[0]
        top = self._top()
        if unit == top:
            return next(iter(self.accounts), None)
        return self._main_account(top, [account for account in self.accounts if account.sponsor == top])

    def _ask(self, subject: str, facts: Facts, evidence: str = "") -> tuple[Finding, ...]:
        return self.judge.judge(
            subject,
            facts,
            self.now,
            register=self.register,
            calendar=self.calendar,
            norms=self.norms,
            evidence=evidence,
        )

    def _facts(
        self,
        account: Account,
        posts: tuple[Post, ...],
        twins: Sequence[Sibling],
        siblings: Sequence[Sibling],
        cases: Sequence[OpenCase],
    ) -> Facts:
        visit = self.coverages.get(account.id)
        seen = self.store.nights_of(account.id, self.now)
        tonight = () if visit is None else (NightSeen(self.now, visit.outcome),)
        timeline = None
        if visit is not None:
            timeline = self.store.timeline(account.id, visit)
            timeline = replace(timeline, profile=self.store.profile_history(account.id))
        return Facts(
            account=account,
            unit=self.register.unit(account.sponsor),
            unit_name=account.sponsor,
            accounts=self.accounts,
            timeline=_without_future(timeline, self.now),
            posts=posts,
            approvals=self.store.approvals(account.id),
            nights=(*tonight, *(NightSeen(at, outcome) for at, outcome in seen)),
            links=self._links(account),
            twins=twins,
            siblings=siblings,
            cases=tuple(cases),
            sources=self.sources,
        )

    def _links(self, *accounts: Account) -> dict[str, ResolvedLink]:
        wanted = [url for account in accounts for url in watched_addresses(self.register, account)]
        return dict(self.store.links(tuple(dict.fromkeys(wanted)))) if wanted else {}

    def _cases(self, account_ids: Sequence[str]) -> dict[str, list[OpenCase]]:
        cases = [case for case in self.store.cases(account_ids, self.now) if case.state.is_open]
        findings = self.store.last_findings(cases)
        found: dict[str, list[OpenCase]] = {}
        for case in cases:
            finding = findings.get(case.fingerprint)
            if finding is not None:
                given = self.given_out.get(case.fingerprint)
                found.setdefault(case.account_id, []).append(_open_case(case, finding, given))
        return found


def watched_addresses(register: Register, account: Account) -> tuple[str, ...]:
    """The addresses that the register has of an account, to be opened now and then: announcements, home page,
    interaction entries, downloads."""
    found = [account.home_url]
    kinds: tuple[type[Record], ...] = (FilingEvent, FilingSheet, Interaction, AppCard)
    for kind in kinds:
        for record in register.of_account(kind, account.id):
            found.extend(str(getattr(record, name, "")) for name in _ADDRESSES)
            found.extend(getattr(record, "stores", ()))
    return tuple(dict.fromkeys(url for url in found if url.startswith(("http://", "https://"))))


def watched_of(store: Store, account_ids: Iterable[str]) -> tuple[str, ...]:
    """The addresses of these accounts that the register wants to be opened, and of the closed ones of their units: an
    announcement stands after the account is gone, and a cancelled app must be off every store."""
    register = store.register()
    if not register.records:
        return ()
    wanted = set(account_ids)
    every = store.accounts()
    units = {account.sponsor for account in every if account.id in wanted}
    accounts = [
        account
        for account in every
        if account.id in wanted or (account.standing is Standing.CLOSED and account.sponsor in units)
    ]
    return tuple(dict.fromkeys(url for account in accounts for url in watched_addresses(register, account)))


def _sibling(post: Post) -> Sibling:
    return Sibling(
        account_id=post.account_id,
        key=post.key,
        url=post.url,
        title=post.title,
        text=post.text,
        published_at=post.published_at,
    )


def _suspect(one: Candidate) -> Suspect:
    return Suspect(
        id=one.id,
        name=str(one.body.get("name", "")),
        platform=one.platform,
        found_at=one.found_at,
        is_confirmed=one.state == CONFIRMED,
    )


def _given_out(store: Store) -> dict[str, tuple[Rectification, ItemProgress]]:
    """The last notice on each case, and where its item stands; a notice that was taken back gives nothing out."""
    found: dict[str, tuple[Rectification, ItemProgress]] = {}
    for rectification in replay(store.rectification_events()).values():
        for item in rectification.items:
            if item.state is not ItemState.CANCELLED:
                found[item.item.fingerprint] = (rectification, item)
    return found


def _open_case(case: Case, finding: Finding, given: tuple[Rectification, ItemProgress] | None) -> OpenCase:
    """A case with what a notice says of it. Who answers for it is the unit that the notice went to."""
    if given is None:
        return _plain_case(case, finding)
    rectification, item = given
    claimed = item.replied_on is not None and item.replied_on <= item.due_on
    return replace(
        _plain_case(case, finding),
        notice_on=rectification.notice.issued_on,
        due_on=item.due_on,
        owner=rectification.notice.unit,
        reopenings=item.reopened,
        reminders=len(rectification.reminded_on),
        awaits_recheck=item.state is ItemState.REPLIED and claimed,
    )


def _plain_case(case: Case, finding: Finding) -> OpenCase:
    return OpenCase(
        fingerprint=case.fingerprint,
        rule_id=case.rule_id,
        account_id=case.account_id,
        post_id=case.post_id,
        severity=Severity(finding.severity),
        state=case.state,
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        has_evidence=bool(finding.evidence) or not case.post_id,
        present=case.presence is Presence.PRESENT,
    )


def _without_future(timeline: Timeline | None, now: datetime) -> Timeline | None:
    """A clock that was set wrong once leaves moments after ``now``: they prove nothing."""
    if timeline is None or not timeline.moments or timeline.moments[0].published_at <= now:
        return timeline
    return replace(timeline, moments=tuple(m for m in timeline.moments if m.published_at <= now))
