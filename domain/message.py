"""Messages to the office: what is told, on which topic, and when the same trouble is told again (never)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Topic(StrEnum):
    """What a channel is told: grave findings at once, one digest a morning, troubles of the machine."""

    SEVERE = "severe"
    DIGEST = "digest"
    TECHNICAL = "technical"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message. ``key`` names the event: a channel is told one event once."""

    key: str
    topic: Topic
    title: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Trouble:
    """The same trouble, ``nights`` nights in a row since ``since``; ``over`` once the night after it was a good one."""

    subject: str
    since: datetime
    nights: int
    over: bool = False

    @property
    def key(self) -> str:
        """The same for every night of the same stretch."""
        return f"{'over' if self.over else 'trouble'}:{self.subject}:{self.since:%Y%m%dT%H%M%S}"


def troubles(nights: Sequence[tuple[datetime, Mapping[str, bool]]], least: int) -> Iterator[Trouble]:
    """Stretches of at least ``least`` bad nights that last until the newest night, or that it ended.

    ``nights`` are newest first; each maps a subject to whether it was well. A night that did not look at a subject
    neither lengthens nor ends its stretch. A stretch that fills the whole view was told when it began to.
    """
    if not nights:
        return
    for subject, well in nights[0][1].items():
        seen = [(at, found[subject]) for at, found in nights if subject in found]
        rest = seen[1:] if well else seen
        stretch = []
        for at, good in rest:
            if good:
                break
            stretch.append(at)
        if len(stretch) >= least and not (len(stretch) == len(rest) and len(stretch) >= FULL_VIEW - 1):
            yield Trouble(subject, stretch[-1], len(stretch), over=well)


#: So many nights are looked back on.
FULL_VIEW = 200
