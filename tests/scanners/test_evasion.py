"""Disguised words: read as what they stand for, with the exact way back, and nothing read into honest texts."""

from __future__ import annotations

import random
import time
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.disguises import KINDS, WHOLE
from benchmarks.evasion import sentences
from domain.post import Segment
from domain.rule import Confidence
from scanners.engine import Scanner
from scanners.evasion import Decoder
from scanners.evasion_gate import SHORT, stretches
from scanners.passage import Passage
from tests.scanners.examples import KEY, book

WORDS = ("赌博网站", "加微信", "代开发票", "上门服务", "裸聊", "枪支出售", "91视频", "私服")
DECODER = Decoder(WORDS)


def decode(text: str):
    return DECODER.decode(Passage(Segment("body", text)), [(0, len(text))])


@cache
def scanner() -> Scanner:
    return Scanner(book(), KEY, frozenset({"harm", "ads"}))


def scan(text: str):
    return scanner().scan_post([Segment("body", text)])


@pytest.mark.parametrize(
    ("written", "meant", "spans"),
    [
        ("堵薄网站", "赌博网站", [(0, 1), (1, 2), (2, 3), (3, 4)]),
        ("贝者博网站", "赌博网站", [(0, 2), (2, 3), (3, 4), (4, 5)]),
        ("代开fa票", "代开发票", [(0, 1), (1, 2), (2, 4), (4, 5)]),
        ("代开fp", "代开发票", [(0, 1), (1, 2), (2, 3), (3, 4)]),
        ("luoliao", "裸聊", [(0, 3), (3, 7)]),
        ("佳薇信", "加微信", [(0, 1), (1, 2), (2, 3)]),
        ("➕微信", "加微信", [(0, 1), (1, 2), (2, 3)]),
        ("赌🌸博🌸网🌸站", "赌博网站", [(0, 2), (2, 4), (4, 6), (6, 7)]),
        ("赌x博网站", "赌博网站", [(0, 2), (2, 3), (3, 4), (4, 5)]),
        ("⑨①视频", "91视频", [(0, 1), (1, 2), (2, 3), (3, 4)]),
        ("木仓支出售", "枪支出售", [(0, 2), (2, 3), (3, 4), (4, 5)]),
    ],
)
def test_a_disguise_is_taken_off_with_the_way_back(written, meant, spans):
    decoded = decode(f"有{written}。")
    assert decoded is not None
    text = decoded.compact.text
    at = text.index(meant)
    assert [decoded.compact.span(at + index, at + index + 1) for index in range(len(meant))] == [
        (start + 1, end + 1) for start, end in spans
    ]


@pytest.mark.parametrize(
    "text",
    [
        "微博网站发布公告。",  # 微博 is a word of its own
        "和服与汉服。",  # 和 stands alone in every sentence
        "上门，服务群众。",  # an ordinary mark parts two words
        "GB/T 9704标准。",
        "代开证明、发放支票。",
    ],
)
def test_honest_words_are_left_alone(text):
    decoded = decode(text)
    assert decoded is None or not any(word in decoded.compact.text for word in WORDS)


@given(st.text(alphabet="赌博网站堵薄贝者加薇信duboxw*🌸①。，　 A微", max_size=30))
def test_every_decoded_character_leads_back_in_order(text):
    decoded = decode(text)
    if decoded is None:
        return
    view = decoded.compact
    spans = [view.span(index, index + 1) for index in range(len(view.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_only_suspicious_parts_of_a_long_text_are_read_twice():
    honest = "柳溪市民政局召开会议，部署养老服务工作。" * 20
    assert stretches(honest, []) == []
    assert stretches(honest[:SHORT], []) == [(0, SHORT)]
    odd = f"{honest}赌*b*博w网站{honest}"
    (part,) = stretches(odd, [])
    assert part[0] < odd.index("赌") < part[1] < len(odd)
    assert stretches(honest[:200], [100]) == [(76, 124)]


def test_a_finding_says_what_was_read_and_points_at_the_original():
    text = "最新堵搏网站，等你来。"
    (finding,) = scan(text)
    assert finding.rule_id == "harm-gambling"
    assert finding.term == "堵搏网站"
    assert finding.confidence is Confidence.LOW
    assert "“堵搏网站”即“赌博网站”" in finding.explanation


def test_the_same_excuses_hold():
    assert scan("市公安局打击堵搏网站。") == ()


def test_two_characters_that_sound_alike_are_no_evidence_alone():
    assert scan("思服与制服展示。") == ()


def test_an_undisguised_word_is_said_once():
    assert len(scan("赌博网站，又名堵搏网站。")) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_most_disguised_examples_still_fire(kind):
    source = random.Random(f"test {kind}")
    done = hit = 0
    for sentence, word in sentences(book()):
        changed = KINDS[kind](sentence, source) if kind in WHOLE else sentence.replace(word, KINDS[kind](word, source))
        if changed != sentence and scan(sentence):
            done += 1
            hit += bool(scan(changed))
    assert done
    assert hit >= 0.8 * done, (hit, done)


@pytest.mark.parametrize("unit", ["赌", "dbwz", "赌*", "①", "贝者", "🌸", "赌b*", "加w薇"])
def test_a_hostile_text_is_cheap(unit):
    """Processor time, best of three: the machine may be busy."""
    scan("热")
    times = []
    for _ in range(3):
        began = time.process_time()
        scan(unit * (20_000 // len(unit)))
        times.append(time.process_time() - began)
        if times[-1] < 0.1:
            break
    assert min(times) < 0.5
