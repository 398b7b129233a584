"""Bank card and account numbers."""

from __future__ import annotations

import re

from domain.rule import Confidence
from scanners.checks.candidate import Candidate, Verdict, reject

#: UnionPay; every other issuer needs the context.
_UNIONPAY = re.compile("62")
_OTHER_ISSUERS = re.compile(r"(?:60|81|9[0-9]|4\d|5[1-5]|35|37)")
_LENGTHS = range(16, 20)
_SIGN = r"[ \u00a0\u3000\-.·_\u2010-\u2015]"
#: In one piece, in fours, as six and the rest, or one by one.
_USUAL = re.compile(
    rf"\d{{16,19}}|\d{{4}}(?:{_SIGN}{{1,2}}\d{{4}}){{3}}(?:{_SIGN}{{0,2}}\d{{1,3}})?|"
    r"\d{6}[ \-]\d{10,13}|\d(?:[ \-]\d){15,18}"
)


def luhn(value: str) -> bool:
    """True when the last digit is the check digit of the others (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(value)):
        number = int(digit) * (2 if place % 2 else 1)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def check(candidate: Candidate) -> Verdict:
    """Luhn and an issuer's prefix; without the prefix, or in the shape of an ID number, only with context.

    A number written in groups may be followed by the next column: then its first four groups are tried, too.
    """
    for length, value in _readings(candidate.text):
        if not luhn(value):
            continue
        if _UNIONPAY.match(value):
            odd = len(value) not in (16, 19) or not _USUAL.fullmatch(candidate.text)
            return Verdict(
                ok=True,
                needs_context=odd,
                confidence=Confidence.MEDIUM if odd else Confidence.HIGH,
                explanation="卡号校验（Luhn）相符，且以银联发卡标识开头",
                length=length,
            )
        if _OTHER_ISSUERS.match(value):
            return Verdict(
                ok=True,
                needs_context=True,
                confidence=Confidence.MEDIUM,
                explanation="卡号校验（Luhn）相符，附近写明是银行卡或账户",
                length=length,
            )
    return reject("卡号校验（Luhn）或发卡标识不符")


def _readings(text: str) -> list[tuple[int, str]]:
    whole = re.sub(r"\D", "", text)
    readings = [(len(text), whole)] if len(whole) in _LENGTHS else []
    shorter = re.match(rf"\d{{4}}(?:{_SIGN}\d{{4}}){{3}}(?={_SIGN})", text)
    if shorter:
        readings.append((shorter.end(), re.sub(r"\D", "", shorter.group())))
    return readings
