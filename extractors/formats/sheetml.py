"""Workbooks that old Excel writes as one XML file, and that many web systems export under the name of xls."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from domain.post import Origin, Segment
from extractors.model import Context, Extraction
from extractors.office.grid import Heads, letters, surroundings
from extractors.office.package import parse
from extractors.office.worksheet import whole

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_XL = "{urn:schemas-microsoft-com:office:excel}"
_HIDDEN = {"SheetHidden": "隐藏工作表", "SheetVeryHidden": "深度隐藏工作表"}


def extract(body: bytes, context: Context) -> Extraction:
    """Every cell with its address, and remarks. Raises ``DocumentError``."""
    root = parse(body, context)
    segments: list[Segment] = []
    for sheet in root.iter(f"{_SS}Worksheet"):
        state = sheet.find(f"{_XL}WorksheetOptions/{_XL}Visible")
        why = _HIDDEN.get((state.text or "").strip(), "") if state is not None else ""
        segments.extend(_sheet(sheet, sheet.get(f"{_SS}Name") or "Sheet", why, context))
    return Extraction(tuple(segments))


def _sheet(sheet: etree._Element, name: str, why_sheet: str, context: Context) -> Iterator[Segment]:
    heads = Heads(title=name)
    columns: dict[int, str] = {}
    at = 0
    for node in sheet.iterfind(f"{_SS}Table/{_SS}Column"):
        at = _index(node, at)
        span = min(int(node.get(f"{_SS}Span") or 0), 16_384)
        if node.get(f"{_SS}Hidden") == "1" or node.get(f"{_SS}Width") == "0":
            columns |= dict.fromkeys(range(at - 1, at + span), "隐藏列")
        at += span
    number = 0
    for row in sheet.iterfind(f"{_SS}Table/{_SS}Row"):
        number = _index(row, number)
        why_row = why_sheet or ("隐藏行" if row.get(f"{_SS}Hidden") == "1" else "")
        cells: dict[int, str] = {}
        notes: list[tuple[int, str]] = []
        column = 0
        for cell in row.iterfind(f"{_SS}Cell"):
            column = _index(cell, column)
            data = cell.find(f"{_SS}Data")
            if data is not None and (text := whole("".join(data.itertext()).strip())):
                cells[column - 1] = text
            if (note := cell.find(f"{_SS}Comment")) is not None:
                notes.append((column - 1, "".join(note.itertext()).strip()))
            column += min(int(cell.get(f"{_SS}MergeAcross") or 0), 16_384)
        heads.see(number, cells)
        texts = list(cells.values())
        for index, (spot, text) in enumerate(cells.items()):
            why = why_row or columns.get(spot, "")
            place = f"{name}!{letters(spot)}{number}" + (f"（{why}）" if why else "")
            around = surroundings(heads.of(spot, cells, text), texts, index)
            yield context.segment(text, place, hidden=bool(why), context=around)
        for spot, text in notes:
            place = f"{name}!{letters(spot)}{number}（批注）"
            yield context.segment(text, place, hidden=True, origin=Origin.COMMENT)


def _index(node: etree._Element, before: int) -> int:
    """The number of a row, column or cell from 1: its own, or the next."""
    own = node.get(f"{_SS}Index") or ""
    return int(own) if own.isdigit() and len(own) < 8 else before + 1
