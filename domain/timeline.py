"""What the account rules judge: when an account published, as far as it could be seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from domain.account import Account
from domain.coverage import Coverage
from domain.post import PostKind
from domain.profile import ProfileHistory


@dataclass(frozen=True, slots=True)
class Moment:
    """One publication: when, of what kind, under which key, and whether it is still there."""

    published_at: datetime
    kind: PostKind
    key: str = ""
    is_gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Every known publication of one account, newest first, how tonight's look at it ended, and its profile's past."""

    account: Account
    coverage: Coverage
    moments: tuple[Moment, ...] = ()
    profile: ProfileHistory = field(default_factory=ProfileHistory)

    @property
    def newest(self) -> Moment | None:
        """The newest publication that is still there (a deleted post does not count as an update, R38c)."""
        return next((moment for moment in self.moments if not moment.is_gone), None)
