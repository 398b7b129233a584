"""清理整合 (第五条): one account a platform, few apps, and no second account that says the same to nobody."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from domain.account import Account, Standing
from domain.register import AppCard, EventKind, FilingEvent, Usage
from scanners.duties.concern import passed_over
from scanners.duties.hearing import Breach, Hearing
from scanners.guards import Guard

#: Platforms that are planned together (集约建设) and judged by a rule of their own.
_APPS = ("app", "miniprogram")
_CALLED = {
    "wechat": "微信公众号",
    "weibo": "微博",
    "toutiao": "今日头条",
    "douyin": "抖音",
    "kuaishou": "快手",
    "app": "移动客户端",
    "miniprogram": "小程序",
}


def two_accounts(hearing: Hearing) -> Iterator[Breach]:
    """A unit has one account on one platform; 订阅号 and 服务号 are the same platform (R32).

    One that has an approved closing with a merger is on its way out and does not count.
    """
    for family in hearing.norms.families:
        live = _live(hearing, family)
        leaving = [each for each in live if _merging(hearing, each)]
        staying = [each for each in live if each not in leaving]
        if len(live) <= 1 and hearing.spared(Guard.COUNT, f"{family} {len(live)} 个"):
            continue
        if leaving and len(staying) <= 1 and hearing.spared(Guard.EXEMPT, "已批准合并"):
            continue
        if not live:
            continue
        name = _CALLED.get(family, family)
        told = "、".join(each.name for each in staying or live)
        yield Breach(
            episode=family,
            explanation=f"{hearing.facts.unit_name}在{name}有 {len(staying)} 个账号：{told}",
            facts={"unit": hearing.facts.unit_name, "platform": name, "count": str(len(staying)), "told": told},
        )


def apps_scattered(hearing: Hearing) -> Iterator[Breach]:
    """A unit has one app and one mini-program; a further one has its reason on its card (R32a)."""
    for platform in _APPS:
        live = _live(hearing, platform)
        unexplained = [
            each
            for each in live
            if not any(card.reason_for_another for card in hearing.register.of_account(AppCard, each.id))
        ]
        if len(live) <= 1 and hearing.spared(Guard.COUNT, f"{platform} {len(live)} 个"):
            continue
        if len(unexplained) <= 1 < len(live) and hearing.spared(Guard.EXEMPT, "另有理由"):
            continue
        if not live:
            continue
        name = _CALLED[platform]
        told = "、".join(each.name for each in live)
        yield Breach(
            episode=platform,
            explanation=f"{hearing.facts.unit_name}有 {len(live)} 个{name}：{told}",
            facts={"unit": hearing.facts.unit_name, "platform": name, "count": str(len(live)), "told": told},
        )


def no_merge_plan(hearing: Hearing) -> Iterator[Breach]:
    """A second account on a platform has a closing on file that names the account it goes into (R33)."""
    account = hearing.facts.account
    if account is None or passed_over(hearing) or account.platform not in hearing.norms.families:
        return
    main = hearing.facts.unit.main_account if hearing.facts.unit else ""
    live = _live(hearing, account.platform)
    if len(live) <= 1 and hearing.spared(Guard.COUNT, "没有重复账号"):
        return
    first = main if any(each.id == main for each in live) else (live[0].id if live else account.id)
    if account.id == first and len(live) > 1 and hearing.spared(Guard.EXEMPT, "主账号"):
        return
    if _planned(hearing, account) and hearing.spared(Guard.ON_FILE, "已有并入记录"):
        return
    name = next((each.name for each in live if each.id == first), first)
    yield Breach(
        episode="merge",
        explanation=f"与“{name}”同一单位同一平台，备案事项台账没有把它并入的关停或注销",
        facts={"main": name},
    )


def low_use(hearing: Hearing) -> Iterator[Breach]:
    """Few followers and few reads, and titles the same as the main account's (R34; the numbers are defaults)."""
    account = hearing.facts.account
    if account is None or passed_over(hearing):
        return
    counted = [each for each in hearing.register.of_account(Usage, account.id) if each.counted_on is not None]
    if not counted or not hearing.facts.posts:
        return
    last = max(counted, key=lambda each: str(each.counted_on))
    if last.followers is None or last.median_reads is None:
        return
    norms = hearing.norms
    if last.followers >= norms.low_followers and hearing.spared(Guard.COUNT, f"关注 {last.followers}"):
        return
    if last.median_reads >= norms.low_reads and hearing.spared(Guard.COUNT, f"阅读 {last.median_reads}"):
        return
    main = hearing.facts.unit.main_account if hearing.facts.unit else ""
    theirs = {_plain(each.title) for each in hearing.facts.siblings if not main or each.account_id == main}
    own = [_plain(post.title) for post in hearing.facts.posts if post.title]
    if not own:
        return
    share = sum(title in theirs for title in own) / len(own)
    if share < norms.same_titles and hearing.spared(Guard.ALIKE, f"相同标题 {share:.0%}"):
        return
    told = f"关注 {last.followers}、阅读中位数 {last.median_reads}，{share:.0%} 的标题与主账号相同"
    yield Breach(
        episode="low_use",
        record=f"{last.kind}:{last.key}",
        explanation=f"{last.counted_on} 统计：{told}",
        facts={"told": told},
    )


def _live(hearing: Hearing, platform: str) -> list[Account]:
    return [
        each for each in hearing.facts.of_unit if each.platform == platform and each.standing is not Standing.CLOSED
    ]


def _planned(hearing: Hearing, account: Account) -> bool:
    return any(
        each.event in (EventKind.CLOSE, EventKind.CANCEL) and each.merged_into
        for each in hearing.register.of_account(FilingEvent, account.id)
    )


def _merging(hearing: Hearing, account: Account) -> bool:
    return any(
        each.event in (EventKind.CLOSE, EventKind.CANCEL) and each.approved_on is not None
        for each in hearing.register.of_account(FilingEvent, account.id)
    )


def _plain(title: str) -> str:
    return "".join(unicodedata.normalize("NFKC", title).split())
