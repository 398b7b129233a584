"""How the office reads what the regulation leaves open, in words: printed in every report with the article it is of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from domain.norms import Norms
from reports import labels
from reports.model import ReadingLine

_WEEK = {"rolling": "滚动 7×24 小时", "natural": "自然周（周一至周日）"}
#: Field of ``Norms``: article, what it is, and how its value is told.
_TOLD: Mapping[str, tuple[str, str, str]] = {
    "contract_warn_days": ("第二条", "外包合同到期提示", "提前 {} 天"),
    "rules_months": ("第二、十条", "制度复核、应急演练", "每 {} 个月"),
    "report_days": ("第三条", "备案事项批准后报市主管单位", "{} 个工作日内，批准当日不计"),
    "announcement_days": ("第三条", "向社会公告", "不少于 {} 个工作日，发布当日不计"),
    "platforms": ("第四条", "核准开设的平台", "{}"),
    "campaign_words": ("第四条", "提示专项账号的用语", "{}"),
    "finish_months": ("第五条", "完成变更、关停", "{} 个月内"),
    "gone_nights": ("第五条", "账号看不到多久才认定关停", "连续 {} 晚"),
    "confirmed_days": ("第五条", "确认基本信息", "每 {} 天至少一次"),
    "low_followers": ("第五条", "关注度低", "粉丝少于 {}"),
    "low_reads": ("第五条", "利用率低", "阅读数中位数少于 {}"),
    "same_titles": ("第五条", "功能相近", "相同标题占 {:.0%} 以上"),
    "families": ("第五条", "只能开设一个账号的平台", "{}"),
    "emergency_bureau_hours": ("第五条", "紧急关停报局办公室", "{} 小时内"),
    "emergency_city_hours": ("第五条", "紧急关停报市政府办", "{} 小时内"),
    "week": ("第六条", "“每周更新”", "{}"),
    "repost_hours": ("第六条", "重要信息转载", "{} 小时内，连续计算"),
    "repost_title": ("第六条", "认作同一信息的标题相似度", "{:.0%} 以上"),
    "repost_body": ("第六条", "认作同一信息的正文重合", "{:.0%} 以上"),
    "relevance_share": ("第六条", "民政内容偏少", "不到 {:.0%}"),
    "relevance_days": ("第六、七条", "统计职能相关度的时间", "近 {} 天"),
    "duty_words": ("第六、七条", "本局补充的职能用语", "{}"),
    "unrelated_share": ("第七条", "无关内容过多", "超过 {:.0%}"),
    "twin_days": ("第七条", "与网站同一信息的时间差", "{} 天以内"),
    "enquiry_warn_days": ("第七条", "网友诉求提示", "满 {} 个工作日"),
    "enquiry_days": ("第七条", "简单咨询答复", "{} 个工作日内"),
    "enquiry_months": ("第七条", "其他诉求答复", "{} 个月内"),
    "interaction_days": ("第七、九条", "互动功能人工测试", "每 {} 天一次"),
    "approved_alike": ("第八条", "发布的与审定的相同", "相似度 {:.0%} 以上"),
    "least_reviewers": ("第八条", "审核人数", "{} 人"),
    "gates": ("第八条", "审核把关", "{}"),
    "important_words": ("第八条", "提示可能重要的用语", "{}"),
    "judged_days": ("第八条", "核对审批、转载和办理时限的范围", "近 {} 天"),
    "harmful_hours": ("第九条", "“第一时间”处理有害信息", "{} 小时内"),
    "opinion_hours": ("第九条", "重大舆情上报", "{} 小时内"),
    "password_months": ("第十二条", "密码变更", "每 {} 个月"),
    "password_warn_days": ("第十二条", "密码到期提示", "提前 {} 天"),
    "return_days": ("第十二条", "人员变动后变更密码、收回权限", "{} 个工作日内"),
    "statement_months": ("第十二条", "登录承诺", "每 {} 个月"),
    "counterfeit_days": ("第十二条", "假冒账号商请、致函、报备", "{} 个工作日内"),
    "overdue_days": ("第十三条", "长期整改不到位", "逾期超过 {} 日"),
    "reopenings": ("第十三条", "反复出现", "整改后又出现 {} 次"),
}
_PLATFORMS = ("families", "platforms")


def changed(norms: Norms) -> dict[str, Any]:
    """What the office reads otherwise than recommended, by field: plain values."""
    plain = Norms()
    found = {each.name: getattr(norms, each.name) for each in fields(norms)}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in found.items()
        if value != getattr(plain, name)
    }


def readings(other: Mapping[str, Any]) -> tuple[ReadingLine, ...]:
    """Every reading with its article, in the order of the articles' table; ``other`` as ``changed`` gives it."""
    known = {each.name for each in fields(Norms)}
    given: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in other.items() if n in known}
    norms = Norms(**given)
    lines = []
    for name, (article, label, told) in _TOLD.items():
        value = getattr(norms, name)
        if not value:
            continue
        lines.append(
            ReadingLine(article=article, label=label, value=told.format(_shown(name, value)), is_own=name in given)
        )
    return tuple(lines)


def _shown(name: str, value: Any) -> Any:
    if name == "week":
        return _WEEK[value]
    if isinstance(value, tuple):
        return "、".join(labels.platform(each) if name in _PLATFORMS else each for each in value)
    return value
