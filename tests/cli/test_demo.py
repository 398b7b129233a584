"""The demo as a newcomer runs it."""

from __future__ import annotations

import re

import pytest

from cli.exits import Exit


@pytest.mark.slow
@pytest.mark.parametrize("browser", [True, False])
def test_demo_agrees_with_its_answer_key(xunjian, tmp_path, monkeypatch, browser):
    if not browser:
        monkeypatch.setenv("XUNJIAN_BROWSER", "/没有/浏览器")
    ended = xunjian("demo", "--check", "--workspace", tmp_path / "demo")
    assert ended.code in (Exit.FINDINGS, Exit.INCOMPLETE), ended.out + ended.err
    assert "召回率 recall=1.00　准确率 precision=1.00" in ended.out
    assert "核对通过" in ended.out
    assert re.search("新增问题 0，读取未到期的内容 0 篇", ended.out)
    if not browser:
        assert "NO_TOOL" in ended.out
    assert len(re.findall(r"^报告　", ended.out, re.M)) == 4


def test_demo_never_overwrites_a_folder_it_did_not_make(xunjian, tmp_path):
    (tmp_path / "资料").mkdir()
    kept = tmp_path / "资料" / "重要.txt"
    kept.write_text("不要删", encoding="utf-8")
    ended = xunjian("demo", "--workspace", tmp_path / "资料")
    assert ended.code == Exit.USAGE
    assert "不会覆盖" in ended.err
    assert kept.read_text("utf-8") == "不要删"
