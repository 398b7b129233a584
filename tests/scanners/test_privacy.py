"""Private numbers in every spelling are found at exactly their place; look-alikes are not."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.post import Segment
from domain.rule import Confidence, Severity
from scanners.checks.bank_card import luhn
from scanners.checks.resident_id import check_character
from scanners.engine import Scanner
from tests.scanners.examples import KEY, book

SCANNER = Scanner(book(), KEY, frozenset({"privacy"}))
ID = "349901199001011231"
ID_X = "34990119900101001X"
MOBILE = "13800004321"
CARD = "6222000000000000004"


def found(text: str, **known) -> list[tuple[str, str]]:
    return [(finding.rule_id, finding.term) for finding in SCANNER.scan_post([Segment("body", text)], **known)]


def full_width(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) for sign in text)


def chinese(text: str) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in text)


def circled(text: str) -> str:
    return "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(digit)] for digit in text)


def test_the_examples_here_are_what_they_seem():
    assert check_character(ID[:17]) == ID[17]
    assert check_character(ID_X[:17]) == "x"
    assert luhn(CARD)


@pytest.mark.parametrize(
    "written",
    [
        ID,
        ID_X,
        ID_X.lower(),
        full_width(ID),
        f"{ID[:6]} {ID[6:14]} {ID[14:]}",
        f"{ID[:6]}-{ID[6:14]}-{ID[14:]}",
        f"{ID[:6]}·{ID[6:10]}·{ID[10:14]}·{ID[14:]}",
        " ".join(ID),
        "\u200b".join(ID),
        f"{ID[:10]}\n{ID[10:]}",
        f"{ID[:10]}\r\n{ID[10:]}",
        chinese(ID),
        circled(ID),
    ],
)
@pytest.mark.parametrize("around", ["身份证号：{}。", "程某{}已登记", "1 程某 {} 城市低保", "{}", "（{}）", "\t{}\t男"])
def test_identity_number_in_every_spelling(written, around):
    assert found(around.format(written)) == [("privacy-id-card-number", written)]


@pytest.mark.parametrize(
    "written",
    [
        MOBILE,
        full_width(MOBILE),
        "138 0000 4321",
        "138-0000-4321",
        "138.0000.4321",
        "1380\u200b0004321",
        chinese(MOBILE),
        circled(MOBILE),
        "l3800004321",
    ],
)
@pytest.mark.parametrize("around", ["手机：{}。", "程某（电话{}）", "家属 {} 微信同号", "+86 {}", "(86){}", "0086{}"])
def test_mobile_number_in_every_spelling(written, around):
    if around[-3] in "6)" and written[0] in "一①l":
        pytest.skip("a country code before a disguised number is not a spelling anybody uses")
    assert found(around.format(written)) == [("privacy-mobile-number", written)]


@pytest.mark.parametrize(
    "written",
    [
        CARD,
        full_width(CARD),
        "6222 0000 0000 0000 004",
        "6222-0000-0000-0000-004",
        "622200 0000000000004",
        "62220\u200b00000000000004",
        " ".join(CARD),
        "6217 0000 0000 0014",
    ],
)
@pytest.mark.parametrize("around", ["银行卡号：{}。", "序号 姓名 账号\n1 程某 {} 800元", "{}"])
def test_bank_card_in_every_spelling(written, around):
    assert found(around.format(written)) == [("privacy-bank-card-number", written)]


def test_two_numbers_side_by_side_are_two():
    assert [term for _, term in found(f"家属{MOBILE}/13900001234")] == [MOBILE, "13900001234"]
    assert sorted(term for _, term in found(f"程某 {ID} {MOBILE} {CARD} 低保")) == sorted((ID, MOBILE, CARD))


@pytest.mark.parametrize("after", ["43", "43b1", "71"])
def test_a_disability_certificate_publishes_the_identity_number(after):
    assert found(f"残疾证号{ID}{after}") == [("privacy-id-card-number", ID)]


def test_a_pupils_number_publishes_the_identity_number():
    assert found(f"学籍号G{ID}") == [("privacy-id-card-number", ID)]


@pytest.mark.parametrize(
    "text",
    [
        # masked
        "程某 34************1231",
        "程某 349901********1231",
        "电话 138****4321",
        "电话 138 **** 4321",
        "电话 138＊＊＊＊4321",
        "卡号 6222 **** **** **** 004",
        "银行卡尾号0004",
        # hotlines and landlines
        "请拨打12345、12349、110、95128或96156",
        "举报电话400-325-6013",
        "办公室电话0564-3374099、010-67558129转8012",
        "24小时值班电话：13800004321",
        "社区报名电话（微信同号）：13800004321",
        # codes
        "统一社会信用代码52340000MJA349901X",
        "统一社会信用代码：349901199001011231",
        "事项编码：11440000006940116U2440102002003",
        "订单号：349901199001011232",
        "电子票据号码：546664522735724385547792",
        "系统日志编号20260618090000123",
        "案号（2026）云99民初13800004321号",
        # amounts, dates, books, addresses
        "支出16547043102元",
        "支出13800004321.67元",
        "合计13800004321万元",
        "公示期：2026.05.10-2026.09.11",
        "ISBN 978-7-5000-0000-1",
        "商品条码6901234567892",
        "https://www.liuxi.example/a/13800004321/349901199001011231.html",
        "文号：柳民〔2026〕13号",
    ],
)
def test_look_alikes_are_silent(text):
    assert found(text) == []


def test_a_birth_after_the_publication_is_no_identity_number():
    later = "34990120300101" + "123"
    later += check_character(later)
    assert found(f"程某{later}") == [("privacy-id-card-number", later)]
    assert found(f"程某{later}", published_at=datetime(2026, 6, 1, tzinfo=UTC)) == []


@pytest.mark.parametrize("number", ["13800004321", "138-0000-4321", "１３８００００４３２１", "+86 138 0000 4321"])
def test_a_registered_public_number_is_silent(number):
    assert found("张三手机：138 0000 4321", public_numbers=frozenset({number})) == []
    assert found("张三手机：138 0000 4322", public_numbers=frozenset({number})) != []


def test_an_unallotted_prefix_needs_the_word_phone_nearby():
    (finding,) = SCANNER.scan_post([Segment("body", "联系电话16000004321")])
    assert finding.confidence is Confidence.MEDIUM
    assert found("第16000004321号") == []


def test_fifteen_digits_need_context():
    assert found("户主身份证号：349901550708123") == [("privacy-id-card-number-15", "349901550708123")]
    assert found("设备串号349901550708123") == []


@given(st.text("0123456789 -\n件第号月", max_size=60))
def test_never_two_findings_for_the_same_digits(text):
    findings = SCANNER.scan_post([Segment("body", text)])
    places = sorted((place.start, place.end) for finding in findings for place in finding.occurrences)
    assert all(left[1] <= right[0] for left, right in pairwise(places))


@given(st.dates(datetime(1930, 1, 1).date(), datetime(2025, 12, 31).date()), st.integers(1, 999))
def test_every_valid_number_is_found(born, sequence):
    first = f"349901{born:%Y%m%d}{sequence:03d}"
    value = first + check_character(first).upper()
    assert ("privacy-id-card-number", value) in found(f"程某，{value}，低保")
    wrong = first + ("0" if value[-1] != "0" else "1")
    assert ("privacy-id-card-number", wrong) not in found(f"程某，{wrong}，低保")


def test_severities():
    findings = SCANNER.scan_post([Segment("body", f"身份证{ID}，手机{MOBILE}，银行卡{CARD}")])
    assert [finding.severity for finding in findings] == [Severity.VETO, Severity.VETO, Severity.MINOR]
