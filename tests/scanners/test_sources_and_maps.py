"""Lines of sources, reposts, maps, and forms that ask for personal data."""

from __future__ import annotations

import pytest

from domain.post import Origin, Segment
from domain.rule import Severity
from tests.scanners.examples import scanner


def found(rule_id: str, text: str, *, source: str = "", title: str = "", origin: Origin = Origin.TEXT):
    segments = [Segment("title", title)] if title else []
    segments.append(Segment("body", text, origin))
    if source:
        segments.append(Segment("source", f"来源：{source}"))
    return scanner(rule_id).scan_post(segments)


def terms(rule_id: str, text: str, **given) -> list[str]:
    return [finding.term for finding in found(rule_id, text, **given)]


# -- sources --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("来源：网络", "来源：网络"),
        ("来源: 互联网", "来源: 互联网"),
        ("图片来源于网络，如有侵权请联系删除", "图片来源于网络"),
        ("图源网络", "图源网络"),
        ("（素材来自网络）", "素材来自网络"),
        ("本文转自网络。", "转自网络"),
        ("内容综合网络。", "内容综合网络"),
        ("来源：“网络”", "来源：“网络”"),
        ("图片由网友提供，来源：网友提供", "来源：网友提供"),
        ("来源：朋友圈", "来源：朋友圈"),
        ("来源：不明", "来源：不明"),
    ],
)
def test_a_source_that_is_none(text, term):
    assert terms("source-unknown-origin", text) == [term]


@pytest.mark.parametrize(
    "text",
    [
        "来源：柳溪市民政局网站",
        "来源：网络安全和信息化委员会办公室",
        "主要收入来源：网络销售",
        "信息来源于网络问政平台。",
        "来源：国家互联网应急中心",
        "严禁使用来源：网络的图片。",
        "网络综合治理体系不断完善",
        "患者感染来源：不明",
        "资料综合网络平台数据与走访情况。",
    ],
)
def test_sources_that_can_be_found_and_other_uses(text):
    assert terms("source-unknown-origin", text) == []


def test_the_source_that_a_platform_names_is_judged_too():
    (finding,) = found("source-unknown-origin", "老人防跌倒小知识", source="网络")
    assert finding.occurrences[0].field == "source"
    assert terms("source-commercial-media", "老人防跌倒小知识", source="搜狐新闻") == ["搜狐新闻"]
    assert terms("source-commercial-media", "老人防跌倒小知识", source="云江民政") == []


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("来源：新浪网", "新浪网"),
        ("转自：抖音", "抖音"),
        ("（来源：央视网、今日头条）", "今日头条"),
        ("图片来源：视觉中国", "视觉中国"),
        ("来源：腾讯新闻客户端", "腾讯新闻"),
        ("来源 | 知乎", "知乎"),
    ],
)
def test_commercial_sources(text, term):
    assert terms("source-commercial-media", text) == [term]


@pytest.mark.parametrize(
    "text",
    [
        "来源：微信公众号“柳溪民政”",
        "来源：抖音号“柳溪民政”",
        "来源：百度地图开放平台数据由市自然资源局提供",
        "关注柳溪民政微博、抖音、今日头条账号。",
        "志愿者来自腾讯公司和网易公司。",
    ],
)
def test_names_of_platforms_that_are_no_source(text):
    assert terms("source-commercial-media", text) == []


@pytest.mark.parametrize(
    ("text", "given", "fires"),
    [
        ("【转载】高龄津贴怎样申领\n年满八十周岁可以申请。", {}, True),
        ("【转载】高龄津贴怎样申领\n来源：云江省民政厅", {}, False),
        ("【转载】高龄津贴怎样申领", {"source": "云江民政"}, False),
        ("年满八十周岁可以申请。", {"title": "高龄津贴怎样申领（转载）"}, True),
        ("本文为转载，作者：周某，原载《柳溪日报》。", {}, False),
        ("转载请注明来源。", {}, False),
    ],
)
def test_a_repost_has_a_source(text, given, fires):
    assert bool(terms("source-missing-on-repost", text, **given)) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("来源：XX\n正文", True),
        ("来源：  发布时间：2026-03-02", True),
        ("稿件来源：待定", True),
        ("来源：柳溪市民政局 发布时间：2026-03-02", False),
        ("主要经济来源：无", False),
        ("来源：无锡市民政局", False),
        ("来源：其他资金", False),
    ],
)
def test_a_line_that_is_not_filled_in(text, fires):
    assert bool(terms("source-line-incomplete", text)) is fires


