"""Every kind of private value beyond the three common numbers: what makes it private, and what keeps it public."""

from __future__ import annotations

import pytest

from domain.post import Segment
from domain.rule import Severity
from scanners.checks.weak_mask import candidates
from scanners.engine import Scanner
from tests.scanners.examples import KEY, book

SCANNER = Scanner(book(), KEY, frozenset({"privacy"}))


def found(text: str, context: str = "") -> list[tuple[str, str, Severity]]:
    segments = [Segment("body", text, context=context)]
    return [
        (finding.rule_id.removeprefix("privacy-"), finding.term, finding.severity)
        for finding in SCANNER.scan_post(segments)
    ]


def test_a_mistyped_number_is_a_notice_and_below_a_label_a_fault():
    wrong = "349901199001011232"
    assert found(f"程明{wrong}") == [("id-card-number-suspected", wrong, Severity.NOTICE)]
    assert found(f"身份证号{wrong}") == [("id-card-number-suspected", wrong, Severity.MINOR)]
    assert found(wrong, "身份证号\t程明") == [("id-card-number-suspected", wrong, Severity.MINOR)]
    assert found(wrong, "项目编号\t程明") == []


def test_what_a_spreadsheet_leaves_of_a_number():
    assert found("349901195501011000", "身份证号\t程明")[0][0] == "id-card-number-suspected"
    assert found("3.49901195501010E+17", "身份证号\t程明")[0][0] == "id-card-number-suspected"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("34990119900101123143", "残疾"),
        ("34990119900101123143B1", "残疾"),
        ("G349901199001011231", "学籍"),
        ("810000199001010019", "港澳台"),
        ("934499198005120012", "外国人"),
        ("342401189906151236", "居民身份证"),
    ],
)
def test_relatives_of_the_identity_number(value, told):
    (finding,) = SCANNER.scan_post([Segment("body", f"名单：{value}。")])
    assert finding.rule_id == "privacy-id-card-number"
    assert told in finding.explanation


def test_an_old_number_directly_after_a_name_needs_no_label():
    assert found("程明349901550708123已登记") == [("id-card-number-15", "349901550708123", Severity.MAJOR)]
    assert found("编码349901550708123已登记") == []


def test_a_number_spread_over_cells():
    segments = [
        Segment("attachment:1", "349901", context="身份证号\t程明\t19900101\t1231", locator="S!B2"),
        Segment("attachment:1", "19900101", context="身份证号\t程明\t349901\t1231", locator="S!C2"),
        Segment("attachment:1", "1231", context="身份证号\t程明\t349901\t19900101", locator="S!D2"),
    ]
    (finding,) = SCANNER.scan_post(segments)
    assert (finding.rule_id, finding.term) == ("privacy-id-card-number", "349901")


@pytest.mark.parametrize(
    ("text", "context", "rule"),
    [
        ("E00001234", "护照号码\t程明", "passport-number"),
        ("10002000300045", "一卡通账号\t程明", "bank-account-number"),
        ("石桥镇清溪村八组99号", "家庭住址\t程明", "home-address"),
        ("cheng_mou0001", "微信号\t程明", "contact-account"),
        ("皖N0A001", "车牌号\t程明", "vehicle-plate"),
        ("南字第00001234号", "军官证号\t程明", "personal-certificate"),
        ("349901550708123", "证件号码\t程明", "id-card-number-15"),
        ("16000004321", "联系电话\t程明", "mobile-number"),
    ],
)
def test_the_head_of_the_column_says_what_a_bare_value_is(text, context, rule):
    assert [name for name, _, _ in found(text, context)] == [rule]
    assert found(text, "备注\t物资") == []


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("13800004321", "值班电话\t程明"),
        ("349901199001011231", "统一社会信用代码\t程明"),
        ("6222000000000000004", "捐赠账户\t慈善总会"),
    ],
)
def test_the_head_of_the_column_makes_a_number_public(text, context):
    assert found(text, context) == []


def test_a_head_far_above_counts():
    rows = "".join(f"程明\t石桥镇\t{900 + number}\n" for number in range(30))
    text = f"姓名\t乡镇\t证件号码\n{rows}周静\t石桥镇\t349901550708123"
    assert ("id-card-number-15", "349901550708123", Severity.MAJOR) in found(text)


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("程明，现住柳溪市河湾路99号清溪小区9栋9单元999室。", Severity.MAJOR),
        ("现住柳溪市河湾路99号清溪小区9栋9单元999室。", Severity.MINOR),
        ("户籍地址：石桥镇清溪村八组。", Severity.MINOR),
        ("入户核查清溪花园三栋二单元501室（程明家）。", Severity.MAJOR),
    ],
)
def test_addresses_to_the_door(text, severity):
    ((rule, _, grade),) = found(text)
    assert (rule, grade) == ("home-address", severity)


@pytest.mark.parametrize(
    "text",
    [
        "程明，现住石桥镇清溪村。",
        "办公地址：柳溪市河湾路99号政务服务中心3号楼302室。",
        "活动地点：柳溪市清溪小区9栋社区会议室。",
        "清溪村三组至五组道路硬化工程完工。",
        "收件地址：柳溪市河湾路99号柳溪市民政局501室，邮编990000。",
        "投标文件递交地点：公共资源交易中心3号楼201室。",
        "河湾路99号院改造后有12栋新楼。",
        "依据柳民〔2026〕13号文件。",
    ],
)
def test_places_that_are_nobodys_home(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("349901********1231", None),
        ("34*************231", None),
        ("349901xxxxxxxx1231", None),
        ("34990119900101****", Severity.MINOR),
        ("3499011990****1231", Severity.MINOR),
        ("349901●●●●●●●●1231", None),
        ("34990119******1231", Severity.NOTICE),
    ],
)
def test_masks_are_graded_by_what_remains_possible(text, grade):
    assert [severity for _, _, severity in found(f"程明，身份证号{text}，低保。")] == ([grade] if grade else [])


def test_a_masked_birth_date_beside_the_birth_date_is_no_mask():
    text = "程明，身份证号349901********1231，出生日期1990年1月1日"
    assert [rule for rule, _, _ in found(text)] == ["weak-mask"]


def test_how_many_numbers_remain():
    assert candidates("34990119900101****") == 1_000
    assert 30 <= candidates("3499011990****1231") <= 34
    assert candidates("349901********1231") > 3_000


@pytest.mark.parametrize(("text", "fires"), [("138000**321", True), ("138****4321", False), ("1380000****", False)])
def test_masked_mobiles(text, fires):
    assert bool(found(f"程明，电话{text}。")) == fires


@pytest.mark.parametrize(
    "text",
    [
        "执法车皖N0A001到场，车牌清晰。",
        "公务用车拍卖：皖N0A001小型轿车。",
        "投稿邮箱：lxmz0001@163.com",
        "联系我们：mzj@liuxi.gov.cn",
        "微信公众号：liuximinzheng",
        "咨询QQ：1000000001",
        "报名QQ群：1000000001",
        "账号：10002000300045，开户名称：柳溪市财政局国库支付中心",
        "护照办理须知：持G字头护照者请到二楼。",
        "婚姻登记2026年共办理1234件。",
        "申请人的社保卡、户口簿原件。",
        "办事指南实施编码：11349900001234567A4001",
    ],
)
def test_public_values(text):
    assert found(text) == []
