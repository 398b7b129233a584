"""The bulk contract, from the command line."""

from __future__ import annotations

import json

from cli.exits import Exit


def test_findings_out_stats_and_exit_code(xunjian, tmp_path, people):
    source, target, stats = tmp_path / "in.jsonl", tmp_path / "out.jsonl", tmp_path / "stats.json"
    number = people.id_card()
    rows = [{"id": "a", "text": f"身份证号{number}"}, {"id": 2, "text": "严厉打击赌博"}]
    source.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    ended = xunjian("scan", source, target, "--stats", stats)
    assert ended.code == Exit.FINDINGS
    assert ended.out == ""
    (finding,) = map(json.loads, target.read_text("utf-8").splitlines())
    assert (finding["id"], finding["rule"], finding["field"]) == ("a", "privacy-id-card-number", "body")
    assert number not in target.read_text("utf-8")
    assert json.loads(stats.read_text())["documents"] == 2


def test_bad_line_is_told_with_its_number_and_the_rest_goes_on(xunjian, tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "a", "text": "好"}\n不是\n{"id": "c", "text": "好"}\n', encoding="utf-8")
    ended = xunjian("scan", source, target)
    assert ended.code == Exit.USAGE
    assert f"{source}:2：" in ended.err
    assert "检查 2 篇" in ended.err
    assert target.read_text() == ""


def test_families_narrow_the_scan(xunjian, tmp_path, people):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": "a", "text": f"身份证号{people.id_card()}"}), encoding="utf-8")
    assert xunjian("scan", source, target, "--families", "ads").code == Exit.CLEAN
    ended = xunjian("scan", source, target, "--families", "ads,广告")
    assert ended.code == Exit.USAGE
    assert "不认识类别 广告" in ended.err


def test_output_never_overwrites_the_input(xunjian, tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text("{}", encoding="utf-8")
    ended = xunjian("scan", source, source)
    assert ended.code == Exit.USAGE
    assert source.read_text() == "{}"
