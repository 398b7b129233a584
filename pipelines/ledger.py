"""The rows of the 违规台账, straight from the store, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from domain.account import Account
from domain.case import CaseState
from domain.clock import in_china
from domain.finding import Finding
from domain.rectification import ItemProgress, ItemState, RecheckOutcome, Rectification
from domain.register import Person, Role
from pipelines import clauses
from pipelines.rectify import entries
from pipelines.workspace import Workspace
from reports import labels
from reports.ledger import LedgerRow, Stage
from reports.model import Clause
from reports.visible import visible
from scanners.masking import mask_private
from store import Store
from store.records import Case, Presence, StoredPost

_OF_CASE: Mapping[CaseState, Stage] = {
    CaseState.OPEN: Stage.UNJUDGED,
    CaseState.CONFIRMED: Stage.CONFIRMED,
    CaseState.CLOSED: Stage.CLOSED,
    CaseState.ACCEPTED: Stage.ACCEPTED,
    CaseState.DISMISSED: Stage.DISMISSED,
}
_OF_ITEM: Mapping[ItemState, Stage] = {
    ItemState.ISSUED: Stage.ISSUED,
    ItemState.REPLIED: Stage.REPLIED,
    ItemState.REOPENED: Stage.REOPENED,
    ItemState.CLOSED: Stage.CLOSED,
}
_RECHECK = {
    RecheckOutcome.MENDED: "已整改",
    RecheckOutcome.WITHDRAWN: "原文已撤",
    RecheckOutcome.STILL_THERE: "仍存在",
    RecheckOutcome.RECURRED: "再次出现",
}
Noticed = Mapping[str, tuple[Rectification, ItemProgress]]


def noticed(store: Store) -> Noticed:
    """The notice that counts for each finding: its latest one; an item that was taken back counts for nothing."""
    found: dict[str, tuple[Rectification, ItemProgress]] = {}
    for entry in sorted(entries(store).values(), key=lambda one: (one.notice.issued_on, one.notice.number)):
        for item in entry.items:
            if item.state is not ItemState.CANCELLED:
                found[item.item.fingerprint] = (entry, item)
    return found


def rows(
    workspace: Workspace,
    store: Store,
    now: datetime,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Iterator[LedgerRow]:
    """One row for every finding of ``since`` until before ``until``, oldest first, as it stands at ``now``."""
    del workspace
    people = _managers(store, in_china(now).date())
    accounts = {account.id: account for account in store.accounts()}
    notices, known, today = noticed(store), clauses.load(), in_china(now).date()
    for page in store.walk_cases(now, since=since, until=until):
        posts = {stored.post.id: stored for stored in store.posts([case.post_id for case, _ in page if case.post_id])}
        for case, finding in page:
            yield _row(
                case,
                finding,
                accounts.get(case.account_id),
                posts.get(case.post_id),
                notices.get(case.fingerprint),
                known,
                today,
                people.get(case.account_id, ""),
            )


def _managers(store: Store, today: date) -> dict[str, str]:
    """Who runs each account today, by the register of people."""
    names: dict[str, list[str]] = {}
    for person in store.register().all(Person):
        if Role.MANAGER in person.roles and person.in_post(today):
            for account_id in person.accounts:
                names.setdefault(account_id, []).append(person.name)
    return {account_id: "、".join(several) for account_id, several in names.items()}


def _row(
    case: Case,
    finding: Finding,
    account: Account | None,
    stored: StoredPost | None,
    noticed_in: tuple[Rectification, ItemProgress] | None,
    known: Mapping[str, Clause],
    today: date,
    responsible: str,
) -> LedgerRow:
    entry, item = noticed_in or (None, None)
    closed = case.closed_at
    if item is not None:
        closed = item.closed_at
    return LedgerRow(
        fingerprint=case.fingerprint,
        found_at=case.opened_at,
        account_id=case.account_id,
        account_name=account.name if account else case.account_id,
        platform=case.account_id.partition(":")[0],
        sponsor=account.sponsor if account else "",
        supervisor=account.supervisor if account else "",
        severity=finding.severity,
        family=finding.family,
        problem=visible(finding.message),
        stage=_stage(case, item),
        present=case.presence is Presence.PRESENT,
        term=visible(finding.masked_term) if finding.post_id else "",
        sentence=visible(finding.masked_sentence) if finding.post_id else "",
        post_title=visible(mask_private(stored.post.title)) if stored else "",
        post_url=visible(mask_private(stored.post.url)) if stored else "",
        published_at=stored.post.published_at if stored else None,
        clauses=labels.clauses(known.get(key, Clause(key=key)) for key in finding.clauses),
        suggestion=finding.suggestion,
        responsible=responsible,
        notice=entry.notice.number if entry else "",
        notified_on=entry.notice.issued_on if entry else None,
        due_on=item.due_on if item else None,
        replied_on=item.replied_on if item else None,
        closed_on=in_china(closed).date() if closed else None,
        recheck=_recheck(item),
        reopened=item.reopened if item else 0,
        overdue_days=item.overdue_days(today) if item else 0,
        evidence=finding.evidence,
    )


def _stage(case: Case, item: ItemProgress | None) -> Stage:
    """A verdict that what was noticed is no problem counts more than the notice; else the notice does."""
    if item is None or case.state in (CaseState.DISMISSED, CaseState.ACCEPTED):
        return _OF_CASE[case.state]
    return _OF_ITEM[item.state]


def _recheck(item: ItemProgress | None) -> str:
    if item is None or not item.rechecks:
        return ""
    last = item.rechecks[-1]
    return f"{in_china(last.checked_at):%Y-%m-%d} {_RECHECK[last.outcome]}"
