"""Where a link of a post leads, as far as it could be followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedLink:
    """One followed link. ``outcome`` OK: it answered; DELETED: the server says that nothing is there (404, 410, or
    the platform's own "deleted" page); a reach outcome: nothing may be concluded."""

    url: str
    outcome: Outcome
    status: int | None = None
    final_url: str = ""
    detail: str = ""
    resolved_at: datetime | None = None
