"""Rewrites words as people do who want to get past a filter: one function a kind, by a seeded random source."""

from __future__ import annotations

import random
from collections.abc import Callable

import opencc

from scanners.confusion import Likeness, likely, syllables
from scanners.evasion_signs import parts_of

_MARKS = "*~^|★●■◆※☆＊@#￥%&=+"
_KEYCAP = "\ufe0f\u20e3"
_FULL = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
_CYRILLIC = dict(zip("aceopxyi", "асеорхуі", strict=True))
_CONVERTER = opencc.OpenCC("s2t")

#: What becomes of a word; the same word where the kind has nothing to offer.
Rewrite = Callable[[str, random.Random], str]


def _half(word: str, source: random.Random, able: Callable[[str], bool]) -> set[int]:
    """Places of half of the characters that can be changed, one at least."""
    places = [index for index, sign in enumerate(word) if able(sign)]
    return set(source.sample(places, min(len(places), max(1, len(word) // 2)))) if places else set()


def _alike(sign: str, kind: Likeness, most: int) -> list[str]:
    return [other for other, likeness in likely(sign).items() if likeness is kind][:most]


def _swap(word: str, source: random.Random, options: Callable[[str], list[str]]) -> str:
    chosen = _half(word, source, lambda sign: bool(options(sign)))
    return "".join(source.choice(options(sign)) if index in chosen else sign for index, sign in enumerate(word))


def homophone(word: str, source: random.Random) -> str:
    """Half of the characters by others of the same sound."""
    return _swap(word, source, lambda sign: _alike(sign, Likeness.SAME_SOUND, 12))


def shape(word: str, source: random.Random) -> str:
    """Half of the characters by others that look alike."""
    return _swap(word, source, lambda sign: _alike(sign, Likeness.SHAPE, 4))


def split(word: str, source: random.Random) -> str:
    """Half of the characters taken apart."""
    return _swap(word, source, lambda sign: list(parts_of(sign)))


def symbols(word: str, source: random.Random) -> str:
    """A mark between every two characters."""
    mark = source.choice(_MARKS)
    return mark.join(word)


def pinyin(word: str, source: random.Random) -> str:
    """Half of the characters by their syllables."""
    return _swap(word, source, lambda sign: list(syllables(sign)[:1]))


def initials(word: str, source: random.Random) -> str:
    """Half of the characters by the first letters of their syllables."""
    return _swap(word, source, lambda sign: [syllable[0] for syllable in syllables(sign)[:1]])


def emoji_digits(word: str, source: random.Random) -> str:
    """Digits by keycaps or rings."""
    if source.random() < 0.5:
        return "".join(f"{sign}{_KEYCAP}" if sign.isascii() and sign.isdigit() else sign for sign in word)
    return "".join(
        chr(0x2460 + int(sign) - 1) if sign in "123456789" else "⓪" if sign == "0" else sign for sign in word
    )


def traditional(word: str, source: random.Random) -> str:
    """Traditional characters."""
    del source
    return str(_CONVERTER.convert(word))


def scripts(word: str, source: random.Random) -> str:
    """Letters and digits in full width, or from another script."""
    table = _FULL if source.random() < 0.5 else _CYRILLIC
    return "".join(table.get(sign, sign) for sign in word)


def mixed(word: str, source: random.Random) -> str:
    """Two ways at once."""
    first, second = source.sample([homophone, split, pinyin, initials, traditional], 2)
    middle = max(1, len(word) // 2)
    mark: str = source.choice(["", *_MARKS[:4]])
    return f"{first(word[:middle], source)}{mark}{second(word[middle:], source)}"


KINDS: dict[str, Rewrite] = {
    "homophone": homophone,
    "shape": shape,
    "split": split,
    "symbols": symbols,
    "pinyin": pinyin,
    "initials": initials,
    "emoji digits": emoji_digits,
    "traditional": traditional,
    "scripts": scripts,
    "mixed": mixed,
}
#: Kinds that change whatever they can in the whole sentence, not only the word.
WHOLE = frozenset(("emoji digits", "traditional", "scripts"))
