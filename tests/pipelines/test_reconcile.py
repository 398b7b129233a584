"""The table of sightings, one test a row, and what "really looked at" means."""

from __future__ import annotations

import pytest

from domain.case import CaseState, Sighting
from domain.finding import Occurrence
from domain.outcome import Outcome
from pipelines.reconcile import Night, reconcile
from store.records import Case, Presence, ReadRecord
from tests.store.factories import DAY, NOW, coverage, finding

ACCOUNT = "weibo:1000000001"
POST = f"{ACCOUNT}/p1"
TONIGHT = NOW + DAY
RULES = frozenset({"privacy-id-card-number", "freshness-weekly-lapse", "freshness-two-week-silence", "links-dead-link"})


def case(**changes):
    values = {
        "fingerprint": "f1",
        "rule_id": "privacy-id-card-number",
        "account_id": ACCOUNT,
        "post_id": POST,
        "presence": Presence.PRESENT,
        "opened_in": "i1",
        "opened_at": NOW,
        "seen_in": "i1",
        "seen_at": NOW,
    }
    return Case(**(values | changes))


def record(outcome=Outcome.OK, at=TONIGHT):
    return {POST: ReadRecord(post_id=POST, outcome=outcome, revision="r", read_at=at)}


def sight(*, found=(), cases=(), **changes):
    values = {
        "found": {item.fingerprint: item for item in found},
        "cases": tuple(cases),
        "last": {item.fingerprint: finding() for item in cases},
        "coverages": {ACCOUNT: coverage()},
        "reads": {},
        "gone": frozenset(),
        "rules": RULES,
    }
    return reconcile(Night(**(values | changes)))


def only(verdicts):
    ((sighting, _),) = verdicts.sightings.values()
    return sighting


def test_found_and_unknown_is_new():
    assert only(sight(found=[finding()])) is Sighting.NEW


@pytest.mark.parametrize("state", [CaseState.OPEN, CaseState.CONFIRMED, CaseState.DISMISSED, CaseState.ACCEPTED])
def test_found_and_there_before_is_persisting_whatever_people_decided(state):
    assert only(sight(found=[finding()], cases=[case(state=state)])) is Sighting.PERSISTING


@pytest.mark.parametrize("presence", [Presence.ABSENT, Presence.WITHDRAWN])
def test_found_after_an_absence_is_reopened(presence):
    verdicts = sight(found=[finding()], cases=[case(presence=presence)])
    assert only(verdicts) is Sighting.REOPENED
    assert verdicts.reopened == (), "nobody had closed it"


def test_found_in_words_read_after_the_closing_is_reopened():
    closed = case(state=CaseState.CLOSED, closed_at=NOW, presence=Presence.ABSENT)
    verdicts = sight(found=[finding()], cases=[closed], reads=record())
    assert (only(verdicts), verdicts.reopened) == (Sighting.REOPENED, ("f1",))


@pytest.mark.parametrize("reads", [{}, record(Outcome.NETWORK), record(at=NOW - DAY)])
def test_old_words_do_not_reopen_what_was_rectified(reads):
    verdicts = sight(found=[finding()], cases=[case(state=CaseState.CLOSED, closed_at=NOW)], reads=reads)
    assert (only(verdicts), verdicts.reopened) == (Sighting.NOT_REREAD, ())


def test_read_again_and_not_found_is_absent():
    assert only(sight(cases=[case()], reads=record())) is Sighting.ABSENT


def test_gone_by_the_platforms_word_is_withdrawn():
    assert only(sight(cases=[case()], reads=record(Outcome.DELETED), gone=frozenset({POST}))) is Sighting.WITHDRAWN


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"reads": record(Outcome.VERIFY_WALL)},
        {"reads": record(Outcome.NETWORK)},
        {"reads": record(Outcome.EMPTY)},
        {"reads": record(Outcome.UNAVAILABLE)},
        {"reads": record(), "rules": frozenset()},
        {"coverages": {}},
        {"coverages": {ACCOUNT: coverage(outcome=Outcome.LOGIN_WALL)}},
    ],
)
def test_what_was_not_looked_at_is_not_gone(changes):
    assert only(sight(cases=[case()], **changes)) is Sighting.NOT_REREAD


def test_an_attachment_that_could_not_be_searched_proves_nothing():
    in_file = finding(occurrences=(Occurrence("attachment:1", 0, 3),))
    in_both = finding(occurrences=(Occurrence("attachment:1", 0, 3), Occurrence("body", 0, 3)))
    for last, parts, expected in (
        (in_file, {POST}, Sighting.NOT_REREAD),
        (in_file, set(), Sighting.ABSENT),
        (in_both, {POST}, Sighting.ABSENT),
    ):
        verdicts = sight(cases=[case()], last={"f1": last}, reads=record(), unread_parts=frozenset(parts))
        assert only(verdicts) is expected


def test_a_link_that_could_not_be_followed_proves_nothing():
    url = "https://liuxi.example/gone"
    dead = finding(rule="links-dead-link", facts={"url": url})
    for links, expected in ((frozenset({url}), Sighting.NOT_REREAD), (frozenset(), Sighting.ABSENT)):
        verdicts = sight(cases=[case()], last={"f1": dead}, reads=record(), unreached_links=links)
        assert only(verdicts) is expected


@pytest.mark.parametrize("presence", [Presence.ABSENT, Presence.WITHDRAWN])
def test_what_was_gone_and_is_still_gone_is_not_told_again(presence):
    assert sight(cases=[case(presence=presence)], reads=record()).sightings == {}


SILENCE = {"rule_id": "freshness-weekly-lapse", "post_id": ""}


def lapse(name="f1", rule="freshness-weekly-lapse", term="newest:2026-06-01"):
    return finding(name, post_key=None, rule=rule, term=term)


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (coverage(), Sighting.ABSENT),
        (coverage(complete=False, newest_at=NOW), Sighting.ABSENT),
        (coverage(complete=False, newest_at=None), Sighting.NOT_REREAD),
        (coverage(complete=False, newest_at=NOW - 30 * DAY), Sighting.NOT_REREAD),
        (coverage(outcome=Outcome.RATE_LIMITED), Sighting.NOT_REREAD),
        (None, Sighting.NOT_REREAD),
    ],
)
def test_a_silence_ends_where_a_newer_post_was_seen(seen, expected):
    coverages = {} if seen is None else {ACCOUNT: seen}
    assert only(sight(cases=[case(**SILENCE)], last={"f1": lapse()}, coverages=coverages)) is expected


def test_a_graver_rule_takes_the_same_silence_over():
    heir = lapse("f2", rule="freshness-two-week-silence")
    verdicts = sight(found=[heir], cases=[case(**SILENCE)], last={"f1": lapse()})
    assert verdicts.sightings["f2"][0] is Sighting.NEW
    sighting, detail = verdicts.sightings["f1"]
    assert sighting is Sighting.ABSENT
    assert "freshness-two-week-silence" in detail


def test_a_closed_silence_reopens_only_by_a_look():
    closed = case(state=CaseState.CLOSED, closed_at=NOW, **SILENCE)
    assert only(sight(found=[lapse()], cases=[closed])) is Sighting.REOPENED
    walled = {ACCOUNT: coverage(outcome=Outcome.QUOTA)}
    assert only(sight(found=[lapse()], cases=[closed], coverages=walled)) is Sighting.NOT_REREAD
