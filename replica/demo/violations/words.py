"""Wrong and harmful words: misstatements, papers not meant for the public, and what intruders leave behind."""

from __future__ import annotations

from replica.demo.violations import where
from replica.demo.violations.plant import ZERO_WIDTH, Plant

_WORDING, _INTERNAL = "wording-misstatement", "secrecy-internal-material"
_PORN, _GAMBLING, _VIOLENCE = "harm-pornography", "harm-gambling", "harm-violence"

_MISSTATEMENTS = (
    Plant(
        rule_id=_WORDING,
        term="中华人民共合国",
        account=where.SITE,
        spelling="国名错字",
        paragraphs=("各登记机关要认真学习《中华人民共合国民法典》婚姻家庭编。",),
    ),
    Plant(
        rule_id=_WORDING,
        term="扫黑险恶",
        account=where.WECHAT_MAIN,
        spelling="同音错字",
        paragraphs=("会议传达了扫黑险恶专项工作要求，部署养老服务领域线索摸排。",),
    ),
    Plant(
        rule_id=_WORDING,
        term="民攻局",
        account=where.WEIBO_MAIN,
        spelling="机关名错字",
        paragraphs=("请到柳溪市民攻局一楼大厅领取材料。",),
    ),
    Plant(
        rule_id=_WORDING,
        term="台湾等国家",
        account=where.WECHAT_ALBUM,
        spelling="涉台用语",
        paragraphs=("协会接待了来自台湾等国家的社会组织同行。",),
    ),
    Plant(
        rule_id=_WORDING,
        term="聋哑人",
        account=where.WECHAT_MAIN,
        spelling="不当称谓",
        paragraphs=("活动现场还邀请了几位聋哑人朋友参加。",),
    ),
    Plant(
        rule_id=_WORDING,
        term="截止目前",
        account=where.WECHAT_RSS,
        spelling="常见错字",
        paragraphs=("截止目前，本月共护送返乡十一人次。",),
    ),
    Plant(
        rule_id=_WORDING,
        term="鄉村震興",
        account=where.WEIBO_MAIN,
        spelling="繁体错字",
        paragraphs=("志願服務隊助力鄉村震興，走訪農戶三十家。",),
    ),
    Plant(
        rule_id=_WORDING,
        term=f"脱贫{ZERO_WIDTH}攻艰",
        account=where.SITE,
        spelling="夹零宽字符",
        paragraphs=(f"巩固拓展脱贫{ZERO_WIDTH}攻艰成果，做好低收入人口监测。",),
    ),
    Plant(
        rule_id=_WORDING,
        term="招聘启示",
        account=where.SITE,
        spelling="写在标题里",
        whole=True,
        title="市社会福利院招聘启示",
        paragraphs=("因工作需要，市社会福利院面向社会招聘护理人员三名，待遇面议，请持证件到院办公室报名。",),
    ),
    Plant(
        rule_id=_WORDING,
        term="乡村赈兴",
        account=where.TOUTIAO,
        spelling="同音错字",
        paragraphs=("社会力量助推乡村赈兴，老手艺带来新收入。",),
    ),
)

_INTERNAL_MATERIAL = (
    Plant(
        rule_id=_INTERNAL,
        term="内部资料 注意保存",
        account=where.SITE,
        spelling="文首标识",
        paragraphs=("内部资料 注意保存", "近期重点工作调度情况汇总如下。"),
    ),
    Plant(
        rule_id=_INTERNAL,
        term="仅供内部参考",
        account=where.WECHAT_MAIN,
        spelling="正文括注",
        paragraphs=("调研报告（仅供内部参考）全文发布，请各科室结合实际研究。",),
    ),
    Plant(
        rule_id=_INTERNAL, term="此件不公开", account=where.SITE, spelling="公开属性", paragraphs=("（此件不公开）",)
    ),
    Plant(
        rule_id=_INTERNAL,
        term="会后收回",
        account=where.WEIBO_MAIN,
        spelling="会议材料",
        paragraphs=("图为座谈会汇报材料第3号（会后收回）。",),
    ),
)

_HARM = (
    Plant(
        rule_id=_GAMBLING,
        term="百家乐",
        account=where.WEIBO_MAIN,
        spelling="盗号留言",
        paragraphs=("真人百家乐，注册就有好礼。",),
    ),
    Plant(
        rule_id=_GAMBLING,
        term="六合彩",
        account=where.SITE,
        spelling="旧页面被篡改",
        paragraphs=("今晚六合彩资料抢先看。",),
    ),
    Plant(
        rule_id=_GAMBLING,
        term="时*时*彩",
        account=where.WECHAT_ALBUM,
        spelling="夹符号",
        paragraphs=("时*时*彩高手带您天天好心情。",),
    ),
    Plant(
        rule_id=_PORN, term="裸聊", account=where.SITE, spelling="旧页面被篡改", paragraphs=("深夜裸聊，点开就看。",)
    ),
    Plant(
        rule_id=_PORN,
        term=f"约{ZERO_WIDTH}炮",
        account=where.WEIBO_MAIN,
        spelling="夹零宽字符",
        paragraphs=(f"同城约{ZERO_WIDTH}炮，附近的人等你。",),
    ),
    Plant(
        rule_id=_PORN,
        term="成人電影",
        account=where.WECHAT_CHILDREN,
        spelling="繁体",
        paragraphs=("成人電影免費看，手機就能下載。",),
    ),
    Plant(
        rule_id=_VIOLENCE,
        term="职业杀手",
        account=where.WEIBO_MAIN,
        spelling="盗号留言",
        paragraphs=("职业杀手，价格面谈。",),
    ),
    Plant(
        rule_id=_VIOLENCE,
        term="出售枪支",
        account=where.SITE,
        spelling="旧页面被篡改",
        paragraphs=("长期出售枪支，送货上门。",),
    ),
    Plant(
        rule_id=_VIOLENCE,
        term="暴力讨债",
        account=where.WECHAT_MARRIAGE,
        spelling="小广告",
        paragraphs=("专业暴力讨债，不成功不收费。",),
    ),
)

PLANTS = (*_MISSTATEMENTS, *_INTERNAL_MATERIAL, *_HARM)
