"""The owner's record of a mini program, as the register holds it: when it was opened last, and how it was found.

``附加标识``: ``checked_on=2026-06-10 | state=正常 | verified_until=2026-12-31`` (or 核查日期, 状态, 认证到期).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.clock import in_china
from domain.outcome import Outcome
from domain.table import parse_date

#: A record older than this says nothing about tonight.
VALID = timedelta(days=31)
_NAMES = {"checked_on": "核查日期", "state": "状态", "verified_until": "认证到期"}
_GONE = frozenset(("停用", "下架", "已下架", "已停用", "已注销", "注销", "无法打开", "打不开", "封禁"))
_FINE = frozenset(("正常", "在用", "可用"))
_HOW = "请在微信中打开核对，并在台账附加标识填写 checked_on=核对日期 | state=正常"


@dataclass(frozen=True, slots=True)
class Record:
    """What the record comes to at one instant."""

    outcome: Outcome
    detail: str
    facts: Mapping[str, str]


def judge(attributes: Mapping[str, str], now: datetime) -> Record:
    """The record in ``attributes`` at ``now``: fresh or not, and what it says."""
    facts = {name: attributes.get(name, "") or attributes.get(label, "") for name, label in _NAMES.items()}
    facts = {name: value for name, value in facts.items() if value}
    checked, state = parse_date(facts.get("checked_on", "")), facts.get("state", "")
    if checked is None:
        return Record(Outcome.NO_IMPORT, f"小程序没有公开页面，程序无法查看，台账也没有自查记录；{_HOW}", facts)
    age = in_china(now).date() - checked
    if age < timedelta(0):
        return Record(Outcome.BAD_REQUEST, f"自查日期 {checked} 在将来；请在台账改正", facts)
    if age > VALID:
        detail = f"自查记录是 {age.days} 天前（{checked}）的，已超过 {VALID.days} 天，不作结论；{_HOW}"
        return Record(Outcome.NO_IMPORT, detail, facts)
    if state in _GONE:
        return Record(Outcome.CLOSED, f"主办单位 {checked} 自查：{state}", facts)
    if state and state not in _FINE:
        return Record(Outcome.BAD_REQUEST, f"自查记录的状态“{state}”不认识；可填：正常、停用、下架、已注销", facts)
    detail = f"依据主办单位 {checked} 的自查记录（{state or '正常'}），程序没有打开小程序"
    return Record(Outcome.OK, detail + _review(facts, in_china(now).date()), facts)


def _review(facts: Mapping[str, str], today: date) -> str:
    until = parse_date(facts.get("verified_until", ""))
    if until is None:
        return ""
    left = (until - today).days
    if left < 0:
        return f"；认证已于 {until} 到期，请办理年审"
    return f"；认证将于 {until} 到期，还有 {left} 天" if left <= 30 else ""