# -- maps -----------------------------------------------------------------------------------------------------------

GRADE = {"": None, "notice": Severity.NOTICE, "minor": Severity.MINOR}


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("图为柳溪市行政区划图。", "notice"),
        ("图2 柳溪市养老机构分布图", ""),
        ("图2：柳溪市养老机构分布图", "notice"),
        ("柳溪市行政区划图（图）", "notice"),
        ("下图是柳溪市地图，请对照。", "notice"),
        ("图为志愿者展示的中国地图。", "minor"),
        ("图为柳溪市行政区划图。审图号：GS(2023)4677号", ""),
        ("图为柳溪市行政区划图。GS（2026）4921号", ""),
        ("图为柳溪市行政区划图，皖S（2023）12号。", ""),
        ("底图来自标准地图服务网站，图为柳溪市行政区划图。", ""),
        ("打开手机地图软件，搜索“柳溪市婚姻登记中心”。", ""),
        ("绘制养老服务地图，方便老人查找。", ""),
        ("图为市公园导览地图。", ""),
        ("持续清理问题地图，图为检查书店里的地图。", ""),
    ],
)
def test_maps_in_captions(text, grade):
    findings = found("maps-missing-approval-number", text)
    assert [finding.severity for finding in findings] == ([GRADE[grade]] if grade else [])


NATION = "新疆\n西藏\n青海\n甘肃\n四川\n云南\n内蒙古\n黑龙江\n台湾省\n海南省\n比例尺"


@pytest.mark.parametrize(
    ("text", "origin", "fires"),
    [
        (NATION, Origin.OCR, True),
        (NATION, Origin.TEXT, False),
        (NATION + "\n审图号：GS（2023）2767号", Origin.OCR, False),
        ("新疆、西藏、青海、甘肃、四川、云南等地受助人员陆续返乡", Origin.OCR, False),
        ("新疆 12\n西藏 3\n青海 5\n甘肃 8\n四川 20\n云南 11", Origin.OCR, False),
        ("西藏\n青海\n甘肃", Origin.OCR, False),
    ],
)
def test_a_picture_like_a_map_of_the_country(text, origin, fires):
    assert bool(terms("maps-unnumbered-picture", text, origin=origin)) is fires


# -- forms ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("报名方式：点击问卷星链接填写，请填写姓名、身份证号码、银行卡号。", Severity.MAJOR),
        ("参加抽奖请在评论区留言，格式：姓名+手机号。", Severity.MINOR),
        ("请私信我们，发送本人身份证正反面照片。", Severity.MAJOR),
        ("通过腾讯文档接龙，填写老人姓名、家庭住址、联系电话。", Severity.MINOR),
        ("请扫码填写并上传人脸照片。", Severity.MAJOR),
        ("请扫码填写，填报身份证号，信息仅用于本次活动，结束后及时删除。", None),
        ("请扫码填写满意度问卷，无需留下个人信息。", None),
        ("请携带身份证到市婚姻登记中心窗口填写申请表，留下联系电话。", None),
        ("谨防诈骗：不要扫码填写身份证号、银行卡号。", None),
        ("欢迎在评论区留言，说说您心中的好邻居。", None),
        ("办理材料：在线问卷之外，另需在政务服务网填写身份证号。", None),
    ],
)
def test_forms_that_ask_for_personal_data(text, severity):
    findings = found("security-data-collection", text)
    assert [finding.severity for finding in findings] == ([severity] if severity else [])
