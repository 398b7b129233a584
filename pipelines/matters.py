"""Emergencies and counterfeits: opened, and their steps filed, in the same log as rectifications."""

from __future__ import annotations

from datetime import datetime

from domain.clock import in_china
from domain.errors import ConfigError
from domain.matters import OPENED, STEP, STEPS, Matter, MatterKind, matters
from store import Store
from store.rectification import NewEvent

PREFIX = {MatterKind.EMERGENCY: "应急", MatterKind.COUNTERFEIT: "假冒"}


def open_matter(
    store: Store, kind: MatterKind, subject: str, by: str, began_at: datetime, now: datetime,
    *, reason: str = "", platform: str = "", url: str = "", safety: bool = False,
) -> Matter:  # fmt: skip
    """Open a matter with the next number of its kind and year. Raises ``ConfigError`` for a beginning in the future."""
    if began_at > now:
        raise ConfigError("--at：发生时间在现在之后；请改正")
    events = store.rectification_events()
    year = in_china(began_at).year
    start = f"{PREFIX[kind]}〔{year}〕"
    number = f"{start}{sum(one.startswith(start) for one in matters(events)) + 1}号"
    body = {
        "kind": kind.value, "subject": subject, "began_at": began_at.isoformat(), "reason": reason,
        "platform": platform, "url": url, "safety": safety,
    }  # fmt: skip
    store.append_events([NewEvent(matter=number, kind=OPENED, at=now, by=by, body=body)], after=len(events))
    return matters(store.rectification_events(number))[number]


def take_step(
    store: Store, number: str, key: str, by: str, at: datetime, now: datetime, *, note: str = "", paper: str = ""
) -> Matter:
    """File a step. Raises ``ConfigError`` for an unknown matter or step, one already taken, and a wrong moment."""
    known = matters(store.rectification_events())
    if number not in known:
        raise ConfigError(f"{number}：没有这件事项；请用 xunjian rectify event 查看编号")
    matter = known[number]
    steps = {step.key: step.title for step, _, _ in matter.steps}
    if key not in steps:
        told = "、".join(f"{name}（{title}）" for name, title in steps.items())
        raise ConfigError(f"--step：{number} 没有步骤“{key}”；可用：{told}")
    if any(one.key == key for one in matter.done):
        raise ConfigError(f"{number}：“{steps[key]}”已经登记；无须再次登记")
    if not matter.began_at <= at <= now:
        raise ConfigError("--at：时间应在事项发生之后、现在之前；请改正")
    body = {"key": key, "at": at.isoformat(), "note": note, "paper": paper}
    store.append_events([NewEvent(matter=number, kind=STEP, at=now, by=by, body=body)])
    return matters(store.rectification_events())[number]


__all__ = ["STEPS", "open_matter", "take_step"]
