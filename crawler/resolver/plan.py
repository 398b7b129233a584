"""What one resolver process is told: the links to follow, and how politely."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from crawler.plan import ReplicaAddress
from domain.clock import Clock, require_aware


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPlan:
    """The work of one resolver process.

    ``links`` are addresses as the posts hold them; each is followed once. ``polite`` holds ``delay`` (seconds between
    two requests to one host), ``at_once`` (requests at once in all) and ``timeout`` (seconds for one request). Links
    that are not reached within ``deadline_seconds`` end in ``DEADLINE``. ``store`` is handed through to the pipeline.
    """

    links: tuple[str, ...] = field(repr=False)
    clock: Clock
    replica: ReplicaAddress | None = None
    contact: str = ""
    polite: Mapping[str, float] = field(default_factory=dict)
    deadline_seconds: float = 900.0
    store: Mapping[str, str] = field(default_factory=dict, repr=False)

    def to_json(self) -> str:
        """The plan as one line of JSON."""
        return json.dumps(
            {
                "links": list(self.links),
                "clock": {"start": self.clock.start.isoformat(), "fixed": self.clock.fixed},
                "replica": asdict(self.replica) if self.replica else None,
                "contact": self.contact,
                "polite": dict(self.polite),
                "deadline_seconds": self.deadline_seconds,
                "store": dict(self.store),
            }
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> LinkPlan:
        """The plan that ``to_json`` wrote. Raises ``ValueError`` or ``KeyError`` where it is not one."""
        data = json.loads(text)
        return cls(
            links=tuple(data["links"]),
            clock=Clock(
                start=require_aware(datetime.fromisoformat(data["clock"]["start"])), fixed=data["clock"]["fixed"]
            ),
            replica=ReplicaAddress(**data["replica"]) if data["replica"] else None,
            contact=data["contact"],
            polite=data["polite"],
            deadline_seconds=data["deadline_seconds"],
            store=data["store"],
        )
