"""Emergency closing (第五条) and counterfeit accounts (第十二条): the steps that must follow, and by when.

Hours and days that no article gives are the office's defaults (第一时间: two hours to the bureau, a day to the city).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.rectification import RectificationEvent

OPENED, STEP = "matter_opened", "matter_step"


class MatterKind(StrEnum):
    """What is handled."""

    EMERGENCY = "emergency"
    COUNTERFEIT = "counterfeit"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do within ``hours`` of the beginning; ``only_safety`` where content or network safety is touched."""

    key: str
    title: str
    hours: int
    only_safety: bool = False


STEPS: Mapping[MatterKind, tuple[Step, ...]] = {
    MatterKind.EMERGENCY: (
        Step("bureau", "报市民政局办公室", 2),
        Step("city", "报市政府办公室", 24),
        Step("publicity", "通报宣传部门", 24, only_safety=True),
        Step("cyberspace", "通报网信部门", 24, only_safety=True),
        Step("police", "通报公安机关", 24, only_safety=True),
    ),
    MatterKind.COUNTERFEIT: (
        Step("checked", "核查属实", 24),
        Step("cyberspace", "会商网信部门", 72),
        Step("police", "会商公安机关", 72),
        Step("telecom", "会商电信主管部门", 72),
        Step("letter", "致函平台要求关停", 72),
        Step("reported", "报上一级政务新媒体主管单位", 72),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDone:
    """A step that was taken; ``paper`` is the number of the letter or report."""

    key: str
    at: datetime
    by: str
    note: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One emergency or counterfeit. ``subject`` is the account, ``platform`` and ``url`` where it is."""

    number: str
    kind: MatterKind
    subject: str
    began_at: datetime
    opened_by: str
    reason: str = ""
    platform: str = ""
    url: str = ""
    safety: bool = False
    done: tuple[StepDone, ...] = ()

    @property
    def steps(self) -> tuple[tuple[Step, datetime, StepDone | None], ...]:
        """Every step that applies, the moment by which it is due, and what was done."""
        taken = {one.key: one for one in self.done}
        return tuple(
            (step, self.began_at + timedelta(hours=step.hours), taken.get(step.key))
            for step in STEPS[self.kind]
            if self.safety or not step.only_safety
        )

    def overdue(self, now: datetime) -> tuple[Step, ...]:
        """The steps whose moment has passed and that nobody has taken."""
        return tuple(step for step, due, done in self.steps if done is None and due < now)


def matters(events: Iterable[RectificationEvent]) -> dict[str, Matter]:
    """What the log says of emergencies and counterfeits, by number."""
    found: dict[str, Matter] = {}
    for event in events:
        body: Mapping[str, Any] = event.body
        if event.kind == OPENED:
            found[event.matter] = Matter(
                number=event.matter,
                opened_by=event.by,
                **{**body, "kind": MatterKind(body["kind"]), "began_at": datetime.fromisoformat(body["began_at"])},
            )
        elif event.kind == STEP:
            step = StepDone(by=event.by, **{**body, "at": datetime.fromisoformat(body["at"])})
            found[event.matter] = replace(found[event.matter], done=(*found[event.matter].done, step))
    return found
