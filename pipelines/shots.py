"""Screenshots as evidence: each page with a grave finding once, rendered from its captured bytes in a child process."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence

from crawler.browser import browser_ready, find_browser
from domain.clock import Clock
from domain.finding import Finding
from domain.inspection import Inspection
from domain.rule import Severity
from pipelines.child import run_child
from pipelines.progress import Progress
from pipelines.workspace import Workspace
from store import Store
from store.evidence import make_private
from store.shots import ShotRecord

#: Findings of which a picture is made.
GRAVE = frozenset({Severity.VETO, Severity.MAJOR})
#: Kind of the captures that are pictures.
KIND = "shot"
NO_BROWSER = "本机没有可用的浏览器，没有制作截图；运行 make browser 后，下次发现问题时制作"
FAILED = "截图没有做成；原始网页已存档，可用 xunjian evidence show 调取"
_EACH, _LEAST = 10.0, 60.0


def take_shots(
    workspace: Workspace, store: Store, inspection: Inspection, clock: Clock, lock: int | None, tell: Progress
) -> None:
    """Make the pictures that are missing. Without a browser this is said of each page, and nothing fails."""
    waiting = due(store, inspection)[: workspace.settings.shots.limit]
    if not waiting:
        return
    browser = find_browser()
    if not browser_ready(browser):
        _tell_missing(store, inspection, waiting, NO_BROWSER)
        return
    tell("shots", 0, len(waiting))
    make_private(workspace.logs)
    target = workspace.target(inspection.id, "shots")
    plan = {
        "store": target.to_plan(),
        "browser": browser,
        "posts": waiting,
        "clock": {"start": clock.start.isoformat(), "fixed": clock.fixed},
    }
    run_child(
        "shots",
        json.dumps(plan),
        log=workspace.logs / f"{inspection.id}-shots.log",
        seconds=max(_EACH * len(waiting), _LEAST),
        lock=lock,
        cancelled=threading.Event(),
    )
    told = {record.post_id for record in store.shots_of(inspection.id)}
    _tell_missing(store, inspection, [post_id for post_id in waiting if post_id not in told], FAILED)
    tell("shots", len(waiting), len(waiting))


def due(store: Store, inspection: Inspection) -> list[str]:
    """Posts with grave findings of this inspection of whose captured page there is no picture with these marks."""
    return [
        post_id
        for post_id, findings in grave(store, inspection.id).items()
        if (findings[0].evidence, marks_of(findings)) not in store.made_shots(post_id)
    ]


def grave(store: Store, inspection_id: str) -> dict[str, list[Finding]]:
    """The grave findings of this inspection by post, where a captured page is known; gravest posts first."""
    found: dict[str, list[Finding]] = {}
    for finding in store.findings(inspection_id):
        if finding.severity in GRAVE and finding.post_id and finding.evidence:
            found.setdefault(finding.post_id, []).append(finding)
    order: Mapping[Severity, int] = {severity: number for number, severity in enumerate(Severity)}
    return dict(sorted(found.items(), key=lambda item: (min(order[one.severity] for one in item[1]), item[0])))


def marks_of(findings: Sequence[Finding]) -> str:
    """What is marked, in one word: another set of findings wants another picture."""
    return hashlib.sha256("\n".join(sorted(one.fingerprint for one in findings)).encode()).hexdigest()


def _tell_missing(store: Store, inspection: Inspection, post_ids: Sequence[str], why: str) -> None:
    findings = grave(store, inspection.id)
    for post_id in post_ids:
        store.put_shot(
            ShotRecord(
                post_id=post_id,
                page=findings[post_id][0].evidence,
                marks=marks_of(findings[post_id]),
                detail=why,
                inspection_id=inspection.id,
                made_at=inspection.now,
            )
        )
