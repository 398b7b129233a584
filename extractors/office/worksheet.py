"""One sheet of an xlsx workbook, read as a stream: its cells with what hides them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lxml import etree

from domain.post import Origin, Segment
from extractors.model import Context
from extractors.office.grid import Heads, Span, column_of, letters, surroundings
from extractors.office.package import parse
from extractors.office.styles import Look, Styles

_SHEET_DATA = re.compile(rb"<((?:\w+:)?)sheetData[\s/>]")
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
#: A column narrower than this shows no sign of its text (characters), a row lower than this none either (points).
_NARROW, _LOW = 0.6, 1.5
#: A literal inside a formula that is worth a look.
_LITERAL = re.compile(r'\d{7}|"[^"]*[A-Za-z0-9\u4e00-\u9fff][^"]*"')
_SPREAD_NUMBER = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a cell knows no zone
_MOST_RANGES = 500


@dataclass(slots=True)
class Frame:
    """What a sheet says around its cells."""

    columns: dict[int, str] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    conditional: list[tuple[Span, str]] = field(default_factory=list)
    filtered: bool = False
    rows_hidden: bool = False
    root: etree._Element | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of a workbook share."""

    strings: Sequence[str]
    styles: Styles
    from_1904: bool = False


def frame_of(body: bytes, styles: Styles, context: Context) -> Frame:
    """The parts of a sheet before and after its cells, which are few; the cells are cut out first."""
    start = _SHEET_DATA.search(body)
    shell = body
    if start:
        closing = b"</" + start[1] + b"sheetData>"
        end = body.rfind(closing)
        if end > 0:
            shell = body[: start.start()] + body[end + len(closing) :]
    root = parse(shell, context)
    frame = Frame(root=root)
    default = root.find("{*}sheetFormatPr")
    frame.rows_hidden = default is not None and default.get("zeroHeight") in ("1", "true")
    for node in root.iterfind("{*}cols/{*}col"):
        why = _column_hidden(node)
        if why:
            first, last = int(node.get("min") or 1), int(node.get("max") or 1)
            frame.columns |= dict.fromkeys(range(first - 1, min(last, 16_384)), why)
    frame.spans = [span for node in root.iter("{*}mergeCell") for span in spans_of(node.get("ref") or "")]
    frame.filtered = root.find(".//{*}autoFilter") is not None
    for node in root.iter("{*}conditionalFormatting"):
        for rule in node.iterfind("{*}cfRule"):
            index = rule.get("dxfId") or ""
            why = styles.conditional[int(index)] if index.isdigit() and int(index) < len(styles.conditional) else ""
            if why:
                frame.conditional += [(span, why) for span in spans_of(node.get("sqref") or "")]
    del frame.conditional[_MOST_RANGES:]
    return frame


def _column_hidden(node: etree._Element) -> str:
    if node.get("hidden") in ("1", "true"):
        return "隐藏列"
    try:
        width = float(node.get("width") or 8)
    except ValueError:
        return ""
    return "极窄列" if width < _NARROW else ""


def spans_of(text: str) -> Iterator[Span]:
    """The areas that a reference names: ``A1:C3 E5``."""
    for piece in text.split()[:_MOST_RANGES]:
        corners = [_CELL.fullmatch(corner) for corner in piece.split(":")]
        if all(corners) and corners:
            first, last = corners[0], corners[-1]
            assert first is not None
            assert last is not None
            yield Span(int(first[2]), column_of(first[1]), int(last[2]), column_of(last[1]))


def cells(body: bytes, name: str, why_sheet: str, book: Book, frame: Frame, context: Context) -> Iterator[Segment]:
    """Every cell that holds something, in order; ``why_sheet`` says why the whole sheet is not seen."""
    heads = Heads(frame.spans, name)
    prefix = f"{name}!"
    limit = context.limits.segments + 1  # one too many, so that what is cut is told
    parser = etree.iterparse(
        io.BytesIO(body), events=("end",), tag="{*}row", resolve_entities=False, no_network=True, load_dtd=False
    )
    number = told = 0
    try:
        for _, row in parser:
            number = int(row.get("r") or number + 1)
            found = _row(row, book) if len(row) else None
            if found:
                why_row = why_sheet or _row_hidden(row, frame)
                for segment in _told(found, number, why_row, prefix, heads, frame, context):
                    yield segment
                    told += 1
                if told >= limit:
                    return
            row.clear()
            while row.getprevious() is not None:
                del row.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise context.problem(f"工作表“{name}”第 {number} 行以后损坏，未读完，请重新导出后再查") from error


