"""What a platform tells of itself: an article that was just sent, before any list shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One article of one message that the platform reported as sent, or the message itself where it names no article.

    ``key`` is the post's key as far as the address tells it (a short WeChat address gives its own name), empty where
    there is no address. ``job`` is the platform's number of the sending. ``outcome`` OK: it was sent; VIOLATION: the
    platform refused it; UNAVAILABLE: it failed or is not out yet; DELETED: it was taken back. ``detail`` says so in
    Chinese. ``sent_at`` is the platform's own time.
    """

    account_id: str
    job: str
    number: int = 0
    key: str = ""
    url: str = ""
    outcome: Outcome = Outcome.OK
    detail: str = ""
    sent_at: datetime
