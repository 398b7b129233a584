"""``xunjian lexicon check``: the shipped lists hold their examples, and a list that does not is told row by row."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from lexicons import SHIPPED
from lexicons.columns import COLUMNS
from pipelines import lexicon_check

GOOD = {"词语": "好词语错", "依据": "liuan-2022-4/art-9", "应报": "这里有好词语错。"}


def write(folder: Path, *rows: dict[str, str], name: str = "words.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def problems(path: Path) -> list[str]:
    return [str(problem) for problem in lexicon_check.check(files=[path]).problems]


def test_every_example_of_the_shipped_lists_holds() -> None:
    result = lexicon_check.check()
    assert [str(problem) for problem in result.problems] == []
    assert result.lexicons == len(list(SHIPPED.glob("*.csv")))
    assert result.terms >= 150
    assert result.examples > result.terms


def test_a_good_list_passes(tmp_path: Path) -> None:
    guarded = {**GOOD, "词语": "另一个错", "后文排除": "字", "应报": "另一个错。", "不报": "另一个错字。"}
    result = lexicon_check.check(tmp_path, files=[write(tmp_path, GOOD, guarded)])
    assert (result.lexicons, result.terms, result.examples, result.problems) == (1, 2, 3, ())


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"依据": "liuan-2022-4/art-99"}, "依据“liuan-2022-4/art-99”不在条款表里"),
        ({"同句豁免": "打击", "不报": "打击好词语错。", "应报": "打击好词语错吗。"}, "应报“打击好词语错吗。”没有报出"),
        ({"同句豁免": "打击", "不报": "赞扬好词语错。"}, "不报“赞扬好词语错。”报出了“好词语错”"),
    ],
)
def test_a_row_whose_examples_do_not_hold_is_told(tmp_path: Path, cells: dict[str, str], told: str) -> None:
    found = problems(write(tmp_path, {**GOOD, **cells}))
    assert len(found) == 1
    assert found[0].startswith("words.csv:2：")
    assert told in found[0]


def test_a_hit_of_another_row_is_not_enough(tmp_path: Path) -> None:
    longer = {"词语": "真好词语错", "依据": "liuan-2022-4/art-9", "应报": "真好词语错。"}
    found = problems(write(tmp_path, {**GOOD, "应报": "他说真好词语错。"}, longer))
    assert found == [
        "words.csv:2：应报“他说真好词语错。”报出的是“真好词语错”（第 3 行）；请改例句，或检查例外、豁免、排除和语境"
    ]


def test_a_silent_example_that_no_guard_keeps_silent_proves_nothing(tmp_path: Path) -> None:
    longer = {"词语": "真好词语错", "依据": "liuan-2022-4/art-9", "应报": "真好词语错。"}
    row = {**GOOD, "同句豁免": "打击", "不报": "打击真好词语错。"}
    found = problems(write(tmp_path, row, longer))
    assert len(found) == 1
    assert "什么也证明不了" in found[0]


def test_the_gravest_words_may_keep_a_doubt(tmp_path: Path) -> None:
    row = {**GOOD, "级别": "严重", "同句豁免": "打击", "不报": "打击好词语错。"}
    assert problems(write(tmp_path, row)) == []


def test_an_unreadable_list_is_told_and_not_raised(tmp_path: Path) -> None:
    found = problems(write(tmp_path, {**GOOD, "依据": ""}, {**GOOD, "词语": "另一个"}))
    assert [line.split("：")[0] for line in found] == ["words.csv:2", "words.csv:3"]


def test_folders_are_laid_over_each_other(tmp_path: Path) -> None:
    below, above = tmp_path / "below", tmp_path / "above"
    below.mkdir()
    above.mkdir()
    write(below, GOOD, {**GOOD, "词语": "另一个错", "应报": "另一个错。"})
    write(above, {**GOOD, "应报": "又是好词语错。"})
    result = lexicon_check.check(below, above)
    assert (result.lexicons, result.terms, result.problems) == (1, 2, ())
