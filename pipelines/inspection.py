"""``inspect``: the whole line. The nightly run, the audit of one account and a re-scan differ only in their scope."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import lexicons
from crawler.plan import ReplicaAddress
from domain.account import Account, Standing
from domain.case import Sighting
from domain.clock import Clock, require_aware
from domain.coverage import Coverage
from domain.errors import ConfigError
from domain.inspection import Inspection, InspectionKind, InspectionScope
from pipelines.crawl import Crawl
from pipelines.credential_health import check_tokens, note_tonight
from pipelines.dismissals import apply_dismissals
from pipelines.duties import Judged, judge_duties, watched_of
from pipelines.executor import open_executor
from pipelines.extract import extract_stored
from pipelines.lock import inspection_lock
from pipelines.miniprograms import unregistered
from pipelines.profiles import take_snapshots
from pipelines.progress import Progress, quiet
from pipelines.readings import changed
from pipelines.recheck import recheck
from pipelines.reconcile import Night, reconcile
from pipelines.resolve import posts_to_judge_again, resolve_links
from pipelines.scan import scan_accounts, scan_posts
from pipelines.shots import take_shots
from pipelines.workspace import Workspace
from scanners import packs, rulebook
from scanners.duties.judge import DutyJudge
from scanners.factory import ScannerSpec, load_book, scanner_for
from scanners.rulebook import RuleBook
from store import Store
from store.records import Presence, Sighted

#: An interrupted inspection older than this is not taken up: its night is over.
SAME_RUN = timedelta(hours=12)

#: What the rolling week says, where the office counts natural weeks ([norms] week).
_ROLLING_WEEK = frozenset({"freshness-weekly-lapse"})


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionResult:
    """What an inspection came to. ``findings`` are all its sightings; ``counts`` how many there are of each kind."""

    inspection: Inspection
    coverages: tuple[Coverage, ...]
    counts: Mapping[Sighting, int]
    findings: tuple[Sighted, ...] = field(repr=False)
    resumed: bool = False

    @property
    def incomplete(self) -> bool:
        """True when some account could not be looked at."""
        return any(not coverage.checked for coverage in self.coverages)


def inspect(
    workspace: Workspace,
    scope: InspectionScope,
    clock: Clock,
    *,
    replica: ReplicaAddress | None = None,
    progress: Progress | None = None,
    bring: Callable[[Store, Inspection], None] | None = None,
) -> InspectionResult:
    """Run the line over ``scope`` and return what it found; everything is on file then.

    Killed at any moment and called again with the same scope within twelve hours, it goes on where it stood and comes
    to the same result. ``replica`` turns every request to the local stand-in. ``bring``, where it is given, takes the
    place of the crawl: it stores posts that people bring, and the coverage of their accounts.

    Raises ``ConfigError`` (no account, another inspection under way), ``RuleError`` and ``LexiconError`` before anybody
    is visited.
    """
    tell = progress or quiet
    spec = scanner_spec(workspace)
    book = _refresh(spec)
    with inspection_lock(workspace.lock_path) as lock, workspace.open_store() as store:
        inspection, resumed = _begin(store, scope, require_aware(clock.start))
        accounts = store.accounts(inspection.account_ids)
        store.put_facts(
            inspection.id, _facts(book, (*scanner_for(spec).rules, *duty_judge(spec).rules), store, workspace)
        )
        line = _Line(
            workspace=workspace,
            store=store,
            inspection=inspection,
            accounts=accounts,
            spec=spec,
            clock=Clock(start=inspection.now, fixed=clock.fixed),
            replica=replica,
            lock=lock,
            tell=tell,
        )
        if bring is not None:
            bring(store, inspection)
        elif scope.crawl:
            check_tokens(workspace, store, inspection, accounts, line.clock, replica, lock)
            Crawl(workspace, store, inspection, line.clock, replica, lock).run(accounts, tell)
            take_snapshots(workspace, store, inspection, accounts, line.clock, replica, lock, tell)
        judged = line.judge(everything=inspection.kind is InspectionKind.RESCAN)
        take_shots(workspace, store, inspection, line.clock, lock, tell)
        if scope.crawl and bring is None:
            told = note_tonight(workspace, store, inspection, accounts)
            store.put_facts(inspection.id, {**store.facts(inspection.id), "credentials": told})
        line.conclude(judged)
        return result_of(store, inspection.id, resumed=resumed)


#: What the files of a scanner's words and rules looked like when it was last compared with them.
_LOOKS: dict[ScannerSpec, frozenset[tuple[str, int, int]]] = {}


def _refresh(spec: ScannerSpec) -> RuleBook:
    """The rules as they are now: a process that runs for days keeps its scanner, and the office edits its words."""
    looks = _files_of(spec)
    if _LOOKS.get(spec) != looks:
        if scanner_for(spec).book.digest != load_book(spec).digest:
            scanner_for.cache_clear()
        _LOOKS[spec] = looks
    return scanner_for(spec).book


def _files_of(spec: ScannerSpec) -> frozenset[tuple[str, int, int]]:
    """Name, size and time of every file from which the scanner is made."""
    folders = (lexicons.SHIPPED, rulebook.SHIPPED, *spec.lexicon_folders, *spec.rule_folders)
    found = [path for folder in folders for kind in ("*.csv", "*.toml") for path in folder.rglob(kind)]
    stats = [(path, path.stat()) for path in found]
    return frozenset((str(path), stat.st_size, stat.st_mtime_ns) for path, stat in stats)


def duty_judge(spec: ScannerSpec) -> DutyJudge:
    """The rules about duties, of the book that the scanner works with."""
    return DutyJudge.of(scanner_for(spec).book, spec.installation_key)


def scanner_spec(workspace: Workspace) -> ScannerSpec:
    """The scanner of this workspace: shipped words and rules with its own laid over them."""
    return ScannerSpec(
        installation_key=workspace.fingerprint_key,
        lexicon_folders=(workspace.lexicons,),
        rule_folders=(workspace.rules,),
    )


def result_of(store: Store, inspection_id: str, *, resumed: bool = False) -> InspectionResult:
    """What a complete inspection came to, from what is on file."""
    inspection = store.inspection(inspection_id)
    if inspection is None:
        raise ConfigError(f"{inspection_id}：没有这次巡检；请用 xunjian report 查看已有的巡检")
    findings = store.sighted(inspection_id)
    return InspectionResult(
        inspection=inspection,
        coverages=store.coverages(inspection_id),
        counts=dict(Counter(item.sighting for item in findings)),
        findings=findings,
        resumed=resumed,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """The stages after the crawl, on what is stored."""

    workspace: Workspace
    store: Store
    inspection: Inspection
    accounts: Sequence[Account]
    spec: ScannerSpec
    clock: Clock
    replica: ReplicaAddress | None
    lock: int
    tell: Progress

    def judge(self, *, everything: bool) -> Judged:
        """Extract, resolve, scan, and hold the register against it."""
        store, inspection, settings = self.store, self.inspection, self.workspace.settings
        book = scanner_for(self.spec).book.digest
        ids = store.posts_to_scan(inspection.id, inspection.account_ids, book, everything=everything)
        with open_executor(settings.scan.workers, len(ids)) as executor:
            for done in extract_stored(store, executor, ids, batch=settings.scan.batch):
                self.tell("extract", done, len(ids))
            if not everything:
                resolve_links(
                    *(self.workspace, store, inspection, ids, self.clock, self.replica, self.lock, self.tell),
                    also=watched_of(store, inspection.account_ids),
                )
                ids = posts_to_judge_again(store, inspection, ids)
            for done in scan_posts(
                store,
                executor,
                self.spec,
                inspection.id,
                book,
                ids,
                accounts={account.id: account for account in self.accounts},
                public_numbers=frozenset(settings.bureau.public_numbers),
                batch=min(settings.scan.batch, 50),
            ):
                self.tell("scan", done, len(ids))
        told = unregistered(store, self.accounts, store.accounts(), inspection.now)
        scan_accounts(
            store,
            self.spec,
            inspection.id,
            store.coverages(inspection.id),
            inspection.now,
            told=told,
            without=_ROLLING_WEEK if self.workspace.settings.norms.week == "natural" else frozenset(),
        )
        return judge_duties(self.workspace, store, duty_judge(self.spec), inspection, inspection.now)

    def conclude(self, judged: Judged) -> None:
        """Reconcile with what was on file, and end the inspection in the same transaction. ``judged`` is what the duty
        rules looked at."""
        store, inspection = self.store, self.inspection
        found = {finding.fingerprint: finding for finding in store.findings(inspection.id)}
        cases = store.cases(inspection.account_ids, inspection.now)
        missing = [c for c in cases if c.presence is Presence.PRESENT and c.fingerprint not in found]
        last = store.last_findings(missing)
        urls = [finding.facts["url"] for finding in last.values() if "url" in finding.facts]
        known = store.links(urls)
        night = Night(
            found=found,
            cases=cases,
            last=last,
            coverages={coverage.account_id: coverage for coverage in store.coverages(inspection.id)},
            reads=store.reads(inspection.id),
            gone=store.gone([case.post_id for case in missing if case.post_id]),
            rules=frozenset(rule.id for rule in scanner_for(self.spec).rules) | judged.rules,
            registered=judged.rules - judged.page_rules,
            judged_posts=judged.posts,
            unread_parts=frozenset(store.unexamined(inspection.id)),
            unreached_links=frozenset(url for url, link in known.items() if link.outcome.is_reach),
        )
        verdicts = reconcile(night)
        looked = {"rules": sorted(night.rules), "registered": sorted(night.registered)}
        store.put_facts(inspection.id, {**store.facts(inspection.id), "looked": looked})
        store.conclude(inspection.id, verdicts, self.clock.read())
        # What people have decided is brought to bear once the cases are on file; both can be done again.
        apply_dismissals(store, inspection.account_ids, inspection.now)
        recheck(
            self.workspace, store, inspection, replace(night, cases=store.cases(inspection.account_ids, inspection.now))
        )


def _begin(store: Store, scope: InspectionScope, now: datetime) -> tuple[Inspection, bool]:
    """The inspection to work on, and whether it is an interrupted one that goes on."""
    ids = _account_ids(store, scope)
    key = _scope_key(scope)
    going: Inspection | None = None
    for inspection, other in store.running():
        age = now - inspection.now
        if other == key and going is None and timedelta(0) <= age <= SAME_RUN:
            going = inspection
        elif other == key or age > SAME_RUN:
            store.abandon(inspection.id)
    if going is not None:
        return going, True
    return store.begin(scope.kind, key, now, ids), False


def _account_ids(store: Store, scope: InspectionScope) -> tuple[str, ...]:
    if not scope.account_ids:
        ids = tuple(account.id for account in store.accounts() if account.standing is not Standing.CLOSED)
        if not ids:
            raise ConfigError("台账：没有在册账号，无可巡检；请先填写 registry/accounts.csv 并导入")
        return ids
    found = []
    for name in scope.account_ids:
        account = store.account(name)
        if account is None:
            raise ConfigError(f"{name}：台账里没有这个账号，不予巡检；请先登记，或核对账号标识")
        found.append(account.id)
    return tuple(dict.fromkeys(found))


def _scope_key(scope: InspectionScope) -> str:
    text = json.dumps([scope.kind.value, sorted(scope.account_ids), scope.crawl])
    return hashlib.sha256(text.encode()).hexdigest()


def _facts(book: RuleBook, rules: Sequence[object], store: Store, workspace: Workspace) -> dict[str, object]:
    """What this inspection judges with, for its report: no private value."""
    return {
        "book": book.digest,
        "rules": [getattr(rule, "id", "") for rule in rules],
        "inactive": dict(book.inactive),
        "pack": packs.newest().version,
        "sheets": sorted(store.kept_sheets()),
        "norms": changed(workspace.settings.norms),
        "lexicons": [
            {"name": lexicon.name, "title": lexicon.title, "version": lexicon.version, "terms": len(lexicon.terms)}
            for _, lexicon in sorted(book.lexicons.items())
        ],
    }
