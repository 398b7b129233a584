"""Nothing that looks like a private number survives a mask, however it is written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.post import Segment
from scanners import folding
from scanners.engine import Scanner
from scanners.masking import mask, mask_private
from tests.scanners.examples import KEY, book

ID = "349901199001011231"
MOBILE = "13800004321"
CARD = "6222000000000000004"
SCANNER = Scanner(book(), KEY)


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        (ID, "34*************231"),
        ("３４９９０１　１９９００１０１　１２３１", "34*************231"),
        ("34990119900101001x", "34*************01X"),
        ("349901550708123", "34**********123"),
        (MOBILE, "138****4321"),
        ("138-0000-4321", "138****4321"),
        ("一三八零零零零四三二一", "138****4321"),
        (CARD, "***************0004"),
        ("张三", "**"),
    ],
)
def test_mask(value, masked):
    assert mask(value) == masked


def test_every_private_number_of_a_sentence_is_masked():
    text = f"程某，身份证{ID}，电话{MOBILE}，卡号{CARD}，拨打12345或0564-3374099，共1200元。"
    assert mask_private(text) == (
        "程某，身份证34*************231，电话138****4321，卡号***************0004，拨打12345或0564-3374099，共1200元。"
    )


def test_a_number_with_a_wrong_check_digit_is_masked_too():
    assert "1232" not in mask_private("身份证349901199001011232")


@given(st.text("0123456789１２３①②一二 -.\n\u200bXx身份号，", max_size=80))
def test_no_long_run_of_digits_is_left(text):
    masked = folding.read_digits(folding.fold_base(mask_private(text)).text)
    assert re.search(r"\d{12}", re.sub(r"[ .\-]", "", masked.replace("\n", "|"))) is None or "," in masked


@given(st.sampled_from([ID, MOBILE, CARD]), st.sampled_from(["", " ", "-", "\u200b"]), st.integers(3, 6))
def test_findings_carry_the_value_only_where_it_is_encrypted(value, separator, group):
    written = separator.join(value[at : at + group] for at in range(0, len(value), group))
    for finding in SCANNER.scan_post([Segment("body", f"程某的银行卡、身份证和手机：{written}，低保。")]):
        shown = [
            finding.masked_term,
            finding.masked_sentence,
            finding.message,
            finding.suggestion,
            finding.explanation,
            *finding.facts.values(),
        ]
        for text in shown:
            assert value not in re.sub(r"\D", "", text)


def test_another_rules_sentence_is_masked_too():
    (finding,) = [
        finding for finding in SCANNER.scan_post([Segment("body", f"程某{ID}出售枪支")]) if finding.family == "harm"
    ]
    assert ID in finding.sentence
    assert finding.masked_sentence == "程某34*************231出售枪支"
