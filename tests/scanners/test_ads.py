"""Commercial promotion is a sum of signals within one passage; civil affairs have many honest look-alikes."""

from __future__ import annotations

import pytest

from domain.post import Segment
from domain.rule import Severity
from scanners.engine import Scanner
from scanners.guards import Guard
from tests.scanners.examples import KEY, book

SCANNER = Scanner(book().only("ads-commercial-promotion"), KEY)
#: Official prose without any signal; its length is what counts.
PROSE = "各县区要落实工作责任，完善工作机制。"


def scan(body: str, title: str = "", drops=None):
    segments = [Segment("title", title)] if title else []
    return SCANNER.scan_post([*segments, Segment("body", body)], drops=drops)


def test_eight_points_are_major_four_are_minor():
    (major,) = scan("周年店庆，现价99元起，欢迎选购，先到先得。")
    (minor,) = scan("本店店庆，欢迎来电。")
    assert (major.severity, minor.severity) == (Severity.MAJOR, Severity.MINOR)
    assert int(major.facts["score"]) >= 8
    assert 4 <= int(minor.facts["score"]) < 8


def test_the_heaviest_signal_is_the_term_and_all_are_places():
    (finding,) = scan("店庆半价，手慢无。")
    assert finding.term == "手慢无"
    assert {place.start for place in finding.occurrences} == {0, 2, 5}
    assert "号召购买或加盟" in finding.message


def test_signals_far_apart_are_no_promotion():
    drops = []
    assert scan(f"周年店庆。{PROSE * 40}欢迎来电。", drops=drops) == ()
    assert [drop.guard for drop in drops] == [Guard.THRESHOLD]


def test_title_and_body_count_together():
    assert scan("到店可领代金券。") == ()
    assert len(scan("到店可领代金券，欢迎来电。", title="柳溪商城周年店庆")) == 1


def test_weak_signals_and_a_telephone_number_sell_nothing():
    assert scan("您好，节日期间活动地点不变，手机13900000000。") == ()


def test_a_long_text_has_to_say_more():
    notice = "本店店庆，欢迎来电。"
    assert len(scan(notice)) == 1
    assert scan(notice + PROSE * 20) == ()
    assert len(scan("本店店庆，满100减50，欢迎来电选购，手慢无。" + PROSE * 20)) == 1


def test_what_speaks_to_nobody_counts_less():
    (spoken,) = scan("满100减50，您看看。")
    drops = []
    assert scan("满100减50。", drops=drops) == ()
    assert "-1" in drops[0].detail or drops[0].detail == "3-1 分"
    assert "对读者说话" in spoken.message


@pytest.mark.parametrize(
    "price", ["买一送一", "满200减30", "充100送50", "一律八八折", "8.5折起", "现价99元", "￥49.9", "199元起"]
)
def test_forms_of_price_and_discount(price):
    (finding,) = scan(f"柳溪商城欢迎您前来选购，{price}。")
    assert {"报价", "折扣", "促销用语"} & set(finding.facts["signals"].split("、"))


@pytest.mark.parametrize("phrase", ["一波三折", "骨折", "打折扣", "折合人民币", "百折不挠", "3折叠"])
def test_what_only_looks_like_a_discount(phrase):
    drops = []
    scan(f"欢迎您，{phrase}。", drops=drops)
    assert drops
    assert "折扣" not in drops[0].detail


