"""``xunjian lexicon impact``."""

from __future__ import annotations

import json

import pytest

from cli.exits import Exit
from lexicons.columns import COLUMNS


@pytest.fixture
def edited(tmp_path):
    row = {"词语": "青石公园", "级别": "较重", "依据": "liuan-2022-4/art-9", "应报": "青石公园开放。"}
    path = tmp_path / "bureau.csv"
    path.write_text(",".join(COLUMNS) + "\n" + ",".join(row.get(name, "") for name in COLUMNS) + "\n", "utf-8-sig")
    return path


def test_on_a_file(xunjian, edited, tmp_path):
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text('{"id": "a", "text": "青石公园今日开放。"}\n{"id": "b", "text": "无"}\n', encoding="utf-8")
    ended = xunjian("lexicon", "impact", edited, "--corpus", corpus)
    assert (ended.code, ended.err) == (Exit.CLEAN, "")
    assert "比较 2 篇：两边都报 0 处" in ended.out
    assert "改后多报 1 处，涉及 1 篇\n  青石公园：1 处\n    a：青石公园今日开放。" in ended.out
    data = json.loads(xunjian("lexicon", "impact", edited, "--corpus", corpus, "--format", "json").out)
    assert data["added"]["terms"] == {"青石公园": 1}


def test_without_a_workspace_a_corpus_has_to_be_named(xunjian, edited):
    ended = xunjian("lexicon", "impact", edited)
    assert ended.code == Exit.USAGE
    assert "请用 --corpus 给出语料文件" in ended.err


def test_on_what_the_workspace_has_read(xunjian, edited, tmp_path):
    assert xunjian("init", tmp_path / "ws").code == Exit.CLEAN
    ended = xunjian("lexicon", "impact", edited, "-w", tmp_path / "ws")
    assert (ended.code, ended.err) == (Exit.CLEAN, "")
    assert "比较 0 篇" in ended.out


def test_missing_files_are_told(xunjian, edited, tmp_path):
    ended = xunjian("lexicon", "impact", edited, "--corpus", tmp_path / "none.jsonl")
    assert ended.code == Exit.USAGE
    assert "没有这个文件" in ended.err
