"""Masks for private values. Used by every output, so that the inspector does not become the leak.

What stays readable: the first two and last three characters of an identity number (2 + 13 + 3), the first three and
last four digits of a mobile number, the last four of anything else (a bank card or account).
"""

from __future__ import annotations

import re

from scanners import folding

#: Everything that looks like a private number, whether or not its check digit is right: a mistyped one is private, too.
_LONG = r"(?<![0-9])\d(?:(?:[ \u00a0\u3000.·\-\u2010-\u2015]|\r?\n)?[\dx]){14,}(?![0-9])"
_MOBILE = r"(?<![0-9])1[3-9]\d(?:[ \u00a0.·\-\u2010-\u2015]?\d){8}(?![0-9])(?!\.?\d*(?:元|万|亿))"
_PRIVATE = re.compile(f"(?:{_LONG})|(?:{_MOBILE})")
_DIGIT = re.compile("[0-9a-z]")


def mask(value: str) -> str:
    """A private value as it may be shown; separators and the way its digits were written are not kept."""
    base = folding.fold_base(value)
    plain = "".join(_DIGIT.findall(folding.read_digits(base.text))).upper()
    if len(plain) in (15, 18):
        return f"{plain[:2]}{'*' * (len(plain) - 5)}{plain[-3:]}"
    if len(plain) == 11:
        return f"{plain[:3]}****{plain[-4:]}"
    if len(plain) > 8:
        return f"{'*' * (len(plain) - 4)}{plain[-4:]}"
    return "*" * max(len(value), 1)


def mask_private(text: str) -> str:
    """``text`` with everything in it that looks like a private number masked, whichever rule reports it."""
    base = folding.fold_base(text)
    digits = folding.read_digits(base.text)
    pieces: list[str] = []
    cursor = 0
    for match in _PRIVATE.finditer(digits):
        start, end = base.span(*match.span())
        pieces.append(text[cursor:start])
        pieces.append(mask(text[start:end]))
        cursor = end
    pieces.append(text[cursor:])
    return "".join(pieces)
