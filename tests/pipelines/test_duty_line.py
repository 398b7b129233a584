"""The examples of every duty rule, through the real line: a real database, the real stage, what it files."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

import lexicons
import store
from domain.account import Account
from domain.coverage import Coverage
from domain.inspection import InspectionKind
from domain.outcome import Outcome
from domain.rule import RuleStatus
from pipelines.duties import judge_duties
from pipelines.workspace import Workspace
from scanners import rulebook
from scanners.duties.examples import example_of
from scanners.duties.judge import DutyJudge
from store.candidates import Candidate
from store.records import PostRead, Verdicts

BOOK = rulebook.load(lexicons.load())
RULES = [
    rule for rule in BOOK.by_id.values() if rule.detector["kind"] == "duty" and rule.status is not RuleStatus.DEPRECATED
]
KEY = bytes(range(32))
#: Facts that other stages put on file, each with tests of its own.
ELSEWHERE = ("cases", "profile", "registered_at", "siblings", "twins", "sources", "commercial")


def examples():
    for rule in RULES:
        for name, entries in (("fires", rule.fires), ("silent", rule.silent)):
            for number, entry in enumerate(entries, start=1):
                if not any(key in entry.given for key in ELSEWHERE):
                    yield pytest.param(rule, entry.given, name == "fires", id=f"{rule.id}-{name}-{number}")


class Desk(Workspace):
    """A workspace with the calendar and the norms of an example."""

    def __init__(self, root, example):
        super().__init__(root)
        self._calendar = example.calendar
        self.__dict__["settings"] = self.settings.model_copy(update={"norms": example.norms})

    def calendar(self, last_year):
        return self._calendar


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """A database with its tables and nothing in them, to be copied: to migrate one takes longer than a test."""
    folder = tmp_path_factory.mktemp("empty")
    with store.open(f"sqlite:///{folder / 'x.db'}", KEY, folder / "evidence"):
        pass
    return folder / "x.db"


@pytest.fixture
def opened(empty, tmp_path):
    shutil.copy(empty, tmp_path / "x.db")
    with store.open(f"sqlite:///{tmp_path / 'x.db'}", KEY, tmp_path / "evidence") as instance:
        yield instance


@pytest.mark.parametrize(("rule", "given", "fires"), list(examples()))
def test_examples_hold_through_the_database(rule, given, fires, opened, tmp_path):
    example = example_of(rule, given)
    facts = example.facts
    place = Workspace.create(tmp_path / "w", bureau=facts.unit_name)
    desk = Desk(place.root, example)
    judge = DutyJudge.of(BOOK.only(rule.id), bytes(32), preview=True)
    _file(opened, example)
    accounts = [account.id for account in facts.accounts]
    inspection = opened.begin(InspectionKind.NIGHTLY, "all", example.now, accounts)
    reads = [PostRead(post=post, outcome=Outcome.OK, read_at=example.now) for post in _posts(example)]
    opened.put_posts(inspection.id, reads)
    for account in facts.accounts:
        visit = facts.timeline.coverage if account is facts.account else None
        opened.put_coverage(inspection.id, visit or Coverage(account_id=account.id, outcome=Outcome.OK, complete=True))
    judged = judge_duties(desk, opened, judge, inspection, example.now)
    found = [
        finding
        for finding in opened.findings(inspection.id)
        if rule.detector["subject"] != "post" or finding.post_id == facts.post.id
    ]
    assert judged.rules == {rule.id}
    assert bool(found) == fires
    for finding in found:
        assert finding.clauses
        assert finding.explanation
        assert "{" not in finding.message


def _posts(example):
    """The posts of the example; those that its timeline alone knows are on file without a text."""
    known = {post.key for post in example.facts.posts}
    for post in example.facts.posts:
        yield replace(post, published_at=post.published_at or example.now)
    for moment in example.facts.timeline.moments:
        if moment.key not in known and not moment.is_gone:
            raise AssertionError("a moment without a post")


def _file(opened, example):
    facts = example.facts
    opened.put_accounts([replace(account, aliases=()) for account in facts.accounts], source="register", at=example.now)
    sheets = {kind: [] for kind in example.register.filled}
    for record in example.register.records:
        sheets[record.kind].append(record)
    opened.put_register(sheets, source="office", at=example.now)
    opened.put_links([replace(link, resolved_at=link.resolved_at or example.now) for link in facts.links.values()])
    opened.put_candidates(tuple(map(_candidate, facts.suspects)))
    for night in sorted(facts.nights[1:], key=lambda each: each.at):
        earlier = opened.begin(InspectionKind.NIGHTLY, "all", night.at, [facts.account.id])
        opened.put_coverage(earlier.id, Coverage(account_id=facts.account.id, outcome=night.outcome))
        opened.conclude(earlier.id, Verdicts(sightings={}, reopened=()), night.at + timedelta(minutes=1))


def _candidate(one):
    return Candidate(
        id=one.id,
        platform=one.platform,
        kind="lookalike",
        state="confirmed" if one.is_confirmed else "open",
        body={"name": one.name},
        found_at=one.found_at,
        seen_at=one.found_at,
    )


def test_every_duty_rule_has_examples_here():
    tried = {param.values[0].id for param in examples()}
    assert {"filing-report-late"} <= tried


def test_a_record_that_is_brought_later_takes_the_finding_away(opened, tmp_path):
    rule = BOOK.by_id["filing-report-late"]
    example = example_of(rule, rule.fires[0].given)
    judge = DutyJudge.of(BOOK.only(rule.id), bytes(32))
    desk = Desk(Workspace.create(tmp_path / "w", bureau=example.facts.unit_name).root, example)
    _file(opened, example)
    inspection = opened.begin(InspectionKind.NIGHTLY, "all", example.now, [example.facts.account.id])
    judge_duties(desk, opened, judge, inspection, example.now)
    assert len(opened.findings(inspection.id)) == 1
    (event,) = opened.records("filing_event")
    opened.put_register(
        {"filing_event": [replace(event, reported_on=event.approved_on)]}, source="office", at=example.now
    )
    judge_duties(desk, opened, judge, inspection, example.now)
    assert opened.findings(inspection.id) == ()


def test_an_audit_of_one_account_says_nothing_of_units(opened, tmp_path):
    rule = BOOK.by_id["filing-report-late"]
    example = example_of(rule, rule.fires[0].given)
    judge = DutyJudge.of(BOOK, bytes(32))
    desk = Desk(Workspace.create(tmp_path / "w", bureau=example.facts.unit_name).root, example)
    _file(opened, example)
    other = Account(platform="weibo", key="1", name="柳溪民政", sponsor="柳溪市民政局")
    opened.put_accounts([example.facts.account, other], source="register", at=example.now)
    inspection = opened.begin(InspectionKind.AUDIT, "one", example.now, [example.facts.account.id])
    judged = judge_duties(desk, opened, judge, inspection, example.now)
    wide = {each.id for subject in ("unit", "bureau") for each in judge.by_subject[subject]}
    assert not judged.rules & wide
