"""Where the links of the posts at hand lead: followed once in a while, within a budget, in a process of its own."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from crawler.plan import ReplicaAddress
from crawler.resolver.plan import LinkPlan
from domain.clock import Clock
from domain.inspection import Inspection
from domain.link import ResolvedLink
from pipelines.child import run_child
from pipelines.extract import links_of
from pipelines.progress import Progress
from pipelines.target import Target
from pipelines.workspace import Workspace
from store import Store
from store.evidence import make_private

#: Time allowed for one link on average, and at least (seconds).
_EACH, _LEAST = 2.0, 120.0


def resolve_links(
    workspace: Workspace,
    store: Store,
    inspection: Inspection,
    post_ids: Sequence[str],
    clock: Clock,
    replica: ReplicaAddress | None,
    lock: int | None,
    tell: Progress,
) -> None:
    """Follow the links of these posts that were not followed lately. What cannot be followed tonight stays unknown:
    no conclusion is drawn from it."""
    settings = workspace.settings.crawl
    links = all_links(store, post_ids)
    known = store.links(links)
    waiting = due_links(links, known, inspection.now, timedelta(days=settings.link_days))[: settings.link_budget]
    if not waiting:
        return
    tell("resolve", 0, len(waiting))
    make_private(workspace.logs)
    deadline = max(_EACH * len(waiting) * max(settings.delay, 1.0), _LEAST)
    plan = LinkPlan(
        links=tuple(waiting),
        clock=clock,
        replica=replica,
        contact=workspace.settings.bureau.contact,
        polite={"delay": 0.0 if replica is not None else settings.delay, "timeout": settings.timeout},
        deadline_seconds=deadline,
        store=Target(
            database=workspace.database_url,
            key_path=str(workspace.key_path),
            evidence=str(workspace.evidence),
            inspection_id=inspection.id,
            name="links",
        ).to_plan(),
    )
    run_child(
        "links",
        plan.to_json(),
        log=workspace.logs / f"{inspection.id}-links.log",
        seconds=deadline + _LEAST,
        lock=lock,
        cancelled=threading.Event(),
    )
    tell("resolve", len(waiting), len(waiting))


def all_links(store: Store, post_ids: Sequence[str], batch: int = 200) -> list[str]:
    """The web links of these posts and of their attachments, each once, in a stable order."""
    found: dict[str, None] = {}
    for start in range(0, len(post_ids), batch):
        some = post_ids[start : start + batch]
        extractions = store.extractions(some)
        for item in store.posts(some):
            found.update(dict.fromkeys(links_of(item.post, extractions.get(item.post.id))))
    return [url for url in found if _followable(url)]


def _followable(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def due_links(links: Sequence[str], known: dict[str, ResolvedLink], now: datetime, validity: timedelta) -> list[str]:
    """Links never followed, then those whose answer is older than ``validity`` or was no answer.

    Where nothing could be concluded the next inspection tries again; this one does not.
    """
    fresh, stale = [], []
    for url in links:
        link = known.get(url)
        if link is None or link.resolved_at is None:
            fresh.append(url)
        elif now - link.resolved_at >= validity or (link.outcome.is_reach and link.resolved_at < now):
            stale.append(url)
    return fresh + stale
