"""Instants: stored in UTC, shown at +08:00, and entering the program once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

#: The zone of every date a clerk sees (China has one zone and no summer time).
CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


def require_aware(moment: datetime, name: str = "moment") -> datetime:
    """Return ``moment`` in UTC; raise ``ValueError`` for a naive one."""
    if moment.tzinfo is None:
        raise ValueError(f"{name} must carry a time zone")
    return moment.astimezone(UTC)


def in_china(moment: datetime) -> datetime:
    """The same instant as it is shown to a clerk."""
    return require_aware(moment).astimezone(CHINA)


def parse_instant(text: str) -> datetime:
    """ISO 8601 with a zone; one without is read as China time (what a clerk types)."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=CHINA)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """``now`` of the inspection. A fixed clock (demo, tests, replays) stands still; a running one does not.

    The inspection judges everything at ``start``; only the moment a page was fetched comes from ``read``.
    """

    start: datetime
    fixed: bool = False

    def read(self) -> datetime:
        """The present instant in UTC (``start`` for a fixed clock)."""
        return require_aware(self.start) if self.fixed else datetime.now(UTC)

    @classmethod
    def system(cls) -> Clock:
        """A running clock that starts now."""
        return cls(start=datetime.now(UTC))
