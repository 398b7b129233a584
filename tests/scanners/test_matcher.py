"""One automaton finds exactly what a search for each word finds, whichever library does it."""

from __future__ import annotations

import importlib.util

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ConfigError
from scanners import matcher
from scanners.matcher import WordMatcher

LETTERS = "赌博网站a1💰\ud800"
KINDS = [
    pytest.param(
        name,
        marks=pytest.mark.skipif(
            importlib.util.find_spec(module) is None, reason=f"{module} is not installed on this processor"
        ),
    )
    for name, module in (("pyahocorasick", "ahocorasick"), ("daachorse", "daachorse"))
]
words_of = st.lists(st.text(LETTERS, min_size=1, max_size=4), max_size=8, unique=True)
texts_of = st.text(LETTERS, max_size=60)


@pytest.mark.parametrize("kind", KINDS)
@given(words=words_of, text=texts_of)
def test_same_as_a_naive_search(kind, words, text):
    found = list(WordMatcher(((word, word) for word in words), kind).find(text))
    expected = {
        (start, start + len(word), word)
        for word in words
        for start in range(len(text) - len(word) + 1)
        if text.startswith(word, start)
    }
    assert set(found) == expected
    assert len(found) == len(expected)
    assert [end for _, end, _ in found] == sorted(end for _, end, _ in found)


@pytest.mark.skipif(importlib.util.find_spec("daachorse") is None, reason="daachorse is not installed")
@given(words=words_of, text=texts_of)
def test_both_libraries_give_the_same_hits_in_the_same_order(words, text):
    one = WordMatcher(((word, word) for word in words), "daachorse")
    other = WordMatcher(((word, word) for word in words), "pyahocorasick")
    assert list(one.find(text)) == list(other.find(text))


@given(words=words_of, text=texts_of)
def test_a_few_pages_are_searched_without_an_automaton_and_alike(words, text):
    few = WordMatcher((word, word) for word in words)
    assert list(few.find(text)) == list(WordMatcher(((word, word) for word in words), "pyahocorasick").find(text))


def test_the_automaton_takes_over_with_the_same_hits(monkeypatch):
    monkeypatch.setattr(matcher, "FEW", 10)
    words = WordMatcher([("赌博", 1), ("博", 2)])
    assert [list(words.find("去赌博 吧")) for _ in range(4)] == [[(1, 3, 1), (2, 3, 2)]] * 4


@pytest.mark.parametrize("kind", KINDS)
def test_half_a_surrogate_pair_moves_nothing(kind):
    found = WordMatcher([("赌博", 1)], kind).find("\ud83d赌博\udc00💰赌博")
    assert [(start, end) for start, end, _ in found] == [(1, 3), (5, 7)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_of_two_rules_gives_both(kind):
    matcher = WordMatcher([("赌博", 1), ("赌博", 2)], kind)
    assert [(start, end, payload) for start, end, payload in matcher.find("去赌博")] == [(1, 3, 1), (1, 3, 2)]


def test_no_words_find_nothing():
    assert list(WordMatcher[int]([]).find("赌博")) == []


def test_the_library_can_be_forced(monkeypatch):
    monkeypatch.setenv(matcher.VARIABLE, "pyahocorasick")
    assert matcher.chosen() == "pyahocorasick"
    monkeypatch.setenv(matcher.VARIABLE, "grep")
    with pytest.raises(ConfigError, match=r"“grep”；可用：.*pyahocorasick"):
        matcher.chosen()
