"""Words that belong to the bureau's daily work although they sound like trouble."""

from __future__ import annotations

from replica.demo.accounts import SITE_HOST
from replica.demo.lookalikes.lookalike import Lookalike

_ADS, _MARK, _INTERNAL, _DEAD = (
    "ads-commercial-promotion",
    "secrecy-classification-mark",
    "secrecy-internal-material",
    "links-dead-link",
)
_GAMBLING, _PORN, _VIOLENCE, _WORDING = "harm-gambling", "harm-pornography", "harm-violence", "wording-misstatement"

#: A page of somebody else that opens, and one of the bureau's own that moved and says so.
LIVE_LINK = "https://news.liuxi.example/2026/06/volunteers.html"
MOVED_LINK = f"https://{SITE_HOST}/old/guide.html"

LOOKALIKES = (
    Lookalike(
        rule_id=_ADS,
        kind="福利彩票公益",
        paragraphs=(
            "中国福利彩票以“扶老、助残、救孤、济困”为发行宗旨，去年筹集的公益金用于改造乡镇敬老院。理性购彩，量力而行。",
        ),
    ),
    Lookalike(
        rule_id=_ADS,
        kind="惠民殡葬价目",
        paragraphs=(
            "惠民殡葬收费公示：遗体接运免费，火化免费，骨灰盒260元起，告别厅每场280元，收费标准经核定后张榜公布。",
        ),
    ),
    Lookalike(
        rule_id=_ADS,
        kind="养老机构收费公示",
        paragraphs=(
            "公办养老机构收费公示：床位费每月600元，护理费按等级每月300元至1500元，餐费按成本收取，入住押金可退。",
        ),
    ),
    Lookalike(
        rule_id=_ADS,
        kind="政府采购公告",
        paragraphs=("本项目为政府采购，最高限价48万元，供应商须在采购平台下载文件，不得转包，成交结果依法公告。",),
    ),
    Lookalike(
        rule_id=_ADS,
        kind="公开募捐",
        paragraphs=("本次募捐已依法备案，公开募捐资格证书和备案编号可在慈善中国查询，扫码可查看项目进展和资金使用。",),
    ),
    Lookalike(
        rule_id=_ADS,
        kind="消费帮扶",
        paragraphs=(
            "消费帮扶集市上，脱贫户的土鸡蛋、菜籽油摆满了摊位，机关食堂签下了长期采购意向，村民高兴得合不拢嘴。",
        ),
    ),
    Lookalike(
        rule_id=_ADS,
        kind="第一书记、第一时间",
        paragraphs=("驻村第一书记第一时间赶到现场，第一季度的走访记录写满了三个本子，获评全省最佳实践案例。",),
    ),
    Lookalike(
        rule_id=_MARK,
        kind="保密法宣传",
        paragraphs=("保密小课堂：国家秘密的密级分为绝密、机密、秘密三级，定密要有依据，解密要按程序。",),
    ),
    Lookalike(
        rule_id=_MARK, kind="商业秘密", paragraphs=("评审专家应当保守商业秘密，不得泄露投标人的技术方案和报价。",)
    ),
    Lookalike(
        rule_id=_MARK, kind="星级评定", paragraphs=("养老机构等级评定结果：★★★级三家，★★级五家，结果有效期三年。",)
    ),
    Lookalike(rule_id=_MARK, kind="日常用语", paragraphs=("百岁老人的长寿秘密：早睡早起，粗茶淡饭，遇事不急。",)),
    Lookalike(
        rule_id=_MARK, kind="保密义务", paragraphs=("婚姻登记员对当事人的个人隐私负有保密义务，档案查阅须凭有效证件。",)
    ),
    Lookalike(
        rule_id=_INTERNAL, kind="内部控制", paragraphs=("加强单位内部控制，规范资金审批流程，定期开展内部审计。",)
    ),
    Lookalike(
        rule_id=_INTERNAL, kind="内部装修", paragraphs=("敬老院内部装修已经完成，房间宽敞明亮，配有独立卫生间。",)
    ),
    Lookalike(rule_id=_INTERNAL, kind="公开资料", paragraphs=("宣传资料可在大厅免费领取，电子版同步上网，欢迎转发。",)),
    Lookalike(
        rule_id=_INTERNAL, kind="主动公开标识", paragraphs=("本文件属性为主动公开，政策解读同步发布在门户网站。",)
    ),
    Lookalike(
        rule_id=_INTERNAL,
        kind="内部治理",
        paragraphs=("社会组织要完善内部治理，按章程召开会员大会，财务收支向会员公布。",),
    ),
    Lookalike(
        rule_id=_GAMBLING,
        kind="打击赌博",
        paragraphs=("村规民约写明：严厉打击赌博，红白喜事不设牌局，违者取消评优资格。",),
    ),
    Lookalike(
        rule_id=_GAMBLING,
        kind="拒绝赌博宣传",
        paragraphs=("移风易俗倡议：远离赌博，拒绝高利贷，把时间留给家人和农活。",),
    ),
    Lookalike(
        rule_id=_GAMBLING, kind="福利彩票", paragraphs=("福利彩票销售场所不得向未成年人售彩，请理性参与，支持公益。",)
    ),
    Lookalike(
        rule_id=_GAMBLING,
        kind="老年棋牌室",
        paragraphs=("老年活动中心棋牌室每天开放，象棋、围棋比赛不设彩头，以棋会友。",),
    ),
    Lookalike(
        rule_id=_GAMBLING,
        kind="举报赌博线索",
        paragraphs=("请群众积极举报聚众赌博线索，公安机关将依法查处并为举报人保密。",),
    ),
    Lookalike(
        rule_id=_PORN, kind="扫黄打非", paragraphs=("扫黄打非宣传进校园，引导孩子拒绝色情低俗信息，发现后及时举报。",)
    ),
    Lookalike(
        rule_id=_PORN,
        kind="网络清朗",
        paragraphs=("清朗行动严查涉未成年人色情信息，平台已下架违规应用，家长可开启青少年模式。",),
    ),
    Lookalike(
        rule_id=_PORN, kind="性教育", paragraphs=("青春期健康课讲解身体变化与隐私保护，帮助孩子识别并防范性侵害。",)
    ),
    Lookalike(rule_id=_PORN, kind="黄色预警", paragraphs=("气象台发布暴雨黄色预警，低洼处养老机构已做好转移准备。",)),
    Lookalike(
        rule_id=_PORN, kind="成人教育", paragraphs=("老年大学与成人学校联合开班，书法、摄影、智能手机课免费报名。",)
    ),
    Lookalike(
        rule_id=_VIOLENCE,
        kind="反家庭暴力",
        paragraphs=("反家庭暴力庇护所设在救助管理站，遭受家暴可拨打110或12338求助。",),
    ),
    Lookalike(
        rule_id=_VIOLENCE, kind="扫黑除恶", paragraphs=("扫黑除恶常态化，依法打击持刀抢劫等暴力犯罪，守护群众平安。",)
    ),
    Lookalike(
        rule_id=_VIOLENCE,
        kind="防灾演练",
        paragraphs=("演练模拟燃气爆炸后的疏散，护理员用湿毛巾护住老人口鼻，有序撤离。",),
    ),
    Lookalike(
        rule_id=_VIOLENCE, kind="英烈故事", paragraphs=("清明祭扫讲述烈士血战渡口的故事，孩子们在纪念碑前敬献鲜花。",)
    ),
    Lookalike(
        rule_id=_VIOLENCE,
        kind="禁止携带管制刀具",
        paragraphs=("进入公墓请勿携带火种，严禁携带枪支弹药、管制刀具等危险物品。",),
    ),
    Lookalike(
        rule_id=_WORDING, kind="规范名称", paragraphs=("中华人民共和国民法典施行以来，婚姻家庭辅导案例逐年增加。",)
    ),
    Lookalike(
        rule_id=_WORDING,
        kind="扫黑除恶（正确写法）",
        paragraphs=("扫黑除恶斗争开展以来，养老服务领域乱象整治取得实效。",),
    ),
    Lookalike(
        rule_id=_WORDING,
        kind="特困供养（现行说法）",
        paragraphs=("特困人员救助供养标准再提高，敬老院伙食一周不重样。",),
    ),
    Lookalike(
        rule_id=_WORDING,
        kind="孤独症（规范说法）",
        paragraphs=("孤独症儿童康复训练营开营，家长课堂同步进行，费用由项目承担。",),
    ),
    Lookalike(
        rule_id=_WORDING,
        kind="法定代表人（规范说法）",
        paragraphs=("社会组织变更法定代表人须先进行离任审计，再办理变更登记。",),
    ),
    Lookalike(
        rule_id=_WORDING,
        kind="五位一体总体布局",
        paragraphs=("统筹推进“五位一体”总体布局，协调推进“四个全面”战略布局。",),
    ),
    Lookalike(
        rule_id=_DEAD,
        kind="打得开的外部网页",
        paragraphs=("更多报道请看云江新闻网的专题页面。",),
        links=(("专题页面", LIVE_LINK),),
    ),
    Lookalike(
        rule_id=_DEAD,
        kind="已搬家并跳转的页面",
        paragraphs=("办事流程详见办事指南旧版页面。",),
        links=(("办事指南旧版页面", MOVED_LINK),),
    ),
    Lookalike(
        rule_id=_DEAD,
        kind="只写了网址没有链接",
        paragraphs=("网页打不开时，请核对网址 mzj.liuxi.example 是否输入正确。",),
    ),
    Lookalike(
        rule_id=_DEAD,
        kind="本站首页",
        paragraphs=("完整名单请登录市民政局门户网站查询。",),
        links=(("市民政局门户网站", f"https://{SITE_HOST}/"),),
    ),
    Lookalike(
        rule_id=_DEAD,
        kind="要登录才能看的页面",
        paragraphs=("寻亲进展请关注救助寻亲微博主页。",),
        links=(("救助寻亲微博主页", "https://m.weibo.cn/u/7600001003"),),
    ),
)
