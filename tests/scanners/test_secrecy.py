"""Marks of state secrets, and the many texts that only speak of them."""

from __future__ import annotations

import pytest

from domain.post import Segment
from domain.rule import Confidence
from scanners.engine import Scanner
from tests.scanners.examples import KEY, book

SCANNER = Scanner(book().only("secrecy-classification-mark"), KEY)


def found(text: str) -> list[tuple[str, Confidence]]:
    return [(finding.term, finding.confidence) for finding in SCANNER.scan_post([Segment("body", text)])]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("机密★10年", "机密★10年"),
        ("秘密★1年 柳溪市民政局文件", "秘密★1年"),
        ("绝密★长期", "绝密★长期"),
        ("机密★会议开始前", "机密★会议开始前"),
        ("秘密★2030年6月1日", "秘密★2030年6月1日"),
        ("机 密 ★ 3个月", "机 密 ★ 3个月"),
        ("秘密☆半年", "秘密☆"),
        ("機密★５年", "機密★５年"),
        ("机密*10年", "机密*10年"),
        ("机密女10年", "机密女10年"),
        ("密级：机密", "密级：机密"),
    ],
)
def test_marks(text, term):
    assert found(text) == [(term, Confidence.HIGH)]


@pytest.mark.parametrize(
    "text",
    [
        "国家秘密分为绝密、机密、秘密三级。",
        "保守国家秘密，人人有责。",
        "不得泄露商业秘密和个人隐私。",
        "秘密战线上的英雄。",
        "机密档案保存完好。",
        "密级：公开",
        "本文件不涉及秘密*注",
    ],
)
def test_bare_words_are_silent(text):
    assert found(text) == []


def test_a_lesson_about_marks_is_left_to_a_person():
    assert found("国家秘密标志写作“机密★10年”。") == [("机密★10年", Confidence.LOW)]
