"""What a simulated year is made of: days of changes, and what an inspection must find on which day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

from domain.account import Account
from domain.coverage import Coverage
from domain.link import ResolvedLink
from domain.post import Post
from domain.profile import ProfileFacts
from domain.register import Record

CHINA = timezone(timedelta(hours=8))
#: When the bureau inspects, every day.
HOUR = time(6, 0)


def inspected_at(day: date) -> datetime:
    """The moment of the inspection on ``day``."""
    return datetime.combine(day, HOUR, CHINA)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One seeded breach: the requirement it breaks, the rule that must say so, and the first day on which it exists.

    ``account`` is where the finding is filed; ``post_key`` is empty for what is not about one post.
    """

    day: date
    requirement: str
    rule: str
    account: str
    post_key: str = ""
    why: str = ""


@dataclass(slots=True)
class Day:
    """What happens between two inspections. Records replace those of the same kind and key."""

    posts: list[Post] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)  # ids of posts that the platform no longer shows
    records: list[Record] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)  # kind and key of records taken off file
    accounts: list[Account] = field(default_factory=list)  # changed or new in the register
    visits: list[Coverage] = field(default_factory=list)  # how visits end from this day on, where not well
    profiles: list[tuple[str, ProfileFacts]] = field(default_factory=list)
    links: list[ResolvedLink] = field(default_factory=list)  # how watched addresses answer from this day on


@dataclass(slots=True)
class Year:
    """The whole script. Days before ``first`` are the past that is on file when the inspections begin."""

    bureau: str
    first: date
    last: date
    accounts: list[Account] = field(default_factory=list)
    days: dict[date, Day] = field(default_factory=dict)
    expected: list[Expected] = field(default_factory=list)
    #: Inspections that did not take place.
    missed: set[date] = field(default_factory=set)

    def on(self, day: date) -> Day:
        """The changes that the inspection of ``day`` sees for the first time."""
        return self.days.setdefault(day, Day())

    def seen_on(self, moment: datetime) -> date:
        """The day whose inspection is the first after ``moment``."""
        day = moment.astimezone(CHINA).date()
        return day if moment <= inspected_at(day) else day + timedelta(days=1)

    def put(self, day: date, *records: Record) -> None:
        """Records that are on file from the inspection of ``day`` on."""
        self.on(day).records.extend(records)

    def publish(self, post: Post) -> None:
        """A post, seen by the first inspection after its publication."""
        assert post.published_at is not None, "a simulated post has a moment"
        self.on(self.seen_on(post.published_at)).posts.append(post)

    def inspections(self) -> Iterator[date]:
        """The days of inspection in order, those that were missed left out."""
        day = self.first
        while day <= self.last:
            if day not in self.missed:
                yield day
            day += timedelta(days=1)

    def posts_of(self, account_id: str) -> list[Post]:
        """Every post of an account in the order of publication."""
        found = [post for day in self.days.values() for post in day.posts if post.account_id == account_id]
        return sorted(found, key=lambda post: (post.published_at or datetime.min.replace(tzinfo=CHINA), post.key))
