"""What the functions that seed breaches work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from domain.account import Account
from domain.post import Post
from domain.register import Approval, Record, Role
from replica.year.cast import Cast
from replica.year.model import Expected, Year

_R = TypeVar("_R", bound=Record)


@dataclass(slots=True)
class Stage:
    """The year under way, its cast, and whose turn it is: breaches are spread over accounts."""

    year: Year
    cast: Cast
    turn: int = 0

    def account(self, *platforms: str) -> Account:
        """The next account, of one of these platforms where some are named."""
        while True:
            account = self.cast.accounts[self.turn % len(self.cast.accounts)]
            self.turn += 1
            if account.platform in platforms or (not platforms and account.platform not in ("app", "website")):
                return account

    def expect(self, day: date, requirement: str, rule: str, account: str, post_key: str = "", why: str = "") -> None:
        """An inspection must say so for the first time on ``day``."""
        self.year.expected.append(
            Expected(day=day, requirement=requirement, rule=rule, account=account, post_key=post_key, why=why)
        )

    def post(self, account: Account, after: date) -> Post:
        """The account's first own post (no repost) that an inspection sees on or after ``after``."""
        for post in self.year.posts_of(account.id):
            assert post.published_at is not None
            if self.year.seen_on(post.published_at) >= after and post.key.startswith("y"):
                return post
        raise LookupError(f"{account.id} publishes nothing after {after}")

    def change_post(self, post: Post, **values: object) -> Post:
        """Let the account publish something else in place of ``post``."""
        for day in self.year.days.values():
            for number, known in enumerate(day.posts):
                if known.id == post.id:
                    day.posts[number] = replace(post, **values)  # type: ignore[arg-type]
                    return day.posts[number]
        raise LookupError(post.id)

    def seen_on(self, post: Post) -> date:
        """The day on which an inspection sees ``post`` first."""
        assert post.published_at is not None
        return self.year.seen_on(post.published_at)

    def change_approval(self, post: Post, **values: object) -> None:
        """Another approval for ``post`` than the right one."""
        self.change_record(Approval, post.id, lambda record: replace(record, **values))  # type: ignore[arg-type]

    def drop_approval(self, post: Post) -> None:
        """No approval at all."""
        for day in self.year.days.values():
            day.records = [r for r in day.records if not (r.kind == Approval.kind and r.key == post.id)]

    def change_record(
        self,
        kind: type[_R],
        key: str,
        change: Callable[[_R], _R],
        *,
        since: date | None = None,
        until: date | None = None,
    ) -> None:
        """Change a record wherever the script files it, within these days."""
        for day, content in self.year.days.items():
            if (since is None or day >= since) and (until is None or day < until):
                content.records = [change(r) if isinstance(r, kind) and r.key == key else r for r in content.records]

    def remove_records(self, kind: str, key: str, since: date, until: date | None = None) -> None:
        """The script files this record no longer within these days: what was on file before stands."""
        for day, content in self.year.days.items():
            if day >= since and (until is None or day < until):
                content.records = [r for r in content.records if not (r.kind == kind and r.key == key)]

    def name(self, unit: str, role: Role) -> str:
        """Who has that role in a unit."""
        return self.cast.people[unit][role].name

    def day(self, month: int, day: int) -> date:
        """A day of the year."""
        return date(self.year.first.year, month, day)

    def after(self, day: date, days: int) -> date:
        """So many days later."""
        return day + timedelta(days=days)

    def main(self, unit: str) -> str:
        """The account in whose file what concerns the whole unit is kept."""
        return next(each.main_account for each in self.cast.units if each.key == unit)

    def unit(self, number: int) -> str:
        """One of the units; 0 is the bureau."""
        return self.cast.units[number % len(self.cast.units)].key

    def last_filed(self, kind: str, key: str, day: date) -> date:
        """The last day up to ``day`` on which the script files this record."""
        return max(
            each
            for each, content in self.year.days.items()
            if each <= day and any(r.kind == kind and r.key == key for r in content.records)
        )
