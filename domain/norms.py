"""The office's reading of what the regulation leaves open: thresholds and choices, with the recommended defaults.

Each is configuration (``[norms]`` of ``xunjian.toml``) and is printed in every report.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Norms:
    """Defaults stand in the domain notes of the regulation; numbers that no article gives are marked "default"."""

    week: Literal["rolling", "natural"] = "rolling"  # 第六条 每周
    report_days: int = 3  # 第三条, working days
    announcement_days: int = 30  # 第三条, working days, not counting the first
    finish_months: int = 1  # 第五条
    gone_nights: int = 3  # default: nights in a row before 私自关停 is said
    confirmed_days: int = 90  # default: 动态维护
    repost_hours: int = 12  # 第六条
    repost_title: float = 0.8  # default: alike enough to be the reposted item
    repost_body: float = 0.6  # default: shared shingles
    low_followers: int = 500  # default (第五条 关注度低)
    low_reads: int = 50  # default (第五条 利用率低)
    same_titles: float = 0.8  # default (第五条 功能相近)
    relevance_days: int = 30  # default (第六、七条)
    relevance_share: float = 0.5  # default: less is notable
    unrelated_share: float = 0.3  # default: more is minor
    twin_days: int = 3  # default (第七条 同根同源)
    approved_alike: float = 0.98  # default (第八条)
    least_reviewers: int = 3  # 第八条
    #: 第八条 严把五关; an office that also keeps 文字关 (国办发〔2018〕123号) adds it
    gates: tuple[str, ...] = ("政治关", "法律关", "政策关", "保密关", "舆情关")
    enquiry_warn_days: int = 3  # working days, default
    enquiry_days: int = 5  # working days, city practice
    enquiry_months: int = 3  # national line
    interaction_days: int = 30  # default
    password_months: int = 3  # 第十二条
    password_warn_days: int = 7  # default
    return_days: int = 1  # working days after a change of managers, default
    counterfeit_days: int = 3  # working days for consulting, letter and report, default
    statement_months: int = 3  # default
    contract_warn_days: int = 30  # default
    rules_months: int = 12  # default: vendor rules, drills, training
    harmful_hours: int = 2  # 第一时间, default
    opinion_hours: int = 24  # default
    emergency_bureau_hours: int = 2  # default
    emergency_city_hours: int = 24  # default
    overdue_days: int = 5  # 第十三条
    reopenings: int = 2  # default
    #: platforms on which a second account of the same unit is one too many (第五条)
    families: tuple[str, ...] = ("wechat", "weibo", "toutiao", "douyin", "kuaishou")
    judged_days: int = 100  # default: posts so old are no longer held against approvals and tasks
    platforms: tuple[str, ...] = (
        "wechat",
        "weibo",
        "toutiao",
        "douyin",
        "kuaishou",
        "peoples_daily",
        "xinhua",
        "baijiahao",
        "xuexi",
        "channels",
        "miniprogram",
        "app",
        "website",
    )
    important_words: tuple[str, ...] = ("重大", "突发", "人事", "处置", "舆情", "公告", "通告", "决定")
    campaign_words: tuple[str, ...] = ("活动", "专项", "攻坚", "创建", "普查", "宣传月", "宣传周", "大赛")
    duty_words: tuple[str, ...] = field(default=())  # the office's own words for its duties, beside the shipped list
