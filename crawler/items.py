"""What a crawl hands to the item pipeline.

Scrapy writes items into its log when something goes wrong, so their ``repr`` shows no text of a post and no bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.coverage import Coverage
from domain.link import ResolvedLink
from domain.outcome import Outcome
from domain.post import Attachment, RawPost


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureItem:
    """One fetched response as evidence. Credentials are already stripped from ``url``, the headers and ``body``.

    ``kind`` is ``list``, ``post``, ``profile``, ``attachment`` or ``link``; ``digest`` the SHA-256 of ``body`` in hex.
    """

    account_id: str
    url: str = field(repr=False)
    method: str = "GET"
    request_headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(repr=False)
    fetched_at: datetime
    outcome: Outcome
    kind: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostItem:
    """One post as it was found tonight.

    ``post.outcome`` OK: its content was read; a gone outcome: the platform says that it is no longer there; any other:
    it could not be read tonight, and nothing may be concluded.
    """

    account_id: str
    post: RawPost = field(repr=False)
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)
    capture_digest: str = ""
    fetched_at: datetime

    @property
    def key(self) -> str:
        """The platform's own key of the post."""
        return self.post.post_key


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileItem:
    """What the platform says about the account itself."""

    account_id: str
    profile: Mapping[str, object] = field(repr=False)
    capture_digest: str = ""
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkItem:
    """A followed link."""

    account_id: str = ""
    link: ResolvedLink = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageItem:
    """How the visit of one account ended: exactly one for each task, always the last of its account."""

    coverage: Coverage


Item = CaptureItem | PostItem | ProfileItem | LinkItem | CoverageItem


def digest_of(body: bytes) -> str:
    """SHA-256 of ``body`` in hex, the name of a capture in the evidence archive."""
    return hashlib.sha256(body).hexdigest()
