"""The text of a page with the place of each character, in points from the upper left corner."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from domain.post import Box, Spot

#: Numbers worth a rectangle of their own: six digits and more.
NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9*＊×●](?:[ \-]?[0-9*＊×●]){4,22}[0-9XxＸ*＊×●]?")
#: A number that a cell broke over two lines: an identity number, a UnionPay card, a mobile number.
_BROKEN = re.compile(r"(?<![0-9A-Za-z])(\d{3,18})[ ]?\r?\n[ ]?(\d{1,17}[\dXx]|[\dXx])(?![0-9A-Za-z])")
_WHOLE = re.compile(
    r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]|62\d{14,17}|1[3-9]\d{9}"
)
#: Places are asked for in so many numbers of a page; a page of figures has thousands.
_MOST_SPOTS = 400

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the text without blanks, and whether it is a number."""

    start: int
    end: int
    number: bool


class PageText:
    """The text of one page, as PDFium orders it, with line ends as ``\\n``. Close it after use."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._text = page.get_textpage()
        self.height = float(page.get_height())
        self.width = float(page.get_width())
        self.text: str = self._text.get_text_range() if self._text.count_chars() else ""

    def close(self) -> None:
        """Give the page's text back."""
        self._text.close()

    def tokens(self) -> list[Token]:
        """All stretches between blanks."""
        return [
            Token(*match.span(), sum(sign.isdigit() for sign in match.group()) >= 6)
            for match in re.finditer(r"\S+", self.text)
        ]

    def character(self, index: int) -> Rectangle | None:
        """Left, bottom, right, top of a character in the page's own space; ``None`` for one that PDFium made up."""
        at = self._index(index)
        if at < 0 or raw.FPDFText_IsGenerated(self._text, at) == 1:
            return None
        sides = [ctypes.c_double() for _ in range(4)]
        if not raw.FPDFText_GetCharBox(self._text, at, *map(ctypes.byref, sides)):
            return None
        left, right, bottom, top = (side.value for side in sides)
        return left, bottom, right, top

    def rectangle(self, start: int, end: int) -> Rectangle | None:
        """The rectangle around a stretch, in the page's own space."""
        found = [box for box in map(self.character, range(start, end)) if box is not None]
        if not found:
            return None
        return _around(found)

    def object_of(self, index: int) -> int:
        """A number that stands for the object of the page that holds a character; 0 where there is none."""
        at = self._index(index)
        found = raw.FPDFText_GetTextObject(self._text, at) if at >= 0 else None
        return ctypes.addressof(found.contents) if found else 0

    def box(self, rectangle: Rectangle) -> Box:
        """A rectangle of the page's own space in points from the upper left corner of the page as it is shown."""
        left, top, width, height = self.pixels(rectangle, 1.0)
        return left, top, max(1, width), max(1, height)

    def pixels(self, rectangle: Rectangle, scale: float) -> Box:
        """The same in pixels of a rendering at ``scale``."""
        across, down = max(1, round(self.width * scale)), max(1, round(self.height * scale))
        x, y = ctypes.c_int(), ctypes.c_int()
        corners: list[tuple[int, int]] = []
        for left, up in ((rectangle[0], rectangle[1]), (rectangle[2], rectangle[3])):
            raw.FPDF_PageToDevice(self._page, 0, 0, across, down, 0, left, up, ctypes.byref(x), ctypes.byref(y))
            corners.append((x.value, y.value))
        (x1, y1), (x2, y2) = corners
        return min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1)

    def spots(self, text: str, origins: list[int]) -> tuple[Spot, ...]:
        """The places of the numbers in ``text``, whose characters stand at ``origins`` of this text."""
        found: list[Spot] = []
        for match in NUMBER.finditer(text):
            if len(found) == _MOST_SPOTS:
                break
            start, end = match.span()
            ends = _ends(origins, start, end)
            boxes = [box for box in map(self.character, ends) if box is not None]
            if boxes:
                found.append(Spot(start, end, self.box(_around(boxes))))
        return tuple(found)

    def _index(self, index: int) -> int:
        return int(raw.FPDFText_GetCharIndexFromTextIndex(self._text, index))


def _around(boxes: list[Rectangle]) -> Rectangle:
    lefts, lows, rights, highs = zip(*boxes, strict=True)
    return min(lefts), min(lows), max(rights), max(highs)


def _ends(origins: list[int], start: int, end: int) -> list[int]:
    """First and last character of each unbroken piece of a number: digits of one line are equally high."""
    ends: list[int] = [origins[start]]
    for at in range(start + 1, end):
        if origins[at] != origins[at - 1] + 1:
            ends += (origins[at - 1], origins[at])
    return [*ends, origins[end - 1]]


def rejoined(text: str, left_out: set[int]) -> tuple[str, list[int]]:
    """``text`` without the characters at ``left_out``, with numbers that wrap put together again, and where each
    remaining character stood. Line ends inside a number go only where a whole number comes out: two cells with a figure
    each stay two."""
    gone = set(left_out)
    for match in _BROKEN.finditer(text):
        first, second = match.groups()
        if _WHOLE.fullmatch(first + second) and not _WHOLE.fullmatch(first) and not _WHOLE.fullmatch(second):
            gone.update(range(match.end(1), match.start(2)))
    gone.update(at for at, sign in enumerate(text) if sign in "\r\ufffe\x02")
    origins = [at for at in range(len(text)) if at not in gone]
    return "".join(text[at] for at in origins), origins
