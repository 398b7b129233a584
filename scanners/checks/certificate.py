"""Numbers of personal certificates that have no check digit; the label has said what they are."""

from __future__ import annotations

import re

from scanners.checks.candidate import Candidate, Verdict, reject

_TELEPHONE = re.compile(r"0\d{2,3}-?\d{7,8}|(?:400|800)-?\d{3}-?\d{4}")
_NOT_ONE = re.compile("例如|比如|样式|格式|示例|模板|电话|热线|邮编|第\\d+条|文号")
_DATE = re.compile(r"(?:19|20)\d{2}-?(?:0?\d|1[0-2])(?:-?\d{1,2})?")


def check(candidate: Candidate) -> Verdict:
    """Anything that is not a telephone number, a date or an example."""
    value = candidate.text
    if _NOT_ONE.search(candidate.before[-20:]):
        return reject("不是某个人的证件")
    if _TELEPHONE.fullmatch(value) or _DATE.fullmatch(value):
        return reject("是电话或日期")
    return Verdict(ok=True, explanation="编号前写明是个人证件")
