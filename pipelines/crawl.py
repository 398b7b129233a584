"""The crawl of an inspection: one child process a platform, and a coverage for every account whatever happens.

An account whose coverage is on file has been visited; a run that is taken up again leaves it alone. A child that dies
is started once more with the accounts that are left. What is still left then ends in ``DEADLINE``: "not finished in
time" is what is known, and none of the other outcomes would be true.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import timedelta

from crawler import platforms
from crawler.browser import find_browser
from crawler.plan import AccountTask, CrawlPlan, ReplicaAddress
from domain.account import Account
from domain.clock import Clock
from domain.coverage import Coverage
from domain.inspection import Inspection, InspectionKind
from domain.outcome import Outcome
from domain.reread import choose_due
from pipelines.child import Ended, run_child
from pipelines.importing_coverage import instead, is_brought, may_be_brought, of_import, without_import
from pipelines.progress import Progress
from pipelines.settings import CrawlSettings
from pipelines.workspace import Workspace
from registry.post_columns import BROUGHT
from store import Store
from store.evidence import make_private

#: How often a platform's child is started in one inspection.
ATTEMPTS = 2


@dataclass(frozen=True)
class Crawl:
    """What the crawl of one inspection works with."""

    workspace: Workspace
    store: Store
    inspection: Inspection
    clock: Clock
    replica: ReplicaAddress | None = None
    lock: int | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)

    def run(self, accounts: Sequence[Account], progress: Progress) -> None:
        """Visit every account that this inspection has not visited yet."""
        covered = self.store.covered(self.inspection.id)
        waiting: dict[str, list[Account]] = {}
        for account in accounts:
            if account.id in covered:
                continue
            if is_brought(account):
                self._brought(account)
            elif account.platform in platforms.names():
                waiting.setdefault(account.platform, []).append(account)
            elif account.platform in BROUGHT or self.store.last_import(account.id) is not None:
                self._brought(account)
            else:
                reason = f"本版本还不能读取平台“{account.platform}”；请人工检查，或导出后用 xunjian import 导入"
                self._give_up(account, Outcome.NO_TOOL, reason)
        if not waiting:
            return
        make_private(self.workspace.logs)
        browser = find_browser()
        with ThreadPoolExecutor(max_workers=len(waiting), thread_name_prefix="crawl") as threads:
            running = {threads.submit(self._platform, name, items, browser) for name, items in waiting.items()}
            try:
                self._wait(running, len(accounts), progress)
            except BaseException:
                self.cancelled.set()
                raise

    def _wait(self, running: set[Future[None]], total: int, progress: Progress) -> None:
        pending = running
        while pending:
            done, pending = wait(pending, timeout=0.5, return_when=FIRST_EXCEPTION)
            for future in done:
                future.result()
            progress("crawl", self.store.counts(self.inspection.id)[0], total)

    def _platform(self, platform: str, accounts: Sequence[Account], browser: str) -> None:
        left = list(accounts)
        ended = Ended(0)
        for _ in range(ATTEMPTS):
            ended = run_child(
                "crawl",
                self._plan(platform, left, browser).to_json(),
                log=self.workspace.logs / f"{self.inspection.id}-{platform}.log",
                seconds=self.workspace.settings.crawl.platform_deadline,
                lock=self.lock,
                cancelled=self.cancelled,
            )
            covered = self.store.covered(self.inspection.id)
            left = [account for account in left if account.id not in covered]
            if not left or ended.overdue or self.cancelled.is_set():
                break
        if self.cancelled.is_set():
            return
        for account in left:
            self._give_up(account, Outcome.DEADLINE, _reason(ended, self.workspace, self.inspection.id, platform))
        self._fall_back([account for account in accounts if may_be_brought(account)])

    def _brought(self, account: Account) -> None:
        """The account is covered by what people brought of it."""
        self.store.put_coverage(self.inspection.id, self._of_import(account))

    def _fall_back(self, accounts: Sequence[Account]) -> None:
        """Where the crawl could not reach these accounts, their last import stands in, if it is fresh."""
        waiting = {account.id: account for account in accounts}
        for coverage in self.store.coverages(self.inspection.id) if waiting else ():
            if coverage.account_id in waiting and not coverage.checked:
                brought = self._of_import(waiting[coverage.account_id])
                if brought.attempts[0] not in coverage.attempts:
                    self.store.put_coverage(self.inspection.id, instead(coverage, brought))

    def _of_import(self, account: Account) -> Coverage:
        days = self.workspace.settings.crawl.import_days
        return of_import(account, self.store.last_import(account.id), self.inspection.now, days)

    def _give_up(self, account: Account, outcome: Outcome, reason: str) -> None:
        coverage = Coverage(account_id=account.id, outcome=outcome, detail=reason, finished_at=self.clock.read())
        self.store.put_coverage(self.inspection.id, coverage)

    def _plan(self, platform: str, accounts: Sequence[Account], browser: str) -> CrawlPlan:
        settings = self.workspace.settings
        polite = settings.crawl
        credentials = self.workspace.credentials()
        spent = self.store.spent(self.inspection.id)
        done = frozenset(i for i, read in self.store.reads(self.inspection.id).items() if not read.outcome.is_reach)
        named = {route.credential for account in accounts for route in account.routes if route.credential}
        target = self.workspace.target(self.inspection.id, platform)
        return CrawlPlan(
            platform=platform,
            tasks=tuple(self._task(account, done, spent.get(account.id, 0)) for account in accounts),
            clock=self.clock,
            credentials={name: credentials[name] for name in sorted(named) if name in credentials},
            replica=self.replica,
            contact=settings.bureau.contact,
            polite=_polite(polite, platform, self.replica),
            browser=browser,
            store=target.to_plan(),
        )

    def _task(self, account: Account, done: frozenset[str], spent: int) -> AccountTask:
        """What is on file of the account, and what of it is to be read again: what could not be opened before goes
        first, then what is due. What an interrupted run has read tonight is not read twice."""
        settings = self.workspace.settings.crawl
        now = self.inspection.now
        known, unread = self.store.known_posts(account.id, now)
        left = [post for post in known if f"{account.id}/{post.key}" not in done]
        first = [post for post in left if post.key in unread and not post.is_gone]
        due = choose_due((post for post in left if post not in first), now, settings.reread_budget)
        return AccountTask(
            account=without_import(account),
            known=known,
            reread=(*first, *due),
            horizon=now - timedelta(days=settings.horizon_days),
            walked_at=self.store.walked_at(account.id),
            deadline_seconds=settings.account_deadline,
            spent=spent,
            counted=self.store.counted(account.id),
            # Who asks for one account by name may have had the quota raised: he is not kept waiting.
            blocked={} if self.inspection.kind is InspectionKind.AUDIT else self.store.blocked(account.id, now),
            announced=self.store.announced(account.id, now),
        )


def _polite(settings: CrawlSettings, platform: str, replica: ReplicaAddress | None) -> Mapping[str, float]:
    """The pace for one platform. Against the local replica nobody needs sparing, but budgets hold there too."""
    own = settings.of_platform(platform)
    sparing = replica is None
    return {
        "delay": own.delay if sparing else 0.0,
        "accounts": own.accounts,
        "per_host": own.per_host if sparing else 8,
        "timeout": settings.timeout,
        "account_requests": own.account_requests,
        "platform_requests": own.platform_requests,
        "patience": settings.patience,
        "backoff": settings.backoff if sparing else 0.0,
        "browser_pages": settings.browser_pages,
    }


def _reason(ended: Ended, workspace: Workspace, inspection_id: str, platform: str) -> str:
    log = workspace.logs / f"{inspection_id}-{platform}.log"
    if ended.overdue:
        return "超过平台采集时限，没有轮到或没有看完；可调大 crawl.platform_deadline 后重新运行"
    return f"采集进程异常结束（退出码 {ended.code}），没有看完；请查看 {log.name} 或运行 xunjian doctor"
