"""Ordinary typing errors: hinted at where the counts of words leave little else, and never more than hinted at."""

from __future__ import annotations

import numpy as np
import pytest

from domain.post import Segment
from domain.rule import Confidence, Severity
from scanners.engine import PostText, Scanner
from scanners.guards import Drop, Guard
from scanners.typoscan import LEAST, TypoScan, limit
from scanners.typoscore import slip_at
from scanners.typotables import alike_of, tables
from scanners.views import codes_of
from tests.scanners.examples import KEY, book

RULE = "wording-typo-suspected"
MARGIN = "\ufdd1" * 8


@pytest.fixture(scope="module")
def scanner():
    return Scanner(book(), KEY, frozenset({"wording"}), preview=True)


def hints(scanner, text, **kwargs):
    found = scanner.scan_post([Segment("body", text)], post_key="1", **kwargs)
    return [finding for finding in found if finding.rule_id == RULE]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("柳溪市民政局召开专题会义研究养老服务。", "会义", "会议"),
        ("请家属及时提交申请材科。", "材科", "材料"),
        ("柳溪市各县区全面落实惠民正策。", "正策", "政策"),
        ("柳溪市救助管理站切实覆行职责。", "覆行", "履行"),
        ("各社会组织要认真履行责任，接受坚督检查。", "坚督", "监督"),
    ],
)
def test_a_slip_is_hinted_at_with_the_word_that_was_meant(scanner, text, wrong, right):
    (finding,) = hints(scanner, text)
    assert finding.term == wrong
    assert right in finding.message
    assert right in finding.suggestion
    assert "未必是错" in finding.explanation
    assert (finding.severity, finding.confidence) == (Severity.NOTICE, Confidence.LOW)


@pytest.mark.parametrize(
    "text",
    [
        "柳溪市民政局召开专题会议研究养老服务。",
        "柳溪市民政局局长周望舒到柳溪市社会福利院走访慰问老人。",
        "请携带身份证、户口簿到柳溪市婚姻登记中心办理登记，咨询电话见公告。",
        "低保、特困、临时救助等社会救助资金按月打卡发放。",
        "※ hui yi 123",
        "",
    ],
)
def test_ordinary_wording_is_silent(scanner, text):
    assert hints(scanner, text) == []


def test_a_long_text_needs_more(scanner):
    slip = "柳溪市民政局召开专题会义研究养老服务。"
    filler = "柳溪市民政局依法办理婚姻登记，做好社会救助和养老服务工作。" * 40
    assert hints(scanner, slip)
    drops: list[Drop] = []
    assert hints(scanner, filler + slip, drops=drops) == []
    assert Guard.THRESHOLD in {drop.guard for drop in drops if drop.rule_id == RULE}


def test_the_limit_grows_with_the_text_and_not_below_a_sentence():
    assert limit(0) == limit(60) == LEAST
    assert limit(61) > LEAST
    assert limit(120) - limit(60) == pytest.approx(limit(1200) - limit(600))


def test_written_twice_it_is_meant(scanner):
    assert hints(scanner, "召开专题会义，会义研究养老服务。") == []


def test_the_same_whatever_stands_beside_it_in_a_block(scanner):
    texts = ["柳溪市民政局召开专题会义研究养老服务。", "严禁挪用善款，接受社会坚督。", "", "请及时提交申请材科。"] * 40
    posts = [PostText(segments=(Segment("body", text),), post_key=str(at)) for at, text in enumerate(texts)]
    together = scanner.scan_posts(posts)
    for post, findings in zip(posts, together, strict=True):
        assert findings == scanner.scan_posts([post])[0]


def test_a_watched_scan_finds_what_a_plain_one_finds(scanner):
    for text in ("召开专题会义研究养老服务。", "接受社会坚督，覆行职责。", "张国清到柳溪市走访。"):
        assert hints(scanner, text) == hints(scanner, text, drops=[])


def test_recognised_text_is_no_ground_for_a_hint(scanner):
    from domain.post import Spot

    text = "请及时提交申请材科。"
    segment = Segment("attachment:1", text, spots=(Spot(0, len(text), (0, 0, 90, 9), 0.99),))
    assert [found for found in scanner.scan_post([segment], post_key="1") if found.rule_id == RULE] == []


def test_both_ways_to_list_look_alikes_agree():
    text = MARGIN + "召开专题会义研究养老服务。接受社会坚督，覆行职责。请及时提交申请材科。" + MARGIN
    few = TypoScan().find(codes_of(text), everything=True)
    many = TypoScan().find(codes_of(text * 60), everything=True)
    assert few
    again = [
        (place - len(text), set(signs), least) for place, signs, least in many if len(text) <= place < 2 * len(text)
    ]
    assert again == [(place, set(signs), least) for place, signs, least in few]


def test_only_same_sound_or_like_shape_counts():
    meant = {chr(code) for code in alike_of("义").tolist()}
    assert "议" in meant
    assert "义" not in meant
    assert "科" in {chr(code) for code in alike_of("料").tolist()}


def test_the_tables_know_words_and_joints():
    known = tables()
    codes = codes_of("会议")
    assert known.words(codes[:1], codes[1:])[0] > -15
    assert known.words(codes[:1], codes_of("窗"))[0] < -50
    assert not known.apart_in(codes)[0]
    assert known.apart_in(codes_of("会义"))[0]
    assert np.all(known.cost[codes] > 0)
    assert known.cost[ord("a")] == 0


def test_the_gain_is_that_of_the_whole_neighbourhood():
    text = "召开专题会义研究养老服务"
    slip = slip_at(text, text.index("义"), "议")
    assert slip is not None
    assert (slip.word, slip.at) == ("会议", 1)
    assert slip.score > LEAST
    assert slip_at("召开专题会义研究", 5, "蚁") is None
