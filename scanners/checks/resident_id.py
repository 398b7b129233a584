"""Resident identity number of 18 characters (GB 11643-1999)."""

from __future__ import annotations

from datetime import date

from scanners.checks.candidate import Candidate, Verdict, reject

#: First two digits: provinces; 71, 81, 82 and 83 for residence permits of Taiwan, Hong Kong and Macao residents;
#: 91 and 9x for foreigners' permanent residence cards follow another layout and are not read here.
PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
        "91",
    ]
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10x98765432"
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
    if value[:2] not in PROVINCES:
        return "省份码不存在"
    born = birth_date(value[6:14])
    if born is None:
        return "出生日期不存在"
    if born.year < _EARLIEST or born.year > _LATEST or (published_on is not None and born > published_on):
        return "出生日期不合理"
    return ""


def check(candidate: Candidate) -> Verdict:
    """Province, birth date and check character must agree. The county is not looked up: old codes stay in use."""
    value = candidate.value
    why = plausible(value, candidate.published_on)
    if why:
        return reject(why)
    if check_character(value[:17]) != value[17]:
        return reject("校验码不符")
    return Verdict(ok=True, explanation="18 位，省份码、出生日期和校验码都与居民身份证号相符")
