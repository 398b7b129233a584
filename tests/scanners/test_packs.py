"""Rules have versions with effective dates, and what they find says by which version and what it touches."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

import lexicons
from domain.clock import CHINA
from domain.errors import RuleError
from domain.post import Segment
from domain.rule import BOTTOM_LINES, SAFETY_CLASSES
from scanners import packs, rulebook
from scanners.duties.examples import example_of
from scanners.duties.judge import DutyJudge
from scanners.engine import Scanner
from scanners.rulebook import RuleBook
from tests.scanners.examples import KEY, book, duty, timeline

WORDS = "freshness-weekly-lapse"
NOW = datetime(2026, 6, 18, 22, 0, tzinfo=CHINA)


def test_every_rule_came_with_a_known_version():
    known = {pack.version for pack in packs.load()}
    assert {rule.since for rule in book().rules} <= known
    assert {rule.pack for rule in book().rules} == {packs.newest().version}


def test_every_rule_says_only_known_lines_and_classes():
    assert {rule.bottom_line for rule in book().rules} - {""} <= set(BOTTOM_LINES)
    assert {rule.safety_class for rule in book().rules} == {"", *SAFETY_CLASSES}


def test_a_finding_keeps_the_version_and_what_it_touches():
    found = Scanner(book().only("harm-gambling"), KEY).scan_post(
        [Segment("body", "澳门威尼斯人娱乐城 真人百家乐 注册送彩金")]
    )
    assert found
    for finding in found:
        assert finding.facts["rule_pack"] == packs.newest().version
        assert finding.facts["bottom_line"] == "法律法规"
        assert finding.facts["safety_class"] == "信息内容安全"


def test_an_account_rule_and_a_duty_keep_it_too():
    rule = book().by_id[WORDS]
    (silence,) = Scanner(book().only(WORDS), KEY).scan_account(
        timeline(rule.fires[0].given), rule.fires[0].given["now"]
    )
    assert silence.facts["rule_pack"] == packs.newest().version
    password = book().by_id["security-password-overdue"]
    (old,) = duty(password.id, password.fires[0].given, frozenset())
    assert old.facts["safety_class"] == "账号安全"
    assert old.facts["rule_pack"] == packs.newest().version


def _from(rule_id: str, day: date) -> RuleBook:
    whole = book().only(rule_id)
    return replace(whole, rules=tuple(replace(rule, effective_from=day) for rule in whole.rules))


def test_a_rule_judges_from_its_day_on():
    rule = book().by_id[WORDS]
    now = rule.fires[0].given["now"]
    day = now.astimezone(CHINA).date()
    line = timeline(rule.fires[0].given)
    assert Scanner(_from(WORDS, day), KEY).scan_account(line, now)
    assert not Scanner(_from(WORDS, date.fromordinal(day.toordinal() + 1)), KEY).scan_account(line, now)


def test_a_post_is_judged_by_the_rules_of_its_day():
    text = [Segment("body", "澳门威尼斯人娱乐城 真人百家乐 注册送彩金")]
    own = Scanner(_from("harm-gambling", date(2026, 6, 18)), KEY)
    assert own.scan_post(text, published_at=datetime(2026, 6, 18, 0, 0, tzinfo=CHINA))
    assert not own.scan_post(text, published_at=datetime(2026, 6, 17, 23, 59, tzinfo=CHINA))
    assert own.scan_post(text)


def test_a_duty_is_judged_from_its_day_on():
    rule = book().by_id["security-password-overdue"]
    made = example_of(rule, rule.fires[0].given)
    for day, count in ((date(2026, 3, 1), 1), (date(2026, 3, 2), 0)):
        judge = DutyJudge.of(_from(rule.id, day), KEY)
        found = judge.judge(
            "account", made.facts, made.now, register=made.register, calendar=made.calendar, norms=made.norms
        )
        assert len(found) == count


def test_a_rule_of_the_office_says_so(tmp_path: Path):
    own = tmp_path / "own"
    own.mkdir()
    source = rulebook.SHIPPED / "security" / "security-password-overdue.toml"
    (own / source.name).write_text(
        source.read_text("utf-8").replace('severity   = "minor"', 'severity   = "major"'), "utf-8"
    )
    laid = rulebook.load(lexicons.load(), rulebook.SHIPPED, own)
    assert laid.by_id["security-password-overdue"].pack == f"{packs.newest().version}{packs.OWN}"
    assert laid.by_id["security-password-due-soon"].pack == packs.newest().version


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('bottom_line = "良俗"', "bottom_line “良俗”不认识"),
        ('safety_class = "内容"', "safety_class “内容”不认识"),
        ('effective_from = "2026-07-25"', "effective_from 应为日期"),
    ],
)
def test_what_is_not_known_is_told(tmp_path: Path, line: str, told: str):
    source = (rulebook.SHIPPED / "interaction" / "interaction-test-stale.toml").read_text("utf-8")
    kept = "\n".join(each for each in source.splitlines() if not each.startswith(("bottom_line", "safety_class")))
    path = tmp_path / "interaction-test-stale.toml"
    path.write_text(f"{line}\n{kept}", "utf-8")
    with pytest.raises(RuleError, match=told):
        rulebook.load(lexicons.load(), tmp_path)


@pytest.mark.parametrize(
    "body",
    [
        "",
        '[[pack]]\nversion = "1"\n',
        '[[pack]]\nversion = "2"\neffective_from = 2026-02-01\nnote = "b"\n'
        '[[pack]]\nversion = "1"\neffective_from = 2026-01-01\nnote = "a"\n',
    ],
)
def test_versions_out_of_order_are_told(tmp_path: Path, body: str):
    path = tmp_path / "packs.toml"
    path.write_text(body, "utf-8")
    with pytest.raises(RuleError, match="规则版本"):
        packs.load(path)
