"""The scan of what is stored: posts in the executor, accounts here. It visits nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.account import Account
from domain.calendar import add_months
from domain.coverage import Attempt, Coverage
from domain.link import ResolvedLink, unfollowed
from domain.post import Segment
from domain.profile import ApprovedChange
from domain.register import EventKind, FilingEvent, Register
from pipelines.executor import in_flight
from pipelines.extract import links_of, text_segments
from scanners.factory import ScannerSpec, scanner_for
from store import Store
from store.scanning import ScanResult

#: Batches submitted and not yet stored; bounds what a broken-off run has to do again.
_AT_ONCE = 4
#: Attribute of an account: its own published numbers, parted by spaces, commas or 、.
PUBLIC_NUMBERS = "public_numbers"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanTask:
    """Everything the scanner is told about one post; travels to a worker process."""

    post_id: str
    revision: str
    account_id: str
    post_key: str
    segments: tuple[Segment, ...] = field(repr=False)
    published_at: datetime | None = None
    links: tuple[ResolvedLink, ...] = field(default=(), repr=False)
    evidence: str = ""
    public_numbers: frozenset[str] = frozenset()
    verified_subject: str = ""


def scan_batch(spec: ScannerSpec, tasks: Sequence[ScanTask]) -> tuple[ScanResult, ...]:
    """Findings of a batch of posts. Pure but for the scanner that the process keeps."""
    scanner = scanner_for(spec)
    return tuple(
        ScanResult(
            post_id=task.post_id,
            revision=task.revision,
            findings=scanner.scan_post(
                task.segments,
                account_id=task.account_id,
                post_key=task.post_key,
                published_at=task.published_at,
                links=task.links,
                evidence=task.evidence,
                public_numbers=task.public_numbers,
                verified_subject=task.verified_subject,
            ),
        )
        for task in tasks
    )


def scan_posts(
    store: Store,
    executor: Executor,
    spec: ScannerSpec,
    inspection_id: str,
    book: str,
    post_ids: Sequence[str],
    *,
    accounts: Mapping[str, Account],
    public_numbers: frozenset[str],
    batch: int,
) -> Iterator[int]:
    """Scan these posts and stage what is found, batch by batch; yields how many are done."""
    work = (
        (spec, _tasks(store, post_ids[start : start + batch], accounts, public_numbers))
        for start in range(0, len(post_ids), batch)
    )
    done = 0
    for results in in_flight(executor, scan_batch, work, _AT_ONCE):
        store.stage(inspection_id, book, results)
        done += len(results)
        yield done


def _tasks(
    store: Store, post_ids: Sequence[str], accounts: Mapping[str, Account], public_numbers: frozenset[str]
) -> tuple[ScanTask, ...]:
    stored = store.posts(post_ids)
    extractions = store.extractions([item.post.id for item in stored if item.post.attachments])
    links = {item.post.id: links_of(item.post, extractions.get(item.post.id)) for item in stored}
    resolved = store.with_history(store.links([url for urls in links.values() for url in urls]).values())
    tasks = []
    for item in stored:
        post, account = item.post, accounts[item.post.account_id]
        found = extractions.get(post.id)
        current = found.segments if found is not None and found.revision == post.revision else ()
        tasks.append(
            ScanTask(
                post_id=post.id,
                revision=post.revision,
                account_id=post.account_id,
                post_key=post.key,
                segments=text_segments(post) + current,
                published_at=post.published_at,
                links=tuple(resolved.get(url) or unfollowed(url) for url in links[post.id]),
                evidence=post.evidence,
                public_numbers=public_numbers | _own_numbers(account),
                verified_subject=account.verified_subject,
            )
        )
    return tuple(tasks)


def _own_numbers(account: Account) -> frozenset[str]:
    text = account.attributes.get(PUBLIC_NUMBERS, "")
    for mark in "、，,;；|":
        text = text.replace(mark, " ")
    return frozenset(text.split())


def scan_accounts(
    store: Store,
    spec: ScannerSpec,
    inspection_id: str,
    coverages: Sequence[Coverage],
    now: datetime,
    *,
    told: Mapping[str, Attempt] | None = None,
    without: frozenset[str] = frozenset(),
) -> None:
    """Judge every account that was looked at by the account rules, and stage what is found. ``told`` is what other
    stages have to say of an account, by its id: the rules see it beside what its visit brought. What the rules in
    ``without`` say is left out: the office reads their clause another way."""
    also = told or {}
    scanner = scanner_for(spec)
    evidence = store.listing_evidence(inspection_id)
    register = store.register()
    found = {
        coverage.account_id: scanner.scan_account(
            replace(
                store.timeline(coverage.account_id, _with(coverage, also.get(coverage.account_id))),
                profile=replace(
                    store.profile_history(coverage.account_id),
                    approved=approved_changes(register, coverage.account_id),
                ),
            ),
            now,
            evidence=evidence.get(coverage.account_id, ""),
        )
        for coverage in coverages
    }
    if without:
        found = {key: tuple(one for one in items if one.rule_id not in without) for key, items in found.items()}
    store.stage_accounts(inspection_id, found)


def approved_changes(register: Register, account_id: str) -> tuple[ApprovedChange, ...]:
    """The approved changes of an account that the register has, for the rules that look for drift (第三条)."""
    return tuple(
        ApprovedChange(
            field=changed,
            value=event.new_value if len(event.changes) == 1 else "",
            since=event.approved_on,
            until=max(event.done_on or event.approved_on, add_months(event.approved_on, 1)),
            record=f"{event.kind}:{event.key}",
        )
        for event in register.of_account(FilingEvent, account_id)
        if event.event is EventKind.CHANGE and event.approved_on is not None
        for changed in event.changes
    )


def _with(coverage: Coverage, told: Attempt | None) -> Coverage:
    return coverage if told is None else replace(coverage, attempts=(*coverage.attempts, told))
