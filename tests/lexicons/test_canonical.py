"""Lists of what is right: fixed phrases and leaders' names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import lexicons
from domain.errors import LexiconError
from domain.rule import Severity
from pipelines import lexicon_check

PHRASES = lexicons.SHIPPED / "phrases.csv"
LEADERS = lexicons.SHIPPED / "leaders.csv"
PHRASE_HEAD = "规范表述,级别,例外语境,依据,来源,应报,不报\n"
LEADER_HEAD = "姓名,职务,起,止,来源,级别,依据,应报\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text("\ufeff" + text, encoding="utf-8")
    return path


def problems(path: Path) -> str:
    with pytest.raises(LexiconError) as caught:
        lexicons.load_file(path)
    return "\n".join(map(str, caught.value.problems))


def test_the_shipped_phrases_are_many_and_each_has_its_source():
    terms = lexicons.load_file(PHRASES).terms
    assert len(terms) >= 450
    assert all(term.source and term.fires and term.severity for term in terms)
    assert PHRASES.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_shipped_leaders_hold_names_and_posts_with_dates():
    terms = lexicons.load_file(LEADERS).terms
    assert len(terms) >= 60
    assert all(term.posts and term.source and isinstance(term.since, date) for term in terms)
    assert all(term.until is None or term.since is None or term.until >= term.since for term in terms)
    assert LEADERS.read_bytes().startswith(b"\xef\xbb\xbf")


def test_every_example_of_the_shipped_lists_holds():
    checked = lexicon_check.check(files=[PHRASES, LEADERS])
    assert checked.problems == ()
    assert checked.examples >= checked.terms


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("四个意识,严重,,liuan-2022-4/art-9,,增强四个意炽,", "缺少来源"),
        ("意识,严重,,liuan-2022-4/art-9,示例,增强意炽,", "不足 3 个字"),
        ("四个意识,严重,,liuan-2022-4/art-9,示例,增强四个意识,", "写的就是规范表述"),
        ("四个意识,严重,四个意见,liuan-2022-4/art-9,示例,增强四个意炽,", "没有不报例句"),
        ("四个意识,严重,四个意识强,liuan-2022-4/art-9,示例,增强四个意炽,增强四个意识强", "用不着例外"),
        ("四个意识,重,,liuan-2022-4/art-9,示例,增强四个意炽,", "级别“重”不认识"),
        ("四个意识,严重,,,示例,增强四个意炽,", "缺少依据"),
    ],
)
def test_what_is_wrong_with_a_phrase_is_told(tmp_path, row, told):
    assert told in problems(write(tmp_path, "phrases.csv", PHRASE_HEAD + row + "\n"))


def test_dates_of_a_leader_are_checked(tmp_path):
    row = "柳青溪,市委书记,2026-05-01,2026-01-01,示例,,liuan-2022-4/art-9,市委书记柳清溪"
    assert "早于起" in problems(write(tmp_path, "leaders.csv", f"{LEADER_HEAD}{row}\n"))


def test_the_offices_file_lies_over_the_shipped_one_and_can_switch_a_row_off(tmp_path):
    rows = (
        "柳青溪,市委书记,2026-01-01,,示例,,liuan-2022-4/art-9,市委书记柳清溪",
        "韩正,国家副主席,2018-03-19,,示例,停用,liuan-2022-4/art-9,国家副主席韩证",
    )
    write(tmp_path, "leaders.csv", LEADER_HEAD + "\n".join(rows) + "\n")
    leaders = lexicons.load(lexicons.SHIPPED, tmp_path).get("leaders")
    assert leaders is not None
    names = {term.word for term in leaders.terms}
    assert "柳青溪" in names and "习近平" in names and "韩正" not in names


def test_a_source_changes_the_version(tmp_path):
    first = lexicons.load_file(
        write(tmp_path, "phrases.csv", f"{PHRASE_HEAD}四个意识,严重,,liuan-2022-4/art-9,甲,增强四个意炽,\n")
    )
    second = lexicons.load_file(
        write(tmp_path, "phrases.csv", f"{PHRASE_HEAD}四个意识,严重,,liuan-2022-4/art-9,乙,增强四个意炽,\n")
    )
    versions = {lexicons.Lexicon("phrases", "", "", file.terms).version for file in (first, second)}
    assert len(versions) == 2
    assert first.terms[0].severity is Severity.VETO


def test_templates_have_the_columns_of_their_kind(tmp_path):
    for name, column in (("phrases.csv", "规范表述"), ("leaders.csv", "职务"), ("bureau.csv", "词语")):
        lexicons.write_template(tmp_path / name)
        assert column in (tmp_path / name).read_text(encoding="utf-8-sig")
