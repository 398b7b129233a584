"""The fictional world the replica shows: accounts, what they published, and which walls stand before them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from urllib.parse import parse_qsl, unquote, urlsplit

from domain.account import Account
from domain.post import PostKind
from replica.link_targets import LinkTarget


class Wall(StrEnum):
    """What keeps a reader out of an account; each platform shows it in its own way."""

    NONE = "none"
    VERIFY = "verify"
    LOGIN = "login"
    RATE_LIMITED = "rate_limited"
    LAYOUT_CHANGED = "layout_changed"
    QUOTA = "quota"
    ROBOTS = "robots"


@dataclass(frozen=True, slots=True)
class WorldFile:
    """A file a post offers."""

    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldPost:
    """One publication. ``key`` is the platform's own (WeChat ``mid_idx``, Weibo mid, a site's article number).

    A paragraph that holds tabs is a table: one line a row, one tab between two cells. A link whose text stands in a
    paragraph is linked there, any other gets a paragraph of its own. ``mass_sent`` posts are missing from WeChat's
    publish list and stand only in its statistics. ``notation`` is the year of the page layout; ``full_weight`` pages
    weigh what a real one does; ``long_text`` is cut short in listings. ``traits`` are the platform module's own.
    """

    account_id: str
    key: str
    kind: PostKind
    title: str
    paragraphs: tuple[str, ...]
    published_at: datetime
    original: bool | None = None
    repost_source: str | None = None
    images: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    files: tuple[WorldFile, ...] = ()
    pinned: bool = False
    withdrawn: bool = False
    mass_sent: bool = False
    notation: str = "2025"
    full_weight: bool = False
    long_text: bool = False
    traits: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """``account_id/key``."""
        return f"{self.account_id}/{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldAccount:
    """An account as the register has it, and how its platform treats a visitor."""

    account: Account
    wall: Wall = Wall.NONE
    followers: int = 0
    description: str = ""
    verified_reason: str = ""
    traits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class World:
    """Everything that is to be seen. Compared and hashed by identity, so that modules may keep an index of it.

    ``posts`` maps an account id to its posts, newest first. ``credentials`` are what the owner would enter in the
    credential store. ``dead_links`` answer 404 on whatever host, ``live_links`` an unremarkable page; both are whole
    addresses, compared without scheme, fragment and differences of quoting. ``link_targets`` are pages that say
    something of their own, by whole address.
    """

    now: datetime
    accounts: tuple[WorldAccount, ...] = ()
    posts: Mapping[str, tuple[WorldPost, ...]] = field(default_factory=dict)
    credentials: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dead_links: frozenset[str] = frozenset()
    live_links: frozenset[str] = frozenset()
    link_targets: Mapping[str, LinkTarget] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, WorldAccount]:
        """Accounts by ``platform:key``."""
        return {entry.account.id: entry for entry in self.accounts}

    def is_dead(self, url: str) -> bool:
        """True where nothing lies behind ``url``."""
        return bool(self.dead_links) and _canonical(url) in self._dead

    def is_live(self, url: str) -> bool:
        """True where an ordinary page of somebody else lies behind ``url``."""
        return bool(self.live_links) and _canonical(url) in self._live

    @cached_property
    def _dead(self) -> frozenset[tuple[object, ...]]:
        return frozenset(map(_canonical, self.dead_links))

    @cached_property
    def _live(self) -> frozenset[tuple[object, ...]]:
        return frozenset(map(_canonical, self.live_links))

    def of_platform(self, platform: str) -> tuple[WorldAccount, ...]:
        """The accounts of one platform."""
        return tuple(entry for entry in self.accounts if entry.account.platform == platform)

    def posts_of(self, account_id: str) -> tuple[WorldPost, ...]:
        """The posts of one account, newest first; pinned ones stand where their date puts them."""
        return self.posts.get(account_id, ())


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of the answer key: ``term`` is the exact slice of the original text; ``post_key`` is empty for a finding
    about the account as a whole, ``days`` the length of a silence."""

    account_id: str
    post_key: str
    rule_id: str
    term: str
    days: int | None = None


def _canonical(url: str) -> tuple[object, ...]:
    parts = urlsplit(url)
    query = tuple(parse_qsl(parts.query, keep_blank_values=True))
    return (parts.hostname or "").lower(), unquote(parts.path) or "/", query
