"""Post ids: the number (``mid``) and its short form in addresses (``bid``), which say the same."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUE = {digit: value for value, digit in enumerate(_DIGITS)}
_NUMBER = re.compile(r"^\d{8,20}$")
_SHORT = re.compile(r"^[0-9a-zA-Z]{5,12}$")
_HOSTS = ("weibo.com", "weibo.cn")


def bid_of(mid: str) -> str:
    """``4386731509545047`` → ``HAohwE36n``: groups of seven digits from the right, each in base 62.

    Raises ``ValueError`` where ``mid`` is no number.
    """
    if not mid.isascii() or not mid.isdigit():
        raise ValueError(f"not a post number: {mid!r}")
    groups: list[str] = []
    while mid:
        mid, group = mid[:-7], mid[-7:]
        number, digits = int(group), ""
        while number:
            number, rest = divmod(number, 62)
            digits = _DIGITS[rest] + digits
        groups.append(digits.rjust(4, "0") if mid else digits or "0")
    return "".join(reversed(groups))


def mid_of(bid: str) -> str:
    """``HAohwE36n`` → ``4386731509545047``. Raises ``ValueError`` where ``bid`` is no short id."""
    groups: list[str] = []
    try:
        while bid:
            bid, group = bid[:-4], bid[-4:]
            number = 0
            for digit in group:
                number = number * 62 + _VALUE[digit]
            groups.append(str(number).rjust(7, "0") if bid else str(number))
    except KeyError as error:
        raise ValueError(f"not a short post id: {error.args[0]!r}") from None
    return "".join(reversed(groups))


def key_of(url: str) -> str:
    """The ``mid`` that the address of a post names (in its path or as ``id``), or an empty string."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    host = (parts.hostname or "").lower()
    if not any(host == name or host.endswith("." + name) for name in _HOSTS):
        return ""
    query = parse_qs(parts.query)
    segments = [segment for segment in parts.path.split("/") if segment]
    named = len(segments) == 2 and (segments[0] in ("status", "detail") or segments[0].isdigit())
    for word in (*query.get("id", ()), *query.get("mid", ()), *(segments[-1:] if named else ())):
        if _NUMBER.match(word):
            return str(word)
        if _SHORT.match(word):
            return mid_of(word)
    return ""


def public_address(mid: str, uid: str = "") -> str:
    """The address a person opens: ``https://weibo.com/<uid>/<bid>``, by the number alone where the user is unknown."""
    if not mid:
        return ""
    return f"https://weibo.com/{uid}/{bid_of(mid)}" if uid else f"https://m.weibo.cn/detail/{mid}"
