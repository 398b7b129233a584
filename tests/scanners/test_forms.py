"""Wrong forms are the same, and are found at the same places, whether they are written out or not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lexicons
from domain.post import Segment
from lexicons import Term
from scanners import matcher, rulebook
from scanners.edit import Phrase
from scanners.edits import wrong_forms
from scanners.engine import PostText, Scanner
from scanners.matcher import WordMatcher

TEXTS = ["国务院", "四个意识", "乡村振兴", "人民当家作主", "民生保障", "以人民为中心", "人人人", "为民为民"]
PHRASES = [Phrase(text, Term(word=text, clause="", fires=())) for text in TEXTS]
FORMS = wrong_forms(0, PHRASES)
WRITTEN = dict(FORMS.all())
SAMPLE = sorted(WRITTEN)


def written_out(text: str) -> set[tuple[int, int, str]]:
    sizes = {len(form) for form in WRITTEN}
    pieces = ((at, at + size) for at in range(len(text)) for size in sizes if at + size <= len(text))
    return {(start, end, text[start:end]) for start, end in pieces if text[start:end] in WRITTEN}


@given(st.lists(st.sampled_from([*SAMPLE, *TEXTS, "民", "人", "为", "。"]), max_size=6).map("".join))
def test_found_where_they_stand(text):
    found = list(FORMS.find(text))
    assert {(start, end, form) for start, end, form, _ in found} == written_out(text)
    assert len(found) == len(written_out(text))
    assert all(payload == WRITTEN[form] for _, _, form, payload in found)


@given(st.lists(st.sampled_from([*SAMPLE, *TEXTS, "民", "人", "。"]), max_size=6).map("".join))
def test_the_automaton_takes_over_with_the_same_hits(text):
    entries = [("人民", "word"), (SAMPLE[3], "word")]
    few = WordMatcher[object](entries, more=[FORMS])
    all_at_once = WordMatcher[object](entries, "pyahocorasick", more=[FORMS])
    assert sorted(map(str, few.find(text))) == sorted(map(str, all_at_once.find(text)))
    few._left = 1
    assert sorted(map(str, few.find(text))) == sorted(map(str, all_at_once.find(text)))
    assert sorted(map(str, few.find(text))) == sorted(map(str, all_at_once.find(text)))


def test_a_first_page_and_a_whole_corpus_give_the_same_findings(monkeypatch):
    book = rulebook.load(lexicons.load())
    terms = (term for lexicon in book.lexicons.values() for term in lexicon.terms)
    texts = [text for term in terms for text in (*term.fires, *term.silent)][::7][:400]
    posts = [PostText(segments=(Segment("body", text),)) for text in texts]
    page_by_page = Scanner(book, b"k" * 32)
    monkeypatch.setattr(page_by_page._panel._matcher, "_left", 10**9)
    at_once = Scanner(book, b"k" * 32)
    monkeypatch.setattr(matcher, "FEW", 0)
    at_once._panel._matcher._left = 1
    expected = at_once.scan_posts(posts)
    assert sum(map(len, expected)) > 100
    assert page_by_page.scan_posts(posts) == expected


@pytest.mark.parametrize("form", ["国务愿", "国院", "国国务院", "务国院"])
def test_one_edit_of_every_kind_is_a_form(form):
    assert (form in WRITTEN) == any(found == form for _, _, found, _ in FORMS.find(f"由{form}公布"))
