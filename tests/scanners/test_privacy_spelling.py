"""Numbers grouped, broken, disguised and mixed in ways that only a person reads: found, masked, nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.post import Segment
from scanners.checks.bank_card import luhn
from scanners.checks.resident_id import check_character
from scanners.engine import Scanner
from scanners.numerals import read_digits
from tests.scanners.examples import KEY, book

SCANNER = Scanner(book(), KEY, frozenset({"privacy"}))
ID = "349901199001011231"
MOBILE = "13800004321"
CARD = "6222000000000000004"


def rules(text: str) -> set[str]:
    return {finding.rule_id for finding in SCANNER.scan_post([Segment("body", text)])}


def spelled(text: str, digits: str) -> str:
    return "".join(digits[int(sign)] for sign in text)


DISGUISES = {
    "capital": "零壹贰叁肆伍陆柒捌玖",
    "spoken": "零幺二三四五六七八九",
    "ring": "〇一二三四五六七八九",
    "circled": "⓪①②③④⑤⑥⑦⑧⑨",
    "black": "⓿❶❷❸❹❺❻❼❽❾",
    "mathematical": "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
}


@pytest.mark.parametrize("digits", DISGUISES.values(), ids=DISGUISES.keys())
@pytest.mark.parametrize(
    ("rule", "label", "value"),
    [
        ("privacy-id-card-number", "身份证号：", ID),
        ("privacy-mobile-number", "手机：", MOBILE),
        ("privacy-bank-card-number", "银行卡号：", CARD),
    ],
)
def test_disguised(digits, rule, label, value):
    written = spelled(value, digits)
    (finding,) = SCANNER.scan_post([Segment("body", f"程明，{label}{written}，已登记。")])
    assert (finding.rule_id, finding.term) == (rule, written)
    assert written not in finding.masked_sentence


@pytest.mark.parametrize(
    "written",
    [
        "349901/19900101/1231",
        "349901(19900101)1231",
        "349901_19900101_1231",
        "349901  19900101  1231",
        "349901—19900101—1231",
        "349901.19900101.1231",
        "349901 1990\n0101 1231",
        "349901\t19900101\t1231",
        "3499O1199OO1O11231",
        "34990ll990OI0ll23l",
        "三四九九01199001011231",
        "3499零1199零零1零1123一",
        "3\ufe0f\u20e3" + ID[1:],
    ],
)
def test_identity_number_however_broken(written):
    assert "privacy-id-card-number" in rules(f"程明，身份证号：{written}，已登记。")


def test_a_cross_as_check_character():
    assert "privacy-id-card-number" in rules("程明，身份证号34990119900101001×，已登记。")
    assert rules("程明，身份证号349901××××××××0010，已登记。") == set()


@pytest.mark.parametrize(
    "written",
    [
        "138 000 04321",
        "1 3 8 0 0 0 0 4 3 2 1",
        "138—0000—4321",
        "138_0000_4321",
        "138/0000/4321",
        "138,0000,4321",
        "（138）00004321",
        "1380000\n4321",
        "138  0000  4321",
        "一三八 零零零零 四三二一",
        "138零零零零4321",
        "1З800004321",
        "138OOOO4321",
    ],
)
def test_mobile_number_however_broken(written):
    assert rules(f"程明，手机：{written}，已登记。") == {"privacy-mobile-number"}


@pytest.mark.parametrize(
    "text",
    [
        "各组人数依次为1 3 8 0 0 0 0 4 3 2 1。",
        "统计：1 35 20 44 12 33 5",
        "第三13800004321号样品",
        "美国免费电话：1-800-555-0000",
        "金额依次为138,000,4321.50",
        "时段：2026-06-18 08:30-17:30，2026-06-19",
        "一、二、三、四、五、六、七、八、九、十、十一",
        "比例为1:3:8:0:0:0:0:4:3:2:1",
    ],
)
def test_figures_are_no_numbers_of_people(text):
    assert rules(text) == set()


@pytest.mark.parametrize("written", ["6222000000\n000000004", "6222 00000000 0000004", "6222.0000.0000.0000.004"])
def test_bank_card_however_broken(written):
    assert rules(f"程明，银行卡号：{written}，已登记。") == {"privacy-bank-card-number"}


@given(st.sampled_from([ID, CARD, MOBILE]), st.integers(2, 9), st.sampled_from(list("- ·—\u00a0")))
def test_grouping_hides_nothing_below_a_label(value, size, sign):
    written = sign.join(value[at : at + size] for at in range(0, len(value), size))
    found = rules(f"程明的银行卡、身份证和手机：{written}。")
    assert found & {"privacy-id-card-number", "privacy-bank-card-number", "privacy-mobile-number"}


@given(st.text("0123456789一二三零①②olx×.-_ 号", max_size=60))
def test_the_digit_view_keeps_every_place(text):
    assert len(read_digits(text)) == len(text)


def test_the_values_used_here_are_well_formed():
    assert check_character(ID[:17]) == ID[17]
    assert luhn(CARD)
    assert re.fullmatch(r"1380000\d{4}", MOBILE)
