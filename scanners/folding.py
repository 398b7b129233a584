"""What folds into what: the project's table, and the three views of a text that the detectors read.

``base``     lower case, full width and other compatibility forms of letters, digits and Han to their plain form,
             traditional characters to simplified ones (one by one), invisible characters removed.
``compact``  the base without the marks and blanks that somebody put between two Han characters: for words.
``digits``   the base with Chinese numerals, circled digits and letters posing as digits read as digits, length
             unchanged: for numbers.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc

from domain.text import Folded, FoldTable

#: Basic block, extension A and compatibility ideographs.
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2FA20))
#: Soft hyphen, joiners, direction marks, variation selectors, byte order mark, tags: nothing that a reader sees.
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u3164\ufeff\uffa0"
    + "".join(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070))))
    + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0000, 0xE0080), *range(0xE0100, 0xE01F0))))
)
#: Full width marks that matter to patterns. The common Chinese punctuation stays as it is: folding it would touch
#: every text, and no rule needs it.
_MARKS = dict(zip("＊－．＋＠＿／％＃＝＆～｜＄", "*-.+@_/%#=&~|$", strict=True))
#: Circled digits are list marks far more often than parts of a number; only the digit view reads runs of them.
_CIRCLED = {chr(0x2460 + value): str(value + 1) for value in range(9)} | {"\u24ea": "0"}
_NUMERALS = dict(zip("零〇○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖", "00012345678912123456789", strict=True))
_LOOKALIKES = {"o": "0", "l": "1", "i": "1"}

#: Marks and blanks that people put into a word to hide it. Quotation marks and Chinese punctuation part real words.
_NOISE = r"\s*^~_|+=#@&$%<>/\\.·•・‧∙●○■□◆◇★☆▲△※`'\-\u2010-\u2015\u2022"
_BETWEEN_HAN = re.compile(rf"[{_NOISE}](?<=[{HAN}][{_NOISE}])[{_NOISE}]{{0,2}}(?=[{HAN}])")
_NUMERAL_RUN = re.compile(rf"[{''.join(_NUMERALS)}]{{11,}}")
_CIRCLED_RUN = re.compile(rf"[{''.join(_CIRCLED)}0-9]{{11,}}")
_POSING_RUN = re.compile(r"(?<![0-9a-z])[0-9oli]{11,18}(?![0-9a-z])")
_CIRCLED_ANY = re.compile(rf"[{''.join(_CIRCLED)}]")


@cache
def fold_table() -> FoldTable:
    """The project's table of about 9,000 characters; made once a process (some 50 ms)."""
    table: dict[str, str] = {}
    for code in (
        *range(0xA0, 0x2460),
        *range(0x24B6, 0x24EA),
        *range(0x2500, 0x3000),
        *range(0xFF10, 0xFF5B),
        *range(0x1D400, 0x1D800),
    ):
        character = chr(code)
        plain = unicodedata.normalize("NFKC", character)
        if len(plain) == 1 and plain != character and plain.isalnum():
            table[character] = plain.lower() if len(plain.lower()) == 1 else plain
    table.update(_simplified())
    table.update(_MARKS)
    return FoldTable(table, INVISIBLE)


def _simplified() -> dict[str, str]:
    """Traditional and compatibility ideographs, each to its simplified form, as OpenCC has it for single characters."""
    characters = [chr(code) for start, end in _HAN_BLOCKS for code in range(start, end)]
    plain = [unicodedata.normalize("NFKC", character) for character in characters]
    simple = opencc.OpenCC("t2s").convert("\n".join(plain)).split("\n")
    pairs = zip(characters, simple, strict=True)
    return {character: form for character, form in pairs if len(form) == 1 and form != character}


def fold_base(text: str) -> Folded:
    """The base view."""
    return fold_table().fold(text)


def compact(base: Folded) -> Folded:
    """The base view without marks and blanks between Han characters (at most three in a row)."""
    return base.without(_BETWEEN_HAN)


def fold_word(text: str) -> str:
    """A word or a sentence as it is compared: folded and compacted."""
    return compact(fold_base(text)).text


def read_digits(text: str) -> str:
    """The digit view of a base text: same length, position by position."""
    text = _NUMERAL_RUN.sub(lambda match: "".join(_NUMERALS[sign] for sign in match.group()), text)
    if _CIRCLED_ANY.search(text):
        text = _CIRCLED_RUN.sub(_read_circled, text)
    return _POSING_RUN.sub(_read_posing, text)


def _read_circled(match: re.Match[str]) -> str:
    """A single circled digit before plain ones is the number of a list entry, not a part of the number after it."""
    run = match.group()
    if len(_CIRCLED_ANY.findall(run)) < 3:
        return run
    return "".join(_CIRCLED.get(sign, sign) for sign in run)


def _read_posing(match: re.Match[str]) -> str:
    """Letters posing as digits: at most a few among many digits, else it is a word or a code."""
    run = match.group()
    posing = sum(sign in _LOOKALIKES for sign in run)
    if posing == 0 or posing > 3:
        return run
    return "".join(_LOOKALIKES.get(sign, sign) for sign in run)
