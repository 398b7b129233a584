"""Names and posts that are right or wrong by the day of the post."""

from __future__ import annotations

from datetime import datetime

import pytest

from domain.clock import CHINA
from domain.post import Segment
from domain.rule import Confidence, Severity
from tests.scanners.examples import scanner


def found(rule_id: str, text: str, day: str = "", field: str = "body"):
    at = datetime.fromisoformat(day).replace(hour=9, tzinfo=CHINA) if day else None
    return scanner(rule_id).scan_post([Segment(field, text)], published_at=at)


# -- former names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "last", "first"),
    [
        ("国土资源部", "2018-03-16", "2018-03-17"),
        ("卫计委", "2019-03-31", "2019-04-01"),
        ("银保监会", "2023-05-17", "2023-05-18"),
        ("扶贫办", "2021-06-30", "2021-07-01"),
        ("低保边缘户", "2021-06-30", "2021-07-01"),
        ("《婚姻法》", "2020-12-31", "2021-01-01"),
    ],
)
def test_a_name_is_right_to_its_last_day(name, last, first):
    text = f"有关事项按{name}的意见办理。"
    assert found("wording-former-name", text, last) == ()
    (finding,) = found("wording-former-name", text, first)
    assert finding.term == name
    assert finding.confidence is Confidence.HIGH


def test_the_reason_names_the_day_the_new_name_and_the_source():
    (finding,) = found("wording-former-name", "柳溪市卫计委派员参加。", "2026-03-02")
    assert finding.severity is Severity.MINOR
    assert "发布于 2026-03-02" in finding.explanation
    assert "2019-03-31 后改称" in finding.explanation
    assert "地方机构改革" in finding.explanation
    assert "卫生健康委员会" in finding.message


def test_an_undated_text_counts_as_todays_with_little_confidence():
    (finding,) = found("wording-former-name", "柳溪市卫计委派员参加。")
    assert (finding.severity, finding.confidence) == (Severity.NOTICE, Confidence.LOW)
    assert "发布日期不明" in finding.explanation


def test_an_undated_text_that_speaks_of_no_later_year_is_of_its_time():
    assert found("wording-former-name", "柳政办〔2016〕8号：由柳溪市卫计委牵头。") == ()
    assert found("wording-former-name", "二〇一七年，柳溪市卫计委派员参加。") == ()
    assert len(found("wording-former-name", "2016年以来，到2025年，柳溪市卫计委都派员参加。")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "原柳溪市国土资源局的档案移交完毕。",
        "他时任柳溪市环保局局长。",
        "市工商局、质监局合并组建市场监督管理局。",
        "柳溪市卫计委（现柳溪市卫生健康委）的老同志。",
        "按照《关于柳溪市环保局职责的通知》执行。",
        "机构改革前，扶贫办设在农业部门。",
        "据了解，日本国家税务局公布了新规定。",
        "现代农业部门负责人参加。",
        "柳溪建设公司扶贫办负责捐赠。",
    ],
)
def test_history_titles_and_other_bodies_are_no_findings(text):
    assert found("wording-former-name", text, "2026-03-02") == ()


def test_the_present_names_are_no_findings():
    text = (
        "自然资源局、生态环境局、农业农村局、卫生健康委、市场监督管理局、应急管理局、税务局、消防救援支队、文化和旅游局、"
        "国家金融监督管理总局、退役军人事务局、特困人员、残疾军人、刚性支出困难家庭、最低生活保障边缘家庭、民政局老龄工作科、"
        "《民法典》、居住证、社会组织管理局"
    )
    assert found("wording-former-name", text, "2026-03-02") == ()


# -- leaders --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day", "term"),
    [
        ("国务院总理李克强出席会议。", "2023-03-10", ""),
        ("国务院总理李克强出席会议。", "2023-03-11", "国务院总理李克强"),
        ("国务院总理李强出席会议。", "2023-03-10", "国务院总理李强"),
        ("国务院总理李强出席会议。", "2023-03-11", ""),
        ("国家副主席韩正会见来宾。", "2023-03-09", "国家副主席韩正"),
        ("国务院副总理韩正会见来宾。", "2022-03-09", ""),
        ("外交部部长王毅会见来宾。", "2023-03-09", "外交部部长王毅"),
        ("外交部部长王毅会见来宾。", "2024-03-09", ""),
        ("中共中央总书记、国务院总理习近平出席会议。", "2026-03-09", "国务院总理习近平"),
        ("中共中央总书记、国家主席、中央军委主席习近平出席会议。", "2026-03-09", ""),
        ("李克强总理主持会议。", "2026-03-09", "李克强"),
        ("全国人大常委会副委员长丁仲礼出席。", "2022-03-09", ""),
        ("副委员长丁仲礼出席。", "2022-03-09", ""),
        ("习近平会见新加坡总理 习近平会见日本首相", "2024-03-09", ""),
        ("上海市委书记李强出席会议。", "2019-03-09", ""),
        ("2016年，国务院总理李克强来皖考察。", "2026-03-09", ""),
        ("前国务院总理李克强来过这里。", "2026-03-09", ""),
    ],
)
def test_posts_by_the_day(text, day, term):
    assert [finding.term for finding in found("wording-leader-post", text, day)] == ([term] if term else [])


def test_a_wrong_post_is_major_and_says_whose_it_is():
    (finding,) = found("wording-leader-post", "国务院总理赵乐际出席会议。", "2026-03-09")
    assert finding.severity is Severity.MAJOR
    assert "当时是李强" in finding.explanation
    assert "请核对赵乐际当时的职务" in finding.suggestion


def test_a_former_post_in_an_undated_text_is_only_a_notice():
    (finding,) = found("wording-leader-post", "国务院总理李克强出席会议。")
    assert (finding.severity, finding.confidence) == (Severity.NOTICE, Confidence.LOW)
    assert found("wording-leader-post", "2019年3月，国务院总理李克强出席会议。") == ()


@pytest.mark.parametrize(
    ("text", "day", "term"),
    [
        ("李强、习近平出席会议。", "2026-03-09", "李强、习近平"),
        ("习近平、李强、赵乐际、王沪宁、蔡奇、丁薛祥、李希出席会议。", "2026-03-09", ""),
        ("习近平、李强、王沪宁、赵乐际出席会议。", "2026-03-09", "王沪宁、赵乐际"),
        ("习近平、李克强、栗战书、汪洋、王沪宁、赵乐际、韩正出席会议。", "2019-03-09", ""),
        ("习近平、李克强、汪洋、栗战书出席会议。", "2019-03-09", "汪洋、栗战书"),
        ("汪洋、栗战书回忆往事。", "2026-03-09", ""),
        ("习近平、李强、王沪宁、赵乐际出席会议。", "", ""),
        ("李强、习近平出席会议。", "", "李强、习近平"),
    ],
)
def test_the_order_of_names(text, day, term):
    assert [finding.term for finding in found("wording-leader-order", text, day)] == ([term] if term else [])
