"""Words of the trades that a hijacked page brings in: what says everything alone, what only beside other evidence."""

from __future__ import annotations

from functools import cache

import pytest

import lexicons
from domain.post import Segment
from scanners.engine import Scanner
from scanners.folding import fold_word
from scanners.guards import Guard
from tests.scanners.examples import KEY, book

RULES = {
    "gambling": "harm-gambling",
    "pornography": "harm-pornography",
    "fraud": "harm-fraud",
    "black_market": "harm-black-market",
    "abuse": "harm-abuse",
    "violence": "harm-violence",
    "solicitation": "harm-solicitation",
}
#: Titles and short lines as a civil affairs bureau writes them: words of the trades are in many of them.
TITLES = (
    "别再被骗子忽悠啦，养老诈骗套路你要知道",
    "捡到钱包，你会怎么做",
    "嘴硬心软的老支书，我们想你",
    "他把敬老院的老人当爹娘，乡亲们都夸他呀",
    "气死风灯是什么？你见过吗",
    "别让独居老人太孤单，我们来啦",
    "抵制天价彩礼，你做到了吗",
    "你也快来看看吧，社区食堂开饭啦",
    "盲人按摩服务进社区",
    "社区棋牌室免费开放",
    "组织老人喝茶聊天，其乐融融",
    "儿童福利院的孩子没有父母，但有家",
    "志愿者上门理发",
    "老年大学模特队登台表演",
    "激情广场舞大赛落幕",
    "让孤寡老人不再寂寞",
    "养老机构收费价格公示",
    "扫码进群，加入社区志愿者队伍",
    "请加微信群咨询，电话0599-1234567",
    "单身青年联谊交友活动报名",
    "婚姻登记中心举办集体婚礼",
    "柳溪市残疾人兼职就业培训班开班",
    "七夕约会公园，颁证仪式浪漫温馨",
    "春节期间上门慰问困难群众",
    "老人洗澡难？助浴车上门来",
    "中秋品茶会",
    "老年人麻将比赛举行",
    "清明祭扫，倡导文明上坟、禁止烧纸",
    "流浪乞讨人员救助",
    "精神病患者监护补贴发放",
    "垃圾分类从我做起",
    "旧衣服捐赠点，内衣裤除外",
    "如何识别非法集资",
    "办理婚姻登记所需证件",
    "申请低保需要哪些证件和银行卡",
    "养老护理员招聘，日结工资",
    "本中心招聘护理员3名，包吃住，电话0599-1234567",
    "高龄补贴发放到银行卡",
    "代办服务进村，老人少跑腿",
    "关于回收旧版结婚证的通知",
    "慈善超市衣物批发价供应",
    "福彩双色球开奖公告",
    "福彩快3游戏暂停销售公告",
    "社会组织年检通知",
    "收养登记办理指南",
    "涉外收养有关规定",
    "艾滋病防治宣传",
    "家庭暴力告诫书",
    "未成年人防沉迷",
    "殡仪馆收费标准",
    "骨灰寄存服务价格",
    "养老金认证，手机就能做",
    "手机操作培训班，免费教老人用微信",
    "老年人学用智能手机课，一对一教",
    "在家就能办，婚姻登记预约上线",
    "志愿者带你逛养老院",
    "周末来玩，社区儿童游乐场免费",
    "孩子们的笑脸真好看",
    "流浪狗救助站招募志愿者",
    "养猪大户的致富经",
    "狗肉馆整改",
    "社工站来人了",
    "出行提醒：火车票余票充足",
    "网站备用地址公告",
    "浏览器兼容提示",
    "关注公众号，回复1查询",
    "请将材料发送至邮箱abc@163.com，联系人小王",
    "服务热线24小时在线",
    "爱心人士联系我们",
    "救助站帮流浪者找家",
    "寻亲公告：女，约20岁，身高160cm，身穿白色内衣",
    "老党员讲抗日战争，打日本鬼子",
    "你的高龄补贴到账了吗？",
    "这些政策你知道吗",
    "你身边的好人：她一个人撑起一个家",
    "孤儿保障标准提高，你们关心的都在这里",
    "公共厕所改造完工",
    "妈妈的味道：老年食堂新菜",
    "精神病患者救助办法",
    "垃圾投放时间调整",
    "废物利用手工课",
    "轻松办理，一窗通办",
    "你也可以成为志愿者",
    "唐氏筛查补助申请",
    "聋哑老人有了手语翻译",
    "烈士陵园里的故事：他与鬼子拼刺刀",
)
SIGNALS = [
    pytest.param(name, term, id=f"{name}-{term.row}")
    for name in RULES
    for term in lexicons.load().by_name[name].terms
    if term.signal
]


