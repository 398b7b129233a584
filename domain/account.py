"""政务新媒体账号: one account on one platform, as the register has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Purpose(StrEnum):
    """What the account is for: 发布类 publishes and must keep publishing, 服务类 serves and need not."""

    PUBLISHING = "publishing"
    SERVICE = "service"


class Medium(StrEnum):
    """What most of its posts are made of (第六条: text and pictures weekly, audio and video every ten days)."""

    TEXT_IMAGE = "text_image"
    AUDIO_VIDEO = "audio_video"


class Standing(StrEnum):
    """Where the account stands in the register."""

    LIVE = "live"
    CLOSING = "closing"  # still inspected until the cancellation is complete
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Route:
    """One way to read an account.

    ``kind`` is a name the platform's spider knows: ``official``, ``album``, ``page``, ``rss``, ``browser``,
    ``oauth``, ``mobile``, ``lists``, ``lookup``. ``address`` is a URL or platform key where the kind needs one.
    Credentials never stand here; ``credential`` only names an entry of the credential store.
    """

    kind: str
    address: str = ""
    credential: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account on file. ``id`` is ``platform:key``; every other value is what the office entered."""

    platform: str
    key: str
    name: str
    sponsor: str = ""
    operator: str = ""
    supervisor: str = ""
    verified_subject: str = ""
    filing_no: str = ""
    purpose: Purpose = Purpose.PUBLISHING
    medium: Medium | None = None
    standing: Standing = Standing.LIVE
    routes: tuple[Route, ...] = ()
    home_url: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    robots_authorisation: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """``weibo:1234567890``."""
        return f"{self.platform}:{self.key}"
