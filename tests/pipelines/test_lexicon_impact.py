"""What an edit of a word list changes on real texts, before it is put to use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from domain.errors import LexiconError
from domain.post import Segment
from lexicons.columns import COLUMNS
from pipelines import lexicon_impact
from scanners.engine import PostText

TEXTS = ["青石计划进展顺利。", "内部代号青石不得外传。", "青石公园今日开放。", "今日天气晴好。"]


def words(path: Path, *rows: dict[str, str]) -> Path:
    path.parent.mkdir(exist_ok=True)
    lines = [",".join(COLUMNS), *(",".join(row.get(name, "") for name in COLUMNS) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return path


def row(word: str, **cells: str) -> dict[str, str]:
    return {"词语": word, "级别": "较重", "依据": "liuan-2022-4/art-9", "应报": f"提到{word}。", **cells}


def posts() -> list[tuple[str, PostText]]:
    return [(f"第{number}篇", PostText(segments=(Segment("body", text),))) for number, text in enumerate(TEXTS)]


def test_what_is_added_and_what_is_removed(tmp_path):
    own = tmp_path / "lexicons"
    words(own / "bureau.csv", row("青石计划"), row("内部代号青石"))
    edited = words(tmp_path / "bureau.csv", row("青石计划"), row("青石公园"))
    impact = lexicon_impact.compare(edited, posts(), own)
    assert (impact.documents, impact.kept) == (4, 1)
    assert (impact.added.terms, impact.added.documents) == ({"青石公园": 1}, 1)
    assert (impact.removed.terms, impact.removed.documents) == ({"内部代号青石": 1}, 1)
    (added,) = impact.added.examples
    assert (added.document, added.sentence) == ("第2篇", "青石公园今日开放。")


def test_a_first_list_only_adds(tmp_path):
    edited = words(tmp_path / "bureau.csv", row("青石计划"))
    impact = lexicon_impact.compare(edited, posts(), tmp_path / "nothing")
    assert (impact.added.findings, impact.removed.findings) == (1, 0)


def test_an_exception_silences(tmp_path):
    own = tmp_path / "lexicons"
    words(own / "bureau.csv", row("青石公园"))
    edited = words(tmp_path / "bureau.csv", row("青石公园", 例外语境="青石公园今日", 不报="青石公园今日休园。"))
    impact = lexicon_impact.compare(edited, posts(), own)
    assert (impact.added.findings, impact.removed.terms) == (0, {"青石公园": 1})


def test_a_shipped_list_is_replaced(tmp_path):
    edited = words(tmp_path / "gambling.csv", row("青石公园"))
    impact = lexicon_impact.compare(edited, posts(), shipped=True)
    assert impact.added.terms == {"青石公园": 1}


def test_a_list_that_no_rule_reads_is_refused(tmp_path):
    with pytest.raises(LexiconError, match=r"没有规则使用词库“敏感词”；文件名应为：.*bureau"):
        lexicon_impact.compare(words(tmp_path / "敏感词.csv", row("青石")), posts())


def test_a_bad_line_of_the_corpus_is_told(tmp_path):
    path = tmp_path / "corpus.jsonl"
    path.write_text(json.dumps({"id": 7, "title": "题", "text": "文"}) + "\n{\n\n", encoding="utf-8")
    told: list[str] = []
    ((name, post),) = lexicon_impact.corpus(path, told.append)
    assert (name, [segment.text for segment in post.segments]) == ("7", ["题", "文"])
    assert len(told) == 1
    assert "corpus.jsonl:2：不是正确的 JSON" in told[0]