#: Column from 0, text, look, formula.
_Cell = tuple[int, str, str, str]


def _row(row: etree._Element, book: Book) -> list[_Cell]:
    found: list[_Cell] = []
    strings, looks = book.strings, book.styles.cells
    column = -1
    for cell in row:
        reference = cell.get("r")
        if reference:
            column = column_of(reference.rstrip("0123456789"))
        else:
            column += 1
        if not len(cell):
            continue
        kind = cell.get("t")
        style = cell.get("s")
        look = looks[int(style)] if style and int(style) < len(looks) else looks[0]
        value = formula = ""
        for node in cell:
            tag = node.tag
            if tag[-2:] == "}v":
                value = node.text or ""
            elif tag[-2:] == "}f":
                formula = node.text or ""
            elif tag[-3:] == "}is":
                value = text_of(node)
        if kind == "s":
            text = strings[int(value)] if value.isdigit() and int(value) < len(strings) else ""
            why = look.text
        elif kind in (None, "n"):
            text, why = _number(value, look, book.from_1904), look.number
        elif kind == "b":
            text, why = ("是" if value == "1" else "否"), look.number
        else:
            text, why = value, look.text
        text = text.strip()
        if text or (formula and _LITERAL.search(formula)):
            found.append((column, text, why, formula if formula and _LITERAL.search(formula) else ""))
    return found


def _told(
    found: list[_Cell], number: int, why_row: str, prefix: str, heads: Heads, frame: Frame, context: Context
) -> Iterator[Segment]:
    row = {column: text for column, text, _, _ in found if text}
    heads.see(number, row)
    texts = list(row.values())
    columns, conditional = frame.columns, frame.conditional
    name, shown, hidden = context.field, context.place(prefix[:-1]) + "!", context.hidden
    index = 0
    for column, text, why, formula in found:
        address = f"{letters(column)}{number}"
        if text:
            why = why_row or columns.get(column, "") or why
            if conditional and not why:
                why = next(
                    (w for s, w in conditional if s.top <= number <= s.bottom and s.left <= column <= s.right), ""
                )
            around = surroundings(heads.of(column, row, text), texts, index)
            index += 1
            place = f"{shown}{address}（{why}）" if why else shown + address
            yield Segment(name, text, Origin.DOCUMENT, bool(why) or hidden, place, around)
        if formula:
            yield context.segment(
                formula, f"{prefix}{address}（公式）", hidden=True, context=heads.of(column, row, text)
            )


def _row_hidden(row: etree._Element, frame: Frame) -> str:
    if row.get("hidden") in ("1", "true"):
        return "筛选掉的行" if frame.filtered else "隐藏行"
    height = row.get("ht")
    if height is not None:
        try:
            return "极矮行" if float(height) < _LOW else ""
        except ValueError:
            return ""
    return "隐藏行" if frame.rows_hidden and row.get("hidden") is None else ""


def _number(value: str, look: Look, from_1904: bool) -> str:
    """A number without the exponent that hides its digits; a day as one."""
    if look.date and value:
        try:
            day = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=float(value))
        except (ValueError, OverflowError):
            return value
        return day.strftime("%Y-%m-%d" if not day.hour and not day.minute else "%Y-%m-%d %H:%M:%S")
    return whole(value)


def whole(value: str) -> str:
    """``3.42401199001011E+17`` with all the digits that the file still has."""
    if ("E" in value or "e" in value or value.endswith(".0")) and len(value) < 40:
        try:
            number = float(value)
        except ValueError:
            return value
        if number.is_integer() and abs(number) < 1e24:
            return f"{number:.0f}" if abs(number) < 1e15 else _fifteen(value, number)
    return value


def _fifteen(value: str, number: float) -> str:
    """The digits as they are written: a double has more of them than are true."""
    mantissa, _, exponent = value.lower().partition("e")
    digits = mantissa.replace(".", "").lstrip("+-")
    places = int(exponent or 0) + 1
    return (
        digits[:places].ljust(places, "0")
        if digits.isdigit() and places >= len(mantissa.split(".")[0])
        else f"{number:.0f}"
    )


def text_of(node: etree._Element) -> str:
    """The text of a rich string, without the phonetic reading of it."""
    return "".join(
        leaf.text or ""
        for leaf in node.iter("{*}t")
        if not (leaf.getparent() is not None and str(leaf.getparent().tag).endswith("}rPh"))
    )
