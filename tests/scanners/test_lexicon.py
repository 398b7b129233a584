"""The guards of a word: each keeps silent what it should, and says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.post import Segment
from domain.rule import Confidence, Severity
from lexicons import Lexicon, LexiconSet, Term
from scanners import rulebook
from scanners.engine import Scanner
from scanners.guards import Guard
from tests.scanners.examples import BUREAU, KEY, book

WORD = Term(word="和服", clause="liuan-2022-4/art-9", fires=("和服",), row=2)


def scanner(*terms: Term) -> Scanner:
    lists = {**book().lexicons, "bureau": replace(BUREAU, terms=terms)}
    return Scanner(rulebook.load(LexiconSet(lists)).only("harm-bureau-listed"), KEY)


def found(text: str, *terms: Term) -> list[tuple[str, Confidence]]:
    findings = scanner(*terms).scan_post([Segment("body", text)])
    return [(finding.term, finding.confidence) for finding in findings]


def dropped(text: str, *terms: Term) -> list[tuple[Guard, str]]:
    drops = []
    scanner(*terms).scan_post([Segment("body", text)], drops=drops)
    return [(drop.guard, drop.text) for drop in drops]


def test_whole_word_is_asked_of_the_segmenter():
    term = replace(WORD, whole_word=True)
    assert found("她穿着和服出席。", term) == [("和服", Confidence.MEDIUM)]
    assert dropped("提供产品和服务。", term) == [(Guard.WHOLE_WORD, "和服")]


def test_part_of_a_word_is_enough_by_default():
    assert found("提供产品和服务。", WORD) == [("和服", Confidence.MEDIUM)]


def test_an_exception_excuses_only_what_lies_inside_it():
    term = replace(WORD, exceptions=("和服务",))
    assert found("产品和服务。", term) == []
    assert found("产品和服务，和服。", term) == [("和服", Confidence.MEDIUM)]
    assert dropped("产品和服务。", term) == [(Guard.EXCEPTION, "和服")]


def test_an_excuse_works_in_its_sentence_only():
    term = replace(WORD, excused_by=("打击",))
    assert found("严厉打击和服。", term) == []
    assert found("严厉打击。和服在此。", term) == [("和服", Confidence.MEDIUM)]


def test_an_excuse_inside_the_word_itself_does_not_count():
    term = Term(word="严禁外传", clause="liuan-2022-4/art-9", fires=("严禁外传",), excused_by=("严禁",))
    assert found("本件严禁外传。", term) == [("严禁外传", Confidence.MEDIUM)]
    assert found("严禁把写着严禁外传的文件带出。", term) == []


def test_an_excuse_only_lowers_the_confidence_of_the_gravest():
    term = replace(WORD, excused_by=("打击",), severity=Severity.VETO)
    assert found("打击和服。", term) == [("和服", Confidence.LOW)]
    assert found("和服。", term) == [("和服", Confidence.MEDIUM)]


@pytest.mark.parametrize(
    ("guards", "silent", "guard"),
    [
        ({"not_after": ("产品",)}, "产品和服", Guard.NOT_AFTER),
        ({"not_before": ("务",)}, "和服务", Guard.NOT_BEFORE),
        ({"needs_context": ("穿", "戴")}, "买和服", Guard.NEEDS_CONTEXT),
    ],
)
def test_neighbours(guards, silent, guard):
    term = replace(WORD, **guards)
    assert found("爱穿和服。", term) == [("和服", Confidence.MEDIUM)]
    assert dropped(silent, term) == [(guard, "和服")]


def test_the_longest_word_of_a_list_wins():
    longer = replace(WORD, word="和服展", row=3)
    assert found("参观和服展。", WORD, longer) == [("和服展", Confidence.MEDIUM)]
    assert dropped("参观和服展。", WORD, longer) == [(Guard.LONGER, "和服")]


def test_a_variant_is_the_same_row():
    term = replace(WORD, variants=("着物",), suggestion="汉服")
    (finding,) = scanner(term).scan_post([Segment("body", "穿着物")])
    assert finding.term == "着物"
    assert finding.suggestion == "建议改为：汉服"
    (finding,) = scanner(replace(term, suggestion="立即撤下；核查链接")).scan_post([Segment("body", "穿着物")])
    assert finding.suggestion == "立即撤下；核查链接"
    assert "第 2 行" in finding.explanation


@pytest.mark.parametrize(
    "written",
    ["和*服", "和 服", "和\u200b服", "和_服", "和﻿服", "和★服"],
)
def test_noise_inside_a_word_is_seen_through(written):
    assert found(f"穿 {written} 。", WORD) == [(written, Confidence.MEDIUM)]


@pytest.mark.parametrize("text", ["棉和 服装展", "调和\n服务", "温和·服从"])
def test_two_words_with_a_blank_between_are_not_one(text):
    assert dropped(text, WORD) == [(Guard.GAP, text[1:4])]


def test_a_long_word_broken_over_a_line_is_seen():
    term = replace(WORD, word="柳溪内部代号")
    assert found("本是柳溪内\n部代号一事", term) == [("柳溪内\n部代号", Confidence.MEDIUM)]
    assert found("本是柳溪内部代\n号码一事", term) == []


def test_traditional_characters_and_case_are_the_same_word():
    term = replace(WORD, word="台湾独立App")
    assert found("下载臺灣獨立ＡＰＰ", term) == [("臺灣獨立ＡＰＰ", Confidence.MEDIUM)]


def test_two_occurrences_in_one_sentence_are_one_finding():
    (finding,) = scanner(WORD).scan_post([Segment("body", "和服与和服。")])
    assert [(place.field, place.start) for place in finding.occurrences] == [("body", 0), ("body", 3)]


def test_the_same_sentence_in_title_and_body_is_one_finding():
    (finding,) = scanner(WORD).scan_post([Segment("title", "穿和服"), Segment("body", "穿和服\n正文。")])
    assert [(place.field, place.start) for place in finding.occurrences] == [("title", 1), ("body", 1)]


def test_the_lists_name_and_version_are_in_the_book():
    lexicon = Lexicon("bureau", "本局敏感词库", "bureau.csv", (WORD,))
    assert rulebook.load(LexiconSet({**book().lexicons, "bureau": lexicon})).lexicons["bureau"] is lexicon
