"""No output of a finding shows a private value of any kind, whichever rule has found it, or none."""

from __future__ import annotations

import pytest

from domain.post import Segment
from scanners.engine import Scanner
from scanners.masking import mask, mask_private, mask_spans
from tests.scanners.examples import KEY, book

ALL = Scanner(book(), KEY)
RULES = [rule for rule in book().rules if rule.family == "privacy"]
EXAMPLES = [
    pytest.param(rule.id, example, id=f"{rule.id}-{at}") for rule in RULES for at, example in enumerate(rule.fires)
]


@pytest.mark.parametrize(("rule_id", "example"), EXAMPLES)
def test_nothing_shown_holds_the_value(rule_id, example):
    findings = ALL.scan_post([Segment("body", example.text)])
    assert rule_id in {finding.rule_id for finding in findings}
    for finding in findings:
        shown = [finding.masked_term, finding.masked_sentence, finding.message, finding.explanation]
        for text in (*shown, *finding.facts.values()):
            assert example.match not in text


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("柳溪市河湾路9999号清溪小区9栋9单元9999室", "柳溪市***"),
        ("石桥镇清溪村八组99号", "石桥镇***"),
        ("皖N0A001", "皖****01"),
        ("chengmou0001@163.com", "c***@163.com"),
        ("E00001234", "*****1234"),
        ("cheng_mou0001", "********0001"),
        ("J349901-2020-000123", "*************0123"),
        ("程明 13800004321", "程***"),
    ],
)
def test_masks_of_other_kinds(value, masked):
    assert mask(value) == masked


def test_another_rules_sentence_hides_what_only_a_label_tells():
    text = (
        "程明，护照号码E00001234，微信号cheng_mou0001，QQ：1000000001，邮箱cheng0001@163.com，清溪小区9栋9单元9999室，"
        "车皖N0A001，账号：100020003000456，拨打12345或0564-3374099，mzj@liuxi.gov.cn，共1200元。"
    )
    masked = mask_private(text)
    for value in ("E00001234", "cheng_mou0001", "1000000001", "cheng0001@", "9单元", "0A001", "100020003000456"):
        assert value not in masked
    for public in ("12345", "0564-3374099", "mzj@liuxi.gov.cn", "1200元"):
        assert public in masked


def test_overlapping_spans_are_masked_once():
    assert mask_spans("程明13800004321在", [(2, 13), (0, 13), (4, 8)]) == "程***在"
