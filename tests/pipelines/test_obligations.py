"""What an inspection came to for every requirement, and that every requirement has an answer that is proven."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

import lexicons
from domain.account import Account
from domain.coverage import Coverage
from domain.inspection import Inspection, InspectionKind, InspectionState
from domain.outcome import Outcome
from domain.rule import BOTTOM_LINES, Rule, RuleStatus
from pipelines import obligations, requirements
from pipelines.obligations import Seen
from pipelines.requirements import CoverageStatus, Requirement
from scanners import rulebook

NOW = datetime(2026, 6, 18, 14, 0, tzinfo=UTC)
MAIN = Account(platform="wechat", key="gh_liuxi0000001", name="柳溪民政", sponsor="柳溪市民政局")
OTHER = Account(platform="weibo", key="1000000001", name="柳溪福利", sponsor="柳溪市社会福利院")
#: What the program itself does for a requirement, and the test that proves it.
PROOFS = {
    "R90": ("tests.scanners.test_packs", "test_a_rule_judges_from_its_day_on"),
    "R99": ("tests.pipelines.test_canaries", "test_no_file_of_the_workspace_holds_a_canary"),
    "R100": (
        "tests.pipelines.test_reconcile",
        "test_found_and_there_before_is_persisting_whatever_people_decided",
    ),
}


@pytest.fixture(scope="module")
def rules() -> dict[str, Rule]:
    return {rule.id: rule for rule in rulebook.load(lexicons.load()).rules}


def seen(rules: dict[str, Rule], *outcomes: Outcome, sheets: Iterable[str] = (), **changes: object) -> Seen:
    """A nightly inspection of the two accounts that ended so."""
    accounts = (MAIN, OTHER)
    made = Seen(
        inspection=Inspection(
            id="n", kind=InspectionKind.NIGHTLY, state=InspectionState.COMPLETE, now=NOW, account_ids=()
        ),
        accounts=accounts,
        coverages={
            account.id: Coverage(account_id=account.id, outcome=outcome)
            for account, outcome in zip(accounts, outcomes or (Outcome.OK, Outcome.OK), strict=True)
        },
        everybody=accounts,
        rules=rules,
        ran=frozenset(rules),
        inactive={},
        filled=frozenset(sheets),
        found={},
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def need(*names: str, status: CoverageStatus = CoverageStatus.AUTOMATED, **more: str) -> Requirement:
    return Requirement(
        id="R1",
        status=status,
        clauses=(),
        rules=names,
        reading="x",
        note=more.get("note", ""),
        mechanism=more.get("mechanism", ""),
    )


def line(entry: Requirement, night: Seen):
    (made,) = obligations.obligations([entry], night)
    return made


def test_all_114_requirements_have_a_status_and_few_are_left_out():
    wanted = requirements.load()
    count = {status: sum(entry.status is status for entry in wanted) for status in CoverageStatus}
    assert len(wanted) == 114
    assert count[CoverageStatus.AUTOMATED] + count[CoverageStatus.ASSISTED] >= 85
    assert count[CoverageStatus.OUT_OF_SCOPE] <= 6
    assert all(entry.note for entry in wanted if entry.status is CoverageStatus.OUT_OF_SCOPE)


def test_every_automated_or_assisted_requirement_is_proven_both_ways(rules):
    """By the examples of a rule that fires and stays silent, else by a test of the program's own doing."""
    for entry in requirements.load():
        if entry.status not in (CoverageStatus.AUTOMATED, CoverageStatus.ASSISTED):
            continue
        stable = [rules[name] for name in entry.rules if rules[name].status is RuleStatus.STABLE]
        if stable:
            assert all(rule.fires and rule.silent for rule in stable), entry.id
            continue
        assert entry.mechanism, f"{entry.id} has neither a rule nor a mechanism"
        module, name = PROOFS[entry.id]
        assert callable(getattr(importlib.import_module(module), name)), entry.id


