"""Masks that hide too little: what counts is how many numbers remain possible, not how many asterisks there are."""

from __future__ import annotations

import calendar
import re
from functools import cache

from domain.rule import Severity
from scanners.checks.candidate import Candidate, Verdict, reject
from scanners.checks.resident_id import PROVINCES

#: Birth years of people alive.
_YEARS = range(1920, 2027)
#: Fewer possible numbers than this can be tried one by one.
_FEW = 1_100
#: As many hidden characters hide enough, unless the birth date stands beside them.
ENOUGH_HIDDEN = 8
_BLANKS = re.compile(r"[ \u00a0\u3000\-]")
_SIGN = re.compile(r"[^0-9]")
_BORN = re.compile(r"(?:出生(?:日期|年月日?)?|生日|生于)[：:\s]{0,2}(\d{4})[年\-/. ]?(\d{1,2})[月\-/. ]?(\d{1,2})")
_BANK = re.compile("银行|卡号|账号|帐号|账户|一卡通|存折|储蓄卡")
_BIRTH = range(6, 14)


def check(candidate: Candidate) -> Verdict:
    """An identity number with fewer than eight hidden characters, a mobile number with fewer than four, a card with
    fewer than five; or an identity number whose hidden birth date stands beside it."""
    shown = _SIGN.sub("*", _BLANKS.sub("", candidate.text.replace("……", "******")).replace("x", "*"))
    if candidate.text.endswith("x") and not candidate.text.endswith("xx") and len(shown) == 18:
        shown = shown[:17] + "0"
    hidden = shown.count("*")
    if not hidden or hidden == len(shown):
        return reject("没有遮盖")
    if len(shown) == 18 and not _BANK.search(candidate.before[-12:] + candidate.head):
        return _identity(shown, hidden, f"{candidate.before}|{candidate.after}|{candidate.row}")
    if len(shown) == 11 and shown[0] == "1" and hidden < 4:
        return _graded("手机号", 10**hidden, hidden)
    if len(shown) in (16, 17, 18, 19) and _BANK.search(candidate.before[-24:] + candidate.head):
        return _graded("银行卡号", 10 ** max(hidden - 1, 0), hidden) if hidden < 5 else reject("遮盖充分")
    return reject("遮盖充分或不是号码")


def _identity(shown: str, hidden: int, around: str) -> Verdict:
    if "*" not in shown[:2] and shown[:2] not in PROVINCES:
        return reject("省份码不存在")
    months = shown[10:12]
    if "*" not in months and not 1 <= int(months) <= 12:
        return reject("出生日期不存在")
    if hidden >= ENOUGH_HIDDEN:
        born = _BORN.search(around)
        if born is None or hidden > len(_BIRTH) or any(sign == "*" for sign in shown[:6] + shown[14:]):
            return reject("遮盖充分")
        return Verdict(ok=True, severity=Severity.MINOR, explanation="遮盖的是出生日期，而旁边写出了出生日期：可以还原")
    return _graded("身份证号", candidates(shown), hidden)


def _graded(what: str, number: int, hidden: int) -> Verdict:
    told = f"只遮盖 {hidden} 位，这样的{what}至多约 {number:,} 个"
    if number <= _FEW:
        return Verdict(ok=True, severity=Severity.MINOR, explanation=f"{told}，逐个试就能还原")
    return Verdict(ok=True, severity=Severity.NOTICE, explanation=f"{told}，遮盖偏少")


def candidates(shown: str) -> int:
    """How many identity numbers fit 18 characters of which the hidden ones are ``*``."""
    number = 10 ** shown[:6].count("*") * _dates(shown[6:14]) * 10 ** shown[14:17].count("*")
    return max(1, int(number) if shown[17] == "*" else int(number) // 11)


@cache
def _dates(shown: str) -> int:
    pattern = re.compile(shown.replace("*", "."))
    return sum(
        pattern.fullmatch(f"{year}{month:02d}{day:02d}") is not None
        for year in _YEARS
        for month in range(1, 13)
        for day in range(1, calendar.monthrange(year, month)[1] + 1)
    )
