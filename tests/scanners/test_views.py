"""A block made by columns is what the folding makes of each text."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from domain.post import Segment
from scanners import folding
from scanners.numerals import read_digits
from scanners.passage import Passage, number_stretches
from scanners.views import base_of, compact_of, numbers_in

PIECES = st.one_of(
    st.text("民政局國務院ＡＢｃ①㈡　 -*·\u200b\ufeff\ud800😀１２3x.，。\n", max_size=8),
    st.text(max_size=4),
    st.sampled_from(
        ["3 4 9 9 0 1", "13800000000", "１３８-0000-0000", "二〇二六", "壹叁捌〇〇〇〇〇〇〇〇", "3499011990010100lx"]
    ),
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@given(TEXTS)
@example("民* 政")
@example("民**** 政")
@example("*民*")
def test_the_views_are_those_of_the_folding(text):
    base = base_of(text)
    assert base.text == folding.plain_base(text)
    assert compact_of(base).text == folding.plain_compact(base.text)
    assert compact_of(base).codes.size == len(compact_of(base).text)


@given(TEXTS)
def test_no_stretch_with_a_number_is_passed_over(text):
    base = base_of(text)
    runs = numbers_in(base)
    for start, end in Passage(Segment("body", text)).stretches:
        digits = read_digits(base.text)[start:end]
        if sum(sign.isdigit() or sign in "x*×" for sign in digits) >= 11:
            assert any(first < end and start < last for first, last in runs)


def test_numbers_of_usual_writing_are_seen():
    for written in (
        "13800000000",
        "1 3 8 0 0 0 0 0 0 0 0",
        "一三八零零零零零零零零",
        "349901 19900101 001x",
        "138****00000",
    ):
        base = base_of(f"电话{written}。")
        assert numbers_in(base)
        assert number_stretches(read_digits(base.text))
    assert not numbers_in(base_of("2026年1月2日，第3号文件，共12345份。"))
