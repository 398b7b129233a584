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
    also: Sequence[str] = (),
) -> None:
    """Follow the links of these posts that were not followed lately, and of what is left of the night's budget those
    of older posts that were followed longest ago: a page can change hands long after the post was read. ``also`` are
    addresses that the register wants to be opened (an announcement must stand for thirty working days).

    What cannot be followed tonight stays unknown: no conclusion is drawn from it.
    """
    settings = workspace.settings.crawl
    places = link_places(store, post_ids)
    store.put_link_places((url, post_id) for url, ids in places.items() for post_id in ids)
    links = list(dict.fromkeys((*places, *filter(_followable, also))))
    known = store.links(links)
    waiting = due_links(links, known, inspection.now, timedelta(days=settings.link_days))[: settings.link_budget]
    left = settings.link_budget - len(waiting)
    if left > 0:
        before = inspection.now - timedelta(days=settings.link_watch_days)
        watched = store.links_to_watch(inspection.account_ids, before, left)
        waiting = list(dict.fromkeys((*waiting, *watched)))
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
        store=workspace.target(inspection.id, "links").to_plan(),
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


def link_places(store: Store, post_ids: Sequence[str], batch: int = 200) -> dict[str, list[str]]:
    """The web links of these posts and of their attachments, each once, in a stable order, with the posts that hold
    them."""
    found: dict[str, list[str]] = {}
    for start in range(0, len(post_ids), batch):
        some = post_ids[start : start + batch]
        extractions = store.extractions(some)
        for item in store.posts(some):
            for url in links_of(item.post, extractions.get(item.post.id)):
                if _followable(url):
                    found.setdefault(url, []).append(item.post.id)
    return found


def posts_to_judge_again(store: Store, inspection: Inspection, post_ids: Sequence[str]) -> tuple[str, ...]:
    """``post_ids`` and the older posts with a link that this inspection has followed: told by what is on file, so that
    a run that was interrupted comes to the same."""
    return tuple(sorted({*post_ids, *store.posts_of_links_followed(inspection.account_ids, inspection.now)}))


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
