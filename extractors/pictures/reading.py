"""One picture to segments: its text, its codes, and masks that hide too little."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from statistics import fmean

from PIL import Image

from domain.post import Origin, Segment, Spot, Unexamined
from extractors.model import Context, Extraction, MissingTool
from extractors.pictures import codes, engine, layout, mosaics, tiles
from extractors.pictures.lines import Line

#: Tiles of one picture that are read: some 50 screens of a telephone.
MOST_TILES = 60
#: A picture read with less certainty than this (mean of its lines) may lie on its side or stand on its head.
_DOUBTFUL = 0.75
_TURNS = (Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180)
#: How a mosaic that can be read is told; the rule about it looks for these words.
LIGHT_MOSAIC = "马赛克过浅"

Move = Callable[[Spot], Spot]


def read(
    picture: Image.Image, context: Context, place: str, *, hidden: bool = False, move: Move | None = None
) -> Extraction:
    """What stands in ``picture``, all of it at ``place``. ``move`` turns pixels into another measure (of a page)."""
    segments: list[Segment] = []
    unexamined: list[Unexamined] = []

    def add(text: str, origin: Origin, spots: tuple[Spot, ...], where: str = place) -> None:
        placed = tuple(map(move, spots)) if move else spots
        segment = context.segment(text, where, hidden=hidden, origin=origin)
        segments.append(replace(segment, spots=placed))

    found = codes.read(picture)
    for code in found:
        add(code.text, Origin.QR, (Spot(0, len(code.text), code.box),))
    if not codes.available():
        unexamined.append(context.unexamined(f"二维码未识别：没有安装识别组件，{codes.REMEDY}", place))
    try:
        lines, left_out, back = _upright(picture)
    except MissingTool as error:
        unexamined.append(context.unexamined(error.problem, place))
        return Extraction(tuple(segments), tuple(unexamined), _links(found))
    if left_out:
        why = f"图片过长，只识别了前 {MOST_TILES} 屏，还有约 {left_out} 屏未识别，请截成几张后再查"
        unexamined.append(context.unexamined(why, place))
    text = layout.arrange(lines)
    if text.text.strip():
        add(text.text, Origin.OCR, tuple(map(back, text.spots)) if back else text.spots)
    for number in layout.wrapped(lines):
        spots = tuple(map(back, number.spots)) if back else number.spots
        add(number.text, Origin.OCR, spots, f"{place}（换行的号码）")
    upright = () if back else lines
    for mosaic in mosaics.find(picture, upright, [code.box for code in found], engine.recognise):
        told = f"{LIGHT_MOSAIC}：遮挡处缩小后仍可读出约 {mosaic.digits} 位数字"
        add(told, Origin.METADATA, (Spot(0, len(told), mosaic.box),))
    return Extraction(tuple(segments), tuple(unexamined), _links(found))


def _links(found: list[codes.Code]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.link for code in found if code.link))


def _upright(picture: Image.Image) -> tuple[list[Line], int, Move | None]:
    """The lines of a picture; where they are read badly, of the turned picture if that reads better, with the way
    back to the pixels of the picture as it lies."""
    lines, left_out = tiles.read(picture, engine.recognise, most_tiles=MOST_TILES)
    if len(lines) < 3 or (_certainty(lines) >= _DOUBTFUL and not _lying(lines)):
        return lines, left_out, None
    for turn in _TURNS:
        again, rest = tiles.read(picture.transpose(turn), engine.recognise, most_tiles=MOST_TILES)
        better = _certainty(again) > _certainty(lines) and not _lying(again)
        if again and (better or _lying(lines)) and _weight(again) > _weight(lines) * (0.9 if better else 1.2):
            return again, rest, partial(_back, turn, picture.size)
    return lines, left_out, None


def _certainty(lines: list[Line]) -> float:
    return fmean(line.confidence for line in lines) if lines else 0.0


def _weight(lines: list[Line]) -> float:
    return sum(len(line.text) * line.confidence**2 for line in lines)


def _lying(lines: list[Line]) -> bool:
    """True where most lines run downwards."""
    tall = sum(line.bottom - line.top > 2 * (line.right - line.left) for line in lines if len(line.text) > 3)
    return tall > len(lines) / 2


def _back(turn: Image.Transpose, size: tuple[int, int], spot: Spot) -> Spot:
    left, top, width, height = spot.box
    if turn is Image.Transpose.ROTATE_90:
        box = (size[0] - top - height, left, height, width)
    elif turn is Image.Transpose.ROTATE_270:
        box = (top, size[1] - left - width, height, width)
    else:
        box = (size[0] - left - width, size[1] - top - height, width, height)
    return replace(spot, box=box)
