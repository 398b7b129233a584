"""Large and long pictures, cut so that no line is lost at a cut and none is read twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median

from PIL import Image

from extractors.pictures.lines import Line

#: A page or a photo is first read with its long side at this many pixels; a tile is never larger than this square.
SIDE = 1440
#: Pictures longer than this many times their width are cut, not shrunk.
_LONG = 2.2
#: Two neighbouring tiles share this many pixels: more than two lines of large print.
_OVERLAP = 160
#: Characters lower than this were shrunk too far to be read surely (pixels).
_LEGIBLE = 13.0
#: Two lines that share this much of the smaller one are one.
_SAME = 0.5
#: Small pictures are enlarged to this height of their short side, at most so many times.
_SMALL, _ENLARGE = 320, 3.0

#: Recognition enlarges pictures to this short side (pixels); strips longer than this many times it are filled up.
_NARROW, _STRIP = 736, 1.5

Recognise = Callable[[Image.Image], list[Line]]


def read(picture: Image.Image, recognise: Recognise, *, most_tiles: int) -> tuple[list[Line], int]:
    """The lines of a picture of any size, in its own pixels, and how many tiles were left out beyond ``most_tiles``."""
    width, height = picture.size
    short, long = min(width, height), max(width, height)
    if long <= SIDE:
        factor = min(_ENLARGE, max(1.0, _SMALL / short), SIDE / long)
        return _shrunk(picture, factor, recognise), 0
    if long <= short * _LONG:
        lines = _shrunk(picture, SIDE / long, recognise)
        if not lines or median(line.height for line in lines) * SIDE / long >= _LEGIBLE:
            return lines, 0
        factor = min(1.0, _LEGIBLE * 1.6 / (median(line.height for line in lines) * SIDE / long) * SIDE / long)
        return _tiled(picture, factor, recognise, most_tiles)
    return _tiled(picture, min(1.0, SIDE / short), recognise, most_tiles)


def _shrunk(picture: Image.Image, factor: float, recognise: Recognise) -> list[Line]:
    if factor != 1.0:
        size = max(1, round(picture.width * factor)), max(1, round(picture.height * factor))
        picture = picture.resize(size, Image.Resampling.LANCZOS if factor < 1 else Image.Resampling.BICUBIC)
    return [line.scaled(1 / factor) for line in recognise(filled(picture))]


def filled(picture: Image.Image) -> Image.Image:
    """A strip with ground below or beside it: recognition enlarges what is narrow, and a strip would grow tenfold."""
    short, long = min(picture.size), max(picture.size)
    wanted = min(_NARROW, round(long / _STRIP))
    if short >= wanted:
        return picture
    size = (max(picture.width, wanted), max(picture.height, wanted))
    sheet = Image.new("RGB", size, picture.convert("RGB").getpixel((picture.width - 1, picture.height - 1)))
    sheet.paste(picture, (0, 0))
    return sheet


def _tiled(picture: Image.Image, factor: float, recognise: Recognise, most: int) -> tuple[list[Line], int]:
    lines: list[Line] = []
    boxes = list(_cuts(picture.size, round(SIDE / factor), round(_OVERLAP / factor)))
    for box in boxes[:most]:
        for line in _shrunk(picture.crop(box), factor, recognise):
            _merge(lines, line.scaled(1.0, box[0], box[1]))
    return lines, max(0, len(boxes) - most)


def _cuts(size: tuple[int, int], side: int, overlap: int) -> Iterator[tuple[int, int, int, int]]:
    """Rectangles that cover a picture from the upper left to the lower right."""
    for top in _starts(size[1], side, overlap):
        for left in _starts(size[0], side, overlap):
            yield left, top, min(left + side, size[0]), min(top + side, size[1])


def _starts(length: int, side: int, overlap: int) -> list[int]:
    if length <= side:
        return [0]
    steps = -(-(length - side) // (side - overlap))
    return [round((length - side) * step / steps) for step in range(steps + 1)]


def _merge(lines: list[Line], new: Line) -> None:
    """Add a line; of two readings of the same place the longer one stays, for a cut shortens."""
    for at, known in enumerate(lines):
        if known.overlap(new) >= _SAME:
            if (len(new.text), new.confidence) > (len(known.text), known.confidence):
                lines[at] = new
            return
    lines.append(new)
