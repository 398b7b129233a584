"""What an account published, from the raw reading of a page to the text that is scanned."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

from domain.outcome import Outcome


class PostKind(StrEnum):
    """What kind of thing a page or a reply shows."""

    ARTICLE = "article"
    PICTURE = "picture"
    TEXT = "text"
    SHARE_CARD = "share_card"
    VIDEO = "video"
    AUDIO = "audio"
    PROFILE = "profile"
    LIST = "list"
    NONE = "none"

    @property
    def is_audio_video(self) -> bool:
        """True for the kinds that 第六条 counts as 音视频类."""
        return self in (PostKind.VIDEO, PostKind.AUDIO)


@dataclass(frozen=True, slots=True)
class RawAttachment:
    """A file a page offers: its address, the name shown, and the media type where the page says it."""

    url: str
    name: str = ""
    media_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPost:
    """One post as its page shows it. Instants are zone-aware; ``None`` means the page does not say."""

    outcome: Outcome = Outcome.OK
    kind: PostKind = PostKind.NONE
    account: str = ""
    account_key: str = ""
    post_key: str = ""
    url: str = ""
    title: str = ""
    text: str = ""
    published_at: datetime | None = None
    original: bool | None = None
    repost_source: str | None = None
    images: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    attachments: tuple[RawAttachment, ...] = ()
    pinned: bool = False
    truncated: bool = False  # the listing shows only the beginning (Weibo long text): the rest is another request
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What ``page.read`` makes of one response: its outcome, and the posts or the profile it holds.

    ``cursor`` holds what the next listing request needs (empty on the last page); ``total`` is what the platform says
    it has in all, where it says so.
    """

    outcome: Outcome
    kind: PostKind = PostKind.NONE
    account: str = ""
    account_key: str = ""
    posts: tuple[RawPost, ...] = ()
    profile: Mapping[str, object] | None = None
    cursor: Mapping[str, str] = field(default_factory=dict)
    total: int | None = None
    detail: str = ""

    @classmethod
    def of(cls, post: RawPost) -> Self:
        """What a page says that holds one post and nothing else."""
        return cls(
            outcome=post.outcome,
            kind=post.kind,
            account=post.account,
            account_key=post.account_key,
            posts=(post,),
            detail=post.detail,
        )

    @property
    def post(self) -> RawPost | None:
        """The single post of a single-post page."""
        return self.posts[0] if len(self.posts) == 1 and self.kind is not PostKind.LIST else None


class Origin(StrEnum):
    """Where a piece of text came from."""

    TEXT = "text"
    OCR = "ocr"
    QR = "qr"
    DOCUMENT = "document"
    COMMENT = "comment"
    METADATA = "metadata"


#: A rectangle: left, top, width and height.
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the code points ``[start, end)`` of a segment's text stand in a picture or on a page.

    ``box`` is in pixels of the picture, or in points (1/72 inch) from the upper left corner of a page. ``confidence``
    (0 to 1) is how sure text recognition is of these characters; ``None`` where nothing had to be recognised.
    """

    start: int
    end: int
    box: Box
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text to be scanned. Spans of findings point into ``text`` as it stands here.

    ``field`` is ``title``, ``body``, ``source`` (what the platform names as the source) or ``attachment:2`` (1-based);
    ``locator`` is a readable place in it (``附件表!Sheet2!C7``, ``第3页``, ``图1``); ``hidden`` is true where a reader
    would not have seen it. ``context`` is what stands around it and decides what a bare number is (the head of its
    column, the rest of its row): detectors may consult it, findings never point into it. ``spots`` say where in a
    picture or on a page the text stands.
    """

    field: str
    text: str
    origin: Origin = Origin.TEXT
    hidden: bool = False
    locator: str = ""
    context: str = ""
    spots: tuple[Spot, ...] = ()

    def box_of(self, start: int, end: int) -> Box | None:
        """The smallest rectangle around ``[start, end)`` of the text; ``None`` where its place is not known."""
        boxes = [spot.box for spot in self._spots_of(start, end)]
        if not boxes:
            return None
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
        return left, top, right - left, bottom - top

    def confidence_of(self, start: int, end: int) -> float | None:
        """How sure recognition is of the least sure part of ``[start, end)``; ``None`` where nothing was recognised."""
        known = [spot.confidence for spot in self._spots_of(start, end) if spot.confidence is not None]
        return min(known, default=None)

    def _spots_of(self, start: int, end: int) -> list[Spot]:
        return [spot for spot in self.spots if spot.start < end and start < spot.end]


@dataclass(frozen=True, slots=True)
class Unexamined:
    """A part that could not be searched, and why. Reported, never dropped."""

    part: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A fetched file of a post: where it lay, its name, and the digest of its bytes in the evidence archive."""

    url: str
    name: str
    media_type: str = ""
    outcome: Outcome = Outcome.OK
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post on file in one revision. ``key`` is the platform's own, never the URL."""

    account_id: str
    key: str
    url: str
    kind: PostKind
    title: str
    text: str
    published_at: datetime | None
    original: bool | None = None
    repost_source: str | None = None
    images: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    evidence: str = ""

    @property
    def id(self) -> str:
        """``account_id/key``."""
        return f"{self.account_id}/{self.key}"

    @property
    def revision(self) -> str:
        """Digest of title, body and attachments: an edited post is a new revision."""
        parts = [self.title, self.text, *(a.digest or a.url for a in self.attachments)]
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPost:
    """What a spider must know of a post on file to decide whether to read it again.

    ``settled`` is false while the walk that found it was broken off (a power cut, a deadline): such a post need not be
    fetched again, but it is no ground on which a walk may stop, because older posts below it may never have been seen.
    """

    key: str
    url: str
    first_seen_at: datetime
    last_read_at: datetime
    published_at: datetime | None = None
    has_open_case: bool = False
    is_gone: bool = False
    settled: bool = True
