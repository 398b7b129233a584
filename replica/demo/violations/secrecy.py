"""Marks of state secrecy on papers that never should have been published."""

from __future__ import annotations

from replica.demo.violations import where
from replica.demo.violations.plant import Plant

_MARK = "secrecy-classification-mark"

PLANTS = (
    Plant(
        rule_id=_MARK,
        term="机密★10年",
        account=where.SITE,
        spelling="文首密级",
        paragraphs=("机密★10年", "现将专项安排印发有关单位，请按规定办理。"),
    ),
    Plant(
        rule_id=_MARK,
        term="秘密★1年",
        account=where.WECHAT_MAIN,
        spelling="夹在文号旁",
        paragraphs=("柳民函〔2026〕17号（秘密★1年）已发各乡镇，请组织传达。",),
    ),
    Plant(
        rule_id=_MARK,
        term="绝密★长期",
        account=where.WEIBO_MAIN,
        spelling="长期",
        paragraphs=("旧文件扫描件首页标有“绝密★长期”字样，现一并上传供参考。",),
    ),
    Plant(
        rule_id=_MARK,
        term="秘 密 ★ 3年",
        account=where.SITE,
        spelling="字间空格",
        paragraphs=("秘 密 ★ 3年", "界线资料移交清单如下，请核对。"),
    ),
)
