"""Where a link of a post leads, as far as it could be followed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.outcome import Outcome


class Transport(StrEnum):
    """How the page behind a link came over the wire. ``DISTRUSTED``: https with a certificate that nobody vouches
    for, so that it was not read."""

    UNKNOWN = ""
    PLAIN = "http"
    SECURE = "https"
    DISTRUSTED = "distrusted"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkReading:
    """What a link showed at one time: the page's own words (bounded), and the capture that proves them.

    ``first_at`` and ``last_at`` are the first and the last time at which it was read with these very words.
    """

    title: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    capture: str = ""
    final_url: str = field(default="", repr=False)
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedLink:
    """One followed link. ``outcome`` OK: it answered; DELETED: the server says that nothing is there (404, 410, or
    the platform's own "deleted" page); a reach outcome: nothing may be concluded.

    ``domain`` and ``final_domain`` are the registrable domains of the link and of where it led. ``title`` and ``text``
    are the page's own words, bounded; ``content`` names them (a digest, empty where there are none) and ``capture`` is
    the digest of its bytes in the evidence archive. ``earlier`` holds what the same link showed before, newest first.
    """

    url: str
    outcome: Outcome
    status: int | None = None
    final_url: str = ""
    detail: str = ""
    resolved_at: datetime | None = None
    domain: str = ""
    final_domain: str = ""
    transport: Transport = Transport.UNKNOWN
    title: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    content: str = ""
    capture: str = ""
    earlier: tuple[LinkReading, ...] = field(default=(), repr=False)

    @property
    def followed(self) -> bool:
        """False for a link that nobody has opened: only its address can be judged."""
        return self.resolved_at is not None


def unfollowed(url: str) -> ResolvedLink:
    """A link that was not opened."""
    return ResolvedLink(url=url, outcome=Outcome.DEADLINE, detail="没有打开")
