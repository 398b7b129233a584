"""The generated pages follow the rules and the clauses, and the clauses contradict neither rules nor words."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

import lexicons
from domain.errors import DataError
from domain.rule import Citation, Rule, RuleStatus
from pipelines import clauses, requirements, ruledocs
from pipelines.requirements import CoverageStatus, Requirement
from scanners import rulebook

DOCS = Path(__file__).resolve().parents[2] / "docs"
TABLE = Path(__file__).resolve().parents[2] / ".." / "shared" / "domain" / "requirements.tsv"


@pytest.fixture(scope="module")
def rules() -> dict[str, Rule]:
    return {rule.id: rule for rule in rulebook.load(lexicons.load()).rules}


def test_the_pages_do_not_drift() -> None:
    changed = ruledocs.drift(DOCS, ruledocs.current())
    assert changed == (), "run: python -m pipelines.ruledocs"


def test_rules_and_clauses_do_not_contradict_each_other(rules: dict[str, Rule]) -> None:
    assert list(requirements.problems(requirements.load(), clauses.load(), rules)) == []


def test_every_clause_of_a_word_is_known() -> None:
    known = clauses.load()
    assert {term.clause for lexicon in lexicons.load() for term in lexicon.terms} <= set(known)


def test_every_article_of_the_regulation_is_entered_and_confirmed() -> None:
    known = clauses.load()
    for number in range(1, 16):
        clause = known[f"liuan-2022-4/art-{number}"]
        assert clause.confirmed
        assert clause.article.startswith("第")
    for item in ("11-1", "11-2", "11-3", "12-1", "12-2", "12-3"):
        assert known[f"liuan-2022-4/art-{item}"].text


def test_every_requirement_has_an_answer() -> None:
    wanted = requirements.load()
    assert len(wanted) == 114
    assert len({entry.id for entry in wanted}) == 114
    assert all(entry.reading and entry.clauses for entry in wanted)


@pytest.mark.skipif(not TABLE.is_file(), reason="the list of requirements lies outside the project and is not here")
def test_the_requirements_are_those_of_the_list() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        listed = [row["id"] for row in csv.DictReader(file, delimiter="\t")]
    assert [entry.id for entry in requirements.load()] == listed


REQUIREMENT = Requirement(
    id="R1", status=CoverageStatus.AUTOMATED, clauses=(), rules=("wording-misstatement",), reading="x", note=""
)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"clauses": ("none/art-1",)}, "没有的条款 none/art-1"),
        ({"rules": ("wording-misstatement", "wording-nothing")}, "没有的规则 wording-nothing"),
        ({"status": CoverageStatus.OUT_OF_SCOPE}, "却没有说明"),
    ],
)
def test_each_contradiction_is_told(rules: dict[str, Rule], change: dict[str, object], told: str) -> None:
    only = {"wording-misstatement": rules["wording-misstatement"]}
    (problem,) = requirements.problems([replace(REQUIREMENT, **change)], clauses.load(), only)  # type: ignore[arg-type]
    assert told in problem


def test_a_preview_rule_automates_nothing(rules: dict[str, Rule]) -> None:
    preview = replace(rules["wording-misstatement"], status=RuleStatus.PREVIEW)
    (problem,) = requirements.problems([REQUIREMENT], clauses.load(), {preview.id: preview})
    assert "没有启用的规则" in problem


def test_a_rule_without_a_requirement_and_one_without_a_clause_are_told(rules: dict[str, Rule]) -> None:
    stray = replace(rules["wording-misstatement"], id="wording-stray", citations=(Citation("none/art-1"),))
    found = list(requirements.problems([], clauses.load(), {stray.id: stray}))
    assert len(found) == 2
    assert "不在任何一条要求里" in found[0]
    assert "没有的条款 none/art-1" in found[1]


def test_drift_names_changed_missing_and_stale_pages(tmp_path: Path) -> None:
    wanted = {"coverage.md": "new", "rules/a.md": "a", "rules/b.md": "b"}
    assert ruledocs.write(tmp_path, wanted) == ("coverage.md", "rules/a.md", "rules/b.md")
    assert ruledocs.drift(tmp_path, wanted) == ()
    (tmp_path / "rules" / "a.md").write_text("edited by hand", encoding="utf-8")
    (tmp_path / "rules" / "gone.md").write_text("of a rule that is no more", encoding="utf-8")
    (tmp_path / "coverage.md").unlink()
    assert ruledocs.drift(tmp_path, wanted) == ("coverage.md", "rules/a.md", "rules/gone.md")
    ruledocs.write(tmp_path, wanted)
    assert not (tmp_path / "rules" / "gone.md").exists()
    assert ruledocs.drift(tmp_path, wanted) == ()


def test_a_page_shows_the_clause_and_every_example(rules: dict[str, Rule]) -> None:
    rule = rules["wording-misstatement"]
    page = ruledocs.rule_page(rule, requirements.load(), clauses.load())
    assert "第九条" in page
    assert "R63" in page
    for example in (*rule.fires, *rule.silent):
        assert example.text in page


def test_an_unconfirmed_clause_is_marked(rules: dict[str, Rule]) -> None:
    page = ruledocs.rule_page(rules["freshness-app-delisted"], requirements.load(), clauses.load())
    assert "依据待核" in page


def test_the_check_of_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: object) -> None:
    monkeypatch.setattr(ruledocs, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    assert ruledocs.main(["--check"]) == 1
    assert not (tmp_path / "docs" / "coverage.md").exists()
    assert ruledocs.main([]) == 0
    assert ruledocs.main(["--check"]) == 0


def test_an_entry_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "clauses.toml"
    path.write_text('[requirement.R1]\nstatus = "done"\nclauses = []\nrules = []\nreading = "x"\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"requirement\.R1"):
        requirements.load(path)
