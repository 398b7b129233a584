"""From single lines to text in reading order: rows, cells parted by tabs, numbers that wrap put together again."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from domain.post import Box, Spot
from extractors.pictures.lines import Line

#: Two boxes stand in one row where their middles differ by less than this share of the lower one's height.
_ROW = 0.5
#: Two boxes of digits closer than this (in heights) are one number with a blank in it; Chinese characters closer than
#: the second are one word. Everything else that was found as two boxes is two cells.
_ONE_NUMBER, _ONE_WORD = 1.1, 0.25
_RUN = re.compile(r"[0-9A-Za-z*＊×●.\-]+|[^\s0-9A-Za-z*＊×●.\-]+")
_DIGITS = re.compile(r"[0-9][0-9 ]{3,17}[0-9Xx]?")
_JOINED = re.compile(r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]|62\d{14,17}")
_NUMERIC = re.compile(r"[0-9Xx*＊×●.\-]")
_CHINESE = re.compile(r"[\u3400-\u9fff，。、；：]")


@dataclass(frozen=True, slots=True)
class Text:
    """Text in reading order and where each part of it stands."""

    text: str
    spots: tuple[Spot, ...]


def arrange(lines: Sequence[Line]) -> Text:
    """All lines as one text, a row a line."""
    pieces: list[str] = []
    spots: list[Spot] = []
    length = 0
    for row in rows(lines):
        if pieces:
            pieces.append("\n")
            length += 1
        for before, line in zip((None, *row), row, strict=False):
            gap = _gap(before, line) if before is not None else ""
            pieces.append(gap)
            length += len(gap)
            spots.extend(_spots(line, length))
            pieces.append(line.text)
            length += len(line.text)
    return Text("".join(pieces), tuple(spots))


def rows(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines that stand beside each other, from top to bottom and from left to right."""
    slope = _slope(lines)
    placed = sorted(((line.middle[1] - slope * line.middle[0], line) for line in lines), key=lambda pair: pair[0])
    found: list[tuple[float, list[Line]]] = []
    for level, line in placed:
        for at in range(len(found) - 1, max(-1, len(found) - 4), -1):
            known, row = found[at]
            if abs(level - known) < _ROW * min(line.height, row[-1].height):
                row.append(line)
                found[at] = ((known * (len(row) - 1) + level) / len(row), row)
                break
        else:
            found.append((level, [line]))
    return [sorted(row, key=lambda line: line.left) for _, row in found]


def _slope(lines: Sequence[Line]) -> float:
    """How far the picture as a whole is turned: long lines know it best."""
    told = [line.slope for line in lines if line.right - line.left > 4 * line.height]
    return median(told) if told else 0.0


def _gap(before: Line, line: Line) -> str:
    heights = (line.left - before.right) / max(before.height, line.height)
    last, first = before.text[-1], line.text[0]
    if _NUMERIC.match(last) and _NUMERIC.match(first):
        return " " if heights < _ONE_NUMBER else "\t"
    if _CHINESE.match(last) and _CHINESE.match(first):
        return "" if heights < _ONE_WORD else "\t"
    return "\t" if heights > _ONE_WORD else " "


def _spots(line: Line, offset: int) -> Iterator[Spot]:
    """One spot for each run of digits and letters, and for each run between them."""
    for match in _RUN.finditer(line.text):
        start, end = match.span()
        yield Spot(offset + start, offset + end, _box(line, start, end), round(min(line.sure[start:end]), 3))


def _box(line: Line, start: int, end: int) -> Box:
    left = min(low for low, _ in line.edges[start:end])
    right = max(high for _, high in line.edges[start:end])
    # characters sit within a turned line at a height of their own
    fall = abs(line.slope) * (line.right - line.left)
    share = ((left + right) / 2 - line.left) / max(1.0, line.right - line.left)
    top = line.top + fall * (share if line.slope > 0 else 1 - share) - line.height * 0.05
    bottom = min(line.bottom, top + line.height * 1.1)
    return math.floor(left), math.floor(top), math.ceil(right - left), math.ceil(bottom - top)


def wrapped(lines: Sequence[Line]) -> Iterator[Text]:
    """Numbers that a narrow cell broke over two lines of digits, one directly below the other."""
    parts = [line for line in lines if _DIGITS.fullmatch(line.text.strip())]
    for upper in parts:
        below = [
            line
            for line in parts
            if 0.4 * upper.height < line.middle[1] - upper.middle[1] < 2.2 * upper.height
            and min(upper.right, line.right) - max(upper.left, line.left) > 0.6 * min(_width(upper), _width(line))
        ]
        for lower in below:
            first, second = upper.text.replace(" ", ""), lower.text.replace(" ", "")
            if not _JOINED.fullmatch(first) and _JOINED.fullmatch(first + second):
                yield _join(upper, lower, first, second)


def _width(line: Line) -> float:
    return line.right - line.left


def _join(upper: Line, lower: Line, first: str, second: str) -> Text:
    spots = tuple(
        Spot(start, start + len(text), _box(line, 0, len(line.text)), round(min(line.sure), 3))
        for line, text, start in ((upper, first, 0), (lower, second, len(first)))
    )
    return Text(first + second, spots)
