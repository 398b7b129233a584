"""A draft: place, reason, suggestion, article; exit codes."""

from __future__ import annotations

import io
import json

import docx
import pytest

from cli import drafting
from cli.exits import Exit

FIELDS = {
    "rule", "family", "severity", "confidence", "field", "start", "end", "term", "sentence", "suggestion", "clause",
    "origin", "hidden", "locator",
}  # fmt: skip


@pytest.fixture
def leaking(people, tmp_path):
    """A draft with an ID number in full-width digits on its third line."""
    number = people.id_card()
    wide = number.translate({ord("0") + n: ord("０") + n for n in range(10)})
    path = tmp_path / "公示.txt"
    path.write_text(f"高龄津贴公示\n现将名单公示如下：\n苏某某，身份证号{wide}。\n严厉打击赌博。\n", encoding="utf-8")
    return path, number, wide


def test_finding_has_place_reason_suggestion_and_article(xunjian, leaking):
    path, number, wide = leaking
    ended = xunjian("check", path)
    assert ended.code == Exit.FINDINGS
    assert "公示.txt：发现 1 个问题（严重 1）" in ended.out
    assert "［严重］公开居民身份证号码（正文：第3行）" in ended.out
    for label in ("原文：", "原因：", "建议：", "依据："):
        assert label in ended.out
    assert "第十一条" in ended.out
    assert number not in ended.out
    assert wide not in ended.out
    assert f"【{number[:2]}*************{number[-3:]}】" in ended.out


def test_clause_that_was_not_checked_is_never_passed_over(xunjian, leaking):
    assert "未检查的条款（不能视为合格）" in xunjian("check", leaking[0]).out


def test_json_has_the_fields_of_the_contract(xunjian, leaking):
    path, _, wide = leaking
    ended = xunjian("check", path, "--format", "json")
    body = json.loads(ended.out)
    assert ended.code == Exit.FINDINGS
    assert set(body) == {"file", "findings", "not_examined"}
    (finding,) = body["findings"]
    assert set(finding) == FIELDS
    assert path.read_text("utf-8")[finding["start"] : finding["end"]] == wide
    assert (finding["rule"], finding["locator"], finding["hidden"]) == ("privacy-id-card-number", "第3行", False)
    assert body["not_examined"] == []


def test_only_findings_at_the_bar_fail(xunjian, tmp_path, people):
    path = tmp_path / "a.txt"
    path.write_text(f"联系人林某某，手机{people.mobile()}。", encoding="utf-8")
    assert xunjian("check", path).code == Exit.FINDINGS
    assert xunjian("check", path, "--fail-on", "major").code == Exit.CLEAN


def test_clean_draft(xunjian, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("柳溪市民政局举行养老服务座谈会。", encoding="utf-8")
    ended = xunjian("check", path)
    assert ended.code == Exit.CLEAN
    assert "a.txt：没有发现问题" in ended.out


def test_standard_input(xunjian, people):
    ended = xunjian("check", "-", stdin=f"身份证号{people.id_card()}".encode())
    assert ended.code == Exit.FINDINGS
    assert ended.out.startswith("标准输入：发现 1 个问题")


def test_part_that_could_not_be_read_makes_the_check_incomplete(xunjian, tmp_path):
    path = tmp_path / "图.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    ended = xunjian("check", path)
    assert ended.code == Exit.INCOMPLETE
    assert "没有发现问题，但有内容未能检查" in ended.out
    assert xunjian("check", path, "--format", "json").code == Exit.INCOMPLETE


def test_document_names_the_place(xunjian, tmp_path, people):
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(1, 1).text = people.id_card()
    buffer = io.BytesIO()
    document.save(buffer)
    path = tmp_path / "名单.docx"
    path.write_bytes(buffer.getvalue())
    (finding,) = json.loads(xunjian("check", path, "--format", "json").out)["findings"]
    assert finding["locator"]


def test_words_of_the_workspace_are_used(xunjian, workspace, tmp_path):
    words = workspace / "lexicons" / "bureau.csv"
    header = words.read_text("utf-8-sig").splitlines()[0].split(",")
    row = {"词语": "柳溪旧称", "级别": "较重", "依据": "liuan-2022-4/art-9", "来源": "局办公室"}
    row["应报"] = "柳溪旧称已经停用"
    words.write_text(",".join(header) + "\n" + ",".join(row.get(name, "") for name in header) + "\n", "utf-8-sig")
    path = tmp_path / "a.txt"
    path.write_text("这里写了柳溪旧称。", encoding="utf-8")
    assert xunjian("check", path).code == Exit.CLEAN
    ended = xunjian("check", path, "--workspace", workspace)
    assert ended.code == Exit.FINDINGS
    assert "柳溪旧称" in ended.out
    assert "未检查的条款" not in ended.out
    assert xunjian("--workspace", workspace, "check", path).code == Exit.FINDINGS


def test_named_workspace_must_exist(xunjian, leaking, tmp_path):
    ended = xunjian("check", leaking[0], "--workspace", tmp_path / "没有")
    assert ended.code == Exit.USAGE
    assert "不是工作区" in ended.err


@pytest.mark.parametrize(
    "line",
    [
        ["check"],
        ["check", "a", "b"],
        ["check", "--help"],
        ["check", "a", "--format"],
        ["check", "a", "--format", "json", "--format", "text"],
        ["check", "a", "--unknown"],
        ["check", "--", "-a"],
        ["-w", "x", "check", "a"],
        ["scan", "a", "b"],
        [],
    ],
)
def test_only_a_plain_check_goes_the_short_way(line):
    assert drafting.plain(line) is None


@pytest.mark.parametrize("line", [["check", "-"], ["check", "a.txt", "--format=json"], ["check", "-w", "x", "a.txt"]])
def test_a_plain_check_does_not_load_the_library_of_commands(line):
    assert drafting.plain(line) is not None


def test_both_ways_say_the_same(xunjian, leaking):
    short = xunjian("check", leaking[0], "--format", "json")
    long = xunjian("check", "--format", "json", "--", leaking[0])
    assert (short.code, short.out) == (long.code, long.out)
