"""Lists of people are counted by persons; headings that punish or must disclose lower what they show."""

from __future__ import annotations

import pytest

from domain.post import Segment
from domain.rule import Severity
from scanners.checks.resident_id import check_character
from scanners.engine import Scanner
from scanners.exemptions import DISCLOSURE, PUNISHMENT, exemptions
from scanners.guards import Drop, Guard
from tests.scanners.examples import KEY, book

SCANNER = Scanner(book(), KEY, frozenset({"privacy"}))
ID = "349901199001011231"
NAMES = ["程明", "周静", "徐安", "吴宁", "何平", "郭丽", "罗强", "郑洁", "梁军", "谢芳", "宋伟", "唐敏"]


def number(index: int) -> str:
    first = f"34990119{50 + index}0101{index + 1:03d}"
    return first + check_character(first).upper()


def lists(segments: list[Segment]) -> list[tuple[Severity, str]]:
    return [
        (finding.severity, finding.facts["people"])
        for finding in SCANNER.scan_post(segments)
        if finding.rule_id == "privacy-personal-list"
    ]


def table(count: int) -> str:
    rows = "\n".join(f"{index + 1}\t{NAMES[index]}\t{number(index)}\t城市低保" for index in range(count))
    return f"序号\t姓名\t身份证号\t类别\n{rows}"


def sheet(count: int) -> list[Segment]:
    return [
        Segment(
            "attachment:1", number(index), context=f"身份证号\t{NAMES[index]}\t城市低保", locator=f"名单!C{index + 2}"
        )
        for index in range(count)
    ]


@pytest.mark.parametrize("shape", ["table", "sheet"])
@pytest.mark.parametrize(
    ("count", "severity"), [(2, Severity.MAJOR), (9, Severity.MAJOR), (10, Severity.VETO), (12, Severity.VETO)]
)
def test_ten_people_make_it_a_veto(shape, count, severity):
    segments = [Segment("body", table(count))] if shape == "table" else sheet(count)
    assert lists(segments) == [(severity, str(count))]


def test_the_same_person_twice_is_one():
    assert lists([*sheet(2), *sheet(2)]) == [(Severity.MAJOR, "2")]


def test_one_row_with_a_number_is_left_to_the_rule_of_the_number():
    drops: list[Drop] = []
    SCANNER.scan_post([Segment("body", table(1))], drops=drops)
    assert ("privacy-personal-list", Guard.THRESHOLD) in {(drop.rule_id, drop.guard) for drop in drops}
    assert lists([Segment("body", table(1))]) == []


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("姓名 残疾类别 残疾等级\n程明 肢体 二级\n周静 精神 一级", "2"),
        ("姓名\t出生日期\t补贴金额\n程明\t1940-05-06\t100\n周静\t1941年6月7日\t100", "2"),
        ("姓名\t病种\n程明\t尿毒症", "1"),
        ("户主\t家庭住址\n程明\t清溪村八组99号\n周静\t清溪村三组12号", "2"),
        ("发放名单\n程明 13800004321\n周静 13900001234\n徐安 13800001234", "3"),
        ("发放名单：程明（13800004321）、周静（13900001234）。", "2"),
    ],
)
def test_what_counts_as_private_in_a_row(text, people):
    assert lists([Segment("body", text)]) == [(Severity.MAJOR, people)]


@pytest.mark.parametrize(
    "text",
    [
        "姓名 残疾类别\n程* 肢体\n周* 精神",
        "姓名\t出生年月\n程明\t1980.05\n周静\t1981.06",
        "姓名\t乡镇\t金额\n程明\t石桥镇\t1200\n周静\t石桥镇\t1200",
        "姓名\t部门\t办公电话\n程明\t救助科\t13800004321\n周静\t福利科\t13900001234",
        "机构名称\t负责人\t联系电话\n柳溪市社会福利院\t程明\t13800004321\n柳溪市救助管理站\t周静\t13900001234",
        "烈士姓名\t出生日期\n程明\t1920-01-02\n周静\t1921-03-04",
        "姓名 职务 联系方式\n程明 主任 13800004321\n周静 书记 13900001234",
    ],
)
def test_rows_that_expose_nobody(text):
    assert lists([Segment("body", text)]) == []


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("失信被执行人名单", PUNISHMENT),
        ("柳溪市民政局行政处罚决定书", PUNISHMENT),
        ("关于撤销某某协会登记的公告", PUNISHMENT),
        ("寻亲公告", DISCLOSURE),
        ("寻找弃婴生父母公告", DISCLOSURE),
        ("无人认领遗体公告", DISCLOSURE),
        ("关于公布失信被执行人名单信息的若干规定", ""),
        ("行政处罚法宣传活动", ""),
        ("2026年第二季度低保名单公示", ""),
    ],
)
def test_headings_that_exempt(title, kind):
    assert exemptions([Segment("title", title)]).get("title", "") == kind


def test_an_exempt_finding_is_kept_as_a_notice_and_phones_are_not_exempt():
    segments = [Segment("title", "失信被执行人名单"), Segment("body", f"程明，身份证号{ID}，电话13800004321")]
    grades = {finding.rule_id: finding for finding in SCANNER.scan_post(segments)}
    identity = grades["privacy-id-card-number"]
    assert identity.severity is Severity.NOTICE
    assert identity.facts["exempt"] == PUNISHMENT
    assert "第十一条（三）" in identity.explanation
    assert grades["privacy-mobile-number"].severity is Severity.MINOR


def test_a_sentence_about_a_punishment_exempts_nothing():
    text = f"低保公示\n程明曾被行政处罚，列入失信被执行人名单，身份证号{ID}。"
    assert [finding.severity for finding in SCANNER.scan_post([Segment("body", text)])] == [Severity.VETO]


def test_an_attachments_heading_exempts_the_attachment_only():
    segments = [
        Segment("body", f"程明，身份证号{ID}"),
        Segment("attachment:1", "失信被执行人名单"),
        Segment("attachment:1", number(3)),
    ]
    grades = {finding.term: finding.severity for finding in SCANNER.scan_post(segments)}
    assert grades == {ID: Severity.VETO, number(3): Severity.NOTICE}
