"""Folding keeps the exact way back; sentences end where a reader sees them end."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text import Folded, FoldTable, sentence_span

TABLE = FoldTable({"Ａ": "a", "１": "1", "灣": "湾"}, "\u200b\ufeff")
#: Letters that the table knows, removes, or leaves alone, and a few awkward ones.
LETTERS = st.sampled_from(list("Ａ１灣\u200b\ufeffaB7赌 \n。，İ*💰\ud800"))
TEXTS = st.text(LETTERS, max_size=40)


@given(TEXTS)
def test_each_folded_character_comes_from_one_original_character(text):
    folded = TABLE.fold(text)
    places = [folded.span(index, index + 1) for index in range(len(folded.text))]
    assert [end - start for start, end in places] == [1] * len(places)
    assert [start for start, _ in places] == [index for index, sign in enumerate(text) if sign not in "\u200b\ufeff"]


@given(TEXTS)
def test_folding_again_changes_nothing(text):
    once = TABLE.fold(text).text
    assert TABLE.fold(once).text == once


@given(TEXTS)
def test_removing_twice_still_leads_to_the_original(text):
    folded = TABLE.fold(text).without(re.compile(r"[*\s]"))
    for index, sign in enumerate(folded.text):
        start, end = folded.span(index, index + 1)
        assert TABLE.fold(text[start:end]).text == sign


@given(TEXTS, st.data())
def test_a_span_covers_what_was_removed_inside_it_and_nothing_around_it(text, data):
    folded = TABLE.fold(text).without(re.compile(r"\*"))
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    left, right = folded.span(start, end)
    again = TABLE.fold(text[left:right]).without(re.compile(r"\*"))
    assert again.text == folded.text[start:end]
    assert text[left] not in "\u200b\ufeff*"
    assert text[right - 1] not in "\u200b\ufeff*"


def test_the_one_letter_that_grows_does_not_shift_anything():
    folded = TABLE.fold("İ２赌")
    assert folded.text == "i２赌"
    assert folded.span(2, 3) == (2, 3)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 1), (0, 4)])
def test_impossible_spans_are_refused(start, end):
    with pytest.raises(ValueError, match="no such span"):
        Folded("abc", "abc").span(start, end)


def test_a_table_that_is_not_one_to_one_is_refused():
    with pytest.raises(ValueError, match="not one to one"):
        FoldTable({"㎡": "m2"}, "")


@pytest.mark.parametrize(
    ("text", "hit", "sentence"),
    [
        ("严厉打击赌博活动。这里可以赌球。", "赌球", "这里可以赌球。"),
        ("标题 赌球\n正文", "赌球", "标题 赌球"),
        ("一，赌球，二；三", "赌球", "一，赌球，二；"),
        ("赌球", "赌球", "赌球"),
        ("甲！  赌球？ 乙", "赌球", "赌球？"),
    ],
)
def test_sentences(text, hit, sentence):
    start = text.index(hit)
    left, right = sentence_span(text, start, start + len(hit))
    assert text[left:right] == sentence


def test_a_text_without_full_stops_is_cut_at_commas_within_reach():
    text = "，".join(f"第{number}户人家" for number in range(200))
    start = text.index("第100户")
    left, right = sentence_span(text, start, start + 5, reach=40)
    assert right - left <= 85
    assert text[left - 1] == "，"
    assert text[right] == "，"


@given(TEXTS, st.data())
def test_a_sentence_holds_its_hit(text, data):
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    left, right = sentence_span(text, start, end, reach=10)
    assert left <= start < end <= right


def test_every_capital_letter_is_known():
    """The blocks are written down; Unicode grows."""
    plain = FoldTable({}, "").plain
    unknown = [
        character
        for character in map(chr, range(0x110000))
        if len(character.lower()) == 1 and plain(character) != character.lower() and character != "\u03c2"
    ]
    assert unknown == []


@given(TEXTS)
def test_the_folded_text_alone_is_the_same(text):
    assert TABLE.plain(text) == TABLE.fold(text).text


@given(TEXTS.filter(bool).map(lambda text: text * (2_200 // len(text))))
def test_a_text_that_changes_in_many_places_is_folded_alike(text):
    assert TABLE.plain(text) == "".join(TABLE.plain(character) for character in text) == TABLE.fold(text).text
