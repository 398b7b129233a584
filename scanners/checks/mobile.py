"""Mobile numbers of mainland China."""

from __future__ import annotations

import re

from domain.rule import Confidence
from scanners.checks.candidate import Candidate, Verdict, reject

#: Prefixes given to operators for people's phones (MIIT allotments up to 2024); Internet-of-things ranges left out.
_ALLOTTED = re.compile(r"1(?:3\d|4[579]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])")


#: Country code 1, area, exchange and line.
_AMERICAN = re.compile(r"1\D\d{3}\D\d{3}\D\d{4}")
_TOLL_FREE = frozenset(("800", "833", "844", "855", "866", "877", "888"))
#: In one piece, or three, four and four.
_USUAL = re.compile(r"\d{11}|\d{3}[^0-9\n]{0,3}\d{4}[^0-9\n]{0,2}\d{4}")


def check(candidate: Candidate) -> Verdict:
    """An allotted prefix in the usual writing is enough; any other needs the rule's context nearby."""
    value = candidate.value[-11:]
    if len(value) != 11 or value[1] not in "3456789":
        return reject("不是手机号")
    if _AMERICAN.fullmatch(candidate.text) and (candidate.before.endswith("+") or value[1:4] in _TOLL_FREE):
        return reject("是北美的电话号码")
    if _ALLOTTED.match(value) and not _USUAL.fullmatch(candidate.text):
        return Verdict(
            ok=True,
            needs_context=True,
            confidence=Confidence.MEDIUM,
            explanation="11 位，号段已分配给手机用户，拆开书写，附近写明是电话",
        )
    if _ALLOTTED.match(value):
        return Verdict(ok=True, confidence=Confidence.HIGH, explanation="11 位，号段已分配给手机用户")
    return Verdict(
        ok=True,
        needs_context=True,
        confidence=Confidence.MEDIUM,
        explanation="11 位，按手机号书写，附近写明是电话（号段未见分配）",
    )
