"""Rule files are checked when they are read, and errors say where, what, why and what to do."""

from __future__ import annotations

import shutil

import pytest

import lexicons
from domain.errors import RuleError
from lexicons import LexiconSet
from scanners import rulebook
from scanners.rulebook import SHIPPED

GOOD = (SHIPPED / "links" / "links-dead-link.toml").read_text(encoding="utf-8")


def load(tmp_path, text: str, name: str = "links-dead-link"):
    folder = tmp_path / "links"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return rulebook.load(LexiconSet({}), tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title      = "链接失效"\n', "", "缺少 title"),
        ('severity   = "minor"', 'severity = "一般"', "severity “一般”不认识；可用：veto、major、minor、notice"),
        ('kind = "links"', 'kind = "link"', "detector.kind “link”不认识；可用：lexicon、pattern"),
        ('outcomes = ["DELETED"]', 'outcomes = ["GONE"]', "detector.outcomes “GONE”不认识"),
        ('outcomes = ["DELETED"]', 'outcomes = ["DELETED"]\ncolour = 1', "不认识的键 colour"),
        ("{url}", "{uri}", "message 里的 {uri} 不认识"),
        ('guard = "outcome"', 'guard = "luck"', "guard “luck”不认识"),
        ('why   = "能够打开"\n', "", "silent[1] 缺少 why"),
        ('id         = "links-dead-link"', 'id = "links-dead"', "与文件名“links-dead-link”不一致"),
        ('id         = "links-dead-link"', "id = ", "不是正确的 TOML"),
    ],
)
def test_errors(tmp_path, old, new, message):
    assert old in GOOD
    with pytest.raises(RuleError) as error:
        load(tmp_path, GOOD.replace(old, new))
    assert message in str(error.value)
    assert str(error.value).startswith("links/links-dead-link.toml：")
    assert "\n" not in str(error.value)


def test_a_bad_pattern_is_told(tmp_path):
    text = GOOD.replace('kind = "links"\noutcomes = ["DELETED"]', 'kind = "pattern"\nanchor = ["a"]\npattern = "("')
    with pytest.raises(RuleError, match=r"detector\.pattern 不是正确的正则表达式"):
        load(tmp_path, text)


def test_an_unknown_check_is_told(tmp_path):
    text = GOOD.replace(
        'kind = "links"\noutcomes = ["DELETED"]', 'kind = "pattern"\nanchor = ["a"]\npattern = "a"\ncheck = "nose"'
    )
    with pytest.raises(RuleError, match=r"detector\.check “nose”不认识；可用：bank_card"):
        load(tmp_path, text)


def test_an_id_of_no_family_is_told(tmp_path):
    text = GOOD.replace('"links-dead-link"', '"lianjie-shixiao"')
    with pytest.raises(RuleError, match="不合命名规则"):
        load(tmp_path, text, "lianjie-shixiao")


def test_a_missing_list_is_told_with_the_nearest_name():
    with pytest.raises(RuleError, match=r"没有这个词库"):
        rulebook.load(LexiconSet({}))


def test_an_optional_list_that_is_missing_makes_the_rule_not_checked():
    book = rulebook.load(lexicons.load())
    listed = {rule.id for rule in book.rules if rule.detector.get("list") == "bureau"}
    assert "harm-bureau-listed" in listed
    assert book.inactive == dict.fromkeys(listed, "词库“bureau”尚未导入，本条未检查")
    assert "harm-bureau-listed" not in [rule.id for rule in book.active()]
    assert "harm-bureau-listed" in book.by_id


def test_an_overlay_replaces_a_rule_and_changes_the_digest(tmp_path):
    plain = rulebook.load(lexicons.load())
    folder = tmp_path / "links"
    folder.mkdir()
    (folder / "links-dead-link.toml").write_text(GOOD.replace('"minor"', '"major"'), encoding="utf-8")
    book = rulebook.load(lexicons.load(), SHIPPED, tmp_path)
    assert book.by_id["links-dead-link"].severity.value == "major"
    assert len(book.rules) == len(plain.rules)
    assert book.digest != plain.digest
    assert rulebook.load(lexicons.load(), SHIPPED, tmp_path / "none").digest == plain.digest


def test_former_names_still_lead_to_the_rule_and_may_not_live_on(tmp_path):
    renamed = GOOD.replace('"links-dead-link"', '"links-lost-target"', 1) + ""
    renamed = renamed.replace('since      = "2026.1"', 'since = "2026.1"\nformerly = ["links-dead-link"]')
    book = load(tmp_path, renamed, "links-lost-target")
    assert book.by_id["links-dead-link"].id == "links-lost-target"
    shutil.copy(SHIPPED / "links" / "links-dead-link.toml", tmp_path / "links")
    with pytest.raises(RuleError, match="formerly"):
        rulebook.load(LexiconSet({}), tmp_path)
