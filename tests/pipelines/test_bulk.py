"""``xunjian scan`` as other programs rely on it."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from domain.errors import ConfigError
from pipelines import bulk, linefiles
from scanners import matcher
from scanners.factory import ScannerSpec, load_book, scanner_for

ID = "349901199001011231"
SPEC = ScannerSpec(b"k" * 32)


def scan(tmp_path: Path, lines: list[object], spec: ScannerSpec = SPEC, **options):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    source.write_text("\n".join(rows) + "\n", encoding="utf-8", errors="surrogatepass")
    problems: list[str] = []
    stats = bulk.scan_file(source, target, spec, report=problems.append, **options)
    found = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    return found, problems, stats


def test_one_object_a_finding(tmp_path):
    text = f"💰程某，身份证{ID}。"
    found, problems, stats = scan(tmp_path, [{"id": "a", "title": "出售枪支", "text": text}])
    assert problems == []
    assert [row["rule"] for row in found] == ["privacy-id-card-number", "harm-violence"]
    first, second = found
    assert first == {
        "id": "a",
        "rule": "privacy-id-card-number",
        "family": "privacy",
        "severity": "veto",
        "confidence": "high",
        "field": "body",
        "start": text.index(ID),
        "end": text.index(ID) + 18,
        "term": "34*************231",
        "sentence": "💰程某，身份证34*************231。",
        "suggestion": first["suggestion"],
        "clause": "liuan-2022-4/art-11-3",
    }
    assert (second["field"], second["start"], second["end"]) == ("title", 0, 4)
    assert (stats.documents, stats.characters) == (1, len(text) + 4)
    assert stats.bytes == len((text + "出售枪支").encode())


def test_the_order_is_that_of_the_input_with_any_number_of_workers(tmp_path, monkeypatch):
    monkeypatch.setattr(bulk, "BATCH_LINES", 7)
    lines = [{"id": number, "text": f"第{number}条，程某{ID}"} for number in range(60)]
    alone, _, _ = scan(tmp_path, lines)
    together, _, stats = scan(tmp_path, lines, workers=2)
    assert [row["id"] for row in alone] == list(range(60))
    assert together == alone
    assert stats.documents == 60


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "不是正确的 JSON"),
        ("[]", "应为一个 JSON 对象"),
        ({"text": "无"}, "缺少 id"),
        ({"id": "", "text": "无"}, "缺少 id"),
        ({"id": True, "text": "无"}, "缺少 id"),
        ({"id": "a"}, "缺少 text"),
        ({"id": "a", "text": 3}, "text 应为文字"),
        ({"id": "a", "text": "无", "title": []}, "title 应为文字"),
        ({"id": "a", "text": "无", "published_at": "昨天"}, "published_at “昨天”不是 ISO 8601 时间"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_stops_nothing(tmp_path, line, message):
    found, problems, stats = scan(tmp_path, [{"id": 1, "text": ID}, "", line, {"id": 2, "text": ID}])
    assert [row["id"] for row in found] == [1, 2]
    assert len(problems) == 1
    assert f"in.jsonl:3：{message}" in problems[0]
    assert (stats.documents, stats.bad_lines) == (2, 1)


def test_families(tmp_path):
    spec = ScannerSpec(b"k" * 32, families=frozenset({"harm"}))
    found, _, _ = scan(tmp_path, [{"id": 1, "text": f"出售枪支{ID}"}], spec)
    assert [row["family"] for row in found] == ["harm"]


def test_stats_file(tmp_path):
    scan(tmp_path, [{"id": 1, "text": ID}], stats_file=tmp_path / "stats.json")
    stats = json.loads((tmp_path / "stats.json").read_text(encoding="utf-8"))
    assert (stats["documents"], stats["characters"], stats["bytes"]) == (1, 18, 18)
    assert stats["seconds"] > 0


def test_half_a_surrogate_pair_stays_valid_output(tmp_path):
    found, problems, _ = scan(tmp_path, ['{"id": "\\ud83d", "text": "\\udcb0出售枪支"}'])
    assert problems == []
    assert (found[0]["id"], found[0]["term"], found[0]["start"]) == ("\ud83d", "出售枪支", 1)


def test_a_byte_order_mark_and_windows_line_ends(tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b"\xef\xbb\xbf" + json.dumps({"id": 1, "text": ID}).encode() + b"\r\n\r\n")
    assert bulk.scan_file(source, target, SPEC).findings == 1


def test_a_title_that_is_not_utf8_does_not_stop_the_rest(tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes('{"id": 1, "text": "中文"}\n'.encode("gb18030") + b'{"id": 2, "text": "' + ID.encode() + b'"}\n')
    bulk.scan_file(source, target, SPEC)
    assert [json.loads(line)["id"] for line in target.read_text(encoding="utf-8").splitlines()] == [2]


def test_bytes_that_are_not_utf8_are_told_and_the_rest_of_the_line_is_scanned(tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b'{"id": 1, "text": "\xff\xfe ' + f'身份证{ID}"}}\n'.encode())
    problems: list[str] = []
    stats = bulk.scan_file(source, target, SPEC, report=problems.append)
    assert [json.loads(line)["rule"] for line in target.read_text("utf-8").splitlines()] == ["privacy-id-card-number"]
    assert stats.bad_lines == 1
    assert problems[0].startswith(f"{source}:1：有字节不是 UTF-8")


def test_a_line_without_end_is_refused_and_the_next_one_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(linefiles, "LONGEST_LINE", 1000)
    monkeypatch.setattr(bulk, "LONGEST_LINE", 1000)
    long = {"id": 1, "text": "柳" * 5000}
    found, problems, stats = scan(tmp_path, [long, {"id": 2, "text": f"身份证{ID}"}])
    assert [row["id"] for row in found] == [2]
    assert (stats.documents, len(problems)) == (1, 1)
    assert "没有检查；请拆成多行" in problems[0]


def test_a_pipe_or_a_device_is_written_to_and_stays_what_it_is(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": 1, "text": f"身份证{ID}"}), encoding="utf-8")
    with ThreadPoolExecutor(1) as reader:
        read = reader.submit(pipe.read_text, "utf-8")
        bulk.scan_file(source, pipe, SPEC)
        assert json.loads(read.result(10))["id"] == 1
    assert pipe.is_fifo()


@pytest.mark.parametrize("place", [".", "none/out.jsonl"])
def test_a_place_where_nothing_can_be_written_is_told_before_the_work(tmp_path, place):
    source = tmp_path / "in.jsonl"
    source.write_text("{}", encoding="utf-8")
    with pytest.raises(ConfigError, match="目录"):
        bulk.scan_file(source, tmp_path / place, SPEC)
    with pytest.raises(ConfigError, match="目录"):
        bulk.scan_file(source, tmp_path / "out.jsonl", SPEC, stats_file=tmp_path / place)
    assert not (tmp_path / "out.jsonl").exists()


def test_the_output_appears_only_when_it_is_complete(tmp_path):
    target = tmp_path / "out.jsonl"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(OSError, match="No such file"):
        bulk.scan_file(tmp_path / "none.jsonl", target, SPEC)
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_an_account_and_a_date_reach_the_rules(tmp_path):
    later = "349901203001011234"
    first = later[:17]
    from scanners.checks.resident_id import check_character

    value = first + check_character(first)
    lines = [
        {"id": 1, "text": f"程某{value}", "account": "wechat:gh_1", "published_at": "2026-06-18T09:00:00"},
        {"id": 2, "text": f"程某{value}"},
    ]
    found, _, _ = scan(tmp_path, lines)
    assert [row["id"] for row in found] == [2]


@pytest.mark.parametrize("library", ["pyahocorasick", "daachorse"])
def test_whatever_the_matcher_the_batches_and_the_order_the_findings_are_the_same(tmp_path, monkeypatch, library):
    pytest.importorskip("ahocorasick" if library == "pyahocorasick" else library, reason="no wheel for this processor")
    texts = sorted(rule_examples())
    lines = [{"id": number, "text": text} for number, text in enumerate(texts)]
    expected, _, _ = scan(tmp_path, lines, workers=1)
    monkeypatch.setenv("XUNJIAN_MATCHER", library)
    monkeypatch.setattr(matcher, "FEW", 0)
    monkeypatch.setattr(bulk, "BATCH_LINES", 5)
    scanner_for.cache_clear()
    found, _, _ = scan(tmp_path, lines[::-1], workers=2)
    scanner_for.cache_clear()
    assert len(expected) > 50
    assert sorted(map(json.dumps, found)) == sorted(map(json.dumps, expected))


def rule_examples() -> set[str]:
    rules = load_book(SPEC).rules
    examples = {example.text for rule in rules for example in (*rule.fires, *rule.silent) if example.text}
    words = {text for lexicon in load_book(SPEC).lexicons.values() for term in lexicon.terms for text in term.fires}
    return examples | words


def test_a_worker_with_other_words_is_refused():
    with pytest.raises(ConfigError, match="规则或词库与发起检查的机器不同"):
        scanner_for(replace(SPEC, digest="0" * 12))


def test_texts_do_not_leave_the_machine_unencrypted(tmp_path):
    pytest.importorskip("distributed", reason="dask.distributed is not installed (extra scale)")
    with pytest.raises(ConfigError, match=r"tcp://10\.0\.0\.1:8786 不加密"):
        scan(tmp_path, [{"id": 1, "text": "无"}], cluster="tcp://10.0.0.1:8786")
    assert not list(tmp_path.glob("*out*"))
