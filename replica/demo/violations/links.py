"""Links that lead nowhere."""

from __future__ import annotations

from replica.demo.accounts import SITE_HOST
from replica.demo.violations import where
from replica.demo.violations.plant import Plant

_RULE = "links-dead-link"
_GUIDE = f"https://{SITE_HOST}/bmfw/202602/90110023.html"
_FORM = f"https://{SITE_HOST}/bmfw/202504/90108817.html"
_TOPIC = f"https://{SITE_HOST}/ztzl/smoking2025/index.html"
_PLATFORM = "https://fw.liuxi.example/apply/start.html"

PLANTS = (
    Plant(
        rule_id=_RULE,
        term=_GUIDE,
        account=where.WECHAT_MAIN,
        spelling="公众号文章里的本站旧网址",
        paragraphs=("具体流程可查看低保办事指南网页版。",),
        links=(("低保办事指南网页版", _GUIDE),),
    ),
    Plant(
        rule_id=_RULE,
        term=_FORM,
        account=where.SITE,
        spelling="旧办事页面已删",
        paragraphs=("需要纸质表格的，可先看填写说明。",),
        links=(("填写说明", _FORM),),
    ),
    Plant(
        rule_id=_RULE,
        term=_TOPIC,
        account=where.SITE,
        spelling="专题已下线",
        paragraphs=("往期内容请进入历史专题回顾。",),
        links=(("历史专题", _TOPIC),),
    ),
    Plant(
        rule_id=_RULE,
        term=_PLATFORM,
        account=where.WEIBO_MAIN,
        spelling="微博里的外链",
        paragraphs=("线上申请入口已开通：在线申请平台。",),
        links=(("在线申请平台", _PLATFORM),),
    ),
)

#: What the server answers 404 for.
DEAD_LINKS = frozenset((_GUIDE, _FORM, _TOPIC, _PLATFORM))
