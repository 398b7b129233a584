"""Numbers in the shape of a resident identity number whose check character does not fit: mistyped, but private."""

from __future__ import annotations

import re

from domain.rule import Confidence, Severity
from scanners.checks.candidate import Candidate, Verdict, reject
from scanners.checks.resident_id import PROVINCES, fits, plausible

#: Words that say what the number is; they must stand directly before it, or at the head of its column.
_LABEL = re.compile(r"(?:身份证|身份号码|公民身份|证件号|居民证|残疾证|残疾人证|学籍)")
_DIRECTLY = re.compile(rf"{_LABEL.pattern}[^，。；,;\n]{{0,8}}$")
#: Excel keeps 15 digits of a number and writes zeros for the rest.
_EXCEL = re.compile(r"\d{15}000")
_SCIENTIFIC = re.compile(r"(\d)\.(\d{14})e\+?17")


def check(candidate: Candidate) -> Verdict:
    """Province and birth date of an identity number, another check character; below a label the shape is enough."""
    labelled = bool(_DIRECTLY.search(candidate.before) or _LABEL.search(candidate.head))
    exponent = _SCIENTIFIC.fullmatch(candidate.text)
    if exponent:
        value = f"{exponent[1]}{exponent[2]}000"
        if plausible(value, candidate.published_on):
            return reject("不像身份证号")
        return Verdict(ok=True, severity=Severity.MINOR, explanation="表格软件改成科学计数的身份证号，仍露出前 15 位")
    value = candidate.value
    if len(value) == 18 and fits(value, candidate.published_on):
        return reject("校验相符，由身份证号规则报告")
    why = plausible(value, candidate.published_on) if len(value) == 18 else "不是 18 位"
    if why and len(value) != 18 and re.search(r"[\t\n]", candidate.text):
        return reject("跨了单元格或行，又不是 18 位")
    if labelled:
        if value[:2] not in PROVINCES and not value.startswith("9"):
            return reject("省份码不存在")
        if candidate.recognised:
            return Verdict(ok=True, confidence=Confidence.LOW, explanation=f"{_why(value, why)}，也可能是图片识别有误")
        return Verdict(ok=True, severity=Severity.MINOR, confidence=Confidence.MEDIUM, explanation=_why(value, why))
    if why:
        return reject(why)
    return Verdict(ok=True, explanation=_why(value, why))


def _why(value: str, why: str) -> str:
    if why:
        return f"写明是证件号，但{why}，可能录入有误"
    if _EXCEL.fullmatch(value):
        return "18 位，末三位是 000，多半是表格软件把号码存成了数字：仍露出前 15 位"
    return "18 位，省份码和出生日期与居民身份证号相符，只是校验码不符，可能录入有误"
