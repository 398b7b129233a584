"""Soft advertising in the bureau's own voice."""

from __future__ import annotations

from replica.demo.violations import where
from replica.demo.violations.plant import Plant

_RULE = "ads-commercial-promotion"

PLANTS = (
    Plant(
        rule_id=_RULE,
        term="扫码购买",
        account=where.WECHAT_MAIN,
        spelling="保健品软文",
        whole=True,
        title="老人睡不好？这款枕头火了",
        paragraphs=(
            "很多老人夜里翻来覆去睡不着。邻居王奶奶说，自从换了“松眠”磁疗枕，一觉到天亮，血压也稳了。",
            "这款枕头采用新型材料，能改善睡眠、缓解颈椎病，疗效看得见。",
            "今天厂家给粉丝谋福利：原价398元，限时优惠价199元，前一百名下单再送艾草贴。",
            "长按图片扫码购买，或添加客服微信咨询，数量有限，先到先得。",
        ),
    ),
    Plant(
        rule_id=_RULE,
        term="墓位优惠",
        account=where.SITE,
        spelling="墓地促销",
        whole=True,
        title="依山傍水的归处：云溪陵园开放参观",
        paragraphs=(
            "云溪陵园背靠青山、面朝溪水，交通便利，是安放思念的好地方。",
            "即日起推出春季墓位优惠，双穴立减6000元，预订即享九折，还可分期付款。",
            "看园专车每天发车，请联系销售顾问预约，立即下单再送三年管理费。",
        ),
    ),
    Plant(
        rule_id=_RULE,
        term="招商加盟",
        account=where.WECHAT_ALBUM,
        spelling="加盟广告",
        whole=True,
        title="养老服务新机遇：一家店的成长故事",
        paragraphs=(
            "银龄经济正当时。“常乐家”居家养老连锁从一家小店起步，如今已有六十多家门店。",
            "品牌现面向全市招商加盟，总部提供选址、培训和客源支持，投资少、回本快，年收益率可观。",
            "有意者请添加客服微信了解代理政策，本月签约享受八折优惠。",
        ),
    ),
    Plant(
        rule_id=_RULE,
        term="点击购买",
        account=where.WEIBO_MAIN,
        spelling="电商链接",
        whole=True,
        paragraphs=(
            "【端午好物】柳溪老字号咸鸭蛋礼盒限时秒杀，39.9元起，下单立减10元！点击购买：店铺首页领券，手慢无。",
        ),
    ),
)
