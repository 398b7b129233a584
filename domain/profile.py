"""What a platform says about an account itself, reduced to what the register can be held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Self
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFacts:
    """One state of a profile; an empty value was not told, and says nothing.

    ``subject`` is who stands behind the account (认证主体), ``certification`` the platform's words on it (认证说明),
    ``certified`` ``yes`` or ``no``, ``certified_until`` ISO 8601. ``avatar`` is the picture's address, ``avatar_hash``
    its look as 16 hex digits (difference hash), ``avatar_outcome`` how fetching it ended.
    """

    name: str = ""
    subject: str = ""
    certification: str = ""
    certified: str = ""
    certified_until: str = ""
    introduction: str = ""
    avatar: str = ""
    avatar_hash: str = ""
    avatar_outcome: str = ""

    def over(self, earlier: Self) -> Self:
        """These facts, with what was not told tonight as it was in ``earlier``. An avatar keeps its address as long as
        it is the same picture, and its look with it; of another picture nothing is taken over."""
        told = {item.name: getattr(self, item.name) or getattr(earlier, item.name) for item in fields(self)}
        if self.avatar and earlier.avatar:
            if same_picture(self.avatar, earlier.avatar):
                told["avatar"] = earlier.avatar
            else:
                told |= {name: getattr(self, name) for name in ("avatar_hash", "avatar_outcome")}
        return type(self)(**told)

    def record(self) -> dict[str, str]:
        """The facts that were told."""
        return {item.name: value for item in fields(self) if (value := getattr(self, item.name))}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileState:
    """A state of a profile over a time: first and last seen, and the capture it rests on."""

    facts: ProfileFacts
    first_seen_at: datetime
    last_seen_at: datetime
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedChange:
    """A change that the office approved (第三条): of ``field`` (name, subject, introduction, avatar) to ``value`` from
    the day ``since``. Where no value is on file it covers what was first seen by ``until``."""

    field: str
    value: str
    since: date
    until: date
    record: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileHistory:
    """Every state of an account's profile, oldest first.

    ``registered_at`` is when the register last changed the account; ``approved`` are the changes on file.
    """

    states: tuple[ProfileState, ...] = ()
    registered_at: datetime | None = None
    approved: tuple[ApprovedChange, ...] = ()

    @property
    def now(self) -> ProfileState | None:
        """The present state."""
        return self.states[-1] if self.states else None

    def filed(self, field: str) -> str:
        """What ``field`` was when the register was last changed, else when it was first seen: what counts as filed."""
        before = [
            value
            for state in self.states
            if (value := getattr(state.facts, field))
            and self.registered_at is not None
            and state.first_seen_at <= self.registered_at
        ]
        if before:
            return str(before[-1])
        return next((str(value) for state in self.states if (value := getattr(state.facts, field))), "")

    def since(self, field: str) -> datetime | None:
        """Since when ``field`` has its present value."""
        if not self.states:
            return None
        present = getattr(self.states[-1].facts, field)
        found = self.states[-1].first_seen_at
        for state in reversed(self.states):
            if getattr(state.facts, field) != present:
                break
            found = state.first_seen_at
        return found


def facts_of(profile: Mapping[str, object]) -> ProfileFacts:
    """The facts of a profile as the readers of the platforms give it."""

    def text(*names: str) -> str:
        return next((found.strip() for name in names if isinstance(found := profile.get(name), str) and found), "")

    flag = next((v for name in ("certified", "verified") if isinstance(v := profile.get(name), bool)), None)
    return ProfileFacts(
        name=text("name"),
        subject=text("verified_subject"),
        certification=text("verified_reason"),
        certified="" if flag is None else "yes" if flag else "no",
        certified_until=text("certified_until"),
        introduction=text("description"),
        avatar=text("avatar"),
    )


def same_picture(one: str, other: str) -> bool:
    """True where two addresses name one picture: host and query change with every answer of some platforms."""
    try:
        return urlsplit(one).path == urlsplit(other).path
    except ValueError:
        return one == other


def hash_distance(one: str, other: str) -> int:
    """Bits in which two picture hashes of equal length differ; 64 where one is missing."""
    if not one or not other or len(one) != len(other):
        return 64
    return (int(one, 16) ^ int(other, 16)).bit_count()
