"""The comparison with the answer key is exact in both directions, and about accounts as well."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cli.answers import compare
from domain.account import Account
from domain.coverage import Coverage
from domain.finding import Finding
from domain.outcome import Outcome
from domain.rule import Confidence, Severity
from replica.world import Answer, Wall, World, WorldAccount


def _account(key, wall=Wall.NONE):
    return WorldAccount(account=Account(platform="weibo", key=key, name=f"账号{key}"), wall=wall)


WORLD = World(
    now=datetime(2026, 6, 18, 14, tzinfo=UTC),
    accounts=(_account("1"), _account("2"), _account("3", Wall.LOGIN)),
)
ANSWERS = (
    Answer("weibo:1", "10", "harm-gambling", "百家乐"),
    Answer("weibo:2", "", "freshness-two-week-silence", "newest:2026-05-29", 20),
)


def _finding(account_id, post_key, rule_id, term, **facts):
    return Finding(
        fingerprint=f"{account_id}{post_key}{rule_id}{term}", rule_id=rule_id, account_id=account_id,
        post_id=f"{account_id}/{post_key}" if post_key else "", term=term, sentence=term, masked_term=term,
        masked_sentence=term, occurrences=(), severity=Severity.MAJOR, confidence=Confidence.HIGH, message="",
        suggestion="", explanation="", clauses=(), facts=facts,
    )  # fmt: skip


FOUND = (
    _finding("weibo:1", "10", "harm-gambling", "百家乐"),
    _finding("weibo:2", "", "freshness-two-week-silence", "newest:2026-05-29", days="20", newest_on="2026-05-29"),
)


def _coverages(one=Outcome.OK, two=Outcome.OK, three=Outcome.LOGIN_WALL):
    return [
        Coverage(account_id=f"weibo:{number}", outcome=outcome) for number, outcome in enumerate((one, two, three), 1)
    ]


def test_everything_found_and_nothing_else():
    result = compare(WORLD, ANSWERS, FOUND, _coverages())
    assert result.passed
    assert (result.recall, result.precision) == (1.0, 1.0)


def test_missing_answer_and_finding_outside_the_key_fail():
    other = _finding("weibo:1", "11", "harm-gambling", "百家乐")
    result = compare(WORLD, ANSWERS, [other, FOUND[1]], _coverages())
    assert not result.passed
    assert [line.post_key for line in result.missing] == ["10"]
    assert [line.post_key for line in result.outside] == ["11"]
    assert (result.recall, result.precision) == (0.5, 0.5)


@pytest.mark.parametrize("days", ["19", ""])
def test_wrong_number_of_days_fails(days):
    wrong = _finding("weibo:2", "", "freshness-two-week-silence", "newest:2026-05-29", days=days)
    assert not compare(WORLD, ANSWERS, [FOUND[0], wrong], _coverages()).passed


def test_finding_made_twice_fails():
    result = compare(WORLD, ANSWERS, [*FOUND, FOUND[0]], _coverages())
    assert len(result.outside) == 1
    assert not result.passed


def test_account_that_should_have_been_read_fails():
    result = compare(WORLD, ANSWERS, FOUND, _coverages(one=Outcome.NETWORK))
    assert result.unread == ("weibo:1",)
    assert not result.passed
    assert compare(WORLD, ANSWERS, FOUND, _coverages()[1:]).unread == ("weibo:1",)


def test_account_behind_a_wall_that_counts_as_checked_fails():
    result = compare(WORLD, ANSWERS, FOUND, _coverages(three=Outcome.OK))
    assert result.entered == ("weibo:3",)
    assert not result.passed


def test_account_that_needs_a_missing_tool_is_told_and_left_out():
    result = compare(WORLD, ANSWERS, FOUND[1:], _coverages(one=Outcome.NO_TOOL))
    assert result.no_tool == ("weibo:1",)
    assert result.left_out == 1
    assert result.passed
