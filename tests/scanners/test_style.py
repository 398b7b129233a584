"""Titles that cry for attention, and opinions in the office's name: hints for a person, silent on official prose."""

from __future__ import annotations

import pytest

from domain.post import Segment
from domain.rule import Severity
from scanners.engine import Scanner
from scanners.guards import Guard
from tests.scanners.examples import KEY, book

TITLES = Scanner(book().only("style-clickbait-title"), KEY)
VIEWS = Scanner(book().only("style-personal-view"), KEY)


def title(text: str, drops=None):
    return TITLES.scan_post([Segment("title", text), Segment("body", "正文如下。")], drops=drops)


def view(text: str, drops=None):
    return VIEWS.scan_post([Segment("body", text)], drops=drops)


def test_one_sign_is_a_hint_two_are_a_fault():
    (hint,) = title("必看：社保认证这样办")
    (fault,) = title("必看！！！社保认证竟然这样办")
    assert (hint.severity, fault.severity) == (Severity.NOTICE, Severity.MINOR)
    assert "感叹号堆砌" in fault.message


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("震惊！低保金可以这样领", "惊诧"),
        ("删前速看，明天就没了", "催促观看转发"),
        ("老人独自在家，背后的真相让人沉默", "卖关子"),
        ("刚刚！柳溪发布重要通知", "虚张声势"),
        ("重磅丨养老新政来了", "虚张声势"),
        ("来了!来了!终于来了!", "感叹号堆砌"),
        ("这一幕，全城人看哭", "卖惨煽情"),
        ("敬老院里的小可爱们萌化了", "卖萌"),
        ("😭😭😭敬老院里的故事", "表情堆砌"),
    ],
)
def test_each_sign(text, sign):
    (finding,) = title(text)
    assert sign in finding.facts["signals"]
    assert finding.occurrences[0].field == "title"


@pytest.mark.parametrize(
    "text",
    [
        "柳溪市民政局召开2026年民政工作会议",
        "注意！8月1日起婚姻登记地点有变",
        "好消息！高龄津贴提标了",
        "突发事件应急预案公布",
        "重磅文件解读：养老服务条例",
        "催泪弹使用管理规定",
        "诗朗诵“竟然如此”上演",
        "春节快乐！🎉",
    ],
)
def test_plain_titles(text):
    assert title(text) == ()


def test_only_the_title_is_judged():
    assert TITLES.scan_post([Segment("title", "工作动态"), Segment("body", "震惊！速看！必看！！！")]) == ()


def test_an_opinion_is_a_hint():
    (finding,) = view("关于这件事，我认为责任全在物业。")
    assert finding.severity is Severity.NOTICE
    assert finding.term == "我认为"


@pytest.mark.parametrize(
    "text",
    [
        "他在留言里写道“我觉得很方便”。",
        "老张说：“小编觉得”三个字太多了。",
        "主持人：你怎么看？我认为要看实际。",
        "他表示，我认为这是好事。",
        "在座谈会上的讲话中，我认为有三点要强调。",
        "我们认为，要加强协同。",
        "民政部门认为申请人符合条件的，予以批准。",
    ],
)
def test_words_of_other_people(text):
    assert view(text) == ()


def test_a_quotation_is_told_as_the_reason():
    drops = []
    assert view("展板上写着“我觉得很方便”。", drops=drops) == ()
    assert [drop.guard for drop in drops] == [Guard.EXCUSE]


def test_a_speech_of_some_length_is_a_speech():
    text = "我认为有三点。"
    assert len(view(text)) == 1
    assert view(text + "各部门要抓好落实。" * 400) == ()
