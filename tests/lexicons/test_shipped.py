"""The word lists that come with the program: they load, are large enough, and stay within their severities."""

from __future__ import annotations

import pytest

import lexicons
from domain.rule import Severity
from lexicons.hygiene import plain

HARM = ("pornography", "gambling", "violence", "fraud", "abuse", "black_market")
SHIPPED = ("misstatements", "internal_material", *HARM, "solicitation")


@pytest.fixture(scope="module")
def shipped() -> lexicons.LexiconSet:
    return lexicons.load()


def test_every_list_is_there_and_the_bureaus_own_is_not(shipped: lexicons.LexiconSet) -> None:
    assert {lexicon.name for lexicon in shipped} >= set(SHIPPED)
    assert shipped.get("bureau") is None


def test_misstatements_hold_at_least_150_judged_rows(shipped: lexicons.LexiconSet) -> None:
    lexicon = shipped.get("misstatements")
    assert lexicon is not None
    assert len(lexicon.terms) >= 150
    assert all(term.suggestion and term.note and term.severity for term in lexicon.terms)


def test_harm_words_are_never_gravest_and_always_excusable(shipped: lexicons.LexiconSet) -> None:
    for name in HARM:
        lexicon = shipped.get(name)
        assert lexicon is not None
        for term in lexicon.terms:
            if term.signal:
                continue
            assert term.severity is Severity.MAJOR, term.word
            assert term.excused_by and term.silent, term.word


def test_gravest_words_have_no_excuse_that_would_only_lower_the_confidence(shipped: lexicons.LexiconSet) -> None:
    for lexicon in shipped:
        for term in lexicon.terms:
            assert not (term.severity is Severity.VETO and term.excused_by), term.word


def test_a_suggestion_is_not_the_error_itself(shipped: lexicons.LexiconSet) -> None:
    lexicon = shipped.get("misstatements")
    assert lexicon is not None
    unguarded = [term for term in lexicon.terms if not term.is_guarded]
    assert unguarded
    for term in unguarded:
        assert not any(plain(word) in plain(term.suggestion) for word in term.words if "删去" not in term.suggestion)


@pytest.mark.parametrize("name", SHIPPED)
def test_files_open_in_excel(name: str) -> None:
    assert (lexicons.SHIPPED / f"{name}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
