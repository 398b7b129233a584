"""The bureau's own list from end to end: checked, used by class, named in the report, and able to switch a row off."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest

from domain.errors import LexiconError
from lexicons import load, load_file
from lexicons.columns import BUREAU_COLUMNS
from pipelines import lexicon_check, reporting
from pipelines.inspection import scanner_spec
from reports.formats import render
from scanners.factory import load_book
from tests.pipelines.imports import bring, text, workspace

ROW = {"依据": "liuan-2022-4/art-9", "来源": "柳溪市委网信办通知（2026年）", "维护人": "周"}


def listed(word: str, category: str = "", **cells: str) -> dict[str, str]:
    return {**ROW, "词语": word, "类别": category, "应报": f"会上提到{word}。", **cells}


def write(folder, *rows: dict[str, str], columns=BUREAU_COLUMNS):
    path = folder / "bureau.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


# -- checked like the shipped lists ---------------------------------------------------------------------------------


def test_a_list_with_classes_and_sources_passes_the_check(tmp_path):
    path = write(
        tmp_path,
        listed("青岩计划", "反动", 级别="较重", 例外语境="青岩计划生育站", 不报="青岩计划生育站搬迁。"),
        listed("碧溪优选", "广告"),
        listed("竹溪代号"),
    )
    result = lexicon_check.check(files=[path])
    assert [str(problem) for problem in result.problems] == []
    assert (result.terms, result.examples) == (3, 4)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"类别": "政治"}, "bureau.csv:2：类别“政治”不认识；可填：反动、暴力"),
        ({"来源": ""}, "bureau.csv:2：缺少来源；请填写这个词出自哪份文件或由谁提供"),
        ({"应报": "会上没有这个词。"}, "永远不会报出"),
        ({"依据": ""}, "缺少依据"),
    ],
)
def test_what_is_wrong_is_told_by_row(tmp_path, cells, told):
    path = write(tmp_path, listed("青岩计划", "反动", **cells))
    assert told in "\n".join(str(problem) for problem in lexicon_check.check(files=[path]).problems)


def test_a_list_of_before_there_were_classes_is_still_read(tmp_path):
    old = tuple(column for column in BUREAU_COLUMNS if column not in ("类别", "来源"))
    (term,) = load_file(write(tmp_path, listed("青岩计划"), columns=old)).terms
    assert (term.word, term.category, term.source) == ("青岩计划", "", "")


def test_the_class_is_part_of_the_version(tmp_path):
    versions = set()
    for category in ("反动", "广告"):
        write(tmp_path, listed("青岩计划", category))
        versions.add(load(tmp_path).get("bureau").version)
    assert len(versions) == 2


# -- from end to end ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """One inspection of posts that a person brought, judged with the bureau's own list, and its report."""
    folder = tmp_path_factory.mktemp("bureau")
    place = workspace(folder / "workspace")
    write(
        place.lexicons,
        listed("青岩计划", "反动", 级别="较重"),
        listed("碧溪优选", "广告"),
        listed("竹溪代号", 级别="一般"),
        {"词语": "身分证", "级别": "停用", "备注": "引用旧件，本局统一核对", "来源": "局办公室"},
    )
    posts = (
        "标题,正文,发布时间,文章链接,作品编号\n"
        "一,会上提到青岩计划的进展。,2026-06-17 09:30,,1\n"
        "二,欢迎购买碧溪优选产品目录。,2026-06-17 09:30,,2\n"
        "三,档案里写着竹溪代号。,2026-06-17 09:30,,3\n"
        "四,出示身分证，截止目前已办结三件。,2026-06-17 09:30,,4\n"
    )
    _, result = bring(place, text(folder / "posts.csv", posts))
    with place.open_store() as store:
        report = reporting.build(place, store, result.inspection.id)
    return place, result, report


def test_the_class_decides_the_family(told):
    _, result, _ = told
    found = {item.finding.term: (item.finding.rule_id, item.finding.family) for item in result.findings}
    assert found["青岩计划"] == ("harm-bureau-reactionary", "harm")
    assert found["碧溪优选"] == ("ads-bureau-listed", "ads")
    assert found["竹溪代号"] == ("harm-bureau-listed", "harm")


def test_a_reactionary_word_is_left_to_a_person(told):
    _, result, _ = told
    (finding,) = (item.finding for item in result.findings if item.finding.term == "青岩计划")
    assert finding.confidence.value == "low"
    assert "类别：反动" in finding.message
    assert "由人核对" in finding.suggestion
    assert "第 2 行" in finding.explanation


def test_a_shipped_row_is_switched_off_with_a_reason(told):
    place, result, _ = told
    terms = {item.finding.term for item in result.findings}
    assert "截止目前" in terms  # the rest of the shipped list still works
    assert "身分证" not in terms
    assert "身分证" not in {term.word for term in load_book(scanner_spec(place)).lexicons["misstatements"].terms}


def test_switching_off_without_a_reason_stops_the_run(tmp_path):
    write(tmp_path, {"词语": "身分证", "级别": "停用"})
    with pytest.raises(LexiconError, match="停用“身分证”没有写明理由"):
        load(tmp_path)


def test_the_finished_report_names_the_list_and_its_version(told):
    place, _, report = told
    version = load_book(scanner_spec(place)).lexicons["bureau"].version
    (line,) = (words for words in report.word_lists if words.name == "bureau")
    assert (line.title, line.version, line.words) == ("本局敏感词库", version, 3)
    page = render(report, "html").decode()
    assert "词库：本局敏感词库" in page
    assert version in page
    told_by_machine = json.loads(render(report, "json"))["word_lists"]
    assert {"name": "bureau", "title": "本局敏感词库", "version": version, "words": 3} in told_by_machine
    book = openpyxl.load_workbook(io.BytesIO(render(report, "xlsx")))
    cells = {cell for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"本局敏感词库", version} <= cells


def test_without_a_list_the_report_says_that_nothing_was_checked(tmp_path):
    place = workspace(tmp_path / "workspace")
    posts = "标题,正文,发布时间,文章链接,作品编号\n一,今日开放。,2026-06-17 09:30,,1\n"
    _, result = bring(place, text(tmp_path / "posts.csv", posts))
    with place.open_store() as store:
        report = reporting.build(place, store, result.inspection.id)
    assert "bureau" not in {words.name for words in report.word_lists}
    assert any("词库“bureau”尚未导入" in str(gap) for gap in report.clause_gaps)
    assert "词库“bureau”尚未导入" in render(report, "html").decode()
