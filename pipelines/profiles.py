"""Tonight's profiles into the history, with the look of each avatar; the account rules judge them there."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler.avatars import KIND, AvatarPlan
from crawler.plan import ReplicaAddress
from domain.account import Account
from domain.clock import Clock
from domain.inspection import Inspection
from domain.profile import ProfileFacts, facts_of, same_picture
from extractors.look import difference_hash
from pipelines.child import run_child
from pipelines.progress import Progress
from pipelines.workspace import Workspace
from store import Store
from store.evidence import make_private

#: Time for one picture on average, and at least (seconds).
_EACH, _LEAST = 5.0, 60.0
_FETCHED, _NO_PICTURE, _UNREACHED = "fetched", "no-picture", "unreached"


@dataclass(frozen=True, slots=True)
class _Seen:
    facts: ProfileFacts
    evidence: str


def take_snapshots(
    workspace: Workspace,
    store: Store,
    inspection: Inspection,
    accounts: Sequence[Account],
    clock: Clock,
    replica: ReplicaAddress | None,
    lock: int | None,
    tell: Progress,
) -> None:
    """File every profile that this inspection has read. An avatar is fetched only when its address is another than
    before, or has never been reached."""
    seen: dict[str, _Seen] = {}
    wanted: dict[str, str] = {}
    for account in accounts:
        found = store.profile_read(account.id)
        if found is None or found[2] < inspection.now:
            continue
        profile, evidence, _ = found
        facts = facts_of(profile)
        if facts.record():
            seen[account.id] = _Seen(facts, evidence)
            state = store.profile_history(account.id).now
            if _is_wanted(facts, state.facts if state is not None else None):
                wanted[account.id] = facts.avatar
    if wanted:
        tell("avatars", 0, len(wanted))
        pages = {account.id: page for account in accounts if account.id in wanted and (page := _page_of(account))}
        _fetch(workspace, inspection, wanted, pages, clock, replica, lock)
    pictures = store.captured_as(inspection.id, KIND) if wanted else {}
    for account_id, one in seen.items():
        facts = one.facts
        if account_id in wanted:
            digest = pictures.get(account_id, "")
            body = store.body_or_none(digest) if digest else None
            look = difference_hash(body) if body else ""
            outcome = _UNREACHED if body is None else _FETCHED if look else _NO_PICTURE
            facts = replace(facts, avatar_hash=look, avatar_outcome=outcome)
        store.put_snapshot(account_id, facts, evidence=one.evidence, inspection_id=inspection.id, at=inspection.now)


def _is_wanted(facts: ProfileFacts, before: ProfileFacts | None) -> bool:
    if not facts.avatar.startswith(("http://", "https://")):
        return False
    if before is None or not before.avatar or not same_picture(facts.avatar, before.avatar):
        return True
    return before.avatar_outcome in ("", _UNREACHED)


def _page_of(account: Account) -> str:
    """The public page on which the avatar is shown."""
    if account.platform == "weibo":
        return f"https://weibo.com/u/{account.key}"
    return account.home_url


def _fetch(
    workspace: Workspace,
    inspection: Inspection,
    wanted: dict[str, str],
    pages: dict[str, str],
    clock: Clock,
    replica: ReplicaAddress | None,
    lock: int | None,
) -> None:
    settings = workspace.settings.crawl
    make_private(workspace.logs)
    plan = AvatarPlan(
        avatars=wanted,
        pages=pages,
        clock=clock,
        replica=replica,
        contact=workspace.settings.bureau.contact,
        polite={"delay": 0.0 if replica is not None else settings.delay, "timeout": settings.timeout},
        store=workspace.target(inspection.id, "avatars").to_plan(),
    )
    run_child(
        "avatars",
        plan.to_json(),
        log=workspace.logs / f"{inspection.id}-avatars.log",
        seconds=max(_EACH * len(wanted) * max(settings.delay, 1.0), _LEAST),
        lock=lock,
        cancelled=threading.Event(),
    )
