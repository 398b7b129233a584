"""What is ruled out before anything is built is nothing that a detector would have found."""

from __future__ import annotations

import pytest

import lexicons
from domain.post import Segment
from scanners import rulebook
from scanners.engine import PostText, Scanner
from scanners.guards import Drop

BOOK = rulebook.load(lexicons.load())
KEY = b"k" * 32
#: Long enough that what holds for short texts only does not hold.
_FILLER = "会议听取了各县区民政局和局属单位的工作汇报，研究部署了下一阶段重点任务。" * 12


def _texts() -> list[str]:
    examples = [example.text for rule in BOOK.rules for example in (*rule.fires, *rule.silent) if example.text]
    terms = [term for lexicon in BOOK.lexicons.values() for term in lexicon.terms]
    words = [text for term in terms for text in (*term.fires, *term.silent)]
    return list(dict.fromkeys([*examples, *words[::5]]))


TEXTS = _texts()


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    prepared = Scanner(BOOK, KEY)
    prepared.prepare()
    return prepared


def posts(texts: list[str]) -> list[PostText]:
    return [PostText(segments=(Segment("body", text),)) for text in texts]


@pytest.mark.parametrize("frame", ["{}", _FILLER + "{}" + _FILLER], ids=["alone", "in a long text"])
def test_bounds_lose_nothing(scanner, frame):
    framed = posts([frame.format(text) for text in TEXTS])
    found = scanner.scan_posts(framed)
    drops: list[Drop] = []
    assert sum(map(len, found)) > 400
    assert found == scanner.scan_posts(framed, drops=drops)
    assert drops


def test_a_title_beside_a_text_loses_nothing(scanner):
    pairs = [
        PostText(segments=(Segment("title", title), Segment("body", body)))
        for title, body in zip(TEXTS[::7], TEXTS[3::7], strict=False)
    ]
    assert scanner.scan_posts(pairs) == scanner.scan_posts(pairs, drops=[])


def test_a_first_page_and_a_whole_corpus_give_the_same_findings(scanner, monkeypatch):
    page_by_page = Scanner(BOOK, KEY)
    monkeypatch.setattr(page_by_page._panel._matcher, "_left", 10**9)
    some = posts(TEXTS[::3])
    assert [page_by_page.scan_posts([post])[0] for post in some] == scanner.scan_posts(some)
