"""互动入口: whether readers can reach the unit at all (第七、九条, R53a; 单项否决 未提供有效互动功能).

No paper says what 有效 is. Read as: an entry is on file, its address answers tonight, and a person tried it within
thirty days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from domain.outcome import Outcome
from domain.register import Interaction
from scanners.duties.concern import passed_over
from scanners.duties.hearing import Breach, Hearing
from scanners.guards import Guard

#: How a clerk writes that there is none.
_NONE = frozenset({"", "无", "没有", "未提供"})


def missing(hearing: Hearing) -> Iterator[Breach]:
    """The unit itself states that the account has no way in."""
    if passed_over(hearing):
        return
    own = hearing.register.of_account(Interaction, hearing.account_id)
    if not own:
        return  # nothing is stated: ``unregistered`` says so
    if any(each.entry.strip() not in _NONE for each in own) and hearing.spared(Guard.ON_FILE, "登记了互动入口"):
        return
    yield Breach(
        episode="none",
        record=f"{own[0].kind}:{own[0].key}",
        explanation="台账“互动入口”一栏写明没有，账号上没有别的入口登记",
    )


def unregistered(hearing: Hearing) -> Iterator[Breach]:
    """The office keeps the sheet of entries, and this account is not on it."""
    if passed_over(hearing):
        return
    if not hearing.register.keeps(Interaction) and hearing.spared(Guard.NOT_KEPT, "互动入口"):
        return
    if hearing.register.of_account(Interaction, hearing.account_id) and hearing.spared(Guard.ON_FILE):
        return
    yield Breach(episode="none", explanation="互动入口台账里没有这个账号")


def dead(hearing: Hearing) -> Iterator[Breach]:
    """The address of an entry says that nothing is there; walls and network trouble conclude nothing."""
    if passed_over(hearing):
        return
    for each in hearing.register.of_account(Interaction, hearing.account_id):
        if not each.url:
            continue
        link = hearing.facts.links.get(each.url)
        if link is None:
            if hearing.spared(Guard.UNREACHED, "今晚没有打开"):
                continue
        elif link.outcome is not Outcome.DELETED and hearing.spared(Guard.OUTCOME, link.outcome.value):
            continue
        answer = f"服务器答复 {link.status}" if link is not None and link.status else "平台答复不存在"
        yield Breach(
            episode=each.key,
            record=f"{each.kind}:{each.key}",
            explanation=f"互动入口“{each.entry or each.key}”：{each.url} {answer}",
            facts={"entry": each.entry or each.key, "url": each.url, "answer": answer},
        )


def failed(hearing: Hearing) -> Iterator[Breach]:
    """A person tried the entry and it did not work."""
    if passed_over(hearing):
        return
    for each in hearing.register.of_account(Interaction, hearing.account_id):
        if each.works is None or (each.works and hearing.spared(Guard.ALIKE, "人工测试可用")):
            continue
        tested = f"于 {each.tested_on} " if each.tested_on else "最近一次"
        yield Breach(
            episode=each.key,
            record=f"{each.kind}:{each.key}",
            explanation=f"互动入口“{each.entry or each.key}”：{tested}人工测试结果是不可用",
            facts={"entry": each.entry or each.key, "tested": tested},
        )


def stale(hearing: Hearing) -> Iterator[Breach]:
    """Nobody has tried the entry for more than thirty days (default)."""
    if passed_over(hearing):
        return
    days = hearing.norms.interaction_days
    for each in hearing.register.of_account(Interaction, hearing.account_id):
        if each.entry.strip() in _NONE and hearing.spared(Guard.NOT_CONCERNED, "没有入口可测"):
            continue
        fresh = each.tested_on is not None and hearing.today <= each.tested_on + timedelta(days=days)
        if fresh and hearing.spared(Guard.LIMIT, f"{each.tested_on} 测试"):
            continue
        told = f"最近一次人工测试是 {each.tested_on}" if each.tested_on else "没有人工测试的记录"
        yield Breach(
            episode=f"{each.key}:{each.tested_on or 'never'}",
            record=f"{each.kind}:{each.key}",
            explanation=f"互动入口“{each.entry or each.key}”{told}，应每 {days} 天测试一次",
            facts={"entry": each.entry or each.key, "told": told, "days": str(days)},
        )
