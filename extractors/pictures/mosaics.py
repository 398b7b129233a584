"""Mosaics that hide too little: blocks of one colour that, shrunk back to one pixel each, still read as a number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PIL import Image

from domain.post import Box
from extractors.pictures.lines import Line
from extractors.pictures.tiles import filled

#: Sides of the blocks looked for (pixels): smaller ones are print, larger ones leave nothing of a line of text.
_SIDES = range(4, 33)
#: Neighbouring pixels of one block differ by no more than this (of 255), which JPEG at usual qualities keeps.
_FLAT = 8
#: So many digits that can still be read make a mosaic too light.
_READ = 6
#: So many equal blocks must lie together.
_BLOCKS = 10
_DIGITS = re.compile(r"\d{6,}")
#: Larger pictures are not searched (pixels).
_MOST_PIXELS = 24_000_000
#: A line of text is brought to this height before it is read (pixels).
_HEIGHT = 32


@dataclass(frozen=True, slots=True)
class LightMosaic:
    """A mosaic under which ``digits`` characters of a number could still be read; the number itself is not kept."""

    box: Box
    digits: int


def find(
    picture: Image.Image, lines: Sequence[Line], codes: Sequence[Box], recognise: Callable[[Image.Image], list[Line]]
) -> Iterator[LightMosaic]:
    """Mosaics that can still be read: as they are (``lines`` are those of the picture), or shrunk. The modules of
    ``codes`` are no mosaic. Needs OpenCV, which comes with recognition."""
    known = list(codes)
    for box, side in _regions(picture):
        if any(_share(box, other) > 0 for other in known):
            continue
        digits = max(_seen(box, lines), _hidden(picture, box, side, recognise))
        if digits >= _READ:
            known.append(box)
            yield LightMosaic(box, digits)


def _seen(box: Box, lines: Sequence[Line]) -> int:
    """Digits that were read in the mosaic as it is."""
    total = 0
    for line in lines:
        for (low, high), sign in zip(line.edges, line.text, strict=True):
            middle = (low + high) / 2
            inside = box[0] <= middle <= box[0] + box[2] and box[1] <= line.middle[1] <= box[1] + box[3]
            total += inside and sign.isdigit()
    return total


def _hidden(picture: Image.Image, box: Box, side: int, recognise: Callable[[Image.Image], list[Line]]) -> int:
    """Digits that are read where each block has become one pixel."""
    left, top, width, height = box
    cut = picture.crop((left, top, left + width, top + height))
    across, down = max(1, round(width / side)), max(1, round(height / side))
    small = cut.resize((across, down), Image.Resampling.BOX)
    factor = max(1.0, _HEIGHT / down)
    large = small.resize((round(across * factor), round(down * factor)), Image.Resampling.BICUBIC)
    framed = Image.new("RGB", (large.width + 40, large.height + 40), large.getpixel((0, 0)))
    framed.paste(large, (20, 20))
    found = [run for line in recognise(filled(framed)) for run in _DIGITS.findall(line.text.replace(" ", ""))]
    return max(map(len, found), default=0)


def _share(box: Box, other: Box) -> int:
    """Pixels that two rectangles have in common."""
    width = min(box[0] + box[2], other[0] + other[2]) - max(box[0], other[0])
    height = min(box[1] + box[3], other[1] + other[3]) - max(box[1], other[1])
    return max(0, width) * max(0, height)


def _regions(picture: Image.Image) -> list[tuple[Box, int]]:
    """Places where square blocks of one size lie in one grid, with the side of a block."""
    import cv2
    import numpy

    if picture.width * picture.height > _MOST_PIXELS:
        return []
    # the filter takes away what JPEG leaves at the edges, and leaves the edges of blocks alone
    grey = cv2.medianBlur(numpy.asarray(picture.convert("L")), 3).astype(numpy.int16)
    if min(grey.shape) < 2 * _SIDES.start:
        return []
    flat = numpy.zeros(grey.shape, numpy.uint8)
    flat[:-1, :-1] = (numpy.abs(numpy.diff(grey, axis=1))[:-1] <= _FLAT) & (
        numpy.abs(numpy.diff(grey, axis=0))[:, :-1] <= _FLAT
    )
    count, _, stats, _ = cv2.connectedComponentsWithStats(flat, connectivity=4)
    blocks = [
        (int(x), int(y), max(int(width), int(height)) + 1)
        for x, y, width, height, area in stats[1:count]
        if abs(int(width) - int(height)) <= 1
        and _SIDES.start <= max(width, height) + 1 < _SIDES.stop
        and area >= 0.75 * width * height
    ]
    found: list[tuple[Box, int]] = []
    for side, number in Counter(side for _, _, side in blocks).items():
        if number < _BLOCKS:
            continue
        same = [(x, y) for x, y, own in blocks if abs(own - side) <= 1]
        phase = Counter((x % side, y % side) for x, y in same)
        (grid, aligned), *_ = phase.most_common(1)
        if aligned >= _BLOCKS:
            found.extend((box, side) for box in _clusters([at for at in same if _near(at, grid, side)], side))
    return found[:8]


def _near(at: tuple[int, int], grid: tuple[int, int], side: int) -> bool:
    return all(min((place - start) % side, (start - place) % side) <= 1 for place, start in zip(at, grid, strict=True))


def _clusters(blocks: list[tuple[int, int]], side: int) -> Iterator[Box]:
    """Blocks that lie close to each other, as rectangles."""
    rest = sorted(blocks)
    while rest:
        group = [rest.pop(0)]
        for known in group:
            close = [at for at in rest if abs(at[0] - known[0]) <= 4 * side and abs(at[1] - known[1]) <= 4 * side]
            group.extend(close)
            rest = [at for at in rest if at not in close]
        if len(group) >= _BLOCKS:
            left, top = min(x for x, _ in group), min(y for _, y in group)
            right, bottom = max(x for x, _ in group) + side, max(y for _, y in group) + side
            # blocks as light as the ground around them are not told apart from it: one more block on each side
            yield max(0, left - side), max(0, top - side), right - left + 2 * side, bottom - top + 2 * side
