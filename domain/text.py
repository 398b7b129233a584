"""Text that was folded for matching, with the exact way back to the original, and the sentences of a text.

Only the mechanism is here. What folds into what is a table that the scanners build and pass in.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

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
    """A table of one-to-one replacements and the characters that are removed wherever they stand.

    Raises ``ValueError`` where a replacement is not exactly one code point: it would shift everything after it.
    """

    def __init__(self, replacements: Mapping[str, str], removed: str) -> None:
        for source, target in replacements.items():
            if len(source) != 1 or len(target) != 1:
                raise ValueError(f"not one to one: {source!r} -> {target!r}")
        self._replacements = dict(replacements)
        self._replaced = _class_pair(self._replacements)
        self._removed = _class_pair(removed)

    def _replace(self, match: re.Match[str]) -> str:
        return self._replacements[match.group()]

    def fold(self, text: str) -> Folded:
        """Lower case, replaced, and without the removed characters."""
        folded = text.lower()
        if len(folded) != len(text):  # the capital I with a dot is the only letter that grows
            folded = text.replace("\u0130", "i").lower()
        rare = 1 if _ASTRAL.search(folded) else 0
        replaced, removed = self._replaced[rare], self._removed[rare]
        if replaced is not None:
            folded = replaced.sub(self._replace, folded)
        result = Folded(text, folded)
        return result if removed is None else result.without(removed)


#: Anything beyond the basic plane.
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


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
