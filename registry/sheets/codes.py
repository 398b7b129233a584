"""Numbers with a shape of their own: social credit codes and telephone numbers. What is wrong is told without them."""

from __future__ import annotations

import re

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_PHONE = re.compile(r"(?:0\d{2,3}-?)?[2-9]\d{6,7}(?:(?:-|转)\d{1,6})?|400-?\d{3}-?\d{4}|12345|1[3-9]\d{9}")


def check_character(first: str) -> str:
    """The eighteenth character of a 统一社会信用代码 (GB 32100-2015) by its first seventeen."""
    total = sum(_ALPHABET.index(char) * weight for char, weight in zip(first, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


def credit_code(text: str) -> str:
    """``text`` as a checked code. Raises ``ValueError`` with a Chinese reason."""
    code = re.sub(r"[\s-]", "", text).upper()
    if len(code) != 18:
        raise ValueError(f"统一社会信用代码“{text}”有 {len(code)} 位，应为 18 位；请对照法人证书核对")
    strange = [char for char in code if char not in _ALPHABET]
    if strange:
        raise ValueError(
            f"统一社会信用代码“{text}”含有“{strange[0]}”，代码中不用字母 I、O、S、V、Z；请对照法人证书核对"
        )
    if check_character(code[:17]) != code[17]:
        raise ValueError(f"统一社会信用代码“{text}”的校验码不对，多半抄错了一位；请对照法人证书核对")
    return code


def mobile(text: str) -> str:
    """A mobile number without its blanks. Raises ``ValueError`` that does not repeat it."""
    number = re.sub(r"^(?:\+?86[\s-]?)(?=1)", "", re.sub(r"[\s]", "", text)).replace("-", "")
    if not _MOBILE.fullmatch(number):
        raise ValueError(_told("手机号码", number, "应为 1 开头的 11 位数字"))
    return number


def phone(text: str) -> str:
    """An office number without its blanks. Raises ``ValueError`` that does not repeat it."""
    number = re.sub(r"\s", "", text).replace("—", "-").replace("–", "-").replace("(", "").replace(")", "-")
    number = number.replace("--", "-")
    if not _PHONE.fullmatch(number):
        raise ValueError(_told("电话号码", number, "应为区号加 7 或 8 位号码，如 0999-2000001，分机写在“转”后"))
    return number


def _told(what: str, number: str, wanted: str) -> str:
    digits = sum(char.isdigit() for char in number)
    others = "、".join(dict.fromkeys(char for char in number if not char.isdigit() and char != "-"))
    strange = f"，含有“{others}”" if others else ""
    return f"{what}不对（{digits} 位数字{strange}）；{wanted}"
