"""Texts made to be slow, or to break something, are scanned like any other; a word in them is still found."""

from __future__ import annotations

import time

import pytest

import lexicons
from benchmarks import hostile
from domain.post import Segment
from scanners import rulebook
from scanners.engine import PostText, Scanner

ORDINARY = "柳溪市民政局今天召开养老服务工作会议，部署下半年重点任务，各县区民政局负责同志参加。\n"
SCANNER = Scanner(rulebook.load(lexicons.load()), b"k" * 32)
#: A quarter of a million bytes each: long enough that anything quadratic takes minutes.
TEXTS = hostile.texts(ORDINARY * 40, 0.25)
#: The benchmark holds the bound of three times; here a busy machine must not fail, and quadratic work must.
SECONDS = 20


@pytest.mark.parametrize("name", TEXTS)
def test_time_grows_with_length_only(name):
    began = time.process_time()
    SCANNER.scan_post([Segment("body", TEXTS[name])])
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("name", TEXTS)
def test_a_word_at_the_end_is_found_where_it_stands(name):
    text = f"{TEXTS[name][:20_000]}。\n本店出售枪支。"
    findings = SCANNER.scan_post([Segment("body", text)])
    found = {(place.start, place.end) for each in findings for place in each.occurrences if each.term == "出售枪支"}
    assert found == {(len(text) - 5, len(text) - 1)}


def test_neighbours_in_a_batch_do_not_matter():
    texts = [text[:3000] for text in TEXTS.values()] + [
        "",
        "\ufdd0",
        "出售\ufdd0枪支",
        "\ufdd1出售枪支\ufdd0",
        "枪支",
        "出售",
    ]
    posts = [PostText(segments=(Segment("title", "出售枪支"), Segment("body", text))) for text in texts]
    alone = [SCANNER.scan_post(post.segments) for post in posts]
    assert SCANNER.scan_posts(posts) == alone
    assert SCANNER.scan_posts(posts[::-1]) == alone[::-1]


def test_looking_at_everything_finds_the_same():
    texts = [text[:3000] for text in TEXTS.values()]
    for text in texts:
        assert SCANNER.scan_post([Segment("body", text)], drops=[]) == SCANNER.scan_post([Segment("body", text)])