def test_the_seven_bottom_lines_have_a_rule_each(rules):
    (entry,) = [entry for entry in requirements.load() if entry.id == "R75"]
    assert {rules[name].bottom_line for name in entry.rules} == set(BOTTOM_LINES)


def test_read_accounts_are_checked(rules):
    made = line(need("freshness-weekly-lapse"), seen(rules))
    assert (made.state, made.why, made.missed) == ("checked", "", ())


def test_an_account_that_was_not_read_is_named_with_the_reason(rules):
    made = line(need("freshness-weekly-lapse"), seen(rules, Outcome.OK, Outcome.VERIFY_WALL))
    assert made.state == "partly"
    assert made.missed == ("柳溪福利",)
    assert made.unread == "没有读到：柳溪福利·新浪微博（要求验证）"


def test_nothing_read_is_not_checked(rules):
    made = line(need("freshness-weekly-lapse"), seen(rules, Outcome.NETWORK, Outcome.VERIFY_WALL))
    assert made.state == "not_checked"
    assert len(made.missed) == 2


def test_many_accounts_are_counted_and_not_all_named(rules):
    many = tuple(replace(OTHER, key=f"{number}") for number in range(9))
    night = seen(rules, accounts=many, everybody=many, coverages={})
    made = line(need("freshness-weekly-lapse"), night)
    assert "等 9 个账号" in made.unread
    assert len(made.missed) == 9


def test_a_register_rule_needs_its_sheet_and_no_account(rules):
    name = "security-duty-roster-gap"
    assert obligations.needs(rules[name]) == {"important_period"}
    walled = (Outcome.NETWORK, Outcome.NETWORK)
    without = line(need(name), seen(rules, *walled))
    assert (without.state, without.why) == ("not_checked", "没有填报台账：重要时段")
    assert line(need(name), seen(rules, *walled, sheets=["important_period"])).state == "checked"


def test_units_are_not_judged_when_one_account_is_audited(rules):
    night = seen(rules, sheets=["regular_check"])
    audit = replace(night, inspection=replace(night.inspection, kind=InspectionKind.AUDIT))
    assert line(need("security-regular-check-missed"), night).state == "checked"
    made = line(need("security-regular-check-missed"), audit)
    assert made.state == "not_checked"
    assert "只检查了部分账号" in made.why


def test_one_rule_that_could_not_judge_makes_it_partial(rules):
    night = seen(rules, inactive={"harm-bureau-listed": "词库“bureau”尚未导入，本条未检查"})
    made = line(need("harm-gambling", "harm-bureau-listed"), night)
    assert (made.state, made.why) == ("partly", "词库“bureau”尚未导入，本条未检查")
    assert made.rules == ("harm-gambling",)


def test_a_rule_about_apps_concerns_nobody_without_an_app(rules):
    assert line(need("freshness-app-delisted"), seen(rules)).state == "not_concerned"


def test_problems_are_counted(rules):
    assert (
        line(need("harm-gambling", "harm-fraud"), seen(rules, found={"harm-gambling": 2, "harm-fraud": 1})).findings
        == 3
    )


def test_what_the_program_does_itself_is_checked_and_what_nobody_checks_is_left_to_people(rules):
    assert line(need(mechanism="输出前统一遮盖"), seen(rules)).state == "checked"
    left = line(need(status=CoverageStatus.OUT_OF_SCOPE, note="无法由程序检查"), seen(rules))
    assert (left.state, left.why) == ("by_hand", "无法由程序检查")


def test_the_totals_name_what_is_left_out_and_why():
    entries = [need("a"), need(status=CoverageStatus.OUT_OF_SCOPE, note="无法由程序检查")]
    assert obligations.totals(entries) == (
        "2 条中：自动检查 1，程序列出、由人判断 0，单位说明、程序核对 0，不检查 1（R1 无法由程序检查）"
    )
