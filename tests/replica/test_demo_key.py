"""The answer key against the real rules and words: everything in it is found, and nothing outside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import lexicons
from domain.account import Account
from domain.coverage import Coverage
from domain.link import ResolvedLink
from domain.outcome import Outcome
from domain.post import Segment
from domain.timeline import Moment, Timeline
from extractors.extract import extract
from replica.demo import Demo, build
from replica.world import Answer, Wall, WorldAccount, WorldPost
from scanners.engine import Scanner
from scanners.rulebook import load

ROOT = Path(__file__).resolve().parents[2]
#: What the walk of a walled account ends in; which one matters little, that it is of our own reach does.
WALLS = {
    Wall.VERIFY: Outcome.VERIFY_WALL,
    Wall.LOGIN: Outcome.LOGIN_WALL,
    Wall.RATE_LIMITED: Outcome.RATE_LIMITED,
    Wall.LAYOUT_CHANGED: Outcome.LAYOUT_CHANGED,
    Wall.QUOTA: Outcome.QUOTA,
    Wall.ROBOTS: Outcome.ROBOTS,
}
#: Ways to read an account that never show that nothing is newer.
PARTIAL = {"album", "rss"}


@pytest.fixture(scope="module")
def demo() -> Demo:
    return build()


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return Scanner(load(lexicons.load(ROOT / "lexicons")), b"a key for tests" * 3)


def segments(post: WorldPost) -> Iterator[Segment]:
    yield Segment("title", post.title)
    yield Segment("body", "\n".join(post.paragraphs))
    for number, file in enumerate(post.files, start=1):
        yield from extract(file.body, file.name, field=f"attachment:{number}", media_type=file.media_type).segments


def coverage(entry: WorldAccount, posts: tuple[WorldPost, ...]) -> Coverage:
    account: Account = entry.account
    outcome = WALLS.get(entry.wall, Outcome.OK if posts else Outcome.EMPTY)
    if account.platform == "app":
        outcome = Outcome.OK if entry.traits["listed"] else Outcome.DELETED
    partial = account.routes[0].kind in PARTIAL
    return Coverage(account_id=account.id, outcome=outcome, complete=not outcome.is_reach and not partial)


def test_posts(demo: Demo, scanner: Scanner) -> None:
    wanted = {answer for answer in demo.answers if answer.post_key}
    found = set()
    for entry in demo.world.accounts:
        for post in demo.world.posts_of(entry.account.id):
            links = [
                ResolvedLink(url=url, outcome=Outcome.DELETED if demo.world.is_dead(url) else Outcome.OK)
                for _, url in post.links
            ]
            findings = scanner.scan_post(
                tuple(segments(post)),
                account_id=entry.account.id,
                post_key=post.key,
                published_at=post.published_at,
                links=links,
            )
            found |= {Answer(entry.account.id, post.key, finding.rule_id, finding.term) for finding in findings}
    assert found - wanted == set()
    assert wanted - found == set()


def test_accounts(demo: Demo, scanner: Scanner) -> None:
    wanted = {answer for answer in demo.answers if not answer.post_key}
    found = set()
    for entry in demo.world.accounts:
        posts = demo.world.posts_of(entry.account.id)
        seen = coverage(entry, posts)
        moments = () if seen.outcome.is_reach else posts
        timeline = Timeline(
            account=entry.account,
            coverage=seen,
            moments=tuple(Moment(post.published_at, post.kind, post.key, post.withdrawn) for post in moments),
        )
        for finding in scanner.scan_account(timeline, demo.now):
            days = finding.facts.get("days")
            found.add(Answer(entry.account.id, "", finding.rule_id, finding.term, int(days) if days else None))
    assert found == wanted
