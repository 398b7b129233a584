"""One run of the line: its scope, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class InspectionKind(StrEnum):
    """The runs that differ only in their scope."""

    NIGHTLY = "nightly"
    AUDIT = "audit"
    RESCAN = "rescan"
    IMPORT = "import"


class InspectionState(StrEnum):
    """``running`` after a power cut means interrupted: the same command takes it up again."""

    RUNNING = "running"
    COMPLETE = "complete"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionScope:
    """Which accounts (empty = every live one on file), and whether the network is used at all."""

    kind: InspectionKind = InspectionKind.NIGHTLY
    account_ids: tuple[str, ...] = ()
    crawl: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """An inspection on file. ``id`` is sortable: ``20260618T140000Z-nightly``."""

    id: str
    kind: InspectionKind
    state: InspectionState
    now: datetime
    account_ids: tuple[str, ...]
    finished_at: datetime | None = None