@cache
def scanner(rule_id: str) -> Scanner:
    return Scanner(book().only(rule_id), KEY)


@cache
def everything() -> Scanner:
    return Scanner(book(), KEY, frozenset({"harm"}))


def scan(rule_id: str, text: str, drops=None):
    return scanner(rule_id).scan_post([Segment("body", text)], drops=drops)


@pytest.mark.parametrize(("name", "term"), [case for case in SIGNALS if case.values[1].weight > 0])
def test_the_row_counts_in_its_own_example(name, term):
    for sentence in term.fires:
        found = scan(RULES[name], sentence)
        places = {fold_word(sentence[place.start : place.end]) for each in found for place in each.occurrences}
        assert places & {fold_word(word) for word in term.words}, (sentence, places)


@pytest.mark.parametrize(("name", "term"), [case for case in SIGNALS if case.values[1].weight < 0])
def test_a_look_alike_is_taken_off(name, term):
    """The example of such a row is a sentence that would be a finding without it."""
    for sentence in term.fires:
        drops = []
        assert scan(RULES[name], sentence, drops) == ()
        taken = [drop.detail for drop in drops if drop.guard is Guard.SUBTRACT]
        assert len(taken) == 1
        assert f"{term.weight} 分" in taken[0]


def test_shared_contacts_alone_are_no_finding():
    for rule_id in RULES.values():
        assert scan(rule_id, "办事请加微信或扫码，电话：0599-1234567。") == ()


def test_one_kind_of_evidence_in_a_long_text_is_not_enough():
    text = f"轮盘与梭哈。{'柳溪市民政工作会议召开。' * 20}"
    drops = []
    assert scan("harm-gambling", text, drops) == ()
    assert len(scan("harm-gambling", "轮盘、梭哈，速来。")) == 1


def test_evidence_far_apart_is_not_added_up():
    filler = "柳溪市民政工作会议召开。" * 20
    assert scan("harm-gambling", f"轮盘。{filler}彩金多，加微信拉群。") == ()
    assert len(scan("harm-gambling", f"{filler}轮盘彩金多，赔率高，加微信拉群。{filler}")) == 1


def test_a_warning_nearby_excuses_a_combination():
    text = "网贷秒批，额度高，加微信办理。"
    assert len(scan("harm-fraud", text)) == 1
    drops = []
    assert scan("harm-fraud", f"反诈中心提醒您，下面这些话不要信。{text}", drops) == ()
    assert Guard.EXCUSE in {drop.guard for drop in drops}


def test_words_of_letters_are_not_found_inside_longer_ones():
    assert scan("harm-abuse", "DMLGB与USB接口，你看。") == ()
    assert len(scan("harm-abuse", "你们MLGB。")) == 1


def test_the_explanation_names_the_words_and_kinds():
    (finding,) = scan("harm-gambling", "轮盘彩金多，加微信拉群。")
    assert finding.term == "轮盘"
    for part in ("“轮盘”", "“彩金”", "“加微信”", "赌种", "资金", "联络", "分"):
        assert part in finding.explanation
    assert len(finding.occurrences) >= 3


@pytest.mark.parametrize("title", TITLES)
def test_short_official_lines_are_silent(title):
    found = everything().scan_post([Segment("title", title)])
    assert [(finding.rule_id, finding.term) for finding in found] == []
