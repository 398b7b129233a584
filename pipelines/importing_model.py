"""What a file of posts brought by hand comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from crawler.items import CaptureItem
from domain.post import Attachment, RawPost


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """One post of a file.

    ``place`` is where a person finds it (``第 3 行``), ``given`` are the fields of which the file speaks (the others
    stay as they are on file), ``digest`` names the capture that shows it, ``seen_at`` is when it looked like this.
    """

    place: str
    post: RawPost = field(repr=False)
    given: frozenset[str]
    digest: str = ""
    seen_at: datetime
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """One part of a file that was not imported, and why, in Chinese."""

    place: str
    reason: str


@dataclass(slots=True)
class Gathered:
    """Everything a file holds.

    ``shape`` is what kind of file it is, ``unit`` what its parts are called (行, 条, 页), ``read`` how many there were.
    ``notes`` say how it was read, ``skipped`` which parts are left out because nothing is wrong and nothing is to be
    done. ``captures`` go into the evidence archive; ``moment`` is the instant the file itself gives for its making.
    """

    shape: str
    unit: str = "行"
    read: int = 0
    posts: list[Brought] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    skipped: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    captures: list[CaptureItem] = field(default_factory=list, repr=False)
    moment: datetime | None = None


@dataclass(slots=True)
class Tally:
    """What became of a file, each part with its place: nothing is missing in the sum."""

    shape: str
    unit: str
    read: int
    notes: list[str]
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    skipped: list[Refusal] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    exported_at: datetime | None = None
    newest_at: datetime | None = None
    without_text: int = 0
    without_key: int = 0

    @property
    def usable(self) -> int:
        """Posts that were, or would be, imported."""
        return len(self.new) + len(self.changed) + len(self.unchanged)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file and what the person says about it. ``exported_at``: when the platform was left with it (UTC)."""

    name: str
    body: bytes = field(repr=False)
    account_id: str
    platform: str
    exported_at: datetime
    url: str = ""

    @property
    def file_url(self) -> str:
        """An address under which the file itself is kept as evidence: nothing on the network has it (RFC 2606)."""
        return f"https://import.invalid/{quote(self.name)}"
