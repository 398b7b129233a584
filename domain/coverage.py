"""What was really looked at. Travels with the data so that no silence is read into a failure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Attempt:
    """One route that was tried, how it ended, and the reason in Chinese. ``code`` is the platform's own number or name
    of a refusal, where rules must tell one refusal from another; ``retry_at`` when the other side may be asked again by
    this route, where that is known (a quota's reset, a Retry-After)."""

    route: str
    outcome: Outcome
    detail: str = ""
    code: str = ""
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """The platform's own count of an account's posts as one route showed it, and how many were accounted for."""

    route: str
    total: int
    accounted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How the reading of one account ended in one inspection.

    ``complete`` is true when the listing was walked to the horizon or to known ground, so that "no newer post" may be
    concluded. ``listed`` counts the posts the listing showed; ``read`` are the keys whose content was read tonight;
    ``newest_at`` is the newest publication seen, pinned posts included only by their own date. Of the posts that the
    platform itself counts (``platform_total``) the listing and the file account for ``accounted``; ``None`` where the
    two cannot be compared.
    """

    account_id: str
    outcome: Outcome
    detail: str = ""
    route: str = ""
    complete: bool = False
    listed: int = 0
    read: frozenset[str] = frozenset()
    newest_at: datetime | None = None
    platform_total: int | None = None
    requests: int = 0
    attempts: tuple[Attempt, ...] = ()
    finished_at: datetime | None = None
    accounted: int | None = None

    @property
    def missing(self) -> int:
        """Posts that the platform counts and that nothing accounts for; 0 where that cannot be said."""
        if self.platform_total is None or self.accounted is None:
            return 0
        return max(self.platform_total - self.accounted, 0)

    @property
    def checked(self) -> bool:
        """False is NOT_CHECKED: nothing may be concluded about the account."""
        return not self.outcome.is_reach

    def covers(self, post_key: str) -> bool:
        """True when that post was read in this inspection."""
        return post_key in self.read
