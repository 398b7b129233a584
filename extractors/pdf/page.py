"""One page: what is seen, what is not, and what only recognition can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
from PIL import Image

from domain.post import Origin, Segment, Spot, Unexamined
from extractors.model import Context, Extraction
from extractors.pdf.covers import Objects, bitmap, meet, survey, unseen
from extractors.pdf.text import PageText, Rectangle, rejoined
from extractors.pictures import reading

#: Long side of a page that is rendered for recognition (pixels), and the largest scale.
_LONG_SIDE, _SCALE = 2600, 3.0
#: A page with fewer characters and at least so many drawn shapes has its text drawn.
_FEW, _SHAPES = 20, 150
#: Pictures on a page are read from this size on (points), and so many of them.
_LEAST_WIDTH, _LEAST_HEIGHT, _MOST_PICTURES = 90.0, 24.0, 8
#: A picture that covers this share of the page makes it a scan.
_SCAN = 0.5
_DIGITS = re.compile(r"\d{6,}")


@dataclass(slots=True)
class Budget:
    """How many pages and pictures may still be recognised."""

    pages: int
    refused: int = 0

    def take(self) -> bool:
        """True where one more may be."""
        if self.pages <= 0:
            self.refused += 1
            return False
        self.pages -= 1
        return True


def read(page: pdfium.PdfPage, context: Context, place: str, budget: Budget) -> Extraction:
    """Everything that stands on a page."""
    text = PageText(page)
    try:
        objects = survey(page)
        hidden, layer = unseen(page, text, objects) if text.text.strip() else (set(), set())
        segments = list(_seen(text, hidden, context, place))
        unexamined: list[Unexamined] = []
        if objects.cut:
            why = "页面内容过于复杂（图形过多），是否有被遮盖的文字未核查，请人工查看"
            unexamined.append(context.unexamined(why, place))
        pictures = _recognised(page, text, objects, layer, context, place, budget)
        shown = "".join(_digits(segment.text) for segment in (*segments, *pictures.segments))
        segments.extend(_unseen(text, hidden, layer, shown, context, place))
        recognised = [segment for segment in pictures.segments if not _told(segment, text, layer)]
        return Extraction((*segments, *recognised), (*unexamined, *pictures.unexamined), pictures.links)
    finally:
        text.close()


def _seen(text: PageText, hidden: set[int], context: Context, place: str) -> Iterator[Segment]:
    shown, origins = rejoined(text.text, hidden)
    if shown.strip():
        yield replace(context.segment(shown, place), spots=text.spots(shown, origins))


def _unseen(
    text: PageText, hidden: set[int], layer: set[int], shown: str, context: Context, place: str
) -> Iterator[Segment]:
    """The lines in which something is not seen. A text layer that says what recognition read from the scan above it
    hides nothing; it only reads better."""
    for kind, positions in (("扫描图下的文字层", layer), ("被遮盖或看不见的文字", hidden - layer)):
        if not positions:
            continue
        wanted = _lines_with(text.text, positions)
        told, origins = rejoined(text.text, set(range(len(text.text))) - wanted)
        if not told.strip():
            continue
        covered = kind != "扫描图下的文字层" or not all(run in shown for run in _DIGITS.findall(_digits(told, "|")))
        segment = context.segment(told, f"{place}（{kind}）" if covered else place, hidden=covered)
        yield replace(segment, spots=text.spots(told, origins))


def _told(segment: Segment, text: PageText, layer: set[int]) -> bool:
    """True where the text layer of a scan says all of what recognition read, and surer."""
    if segment.origin is not Origin.OCR or not layer:
        return False
    below = "".join(text.text[at] for at in sorted(layer))
    numbers = _digits(below)
    return len(below) >= 0.7 * len(segment.text) and all(run in numbers for run in _DIGITS.findall(segment.text))


def _lines_with(text: str, positions: set[int]) -> set[int]:
    """The unseen characters, with the rest of their lines: it says what they are."""
    wanted: set[int] = set()
    start = 0
    for line in text.splitlines(keepends=True):
        span = range(start, start + len(line))
        if not positions.isdisjoint(span):
            wanted.update(span)
        start += len(line)
    return wanted


def _digits(text: str, between: str = "") -> str:
    return re.sub(r"[^\d]+", between, re.sub(r"(?<=\d)[ \t\n](?=\d)", "", text))


def _recognised(
    page: pdfium.PdfPage,
    text: PageText,
    objects: Objects,
    layer: set[int],
    context: Context,
    place: str,
    budget: Budget,
) -> Extraction:
    """What only recognition can read on the page: all of a scan, or its pictures one by one."""
    characters = sum(not sign.isspace() for sign in text.text)
    area = text.width * text.height
    scan = any(_area(bounds) > _SCAN * area for bounds, _, _ in objects.images)
    drawn = objects.count > 0 and (not characters or (characters < _FEW and objects.paths >= _SHAPES))
    if scan or drawn or (layer and objects.images):
        if not budget.take():
            return Extraction()
        shown = _whole(page, text, context, place)
        return _with_covered(shown, objects, context, place, budget)
    found: list[Extraction] = []
    number = 0
    for bounds, _, _ in objects.images:
        if bounds[2] - bounds[0] < _LEAST_WIDTH or bounds[3] - bounds[1] < _LEAST_HEIGHT or number >= _MOST_PICTURES:
            continue
        number += 1
        if budget.take():
            found.append(_picture(page, text, bounds, context, f"{place}图{number}"))
    return Extraction(
        tuple(segment for one in found for segment in one.segments),
        tuple(part for one in found for part in one.unexamined),
        tuple(link for one in found for link in one.links),
    )


def _whole(page: pdfium.PdfPage, text: PageText, context: Context, place: str) -> Extraction:
    picture, scale = _rendered(page, text)
    return reading.read(picture, context, place, move=_mover(scale, 0, 0))


def _with_covered(shown: Extraction, objects: Objects, context: Context, place: str, budget: Budget) -> Extraction:
    """What recognition read of a scan, and the numbers of its pictures that bars drawn on the page cover."""
    seen = "".join(_digits(segment.text) for segment in shown.segments)
    more: list[Segment] = []
    for number, (bounds, _, handle) in enumerate(objects.images[:_MOST_PICTURES], 1):
        covered = any(meet(bounds, cover) for cover in objects.covers)
        if not covered or not budget.take():
            continue
        picture = bitmap(handle)
        found = (
            reading.read(picture, context, f"{place}图{number}（遮盖下的图片）", hidden=True)
            if picture
            else Extraction()
        )
        more.extend(
            replace(segment, spots=())
            for segment in found.segments
            if any(run not in seen for run in _DIGITS.findall(_digits(segment.text, "|")))
        )
    return replace(shown, segments=(*shown.segments, *more))


def _picture(page: pdfium.PdfPage, text: PageText, bounds: Rectangle, context: Context, place: str) -> Extraction:
    picture, scale = _rendered(page, text)
    left, top, width, height = text.pixels(bounds, scale)
    cut = (max(0, left), max(0, top), min(picture.width, left + width), min(picture.height, top + height))
    if cut[2] - cut[0] < 20 or cut[3] - cut[1] < 10:
        return Extraction()
    return reading.read(picture.crop(cut), context, place, move=_mover(scale, cut[0], cut[1]))


def _rendered(page: pdfium.PdfPage, text: PageText) -> tuple[Image.Image, float]:
    scale = min(_SCALE, _LONG_SIDE / max(1.0, text.width, text.height))
    return page.render(scale=scale, draw_annots=True, may_draw_forms=True).to_pil().convert("RGB"), scale


def _mover(scale: float, left: int, top: int) -> reading.Move:
    """Pixels of a rendering to points of the page."""

    def move(spot: Spot) -> Spot:
        x, y, width, height = spot.box
        box = (round((x + left) / scale), round((y + top) / scale), round(width / scale), round(height / scale))
        return replace(spot, box=box)

    return move


def _area(bounds: Rectangle) -> float:
    return max(0.0, bounds[2] - bounds[0]) * max(0.0, bounds[3] - bounds[1])
