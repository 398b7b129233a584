"""Every single edit of a phrase is found where it is, whatever stands around it, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.rule import Severity
from lexicons import Term
from scanners.edit import Edit, EditKind, Phrase
from scanners.edits import edit_at, short_forms
from scanners.nearscan import MARGIN, NearScan
from scanners.views import codes_of

TEXTS = [
    "国务院",
    "四个意识",
    "乡村振兴",
    "以人民为中心",
    "坚持和发展事业",
    "为民为民",
    "人人人人人人",
    "民生保障制度体系",
    "中华民族伟大复兴战略全局",
    "全面建设社会主义现代化国家新征程",
    "不断满足人民日益增长的美好生活需要",
]
PHRASES = [
    Phrase(text, Term(word=text, clause="", fires=(), severity=Severity.VETO if index % 2 else Severity.MINOR))
    for index, text in enumerate(TEXTS)
]
SCAN = NearScan(PHRASES)
FORMS = dict(short_forms(0, PHRASES))
AROUND = "".join(sorted(set("".join(TEXTS)))) + "，。的a"
EDGE = "\ufdd1" * MARGIN


def edits(text: str, scan: NearScan = SCAN, *, everything: bool = True) -> set[Edit]:
    """All edits of phrases, as spans of ``text``."""
    whole = f"{EDGE}{text}{EDGE}"
    found = {
        edit for spot in scan.find(codes_of(whole), everything=everything) if (edit := edit_at(spot, whole)) is not None
    }
    for form, entry in FORMS.items():
        at = whole.find(form)
        while at != -1:
            found.update(entry.edits(whole, at, at + len(form)))
            at = whole.find(form, at + 1)
    inside = (each for each in found if each.start >= MARGIN and each.end <= MARGIN + len(text))
    return {Edit(each.phrase, each.kind, each.start - MARGIN, each.end - MARGIN, each.at) for each in inside}


def applied(edit: Edit, text: str) -> str:
    """What an edit says should stand in place of what stands there."""
    here, at = text[edit.start : edit.end], edit.at
    match edit.kind:
        case EditKind.REPLACED:
            return here[:at] + edit.phrase.text[at] + here[at + 1 :]
        case EditKind.SWAPPED:
            return here[:at] + here[at + 1] + here[at] + here[at + 2 :]
        case EditKind.DOUBLED:
            assert here[at] == here[at - 1]
            return here[:at] + here[at + 1 :]
        case _:
            return here[:at] + edit.phrase.text[at] + here[at:]


@given(st.sampled_from(PHRASES[3:]), st.text(AROUND, max_size=6), st.integers(0, 40), st.text(AROUND, max_size=6))
def test_a_wrong_character_is_found_where_it_is(phrase, before, at, after):
    text, at = phrase.text, at % len(phrase.text)
    wrong = text[:at] + "龘" + text[at + 1 :]
    assert Edit(phrase, EditKind.REPLACED, len(before), len(before) + len(wrong), at) in edits(
        f"{before}{wrong}{after}"
    )


@pytest.mark.parametrize("phrase", PHRASES, ids=TEXTS)
def test_swaps_gaps_and_doubles(phrase):
    text = phrase.text
    for at in range(len(text) - 1):
        if text[at] != text[at + 1]:
            swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
            assert Edit(phrase, EditKind.SWAPPED, 1, 1 + len(text), at) in edits(f"，{swapped}。")
    for at in range(1, len(text) - 1):
        if len(text) > 3 and text[at] not in (text[at - 1], text[at + 1]):
            dropped = text[:at] + text[at + 1 :]
            assert Edit(phrase, EditKind.DROPPED, 1, len(text), at) in edits(f"，{dropped}。")
    for at in range(len(text)):
        if at + 1 == len(text) or text[at] != text[at + 1]:
            doubled = text[: at + 1] + text[at:]
            assert any(
                each.phrase is phrase and each.kind is EditKind.DOUBLED and each.end - each.start == len(doubled)
                for each in edits(f"，{doubled}。")
            )


@settings(max_examples=200)
@given(
    st.lists(
        st.one_of(st.sampled_from(TEXTS), st.sampled_from(sorted(FORMS)), st.sampled_from([*AROUND])), max_size=9
    ).map("".join)
)
def test_what_is_found_is_one_edit_away(text):
    for edit in edits(text):
        assert applied(edit, text) == edit.phrase.text
        assert text[edit.start : edit.end] != edit.phrase.text


@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS))
def test_a_faultless_phrase_is_no_spot(one, other):
    text = f"{EDGE}，{one}。{other}，{EDGE}"
    assert not [
        spot for spot in SCAN.find(codes_of(text)) if spot.phrase.text in (one, other) and edit_at(spot, text) is None
    ]
    assert edits(f"，{one}。", everything=False) == set()


@pytest.mark.parametrize(
    "piece", ["社会主义现代化国家新征程", "人民日益增长", "为民为民", "乡村政兴", "民", "乡村振新。"]
)
def test_a_text_that_repeats_itself_is_judged_alike_everywhere(piece):
    once, often = edits(piece * 40), edits(piece * 4000)
    shapes = {(each.phrase, each.kind, each.end - each.start, each.at) for each in once}
    assert {(each.phrase, each.kind, each.end - each.start, each.at) for each in often} == shapes
    middle = [each for each in often if len(piece) * 100 <= each.start < len(piece) * 101]
    also = [each for each in often if len(piece) * 200 <= each.start < len(piece) * 201]
    assert [each.start - len(piece) * 100 for each in sorted(middle, key=lambda each: (each.start, each.at))] == [
        each.start - len(piece) * 200 for each in sorted(also, key=lambda each: (each.start, each.at))
    ]


def test_known_wordings_are_no_slips():
    phrase = Phrase("国务委员", Term(word="国务委员", clause="", fires=(), severity=Severity.VETO))
    text = f"{EDGE}人大常务委员会、国误委员{EDGE}"
    assert [spot.start for spot in NearScan([phrase]).find(codes_of(text))] == [MARGIN + 3, MARGIN + 8]
    assert [spot.start for spot in NearScan([phrase], ["常务委员会"]).find(codes_of(text))] == [MARGIN + 8]


def test_half_a_surrogate_pair_is_one_code_point():
    assert list(codes_of("a\ud800乡")) == [0x61, 0xD800, 0x4E61]
    assert edits("\ud800乡村政兴\udfff") == edits("，乡村政兴，")
