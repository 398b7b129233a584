"""Text that was folded for matching, with the exact way back to the original, and the sentences of a text.

Only the mechanism is here. What folds into what is a table that the scanners build and pass in.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

#: Characters that end a sentence. A comma does not: an excuse and the word it excuses may stand on both sides of it.
SENTENCE_ENDS = "。！？!?；;\n\r"
#: A text without any sentence end is cut this far from the hit (code points).
SENTENCE_REACH = 160

_END = re.compile(f"[{SENTENCE_ENDS}]")
_SOFT_END = re.compile(r"[，、,：:\t ]")


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` is the folded form of ``original``.

    Pieces of the original stand in it one after the other: the piece that begins at ``starts[i]`` in ``text`` was taken
    from ``origins[i]`` on. Both are empty where nothing was removed, so that both texts count alike.
    """

    original: str
    text: str
    starts: tuple[int, ...] = ()
    origins: tuple[int, ...] = ()

    def origin(self, index: int) -> int:
        """Where in ``original`` the folded code point ``index`` came from."""
        if not self.starts:
            return index
        piece = bisect_right(self.starts, index) - 1
        return self.origins[piece] + index - self.starts[piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of ``original`` that the non-empty folded span ``[start, end)`` came from.

        Removed characters inside it belong to it, removed characters around it do not. Raises ``ValueError`` for an
        empty or an impossible span.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no such span: {start}..{end} of {len(self.text)}")
        return self.origin(start), self.origin(end - 1) + 1

    def without(self, unwanted: re.Pattern[str]) -> Folded:
        """The same text with every match of ``unwanted`` removed; the way back still leads to ``original``."""
        cuts = [match.span() for match in unwanted.finditer(self.text)]
        if not cuts:
            return self
        pieces: list[str] = []
        starts: list[int] = []
        origins: list[int] = []
        length = cursor = 0
        cuts.append((len(self.text), len(self.text)))
        for left, right in cuts:
            if left > cursor:
                pieces.append(self.text[cursor:left])
                starts.append(length)
                origins.append(self.origin(cursor) if self.starts else cursor)
                for index in range(bisect_right(self.starts, cursor), bisect_left(self.starts, left)):
                    starts.append(length + self.starts[index] - cursor)
                    origins.append(self.origins[index])
                length += left - cursor
            cursor = right
        return Folded(self.original, "".join(pieces), tuple(starts), tuple(origins))


class FoldTable:
    """A table of one-to-one replacements (upper to lower case among them) and the characters that are removed.

    Raises ``ValueError`` where a replacement is not exactly one code point: it would shift everything after it.
    """

    def __init__(self, replacements: Mapping[str, str], removed: str) -> None:
        for source, target in replacements.items():
            if len(source) != 1 or len(target) != 1:
                raise ValueError(f"not one to one: {source!r} -> {target!r}")
        table = {**_lower_case(), **replacements}
        #: A target may be folded itself: a capital Greek letter becomes a small one that has another plain form.
        self._replaced = {source: table.get(target, target) for source, target in table.items()}
        self._dropped = frozenset(removed)
        self._all = self._replaced | dict.fromkeys(self._dropped, "")
        self._ordinals = {ord(source): target for source, target in self._all.items()}
        self._basic = _one_of([character for character in self._all if character <= "\uffff"])
        self._removed = _class_pair(removed)

    def pairs(self) -> Iterable[tuple[str, str]]:
        """Every character that changes, and what it becomes; nothing for one that is removed."""
        return self._all.items()

    def fold(self, text: str) -> Folded:
        """Replaced, and without the removed characters; with the way back."""
        plain = self.plain(text)
        if len(plain) == len(text):
            return Folded(text, plain)
        removed = self._removed[1 if _ASTRAL.search(text) else 0]
        return Folded(text, text) if removed is None else replace(Folded(text, text).without(removed), text=plain)

    def plain(self, text: str) -> str:
        """The folded text alone."""
        if self._is_dense(text):
            return text.translate(self._ordinals)
        table = self._all
        if self._basic is not None:
            text = self._basic.sub(lambda match: table[match.group()], text)
        if _ASTRAL.search(text) is not None:
            text = self._plain_astral(text)
        return text

    def _plain_astral(self, text: str) -> str:
        """Characters beyond the basic plane: a class that holds them all is slow, and few of them are in a text."""
        table = self._all
        rare = [character for character in set("".join(_ASTRAL_RUN.findall(text))) if character in table]
        pattern = _one_of(rare)
        return text if pattern is None else pattern.sub(lambda match: table[match.group()], text)

    def _is_dense(self, text: str) -> bool:
        """True where so many characters change that one by one they are replaced faster all at once."""
        if len(text) < _SAMPLE * _SAMPLE_STEP:
            return False
        sample = text[:: len(text) // _SAMPLE]
        return sum(map(self._all.__contains__, sample)) * 10 > len(sample)


#: Anything beyond the basic plane.
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_ASTRAL_RUN = re.compile("[\U00010000-\U0010ffff]+")
#: So many characters of a text are looked at to choose how it is folded.
_SAMPLE = 256
#: A shorter text than so many times as much is folded as it comes.
_SAMPLE_STEP = 8
#: Blocks with capital letters; a test holds them against the whole of Unicode.
_CASED = (
    (0x41, 0x588),
    (0x10A0, 0x10D0),
    (0x13A0, 0x13FE),
    (0x1C80, 0x1CC0),
    (0x1E00, 0x2190),
    (0x24B6, 0x24D0),
    (0x2C00, 0x2D30),
    (0xA640, 0xA7FB),
    (0xFF21, 0xFF3B),
    (0x10400, 0x10600),
    (0x10C80, 0x10D70),
    (0x118A0, 0x118C0),
    (0x16E40, 0x16E60),
    (0x1E900, 0x1E922),
)


def _lower_case() -> dict[str, str]:
    """Capital letters to small ones. The capital I with a dot is the only one that grows: it becomes a plain i."""
    table = {"\u0130": "i", "\u03c2": "\u03c3"}
    for start, end in _CASED:
        for character in map(chr, range(start, end)):
            small = character.lower()
            if small != character and len(small) == 1:
                table[character] = small
    return table


def _class_pair(characters: Mapping[str, str] | str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Two patterns: for texts of the basic plane, and for all others.

    A class that reaches beyond the basic plane is matched some forty times slower, and hardly any text needs it.
    """
    basic = [character for character in characters if character <= "\uffff"]
    return _one_of(basic), _one_of(list(characters))


def _one_of(characters: list[str]) -> re.Pattern[str] | None:
    return re.compile(f"[{_char_class(characters)}]") if characters else None


def _char_class(characters: list[str]) -> str:
    """A regular expression class, written as ranges so that it stays small and fast."""
    codes = sorted(ord(character) for character in characters)
    parts: list[str] = []
    index = 0
    while index < len(codes):
        last = index
        while last + 1 < len(codes) and codes[last + 1] == codes[last] + 1:
            last += 1
        parts.append(re.escape(chr(codes[index])))
        if last > index:
            parts.append(f"-{re.escape(chr(codes[last]))}")
        index = last + 1
    return "".join(parts)


def sentence_span(text: str, start: int, end: int, *, reach: int = SENTENCE_REACH) -> tuple[int, int]:
    """Where the sentence around ``[start, end)`` begins and ends in ``text``, its end mark included, blanks excluded.

    A sentence is cut at most ``reach`` code points before and after the hit, at the comma or blank furthest away within
    it, so that a table without any full stop does not become one endless sentence.
    """
    floor = max(0, start - reach)
    before = text[floor:start]
    ends = [match.end() for match in _END.finditer(before)]
    if ends:
        left = floor + ends[-1]
    elif floor == 0:
        left = 0
    else:
        soft = _SOFT_END.search(before)
        left = floor + soft.end() if soft else floor
    ceiling = min(len(text), end + reach)
    stop = _END.search(text, end, ceiling)
    if stop:
        right = stop.end()
    elif ceiling == len(text):
        right = ceiling
    else:
        softs = [match.start() for match in _SOFT_END.finditer(text, end, ceiling)]
        right = softs[-1] if softs else ceiling
    while left < start and text[left].isspace():
        left += 1
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right
