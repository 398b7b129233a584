"""移动客户端 (第四条) and the paper of 2026 on government apps and mini-programs, from cards and statements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.calendar import add_months
from domain.register import AppCard
from scanners.duties.concern import passed_over
from scanners.duties.hearing import Breach, Hearing
from scanners.guards import Guard

#: 国办函〔2026〕12号: what was online then had six months to be filed.
_FILED_BY = date(2026, 7, 25)
#: What the paper of 2026 forbids an app to have.
_FORBIDDEN = ("打卡签到", "签到打卡", "积分排名", "在线时长", "强制下载", "强制安装", "装机率")
_TESTS = {"ipv6": "IPv6", "elderly": "适老化", "accessible": "无障碍"}


def card_missing(hearing: Hearing) -> Iterator[Breach]:
    """An app has a card: what it can do and on what, and the stores that carry it (R27)."""
    if _no_app(hearing):
        return
    if not hearing.register.keeps(AppCard) and hearing.spared(Guard.NOT_KEPT, "移动客户端台账"):
        return
    if _card(hearing) is not None and hearing.spared(Guard.ON_FILE, hearing.account_id):
        return
    yield Breach(episode="card", explanation="移动客户端台账里没有该客户端")


def functions_missing(hearing: Hearing) -> Iterator[Breach]:
    """搜索 and 注册 are declared, and the terminals on which it works (R27); 支付 only where it is needed."""
    card = _card(hearing)
    if card is None or _no_app(hearing):
        return
    missing = [name for name in ("搜索", "注册") if not any(name in each for each in card.functions)]
    if not card.terminals:
        missing.append("适用终端")
    if not missing and hearing.spared(Guard.ON_FILE, "、".join(card.functions)):
        return
    yield _breach(card, "functions", "、".join(missing))


def ability_untested(hearing: Hearing) -> Iterator[Breach]:
    """A test of one ability with its day and result (R28–R30). Option ``test``: ipv6, elderly or accessible."""
    card = _card(hearing)
    if card is None or _no_app(hearing):
        return
    test = hearing.option("test")
    day, passed = getattr(card, f"{test}_tested_on"), getattr(card, f"{test}_passed")
    done = day is not None and day <= hearing.today
    if done and passed and hearing.spared(Guard.ON_FILE, f"{day} 通过"):
        return
    told = f"{day} 检测没有通过" if done and passed is False else "没有检测日期和结论"
    yield _breach(card, test, told)


def closure_proposed(hearing: Hearing) -> Iterator[Breach]:
    """One month after a test failed and was not passed since, closing is proposed (R31; the month is a default)."""
    card = _card(hearing)
    if card is None or _no_app(hearing):
        return
    for test, name in _TESTS.items():
        day, passed = getattr(card, f"{test}_tested_on"), getattr(card, f"{test}_passed")
        if day is None or passed is None or (passed and hearing.spared(Guard.ON_FILE, f"{day} 通过")):
            continue
        limit = add_months(day, hearing.norms.finish_months)
        if hearing.today <= limit and hearing.spared(Guard.LIMIT, f"整改到 {limit}"):
            continue
        yield _breach(card, f"{test}:{day}", f"{name} {day} 检测没有通过，到 {limit} 仍没有通过的复测")


def unfiled(hearing: Hearing) -> Iterator[Breach]:
    """After 2026-07-25 an app or mini-program has the number of its filing (attribute ``app_filing_no``)."""
    account = hearing.facts.account
    if account is None or passed_over(hearing):
        return
    if account.platform not in ("app", "miniprogram") and hearing.spared(Guard.PLATFORM, "不是应用程序"):
        return
    number = account.attributes.get("app_filing_no", "") or account.attributes.get("应用程序备案号", "")
    if number and hearing.spared(Guard.ON_FILE, number):
        return
    if hearing.today <= _FILED_BY and hearing.spared(Guard.LIMIT, f"期限 {_FILED_BY}"):
        return
    yield Breach(episode="app_filing", explanation=f"{account.name}没有政务应用程序备案号，期限 {_FILED_BY} 已过")


def forbidden_function(hearing: Hearing) -> Iterator[Breach]:
    """No check-ins, rankings, hours online or forced installation among the declared functions (国办函〔2026〕12号)."""
    card = _card(hearing)
    if card is None or _no_app(hearing):
        return
    found = [each for each in card.functions if any(word in each for word in _FORBIDDEN)]
    if not found and hearing.spared(Guard.NOT_CONCERNED, "没有强制功能"):
        return
    yield _breach(card, "forbidden", "、".join(found))


def _card(hearing: Hearing) -> AppCard | None:
    cards = hearing.register.of_account(AppCard, hearing.account_id)
    return cards[-1] if cards else None


def _no_app(hearing: Hearing) -> bool:
    account = hearing.facts.account
    if account is None or passed_over(hearing):
        return True
    return account.platform not in ("app", "miniprogram") and hearing.spared(Guard.PLATFORM, "不是应用程序")


def _breach(card: AppCard, episode: str, told: str) -> Breach:
    return Breach(
        episode=episode,
        record=f"{card.kind}:{card.key}",
        explanation=f"移动客户端台账 {card.key}：{told}",
        facts={"told": told},
    )
