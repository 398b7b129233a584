"""One automaton finds exactly what a search for each word finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scanners.matcher import WordMatcher

LETTERS = "赌博网站a1💰\ud800"


@given(
    st.lists(st.text(LETTERS, min_size=1, max_size=4), max_size=8, unique=True),
    st.text(LETTERS, max_size=60),
)
def test_same_as_a_naive_search(words, text):
    matcher = WordMatcher((word, word) for word in words)
    expected = {
        (start, start + len(word), word)
        for word in words
        for start in range(len(text) - len(word) + 1)
        if text.startswith(word, start)
    }
    found = list(matcher.find(text))
    assert set(found) == expected
    assert len(found) == len(expected)
    assert [end for _, end, _ in found] == sorted(end for _, end, _ in found)


def test_a_word_of_two_rules_gives_both():
    matcher = WordMatcher([("赌博", 1), ("赌博", 2)])
    assert [(start, end, payload) for start, end, payload in matcher.find("去赌博")] == [(1, 3, 1), (1, 3, 2)]


def test_no_words_find_nothing():
    assert list(WordMatcher[int]([]).find("赌博")) == []
