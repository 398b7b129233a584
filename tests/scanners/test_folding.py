"""What folds into what, and that nothing loses its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanners import folding

ANY = st.text(st.characters(exclude_categories=[]), max_size=60)
NUMBERS = st.text("0123456789", min_size=11, max_size=19)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("３４９９０１Ｘ", "349901x"),
        ("臺灣後面", "台湾后面"),
        ("赌\u200b博\ufeff", "赌博"),
        ("ＡｂC", "abc"),
        ("\U0001d7d1\U0001d7d2", "34"),  # mathematical digits, beyond the basic plane
        ("＊－．", "*-."),
        ("，。：", "，。："),  # Chinese punctuation stays
        ("①⑴", "①⑴"),  # list marks stay
    ],
)
def test_base(written, folded):
    assert folding.fold_base(written).text == folded


@given(ANY)
def test_base_text_leads_back(text):
    base = folding.fold_base(text)
    for index, sign in enumerate(base.text):
        start, end = base.span(index, index + 1)
        assert end - start == 1
        assert folding.fold_base(text[start:end]).text == sign


@given(ANY)
def test_base_is_idempotent(text):
    once = folding.fold_base(text).text
    assert folding.fold_base(once).text == once


@given(ANY)
def test_compact_only_removes(text):
    base = folding.fold_base(text)
    compact = folding.compact(base)
    at = -1
    for index in range(len(compact.text)):
        start, _ = compact.span(index, index + 1)
        assert start > at
        at = start
        assert folding.fold_base(text[start]).text == compact.text[index]


@pytest.mark.parametrize(
    ("written", "compact"),
    [
        ("赌 博", "赌博"),
        ("赌**博", "赌博"),
        ("赌\n博", "赌博"),
        ("赌、博", "赌、博"),  # punctuation parts words
        ("A B", "a b"),  # only between Han characters
        ("赌----博", "赌----博"),  # a line is not noise
        ("“赌”博", "“赌”博"),
    ],
)
def test_compact(written, compact):
    assert folding.compact(folding.fold_base(written)).text == compact


@given(ANY)
def test_digit_view_keeps_its_length(text):
    base = folding.fold_base(text).text
    assert len(folding.read_digits(base)) == len(base)


@given(NUMBERS)
def test_chinese_numerals_are_read(number):
    written = "".join("〇一二三四五六七八九"[int(digit)] for digit in number)
    assert folding.read_digits(f"电话{written}。") == f"电话{number}。"


@given(NUMBERS)
def test_circled_digits_are_read(number):
    written = "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(digit)] for digit in number)
    assert folding.read_digits(written) == number


@pytest.mark.parametrize("text", ["①13800004321", "一二三四五", "hello world", "oil2026", "第一百零一"])
def test_what_is_not_a_disguised_number_stays(text):
    assert folding.read_digits(text) == text


def test_letters_posing_as_digits_are_read():
    assert folding.read_digits("lol38oooool") == "lol38oooool"  # two of eleven: not a number any more
    assert folding.read_digits("lol38oooool") == "lol38oooool"  # two of eleven: not a number any more
