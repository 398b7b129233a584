"""Positions that photos carry with them."""

from __future__ import annotations

import re

from scanners.checks.candidate import Candidate, Verdict, reject

#: Two decimals of a degree are about a kilometre.
_EXACT = 2


def check(candidate: Candidate) -> Verdict:
    """A position exact enough to find the house."""
    decimals = [len(part.rstrip("0")) for part in re.findall(r"\.(\d+)", candidate.text)]
    if len(decimals) != 2 or max(decimals) < _EXACT:
        return reject("不够精确")
    return Verdict(ok=True, explanation="经纬度写在照片文件里，页面上看不到")
