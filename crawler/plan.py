"""What one child process is told to crawl: one platform, its accounts, and everything it may not look up itself.

A plan travels to the child as JSON. It carries credentials, so it is never logged, never written to disk, and its
``repr`` leaves them out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from domain.account import Account, Medium, Purpose, Route, Standing
from domain.announcement import Announcement
from domain.clock import Clock, require_aware
from domain.coverage import Counted
from domain.outcome import Outcome
from domain.post import KnownPost


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTask:
    """One account to look at.

    ``known`` are the posts on file, ``reread`` those of them that are due tonight (chosen by the caller). Posts older
    than ``horizon`` are not walked to. ``walked_at`` is when the listing was last walked to its end: one that costs a
    request a day need not go further back. ``deadline_seconds`` is the whole time this account may take. ``announced``
    is what the platform itself reported as sent and no visit has read yet. ``spent`` are the requests that an
    interrupted run has made tonight; ``blocked`` names routes that must not be asked before a moment (a quota that was
    used up, a Retry-After); ``counted`` is the last comparison with the platform's own counter.
    """

    account: Account
    known: tuple[KnownPost, ...] = ()
    reread: tuple[KnownPost, ...] = ()
    horizon: datetime
    walked_at: datetime | None = None
    deadline_seconds: float = 600.0
    announced: tuple[Announcement, ...] = ()
    spent: int = 0
    blocked: Mapping[str, datetime] = field(default_factory=dict)
    counted: Counted | None = None


@dataclass(frozen=True, slots=True)
class ReplicaAddress:
    """Where the local stand-in of the platforms listens; ``spki`` is the fingerprint of its certificate's key."""

    host: str
    http_port: int
    tls_port: int
    spki: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlPlan:
    """The work of one child process.

    ``polite`` holds numbers: ``delay`` (seconds between two requests to one host), ``accounts`` (visited at once),
    ``per_host`` (requests at once to one host), ``timeout`` (seconds for one request), those of ``crawler.pace``, and
    ``browser_pages`` (pages after which the browser is exchanged for a fresh one). ``browser`` is the executable to
    drive (empty: there is none). ``store`` is handed through to the item pipeline and means nothing here.
    """

    platform: str
    tasks: tuple[AccountTask, ...]
    clock: Clock
    credentials: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    replica: ReplicaAddress | None = None
    contact: str = ""
    polite: Mapping[str, float] = field(default_factory=dict)
    browser: str = ""
    store: Mapping[str, str] = field(default_factory=dict, repr=False)

    def to_json(self) -> str:
        """The plan as one JSON text."""
        return json.dumps(
            {
                "platform": self.platform,
                "tasks": [_task_to_dict(task) for task in self.tasks],
                "clock": {"start": self.clock.start.isoformat(), "fixed": self.clock.fixed},
                "credentials": {name: dict(values) for name, values in self.credentials.items()},
                "replica": asdict(self.replica) if self.replica else None,
                "contact": self.contact,
                "polite": dict(self.polite),
                "browser": self.browser,
                "store": dict(self.store),
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> CrawlPlan:
        """The plan that ``to_json`` wrote. Raises ``ValueError`` or ``KeyError`` where it is not one."""
        data = json.loads(text)
        return cls(
            platform=data["platform"],
            tasks=tuple(_task_from_dict(item) for item in data["tasks"]),
            clock=Clock(start=_instant(data["clock"]["start"]), fixed=data["clock"]["fixed"]),
            credentials=data["credentials"],
            replica=ReplicaAddress(**data["replica"]) if data["replica"] else None,
            contact=data["contact"],
            polite=data["polite"],
            browser=data["browser"],
            store=data["store"],
        )


def _instant(text: str) -> datetime:
    return require_aware(datetime.fromisoformat(text))


def _task_to_dict(task: AccountTask) -> dict[str, Any]:
    return {
        "account": asdict(task.account) | {"attributes": dict(task.account.attributes)},
        "known": [_known_to_dict(post) for post in task.known],
        "reread": [post.key for post in task.reread],
        "horizon": task.horizon.isoformat(),
        "walked_at": task.walked_at.isoformat() if task.walked_at else None,
        "deadline_seconds": task.deadline_seconds,
        "spent": task.spent,
        "counted": asdict(task.counted) if task.counted else None,
        "blocked": {route: until.isoformat() for route, until in task.blocked.items()},
        "announced": [asdict(item) | {"sent_at": item.sent_at.isoformat()} for item in task.announced],
    }


def _task_from_dict(data: Mapping[str, Any]) -> AccountTask:
    known = tuple(_known_from_dict(item) for item in data["known"])
    due = {key: place for place, key in enumerate(data["reread"])}
    return AccountTask(
        account=_account_from_dict(data["account"]),
        known=known,
        reread=tuple(sorted((post for post in known if post.key in due), key=lambda post: due[post.key])),
        horizon=_instant(data["horizon"]),
        walked_at=_instant(data["walked_at"]) if data["walked_at"] else None,
        deadline_seconds=data["deadline_seconds"],
        spent=data.get("spent", 0),
        counted=Counted(**data["counted"]) if data.get("counted") else None,
        blocked={route: _instant(until) for route, until in data.get("blocked", {}).items()},
        announced=tuple(_announced(item) for item in data.get("announced", ())),
    )


def _announced(data: Mapping[str, Any]) -> Announcement:
    return Announcement(**{**data, "outcome": Outcome(data["outcome"]), "sent_at": _instant(data["sent_at"])})


def _account_from_dict(data: Mapping[str, Any]) -> Account:
    values = dict(data)
    values["purpose"] = Purpose(values["purpose"])
    values["medium"] = Medium(values["medium"]) if values["medium"] else None
    values["standing"] = Standing(values["standing"])
    values["routes"] = tuple(Route(**route) for route in values["routes"])
    values["aliases"] = tuple(values["aliases"])
    return Account(**values)


def _known_to_dict(post: KnownPost) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in asdict(post).items()}


def _known_from_dict(data: Mapping[str, Any]) -> KnownPost:
    values = dict(data)
    for name in ("first_seen_at", "last_read_at", "published_at"):
        values[name] = _instant(values[name]) if values[name] else None
    return KnownPost(**values)
