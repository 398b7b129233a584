"""When a post is read again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.post import KnownPost
from domain.reread import choose_due, is_due

NOW = datetime(2026, 6, 18, 14, tzinfo=UTC)


def post(age_days: float, read_days_ago: float, **changes) -> KnownPost:
    born = NOW - timedelta(days=age_days)
    values = {
        "key": "k",
        "url": "https://liuxi.example/1",
        "first_seen_at": born,
        "published_at": born,
        "last_read_at": NOW - timedelta(days=read_days_ago),
    }
    return KnownPost(**{**values, **changes})


@pytest.mark.parametrize(
    ("age", "read_ago", "due"),
    [
        (0.5, 0.5, False),
        (1.0, 1.0, True),
        (1.5, 0.4, False),
        (3.2, 1.0, True),
        (8.0, 2.0, True),
        (8.0, 0.5, False),
        (20.0, 12.0, False),
        (31.0, 20.0, True),
        (60.0, 20.0, False),
        (40.0, 40.0, True),
    ],
)
def test_ages_at_which_a_post_is_due(age, read_ago, due):
    assert is_due(post(age, read_ago), NOW) is due


def test_an_open_case_is_read_every_night_but_once_a_night():
    assert is_due(post(60, 1, has_open_case=True), NOW)
    assert not is_due(post(60, 0, has_open_case=True), NOW)


def test_what_is_gone_is_not_read_again():
    assert not is_due(post(1, 1, is_gone=True, has_open_case=True), NOW)


def test_a_post_without_a_date_ages_from_when_it_was_first_seen():
    assert is_due(post(1, 1, published_at=None), NOW)


def test_the_budget_takes_open_cases_first_and_then_the_longest_unread():
    posts = [
        post(3, 1, key="young"),
        post(31, 25, key="old"),
        post(60, 1, key="case", has_open_case=True),
    ]
    assert [chosen.key for chosen in choose_due(posts, NOW, 2)] == ["case", "old"]
    assert choose_due(posts, NOW, 0) == ()
