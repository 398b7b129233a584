"""Reading word lists: encodings, messages, overlays, versions."""

from __future__ import annotations

from pathlib import Path

import pytest

import lexicons
from domain.errors import LexiconError
from domain.rule import Severity
from lexicons.columns import COLUMNS

HEADER = ",".join(COLUMNS)
CLAUSE = "liuan-2022-4/art-9"


def line(**cells: str) -> str:
    """A row; any cell by its header."""
    full = {"词语": "劣词", "依据": CLAUSE, "应报": "这里有劣词。", **cells}
    return ",".join(full.get(name, "") for name in COLUMNS)


def write(folder: Path, name: str, *lines: str, encoding: str = "utf-8-sig") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes("\r\n".join([HEADER, *lines]).encode(encoding))
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(LexiconError) as caught:
        lexicons.load_file(path)
    return str(caught.value).splitlines()


def test_a_full_row_is_read(tmp_path: Path) -> None:
    row = line(
        词语="劣词", 变体="坏词｜烂词", 级别="严重",
        匹配="整词", 例外语境="好劣词", 同句豁免="打击|举报", 前文排除="不",
        后文排除="典", 须有语境="网站", 建议改为="好词", 不报="打击劣词。", 备注="例", 更新日期="2026/1/5", 维护人="李",
    )  # fmt: skip
    (term,) = lexicons.load_file(write(tmp_path, "words.csv", row)).terms
    assert term.words == ("劣词", "坏词", "烂词")
    assert term.severity is Severity.VETO
    assert term.whole_word and term.is_guarded
    assert (term.exceptions, term.excused_by) == (("好劣词",), ("打击", "举报"))
    assert (term.not_after, term.not_before, term.needs_context) == (("不",), ("典",), ("网站",))
    assert (term.clause, term.suggestion, term.silent) == (CLAUSE, "好词", ("打击劣词。",))
    assert str(term.updated_on) == "2026-01-05"
    assert term.row == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_with_and_without_bom(tmp_path: Path, encoding: str) -> None:
    assert len(lexicons.load_file(write(tmp_path, "words.csv", line(), encoding=encoding)).terms) == 1


def test_gb18030_is_named_with_its_cause(tmp_path: Path) -> None:
    (message,) = problems(write(tmp_path, "words.csv", line(), encoding="gb18030"))
    assert message.startswith("words.csv：不是 UTF-8 编码，是 GB18030")
    assert "CSV UTF-8" in message


def test_utf16_is_named(tmp_path: Path) -> None:
    assert "UTF-16" in problems(write(tmp_path, "words.csv", line(), encoding="utf-16"))[0]


def test_every_problem_is_told_with_its_row(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "words.csv",
        line(词语="第一", 例外语境="书记", 应报="全国第一。", 不报="第一书记。"),
        line(词语="最佳", 应报="最佳选择。", 依据=""),
        line(词语="最好", 应报="最好。"),
        line(词语="最 好", 应报="最好吃。"),
        line(级别="致命"),
    )
    assert problems(path) == [
        "words.csv:2：例外“书记”里没有“第一”，永远不会生效；请改例外或词语",
        "words.csv:3：缺少依据；没有依据的词不能入库，请填条款号，如 liuan-2022-4/art-9",
        "words.csv:5：“最 好”与第 4 行重复；请合并为一行",
        "words.csv:6：级别“致命”不认识；可填：严重、较重、一般、提示、停用，或留空",
    ]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"词语": ""}, "缺少词语"),
        ({"词语": "劣", "应报": "劣。"}, "只有一个字"),
        ({"匹配": "模糊"}, "匹配“模糊”不认识"),
        ({"依据": "第九条"}, "不是条款号"),
        ({"应报": ""}, "缺少应报"),
        ({"应报": "别的话。"}, "永远不会报出"),
        ({"同句豁免": "打击"}, "没有不报例句"),
        ({"匹配": "整词"}, "没有不报例句"),
        ({"同句豁免": "劣", "不报": "劣词。"}, "含在词语里"),
        ({"须有语境": "劣词", "不报": "劣词。"}, "总是成立"),
        ({"例外语境": "劣词", "不报": "劣词。"}, "就是词语本身"),
        ({"不报": "别的话。"}, "什么也证明不了"),
        ({"不报": "这里有劣词。"}, "同一句话"),
        ({"更新日期": "2026-02-30"}, "不是日期"),
        ({"变体": "劣词"}, "在本行重复"),
    ],
)
def test_an_unusable_row_says_why(tmp_path: Path, cells: dict[str, str], told: str) -> None:
    assert told in problems(write(tmp_path, "words.csv", line(**cells)))[0]


