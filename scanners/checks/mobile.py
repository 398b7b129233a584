"""Mobile numbers of mainland China."""

from __future__ import annotations

import re

from domain.rule import Confidence
from scanners.checks.candidate import Candidate, Verdict

#: Prefixes given to operators for people's phones (MIIT allotments up to 2024); Internet-of-things ranges left out.
_ALLOTTED = re.compile(r"1(?:3\d|4[579]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])")


def check(candidate: Candidate) -> Verdict:
    """An allotted prefix is enough; any other one needs the rule's context nearby."""
    value = candidate.value[-11:]
    if _ALLOTTED.match(value):
        return Verdict(ok=True, confidence=Confidence.HIGH, explanation="11 位，号段已分配给手机用户")
    return Verdict(
        ok=True,
        needs_context=True,
        confidence=Confidence.MEDIUM,
        explanation="11 位，按手机号书写，附近写明是电话（号段未见分配）",
    )
