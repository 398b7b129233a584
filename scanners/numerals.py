"""Numbers in disguise: Chinese numerals, circled digits, and letters posing as digits, read as digits.

The reading has the length of the text it was made from, place by place. Only runs long enough to be a telephone number
are read: everything shorter is prose, the number of a list entry, or a word.
"""

from __future__ import annotations

import re

#: Small and capital numerals, 幺 as people say it on the telephone, and the rings that stand for 零.
_CHINESE = dict(zip("零〇○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖弌弍弎", "00012345678912123456789123", strict=True))
_ENCLOSED = {
    **{chr(first + value): str(value + 1) for first in (0x2460, 0x2474, 0x24F5) for value in range(9)},
    **{chr(first + value): str(value + 1) for first in (0x2776, 0x2780, 0x278A, 0x3220, 0x3280) for value in range(9)},
    "\u24ea": "0",
    "\u24ff": "0",
}
#: Latin letters, Cyrillic and Greek ones that look like digits, and the bar.
_POSING = {
    **dict.fromkeys("oо\u03bfσ", "0"),
    **dict.fromkeys("li|\u03b9і", "1"),
    "з": "3",
    "б": "6",
}
#: A cross as the check character of an identity number.
_CROSS = re.compile(r"(?<=\d{17})×(?![0-9×])")
#: What may stand between two digits of one number.
SEPARATORS = r"[ \u00a0\u3000.·_/\-\u2010-\u2015]"

_C, _E, _P = ("".join(table) for table in (_CHINESE, _ENCLOSED, _POSING))
_CHINESE_ANY = re.compile(rf"[{_C}]")
_CHINESE_RUN = re.compile(rf"[{_C}](?:{SEPARATORS}?[{_C}]){{10,}}")
#: The ring is left out here: among digits it is a mask.
_M = _C.replace("○", "")
_MIXED_RUN = re.compile(rf"(?<![0-9a-z])[{_M}0-9](?:{SEPARATORS}?[{_M}0-9]){{9,}}[{_M}0-9x](?![0-9a-z])")
_MIXED_START = re.compile(rf"[{_M}][0-9]|[0-9]{SEPARATORS}?[{_M}]")
_ENCLOSED_RUN = re.compile(rf"[{_E}0-9](?:{SEPARATORS}?[{_E}0-9]){{10,}}")
_ENCLOSED_ANY = re.compile(rf"[{_E}]")
_POSING_RUN = re.compile(rf"(?<![0-9a-z])[0-9{_P}](?:{SEPARATORS}?[0-9{_P}]){{9,22}}[0-9{_P}x](?![0-9a-z])")
#: Where a disguised number may stand; cheap, and true for many other texts.
DISGUISED = re.compile(rf"[{_C}{_E}0-9][{_C}{_E}0-9 .·\-]{{9,}}")
_ALL = {**_CHINESE, **_ENCLOSED}
#: Every disguise of a single digit.
DIGITS = _ALL
#: Lengths of the numbers that people hide: telephone, identity (old and new), card.
_LENGTHS = frozenset((11, 15, 16, 17, 18, 19))
#: So many numerals among digits are no accident.
_FEWEST = 3
#: So many true digits there must be, and not many fewer than letters posing as digits: else it is a word or a code.
_FEWEST_DIGITS = 5


def read_digits(text: str) -> str:
    """The digit view of a base text: same length, position by position."""
    if _CHINESE_ANY.search(text):
        text = _CHINESE_RUN.sub(_read, text)
        if _MIXED_START.search(text):
            text = _MIXED_RUN.sub(_read_mixed, text)
    if _ENCLOSED_ANY.search(text):
        text = _ENCLOSED_RUN.sub(_read_enclosed, text)
    if "×" in text:
        text = _CROSS.sub("x", text)
    return _POSING_RUN.sub(_read_posing, text)


def _read(match: re.Match[str]) -> str:
    return "".join(_ALL.get(sign, sign) for sign in match.group())


def _read_mixed(match: re.Match[str]) -> str:
    """Numerals among digits: only where the whole run has the length of a number that people hide.

    One or two numerals at an edge belong to the word beside the number (``第三``, ``一栏``).
    """
    run = match.group()
    signs = sum(sign in _CHINESE for sign in run)
    length = signs + sum(sign.isdigit() or sign == "x" for sign in run)
    edge = run[0] in _CHINESE or run[-1] in _CHINESE
    return _read(match) if signs and length in _LENGTHS and (signs >= _FEWEST or not edge) else run


def _read_enclosed(match: re.Match[str]) -> str:
    """A single circled digit before plain ones is the number of a list entry, not a part of the number after it."""
    run = match.group()
    return _read(match) if len(_ENCLOSED_ANY.findall(run)) >= 3 else run


def _read_posing(match: re.Match[str]) -> str:
    """Letters posing as digits: at most a few among many digits, else it is a word or a code."""
    run = match.group()
    posing = sum(sign in _POSING for sign in run)
    digits = sum(sign.isdigit() for sign in run)
    if posing == 0 or posing > digits + 1 or digits < _FEWEST_DIGITS:
        return run
    return "".join(_POSING.get(sign, sign) for sign in run)