def test_unknown_missing_and_doubled_columns(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("词语,词语,建议\n甲乙,,\n", encoding="utf-8")
    assert [message.split("；")[0] for message in problems(path)] == [
        "words.csv:1：不认识的列 建议",
        "words.csv:1：列重复 词语",
        "words.csv:1：缺少必填列 依据、应报",
    ]


def test_a_cell_outside_the_columns_is_told(tmp_path: Path) -> None:
    assert problems(write(tmp_path, "words.csv", line() + ",多出")) == [
        "words.csv:2：单元格比表头多；请检查是否多了逗号或引号没有成对"
    ]


def test_blank_rows_keep_the_numbers_of_excel(tmp_path: Path) -> None:
    (message,) = problems(write(tmp_path, "words.csv", "", line(依据="")))
    assert message.startswith("words.csv:3：")


def test_problems_of_several_files_come_together(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", line(依据=""), line(词语="另词", 应报="没有。"))
    write(tmp_path, "b.csv", line(应报=""))
    with pytest.raises(LexiconError) as caught:
        lexicons.load(tmp_path)
    assert [message.split("：")[0] for message in str(caught.value).splitlines()] == ["a.csv:2", "a.csv:3", "b.csv:2"]


def test_an_overlay_replaces_adds_and_switches_off(tmp_path: Path) -> None:
    below, above = tmp_path / "below", tmp_path / "above"
    write(
        below,
        "words.csv",
        line(词语="甲词", 应报="甲词。", 建议改为="旧"),
        line(词语="乙词", 应报="乙词。"),
        line(词语="丙词", 变体="丙字", 应报="丙词。"),
    )
    write(
        above,
        "words.csv",
        line(词语="甲词", 应报="甲词。", 建议改为="新"),
        line(词语="乙词", 级别="停用", 依据="", 应报="", 备注="本市正式名称"),
        line(词语="丁词", 变体="丙字", 应报="丁词。"),
    )
    lexicon = lexicons.load(below, above).get("words")
    assert lexicon is not None
    assert {term.word: (term.suggestion, term.variants) for term in lexicon.terms} == {
        "丙词": ("", ()),
        "甲词": ("新", ()),
        "丁词": ("", ("丙字",)),
    }
    assert lexicon.path == str(above / "words.csv")


def test_the_offices_own_list_switches_words_of_every_list_off(tmp_path: Path) -> None:
    below, above = tmp_path / "below", tmp_path / "above"
    for name, word in (("gambling", "甲词"), ("violence", "乙词")):
        write(below, f"{name}.csv", line(词语=word, 应报=f"{word}。"), line(词语=f"{word}二", 应报=f"{word}二。"))
    own = line(词语="丙词", 应报="丙词。"), line(词语="甲词", 级别="停用", 依据="", 应报="", 备注="是本市一处地名")
    write(above, "bureau.csv", *own)
    found = lexicons.load(below, above)
    words = {lexicon.name: {term.word for term in lexicon.terms} for lexicon in found}
    assert words == {"gambling": {"甲词二"}, "violence": {"乙词", "乙词二"}, "bureau": {"丙词"}}
    assert found.get("gambling").version != lexicons.load(below).get("gambling").version
    assert found.get("violence").version == lexicons.load(below).get("violence").version


def test_switching_a_word_off_needs_a_reason(tmp_path: Path) -> None:
    write(tmp_path, "bureau.csv", line(词语="甲词", 级别="停用", 依据="", 应报=""))
    with pytest.raises(LexiconError, match="停用“甲词”没有写明理由"):
        lexicons.load(tmp_path)


def test_a_list_without_rows_is_not_there(tmp_path: Path) -> None:
    lexicons.write_template(tmp_path / "bureau.csv")
    assert (tmp_path / "bureau.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert lexicons.load(tmp_path).get("bureau") is None
    assert lexicons.load(tmp_path / "missing").get("bureau") is None


def test_the_version_follows_what_is_found_not_how_it_is_written(tmp_path: Path) -> None:
    def version(folder: str, *lines: str, encoding: str = "utf-8-sig") -> str:
        write(tmp_path / folder, "words.csv", *lines, encoding=encoding)
        lexicon = lexicons.load(tmp_path / folder).get("words")
        assert lexicon is not None
        return lexicon.version

    first, other = line(), line(词语="另词", 应报="另词。")
    base = version("a", first, other)
    assert len(base) == 12
    assert version("b", other, first, encoding="utf-8") == base
    assert version("c", line(备注="只是备注"), other) == base
    assert version("d", line(级别="严重"), other) != base
    assert version("e", first) != base
