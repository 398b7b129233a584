"""One silence is one finding, and nothing is concluded from what could not be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.account import Account, Medium, Purpose
from domain.clock import CHINA
from domain.coverage import Coverage
from domain.outcome import Outcome
from domain.post import PostKind
from domain.timeline import Moment, Timeline
from scanners.detectors.cadence import medium_of
from scanners.engine import Scanner
from tests.scanners.examples import KEY, book

NOW = datetime(2026, 6, 18, 22, tzinfo=CHINA)
SCANNER = Scanner(book(), KEY, frozenset({"freshness"}))


def timeline(*hours_ago, outcome=Outcome.OK, complete=True, listed=None, kind=PostKind.ARTICLE, gone=(), **account):
    account = Account(**{"platform": "wechat", "key": "gh_1", "name": "柳溪民政", **account})
    moments = tuple(
        Moment(NOW - timedelta(hours=hours), kind, str(number), number in gone)
        for number, hours in enumerate(hours_ago)
    )
    coverage = Coverage(
        account_id=account.id,
        outcome=outcome,
        complete=complete,
        listed=len(moments) if listed is None else listed,
    )
    return Timeline(account=account, coverage=coverage, moments=moments)


def found(line: Timeline) -> list[str]:
    return [finding.rule_id for finding in SCANNER.scan_account(line, NOW)]


@pytest.mark.parametrize(
    ("hours", "rules"),
    [
        (0, []),
        (7 * 24, []),
        (7 * 24 + 1, ["freshness-weekly-lapse"]),
        (14 * 24, ["freshness-weekly-lapse"]),
        (14 * 24 + 1, ["freshness-two-week-silence"]),
        (90 * 24, ["freshness-two-week-silence"]),
        (90 * 24 + 1, ["freshness-dormant"]),
        (400 * 24, ["freshness-dormant"]),
    ],
)
def test_the_gravest_rule_alone_speaks(hours, rules):
    assert found(timeline(hours)) == rules


@pytest.mark.parametrize(("hours", "rules"), [(9 * 24, []), (10 * 24 + 1, ["freshness-ten-day-lapse"])])
def test_audio_and_video_have_ten_days(hours, rules):
    assert found(timeline(hours, medium=Medium.AUDIO_VIDEO)) == rules
    assert found(timeline(hours, kind=PostKind.VIDEO)) == rules
    assert found(timeline(hours, platform="douyin")) == rules


def test_facts_and_episode():
    (finding,) = SCANNER.scan_account(timeline(20 * 24 + 5), NOW)
    assert finding.facts.items() >= {"days": "20", "newest_on": "2026-05-29"}.items()
    assert finding.term == "newest:2026-05-29"
    assert "20 天" in finding.message
    assert finding.clauses[0].startswith("gbmh-2019-19/")


def test_one_silence_is_one_case_on_every_night():
    line = timeline(20 * 24)
    tonight = SCANNER.scan_account(line, NOW)
    tomorrow = SCANNER.scan_account(line, NOW + timedelta(days=1))
    assert [finding.fingerprint for finding in tonight] == [finding.fingerprint for finding in tomorrow]
    assert tonight[0].facts != tomorrow[0].facts


def test_a_deleted_post_is_no_update():
    assert found(timeline(1, 8 * 24, gone=(0,))) == ["freshness-weekly-lapse"]


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome.is_reach])
def test_nothing_is_said_about_what_was_not_read(outcome):
    assert found(timeline(400 * 24, outcome=outcome)) == []
    assert found(timeline(outcome=outcome)) == []
    assert found(timeline(outcome=outcome, platform="app")) == []


def test_an_incomplete_listing_says_nothing():
    assert found(timeline(400 * 24, complete=False)) == []
    assert found(timeline(complete=False)) == []


def test_empty_shell():
    (finding,) = SCANNER.scan_account(timeline(), NOW)
    assert (finding.rule_id, finding.term) == ("freshness-empty-shell", "empty")


def test_posts_that_were_listed_but_not_kept_are_no_empty_shell():
    assert found(timeline(listed=3)) == []


def test_service_accounts_are_left_alone():
    assert found(timeline(400 * 24, purpose=Purpose.SERVICE)) == []
    assert found(timeline(purpose=Purpose.SERVICE)) == []


def test_an_app_is_only_asked_whether_it_is_there():
    assert found(timeline(400 * 24, platform="app")) == []
    (finding,) = SCANNER.scan_account(timeline(platform="app", outcome=Outcome.DELETED, complete=False), NOW)
    assert (finding.rule_id, finding.term) == ("freshness-app-delisted", "delisted")


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        SCANNER.scan_account(timeline(1), datetime(2026, 6, 18, 22))


def test_a_tie_is_read_strictly():
    line = timeline(1, 2)
    mixed = Timeline(
        account=line.account,
        coverage=line.coverage,
        moments=(Moment(NOW.astimezone(UTC), PostKind.VIDEO), Moment(NOW.astimezone(UTC), PostKind.ARTICLE)),
    )
    assert medium_of(mixed) is Medium.TEXT_IMAGE
