"""Mosaics under which digits can be read."""

from __future__ import annotations

import re

from scanners.checks.candidate import Candidate, Verdict, reject

#: Fewer digits are no number of a person.
_NUMBER = 6


def check(candidate: Candidate) -> Verdict:
    """So many digits that they can be a number."""
    read = re.search(r"(\d{1,3})[ ]?位", candidate.text)
    if read is None or int(read[1]) < _NUMBER:
        return reject("读出的数字太少")
    return Verdict(ok=True, explanation=f"遮挡处约 {read[1]} 位数字能够认出；读出的内容可能有误，未写入报告")