@pytest.mark.parametrize(
    "contact",
    [
        "微信：dk88661",
        "加微：小陈",
        "QQ：88996655",
        "扣扣联系",
        "微信同号",
        "客服微信",
        "taobao.com",
        "t.cn/A6abc",
        "点小黄车",
    ],
)
def test_ways_to_buy(contact):
    assert len(scan(f"奶粉半价，{contact}。")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "关注微信公众号“柳溪民政”，办事不用跑。",
        "扫描微信群二维码入群，QQ群：政策咨询。",
        "网址 https://abc.gdhealth.net.cn/a，咨询电话0599-2345678。",
    ],
)
def test_official_channels_are_no_shop(text):
    assert scan(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "云江老窖厂家直供，一箱六瓶只要268，支持货到付款，李经理13900000000。",
        "临街商铺最后12席，首付15万起，贵宾专线0599-8886666。",
        "青禾学堂暑期班，小班教学，前20名报名立减500元，扫码咨询。",
        "急用钱找我，身份证就能办，最高30万，微信：dk88661。",
        "新店开张，小龙虾一律八八折，前五十桌送冰啤，地址：人民路66号。",
        "尊敬的用户，免费领30GB流量，拒收请回复R。",
        "奶粉买6罐送1罐，加微：小陈。",
        "膏药三贴除根，无效全额退款，货到付款。",
        "双人墓穴9.8折，墓位优惠，看墓请致电400-000-1234。",
        "代开餐饮发票，点数低，可先验后付，139 0000 2222 小陈。",
        "日结300，在家赚，手机兼职，联系QQ：88996655。",
        "恭喜您成为本台幸运观众，登录网址领取奖金。",
        "凤凰山漂流亲子价199元，购票链接在文末，欢迎您来。",
    ],
)
def test_trades(text):
    assert len(scan(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "端午将至，柳溪市老年活动中心邀请您来包粽子！活动时间：6月5日上午9点，名额有限，先到先得，报名电话：0599-2345678。",
        "您好！老年大学春季班开始报名了，开设书法、舞蹈、钢琴等课程，学费每期80元，欢迎您前来报名，咨询电话2345678。",
        "柳溪市婚姻登记中心集体颁证仪式开始报名啦！参加的新人获赠精美礼品一份，快来报名吧！电话：2345678。",
        "清明祭扫提示：请您错峰出行。现场免费发放鲜花，数量有限，先到先得，详询市殡葬管理所。",
        "市社会福利院欢迎咨询入住。收费标准：自理老人每月1200元，全护理2600元。王院长13900001234。",
        "慈善超市爱心义卖，全场商品低价，所得用于困境儿童，欢迎市民前来选购，活动时间：6月1日至3日。",
        "柳溪市公开招聘社区工作者公告：招聘岗位20个，月薪3500元，报名电话2345678。",
        "柳溪市养老服务消费券来了！最高可抵扣800元，扫码领取，先到先得，数量有限！",
        "购买智能床垫可享适老化改造补贴立减30%，名额有限。",
        "欢迎加入志愿者队伍，联系人小李13900001234，微信同号。",
        "社区食堂上新：红烧肉12元、小炒6元起，老年人凭证打8折。",
        "刮刮乐“好运来”新品上市，欢迎到店体验，理性购彩，福利彩票公益金用于助老。",
        "走失老人张某，如有线索请联系家属吕先生，手机13900002085，必有重谢！",
        "市民政局采购空调、电视等设备，预算48万元，供应商须具备相应资质，欢迎来电咨询。",
    ],
)
def test_civil_affairs(text):
    assert scan(text) == ()


@pytest.mark.parametrize(
    "about",
    [
        "福利彩票公益金资助项目",
        "惠民殡葬收费标准公示",
        "政府采购招标公告",
        "公开募捐备案的义卖活动",
        "消费帮扶农产品展销",
        "谨防虚假宣传，消费提示",
        "据记者了解",
    ],
)
def test_look_alikes_are_taken_off(about):
    drops = []
    text = "精选商城特价，欢迎您。"
    assert len(scan(text)) == 1
    assert scan(f"{about}：{text}", drops=drops) == ()
    assert [drop.guard for drop in drops] == [Guard.SUBTRACT]


def test_a_look_alike_elsewhere_does_not_save_an_advertisement():
    text = f"消费帮扶活动举行。{PROSE * 60}周年店庆，现价99元起，欢迎您前来选购，先到先得。"
    assert len(scan(text)) == 1


def test_inserted_marks_do_not_hide_a_pattern():
    (finding,) = scan("奶粉低至9*9元，微 信：dk88661。")
    assert "私下联系销售" in finding.facts["signals"]
