"""Why a rule fires, and why it does not."""

from __future__ import annotations

import pytest

from pipelines.explain import explain
from tests.scanners.examples import book

ID = "349901199001011231"


@pytest.mark.parametrize(
    ("rule", "text", "line"),
    [
        ("privacy-id-card-number", f"程某{ID}", "报：第 3—20 字“34*************231”，严重，把握高；"),
        (
            "privacy-id-card-number",
            f"程某{ID[:-1]}2",
            "不报：第 3—20 字“34*************232”，校验不符（校验码不符）（check）",
        ),
        ("privacy-mobile-number", "电话138****4321", "不报：第 3—13 字“138****4321”，已经遮盖（masked）"),
        ("privacy-mobile-number", "值班电话13800004321", "不报：第 5—15 字“138****4321”，是公开号码（public）"),
        ("harm-violence", "不得出售枪支", "不报：第 3—6 字“出售枪支”，同句有豁免词（不得）（excuse）"),
        ("harm-violence", "祥和", "不报：没有任何一处与本条相似"),
        ("freshness-dormant", "文字", "本条看账号的更新时间，不看文字"),
    ],
)
def test_lines(rule, text, line):
    (only,) = explain(book(), rule, text)
    assert only.startswith(line)


def test_an_unknown_rule():
    with pytest.raises(KeyError):
        explain(book(), "privacy-nothing", "文字")
