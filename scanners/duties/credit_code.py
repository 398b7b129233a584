"""统一社会信用代码 (GB 32100-2015): 18 characters, the last one a check modulo 31 of the others."""

from __future__ import annotations

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_BODY_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def is_valid(code: str) -> bool:
    """True for a code whose own check and whose organisation code's check (GB 11714) both fit."""
    code = code.strip().upper()
    if len(code) != 18 or any(sign not in _SIGNS for sign in code):
        return False
    total = sum(_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return _SIGNS[(31 - total % 31) % 31] == code[17] and _organisation(code[8:17])


def _organisation(code: str) -> bool:
    total = sum(_BODY_SIGNS.index(sign) * weight for sign, weight in zip(code[:8], _BODY_WEIGHTS, strict=True))
    check = 11 - total % 11
    return {10: "X", 11: "0"}.get(check, str(check)) == code[8]
