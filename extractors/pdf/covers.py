"""What a reader of a page does not see though it stands there: covered, white, invisible, tiny or off the page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from extractors.pdf.text import PageText, Rectangle, Token
from extractors.pictures.opening import MOST_PIXELS

#: Objects of a page that are looked at; pages of drawings have hundreds of thousands.
MOST_OBJECTS = 60_000
_DEEPEST = 4
#: Filled areas thinner than this are rules of a table (points).
_RULE = 4.0
#: From this value (of 255) on in all three colours, text may be white on white; below this opacity, unseen.
_WHITE, _CLEAR = 225, 40
#: Text lower than this cannot be read (points).
_TINY = 1.6
#: Rendering for the look at what shows (pixels a point), and the least difference of colours that shows (of 255).
_SCALE, _SHOWS = 2.0, 40
#: So many unseen digits make a number a covered one: a stroke through one digit does not.
_UNSEEN_DIGITS = 3
_INVISIBLE = (3, 7)
#: Annotations that can lie over text.
_COVERING = frozenset(
    (
        *(raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_REDACT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_INK),
        *(raw.FPDF_ANNOT_POLYGON, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_CIRCLE),
    )
)


@dataclass(slots=True)
class Objects:
    """What matters of the objects of a page. ``faint``, ``invisible`` and ``odd`` (tiny, or off the page) are text
    objects; ``covers`` areas that may hide text; ``images`` picture objects with their rectangle and order; ``count``
    all objects."""

    faint: set[int] = field(default_factory=set)
    invisible: set[int] = field(default_factory=set)
    odd: set[int] = field(default_factory=set)
    covers: list[Rectangle] = field(default_factory=list)
    images: list[tuple[Rectangle, int, Any]] = field(default_factory=list)
    order: dict[int, int] = field(default_factory=dict)
    paths: int = 0
    count: int = 0
    cut: bool = False


def survey(page: pdfium.PdfPage) -> Objects:
    """Go through the objects and annotations of a page."""
    found = Objects()
    width, height = page.get_width(), page.get_height()
    for handle, depth in _walk(page, found):
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            _text_object(handle, found, max(width, height), depth)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            found.paths += 1
            _path(handle, found, depth)
        elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING, raw.FPDF_PAGEOBJ_FORM):
            bounds = _bounds(handle)
            if bounds is None:
                continue
            if kind == raw.FPDF_PAGEOBJ_IMAGE and depth == 0:
                found.images.append((bounds, found.count, handle))
            elif depth == 0:
                found.covers.append(bounds)
    found.covers.extend(_annotations(page))
    return found


def _walk(page: pdfium.PdfPage, found: Objects) -> Iterator[tuple[Any, int]]:
    def inside(form: Any, depth: int) -> Iterator[tuple[Any, int]]:
        for number in range(max(0, raw.FPDFFormObj_CountObjects(form))):
            handle = raw.FPDFFormObj_GetObject(form, number)
            yield from visit(handle, depth)

    def visit(handle: Any, depth: int) -> Iterator[tuple[Any, int]]:
        if not handle or found.cut:
            return
        found.count += 1
        if found.count > MOST_OBJECTS:
            found.cut = True
            return
        yield handle, depth
        if depth < _DEEPEST and raw.FPDFPageObj_GetType(handle) == raw.FPDF_PAGEOBJ_FORM:
            yield from inside(handle, depth + 1)

    for number in range(max(0, raw.FPDFPage_CountObjects(page))):
        if found.cut:
            return
        yield from visit(raw.FPDFPage_GetObject(page, number), 0)


def _text_object(handle: Any, found: Objects, side: float, depth: int) -> None:
    key = ctypes.addressof(handle.contents)
    bounds = _bounds(handle)
    # a first look only: what is odd is measured character by character; a form has a space of its own
    if bounds is None or depth or min(bounds[:2]) < 0 or max(bounds[2:]) > side or bounds[3] - bounds[1] < 2 * _TINY:
        found.odd.add(key)
    found.order[key] = found.count
    if raw.FPDFTextObj_GetTextRenderMode(handle) in _INVISIBLE:
        found.invisible.add(key)
        return
    red, green, blue, opacity = _fill(handle)
    if min(red, green, blue) >= _WHITE or opacity < _CLEAR:
        found.faint.add(key)


def _path(handle: Any, found: Objects, depth: int) -> None:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if depth or not raw.FPDFPath_GetDrawMode(handle, ctypes.byref(mode), ctypes.byref(stroke)):
        return
    bounds = _bounds(handle)
    if bounds is None:
        return
    thick = min(bounds[2] - bounds[0], bounds[3] - bounds[1])
    if mode.value and thick > _RULE and _fill(handle)[3] >= _CLEAR:
        found.covers.append(bounds)
    elif stroke.value:
        width = ctypes.c_float()
        if raw.FPDFPageObj_GetStrokeWidth(handle, ctypes.byref(width)) and width.value > _RULE:
            half = width.value / 2
            found.covers.append((bounds[0] - half, bounds[1] - half, bounds[2] + half, bounds[3] + half))


def _fill(handle: Any) -> tuple[int, int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(handle, *map(ctypes.byref, parts)):
        return 0, 0, 0, 255
    red, green, blue, opacity = (part.value for part in parts)
    return red, green, blue, opacity


def _bounds(handle: Any) -> Rectangle | None:
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(handle, *map(ctypes.byref, sides)):
        return None
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def _annotations(page: pdfium.PdfPage) -> Iterator[Rectangle]:
    for number in range(min(500, max(0, raw.FPDFPage_GetAnnotCount(page)))):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        area = raw.FS_RECTF()
        if raw.FPDFAnnot_GetSubtype(annotation) in _COVERING and raw.FPDFAnnot_GetRect(annotation, ctypes.byref(area)):
            yield (min(area.left, area.right), min(area.bottom, area.top),
                   max(area.left, area.right), max(area.bottom, area.top))  # fmt: skip
        raw.FPDFPage_CloseAnnot(annotation)


def unseen(page: pdfium.PdfPage, text: PageText, objects: Objects) -> tuple[set[int], set[int]]:
    """Positions of the text that a reader does not see, and those of them that lie under a picture or are set
    invisibly, as the text layer of a scan is."""
    hidden: set[int] = set()
    layer: set[int] = set()
    pixels: Any = None
    covered = bool(objects.covers or objects.images)
    suspects = objects.faint | objects.invisible | objects.odd
    if not suspects and not covered:
        return hidden, layer
    for token in text.tokens():
        key = text.object_of(token.start)
        span = range(token.start, token.end)
        if key in objects.invisible:
            layer.update(span)
            continue
        box = text.rectangle(token.start, token.end) if covered or key in suspects else None
        if box is None:
            continue
        if _under_picture(box, key, objects):
            layer.update(span)
        elif box[3] - box[1] < _TINY or _outside(text.pixels(box, 1.0), text):
            hidden.update(span)
        elif key in objects.faint or any(meet(box, cover) for cover in objects.covers):
            if pixels is None:
                pixels = page.render(scale=_SCALE, draw_annots=True, may_draw_forms=False).to_numpy()
            hidden.update(_not_shown(token, text, pixels))
    return hidden | layer, layer


def _not_shown(token: Token, text: PageText, pixels: Any) -> set[int]:
    """The positions of a token of which the rendered page shows nothing; all of a number where several of its digits
    are covered."""
    blank = {at for at in range(token.start, token.end) if not _shows(text.character(at), text, pixels)}
    digits = sum(text.text[at].isdigit() for at in blank)
    whole = token.number and digits >= _UNSEEN_DIGITS
    if whole or len(blank) == token.end - token.start:
        return set(range(token.start, token.end))
    return blank if len(blank) > 1 and not token.number else set()


def _shows(box: Rectangle | None, text: PageText, pixels: Any) -> bool:
    if box is None:
        return True
    left, top, width, height = text.pixels(box, _SCALE)
    rows = slice(max(0, top), max(0, top + max(1, height)))
    columns = slice(max(0, left), max(0, left + max(1, width)))
    cut = pixels[rows, columns]
    if cut.size == 0:
        return False
    return int((cut.max(axis=(0, 1)).astype(int) - cut.min(axis=(0, 1)).astype(int)).max()) >= _SHOWS


def _under_picture(box: Rectangle, key: int, objects: Objects) -> bool:
    order = objects.order.get(key, 0)
    return any(
        place > order and _inside(box, area) and not raw.FPDFPageObj_HasTransparency(handle)
        for area, place, handle in objects.images
    )


def _outside(box: tuple[int, int, int, int], text: PageText) -> bool:
    left, top, width, height = box
    return left + width < 0 or top + height < 0 or left > text.width or top > text.height


def _inside(box: Rectangle, area: Rectangle) -> bool:
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] <= across <= area[2] and area[1] <= up <= area[3]


def meet(box: Rectangle, other: Rectangle) -> bool:
    """True where two rectangles share an area."""
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def bitmap(handle: Any) -> Image.Image | None:
    """The picture of a picture object as the file holds it, without what the page draws over it; ``None`` where it
    cannot be unpacked or is too large."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if not raw.FPDFImageObj_GetImagePixelSize(handle, ctypes.byref(width), ctypes.byref(height)):
        return None
    if not 0 < width.value * height.value <= MOST_PIXELS:
        return None
    unpacked = raw.FPDFImageObj_GetBitmap(handle)
    if not unpacked:
        return None
    found: Image.Image = pdfium.PdfBitmap.from_raw(unpacked).to_pil().convert("RGB")
    return found
