"""Slips in fixed phrases and in leaders' names."""

from __future__ import annotations

import pytest

from domain.post import Segment
from domain.rule import Severity
from lexicons import Lexicon, LexiconSet, Term
from scanners import rulebook
from scanners.confusion import Likeness, is_known, likely
from scanners.edit import Edit, EditKind, Phrase
from scanners.engine import Scanner
from scanners.odds import gain, is_unheard, leaves_pieces, word_at
from tests.scanners.examples import KEY, book, scanner

PHRASES = scanner("wording-phrase-near-miss")
NAMES = scanner("wording-leader-name")


def found(own: Scanner, text: str) -> list[tuple[str, str]]:
    return [(hit.term, hit.facts["right"]) for hit in own.scan_post([Segment("body", text)])]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("认真落实国务愿办公厅要求。", "国务愿办公厅", "国务院办公厅"),
        ("全面推进中华民族伟大夏兴。", "中华民族伟大夏兴", "中华民族伟大复兴"),
        ("县人民代表太会召开。", "人民代表太会", "人民代表大会"),
        ("坚持以人民中为心。", "以人民中为心", "以人民为中心"),
        ("构建人类命运同体。", "构建人类命运同体", "构建人类命运共同体"),
        ("推动构建人类命运共同同体。", "构建人类命运共同同体", "构建人类命运共同体"),
        ("增强“四个意炽”。", "四个意炽", "四个意识"),
        ("全镇共谋乡村振星之路。", "乡村振星", "乡村振兴"),
        ("柳溪市民政局走访残疾仁群众。", "残疾仁", "残疾人"),
        ("柳溪市力争建成健康中肥。", "健康中肥", "健康中国"),
        ("支持社碗组织参与服务。", "社碗组织", "社会组织"),
        ("统筹推进“五位体”总体布局。", "“五位体”总体布局", "“五位一体”总体布局"),
        ("坚持“五味一体”。", "五味一体", "五位一体"),
        ("走访退疫军人。", "退疫军人", "退役军人"),
        ("增强中华民族共同体识的各项工作。", "中华民族共同体识", "中华民族共同体意识"),
        ("柳溪市推动统战一线工作。", "统战一线", "统一战线"),
        ("学习党党的二十大报告。", "党党的二十大", "党的二十大"),
        ("柳溪市深化改革开开放。", "改革开开放", "改革开放"),
        ("柳溪市加强社社会治理。", "社社会治理", "社会治理"),
        ("深入学习党的九十大精神。", "党的九十大精神", "党的十九大精神"),
    ],
)
def test_one_edit_of_every_kind(text, wrong, right):
    assert found(PHRASES, text) == [(wrong, right)]


@pytest.mark.parametrize(
    "text",
    [
        "中华人民共和国国务院、全国人民代表大会常务委员会、中共中央办公厅。",
        "省教育厅、市财政局、区民政局、县人民政府办公室。",
        "党的十九大、二十大以来，十八届三中全会、二十届三中全会相继召开。",
        "全社会主动参与，基金会组织、学会组织纷纷响应。",
        "坚持依法治国和以德治国相结合，推进依法治市。",
        "人民当家做主。",
        "增进中越人民、中法人民的友谊。",
        "推进依法治林、依法治渔，坚持从严治考。",
        "卢国栋委员代表柳溪市发言。",
        "财政部部长、司法部部长到会；柳溪村村民委员会换届。",
        "柳溪市旅行社社会责任报告；共青团团内活动。",
        "柳溪市采取措施扩内需，优服务。",
        "会议强调共护繁荣、共享成果。",
        "全国人大代表到柳溪市视察，中国人都说好。",
    ],
)
def test_other_wordings_stay_silent(text):
    assert found(PHRASES, text) == []


def test_the_longest_phrase_speaks_for_all():
    text = "学习习近平新时代中国特色社会主义思像。"
    assert [right for _, right in found(PHRASES, text)] == ["习近平新时代中国特色社会主义思想"]


def test_severity_and_source_come_from_the_row():
    (hit,) = PHRASES.scan_post([Segment("body", "认真落实国务愿办公厅要求。")])
    assert hit.severity is Severity.VETO
    assert "来源：" in hit.explanation


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("国家主席习进平发表讲话。", "习进平"),
        ("习近平平总书记考察安徽。", "习近平平"),
        ("习平近总书记考察安徽。", "习平近"),
        ("李墙、赵乐际、王沪宁出席。", "李墙"),
        ("国务院总理李强强出席。", "李强强"),
    ],
)
def test_wrong_names(text, wrong):
    assert [term for term, _ in found(NAMES, text)] == [wrong]


@pytest.mark.parametrize(
    "text",
    [
        "国家主席习近平、国务院总理李强出席。",
        "习近 平总书记考察安徽。",
        "护理员李墙获奖。",
        "局长赵志国表示欢迎。",
        "委员会副主任刘金华到会。",
    ],
)
def test_right_and_other_names(text):
    assert found(NAMES, text) == []


def test_the_offices_own_leaders_are_asked_for():
    own = Lexicon(
        "leaders",
        "领导人姓名库",
        "leaders.csv",
        (Term(word="柳青溪", clause="liuan-2022-4/art-9", fires=("书记柳清溪",), posts=("市委书记",), source="示例"),),
    )
    lists = {**book().lexicons, "leaders": own}
    scanner_ = Scanner(rulebook.load(LexiconSet(lists)).only("wording-leader-name"), KEY)
    assert found(scanner_, "市委书记柳清溪调研。") == [("柳清溪", "柳青溪")]


def test_likeness():
    assert likely("院")["愿"] is Likeness.SAME_SOUND
    assert likely("未")["末"] is Likeness.SHAPE
    assert "院" not in likely("院")
    assert is_known("院") and not is_known("a")


@pytest.mark.parametrize(
    ("text", "phrase", "kind", "at", "high"),
    [
        ("推进社碗组织发展", "社会组织", EditKind.REPLACED, 1, True),
        ("推进社团组织发展", "社会组织", EditKind.REPLACED, 1, False),
    ],
)
def test_what_a_slip_leaves_behind_is_no_word(text, phrase, kind, at, high):
    edit = Edit(Phrase(phrase, Term(word=phrase, clause="", fires=())), kind, 2, 6, at)
    assert (gain(text, edit) > 6) is high


def test_pieces_of_a_word():
    assert word_at("社会组织", 1) == (0, 2)
    assert leaves_pieces("社会组织", 1)
    assert not leaves_pieces("应保尽保", 1)
    assert is_unheard("社碗")
    assert not is_unheard("社团")
