"""How long the ways into the platforms' interfaces last. Nothing here holds a secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CredentialKind(StrEnum):
    """What expires."""

    CERTIFICATION = "certification"  # 微信认证, yearly
    TOKEN = "token"  # noqa: S105  an OAuth token of the open platform
    SECRET = "secret"  # noqa: S105  a secret that the office replaces on a date it has set itself
    REFUSED = "refused"  # the platform does not accept it


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialState:
    """One credential or certification as it was last checked.

    ``key`` is ``credential:<name>`` or ``certification:<account id>``, ``label`` how it is called in Chinese.
    ``refusal`` is why the platform did not accept it (Chinese), empty where it did.
    """

    key: str
    kind: CredentialKind
    label: str
    expires_at: datetime | None
    refusal: str = ""
    remedy: str = ""

    def days_left(self, now: datetime) -> int | None:
        """Whole days until it expires, negative once it has; ``None`` where no date is known."""
        if self.expires_at is None:
            return None
        return (self.expires_at - now).days

    @property
    def cause(self) -> str:
        """What one alert is about: this date, or this refusal. The same cause is told once."""
        if self.refusal:
            return "refused"
        return "" if self.expires_at is None else self.expires_at.date().isoformat()
