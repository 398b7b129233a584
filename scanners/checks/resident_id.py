"""Resident identity number of 18 characters (GB 11643-1999)."""

from __future__ import annotations

import re
from datetime import date

from scanners.checks.candidate import Candidate, Verdict, reject

#: First two digits: provinces; 71, 81, 82 and 83 for residence permits of Taiwan, Hong Kong and Macao residents.
PROVINCES = frozenset(
    (
        *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43"),
        *("44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83", "91"),
    )
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10x98765432"
#: Category 1 to 7 and grade 1 to 4 of a disability certificate, B1 and so on for a replacement.
#: Two digits that go on as a date, a time, a quantity or a number of a row are something else.
_DISABILITY = re.compile(
    r"[ ]?[1-7][1-4](?:b\d)?(?![0-9a-z])"
    r"(?!\s?[/\-–—.．:：·]\s?[0-9])(?!\s?[年月日时分岁人名户元次个项条%℃栋幢室楼组届期页])"
)
_PUPIL = re.compile(r"(?<![0-9a-z])[gjl]$")
#: A number for somebody born before this year is no living person's.
_EARLIEST = 1880
#: A birth after this year is taken for impossible where the day of publication is unknown.
_LATEST = 2099


def check_character(first17: str) -> str:
    """The 18th character (lower case ``x``) for 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def birth_date(digits: str) -> date | None:
    """The day in ``YYYYMMDD``, or ``None`` where there is no such day."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def plausible(value: str, published_on: date | None = None) -> str:
    """Why ``value`` cannot be an identity number (check character left aside); empty where it can."""
    if value[:2] not in PROVINCES and not (value[0] == "9" and value[1:3] in PROVINCES):
        return "省份码不存在"
    born = birth_date(value[6:14])
    if born is None:
        return "出生日期不存在"
    if born.year < _EARLIEST or born.year > _LATEST or (published_on is not None and born > published_on):
        return "出生日期不合理"
    return ""


def fits(value: str, published_on: date | None = None) -> bool:
    """True when province, birth date and check character of 18 characters agree."""
    return not plausible(value, published_on) and check_character(value[:17]) == value[17]


def check(candidate: Candidate) -> Verdict:
    """Province, birth date and check character must agree. The county is not looked up: old codes stay in use.

    Foreigners' permanent residence cards (since December 2023) begin with 9, the issuing province and the nationality;
    the rest is the same.
    """
    value = candidate.value
    why = plausible(value, candidate.published_on)
    if why:
        return reject(why)
    if check_character(value[:17]) != value[17]:
        return reject("校验码不符")
    return Verdict(ok=True, explanation=_what(candidate))


def _what(candidate: Candidate) -> str:
    value = candidate.value
    if _DISABILITY.match(candidate.after):
        return "后随残疾类别、等级两位：是残疾人证号，内含居民身份证号，并公开了残疾情况"
    if _PUPIL.search(candidate.before):
        return "是学籍号，内含居民身份证号，省份码、出生日期和校验码都相符"
    if value[0] == "9":
        return "18 位，是外国人永久居留身份证号，省份码、出生日期和校验码都相符"
    if value[:2] in ("81", "82", "83"):
        return "18 位，是港澳台居民居住证号，出生日期和校验码都相符"
    return "18 位，省份码、出生日期和校验码都与居民身份证号相符"
