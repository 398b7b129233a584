"""Words of the trades that a hijacked page brings in: what says everything alone, what only beside other evidence."""

from __future__ import annotations

from functools import cache

import pytest

import lexicons
from domain.post import Segment
from scanners.engine import Scanner
from scanners.folding import fold_word
from scanners.guards import Guard
from tests.scanners.examples import KEY, book

RULES = {
    "gambling": "harm-gambling",
    "pornography": "harm-pornography",
    "fraud": "harm-fraud",
    "black_market": "harm-black-market",
    "abuse": "harm-abuse",
    "violence": "harm-violence",
}
SIGNALS = [
    pytest.param(name, term, id=f"{name}-{term.row}")
    for name in RULES
    for term in lexicons.load().by_name[name].terms
    if term.signal
]


@cache
def scanner(rule_id: str) -> Scanner:
    return Scanner(book().only(rule_id), KEY)


def scan(rule_id: str, text: str, drops=None):
    return scanner(rule_id).scan_post([Segment("body", text)], drops=drops)


@pytest.mark.parametrize(("name", "term"), [case for case in SIGNALS if case.values[1].weight > 0])
def test_the_row_counts_in_its_own_example(name, term):
    for sentence in term.fires:
        found = scan(RULES[name], sentence)
        places = {fold_word(sentence[place.start : place.end]) for each in found for place in each.occurrences}
        assert places & {fold_word(word) for word in term.words}, (sentence, places)


@pytest.mark.parametrize(("name", "term"), [case for case in SIGNALS if case.values[1].weight < 0])
def test_a_look_alike_is_taken_off(name, term):
    """The example of such a row is a sentence that would be a finding without it."""
    for sentence in term.fires:
        drops = []
        assert scan(RULES[name], sentence, drops) == ()
        taken = [drop.detail for drop in drops if drop.guard is Guard.SUBTRACT]
        assert len(taken) == 1
        assert f"{term.weight} 分" in taken[0]


def test_shared_contacts_alone_are_no_finding():
    for rule_id in RULES.values():
        assert scan(rule_id, "办事请加微信或扫码，联系客服，电话：0599-1234567。") == ()


def test_one_kind_of_evidence_in_a_long_text_is_not_enough():
    text = f"轮盘与梭哈。{'柳溪市民政工作会议召开。' * 20}"
    drops = []
    assert scan("harm-gambling", text, drops) == ()
    assert len(scan("harm-gambling", "轮盘、梭哈，速来。")) == 1


def test_evidence_far_apart_is_not_added_up():
    filler = "柳溪市民政工作会议召开。" * 20
    assert scan("harm-gambling", f"轮盘。{filler}彩金多，加微信拉群。") == ()
    assert len(scan("harm-gambling", f"{filler}轮盘彩金多，加微信拉群。{filler}")) == 1


def test_a_warning_nearby_excuses_a_combination():
    text = "网贷秒批，额度高，加微信办理。"
    assert len(scan("harm-fraud", text)) == 1
    drops = []
    assert scan("harm-fraud", f"反诈中心提醒您，下面这些话不要信。{text}", drops) == ()
    assert Guard.EXCUSE in {drop.guard for drop in drops}


def test_words_of_letters_are_not_found_inside_longer_ones():
    assert scan("harm-abuse", "DMLGB与USB接口，你看。") == ()
    assert len(scan("harm-abuse", "你们MLGB。")) == 1


def test_the_explanation_names_the_words_and_kinds():
    (finding,) = scan("harm-gambling", "轮盘彩金多，加微信拉群。")
    assert finding.term == "轮盘"
    for part in ("“轮盘”", "“彩金”", "“加微信”", "赌种", "资金", "联络", "分"):
        assert part in finding.explanation
    assert len(finding.occurrences) >= 3
