"""What folds into what: the project's table, and the three views of a text that the detectors read.

``base``     lower case, full width and other compatibility forms of letters, digits and Han to their plain form,
             traditional characters to simplified ones (one by one), invisible characters removed.
``compact``  the base without the marks and blanks that somebody put between two Han characters: for words.
``digits``   the base with Chinese numerals, circled digits and letters posing as digits read as digits, length
             unchanged: for numbers.
"""

from __future__ import annotations

import importlib.util
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from domain.text import Folded, FoldTable
from scanners.cache import cached
from scanners.numerals import read_digits as read_digits

#: Basic block, extension A and compatibility ideographs.
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2FA20))
#: Soft hyphen, joiners, direction marks, variation selectors, byte order mark, tags: nothing that a reader sees.
INVISIBLE = (
    "\u00ad\u034f\u20e3\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u3164\ufeff\uffa0"
    + "".join(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070))))
    + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0000, 0xE0080), *range(0xE0100, 0xE01F0))))
)
#: Full width marks that matter to patterns. The common Chinese punctuation stays as it is: folding it would touch
#: every text, and no rule needs it.
_MARKS = dict(zip("＊－．＋＠＿／％＃＝＆～｜＄", "*-.+@_/%#=&~|$", strict=True))

#: All blanks are written out: a class with a category in it is matched several times slower.
_BLANKS = "".join(character for character in map(chr, range(0x3001)) if character.isspace())
#: Marks and blanks that people put into a word to hide it. Quotation marks and Chinese punctuation part real words.
NOISE = _BLANKS + r"*^~_|+=#@&$%<>/\\.·•・‧∙●○■□◆◇★☆▲△※`'\-\u2010-\u2015\u2022"
_BETWEEN_HAN = re.compile(rf"[{NOISE}](?<=[{HAN}].)[{NOISE}]{{0,2}}(?=[{HAN}])", re.DOTALL)


@cache
def fold_table() -> FoldTable:
    """The project's table of some 9,000 characters, made once a process; the cache spares the 100 ms that it takes."""
    sources, targets = cached("fold", _version(), _make_table).split("\n")
    return FoldTable(dict(zip(sources, targets, strict=True)), INVISIBLE)


def _version() -> str:
    """Changes with this file, with OpenCC and with Python's own tables. Asks for no package, which is slow."""
    found = importlib.util.find_spec("opencc")
    places = [Path(__file__), *([Path(found.origin)] if found is not None and found.origin else [])]
    times = [str(place.stat().st_mtime_ns) for place in places]
    return " ".join([unicodedata.unidata_version, *times])


def _make_table() -> str:
    """All characters that change in one line, what they become in another."""
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
    for character in map(chr, range(0x80, 0x20000)):  # digits of all scripts
        if (digit := unicodedata.decimal(character, None)) is not None:
            table[character] = str(digit)
    table["\U0001f10b"] = (
        "\u24ea"  # a ringed zero beyond the basic plane: patterns are fast as long as they need not know
    )
    table.update(_simplified())
    table.update(_MARKS)
    return f"{''.join(table)}\n{''.join(table.values())}"


def _simplified() -> dict[str, str]:
    """Traditional and compatibility ideographs, each to its simplified form, as OpenCC has it for single characters."""
    import opencc

    characters = [chr(code) for start, end in _HAN_BLOCKS for code in range(start, end)]
    plain = [unicodedata.normalize("NFKC", character) for character in characters]
    simple = opencc.OpenCC("t2s").convert("\n".join(plain)).split("\n")
    pairs = zip(characters, simple, strict=True)
    return {character: form for character, form in pairs if len(form) == 1 and form != character}


def fold_base(text: str) -> Folded:
    """The base view."""
    return fold_table().fold(text)


def plain_base(text: str) -> str:
    """The base view without the way back."""
    return fold_table().plain(text)


def plain_compact(base: str) -> str:
    """The compact view of a base view, without the way back."""
    return _BETWEEN_HAN.sub("", base)


def compact(base: Folded) -> Folded:
    """The base view without marks and blanks between Han characters (at most three in a row)."""
    return base.without(_BETWEEN_HAN)


def fold_word(text: str) -> str:
    """A word or a sentence as it is compared: folded and compacted."""
    return _fold_short(text) if len(text) <= _SHORT else plain_compact(plain_base(text))


#: Words are folded again and again while rules are built, and remembered; sentences are not.
_SHORT = 24


@lru_cache(maxsize=65_536)
def _fold_short(text: str) -> str:
    return plain_compact(plain_base(text))
