"""OpenDocument sheets (ods)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from domain.post import Origin, Segment
from extractors.model import Context, Extraction
from extractors.office.grid import Heads, letters, surroundings
from extractors.office.odf import OFFICE, TABLE, TEXT, Texts, alternatives, hidden_styles, links, properties
from extractors.office.package import Package
from extractors.office.worksheet import whole

#: A cell that is repeated more often than this stands for the empty rest of the sheet.
_MOST_REPEATS = 50
_VISIBILITY = {"collapse": "隐藏", "filter": "筛选掉的"}
_DIGITS = "0123456789"


def extract(body: bytes, context: Context) -> Extraction:
    """Raises ``DocumentError``."""
    package = Package(body, context)
    root = package.xml("content.xml")
    styles = hidden_styles(package)
    segments: list[Segment] = []
    for table in root.iterfind(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table"):
        segments.extend(_sheet(table, styles, context))
    segments.extend(_beside(root, context))
    segments.extend(alternatives(root, context))
    segments.extend(properties(package, context))
    files = tuple(package.files(r"(Pictures|ObjectReplacements|Thumbnails)/.*"))
    segments.extend(package.leftovers())
    return Extraction(tuple(segments), links=links(root), embedded=files)


def _sheet(table: etree._Element, styles: dict[str, str], context: Context) -> Iterator[Segment]:
    name = table.get(f"{TABLE}name") or "Sheet"
    why_sheet = "隐藏工作表" if styles.get(table.get(f"{TABLE}style-name") or "") == "隐藏工作表" else ""
    columns = _columns(table, styles)
    heads = Heads(title=name)
    number = 0
    for row in table.iter(f"{TABLE}table-row"):
        number += 1
        shown = _VISIBILITY.get(row.get(f"{TABLE}visibility") or "", "")
        why_row = why_sheet or (f"{shown}行" if shown else styles.get(row.get(f"{TABLE}style-name") or "", ""))
        cells = list(_cells(row, styles))
        filled = {column: text for column, _, text, _, _ in cells if text}
        if filled:
            heads.see(number, filled)
        values, index = list(filled.values()), 0
        for column, cell, text, why, notes in cells:
            address = f"{name}!{letters(column)}{number}"
            around = surroundings(heads.of(column, filled, text), values, index)
            index += bool(text)
            if text:
                reason = why_row or columns.get(column, "") or why
                place = f"{address}（{reason}）" if reason else address
                yield context.segment(text, place, hidden=bool(reason), context=around)
            for note in notes:
                yield context.segment(note, f"{address}（批注）", hidden=True, origin=Origin.COMMENT)
            formula = cell.get(f"{TABLE}formula") or ""
            if sum(sign in _DIGITS for sign in formula) >= 11:
                yield context.segment(formula, f"{address}（公式）", hidden=True, context=around)
        number += min(int(row.get(f"{TABLE}number-rows-repeated") or 1), 1_048_576) - 1


def _beside(root: etree._Element, context: Context) -> Iterator[Segment]:
    for tag, key, label in (
        ("content-validation", "condition", "数据验证列表"),
        ("named-expression", "expression", "名称"),
    ):
        for node in root.iter(f"{TABLE}{tag}"):
            if text := node.get(f"{TABLE}{key}"):
                yield context.segment(text, f"{label}（{node.get(f'{TABLE}name') or ''}）", hidden=True)


def _columns(table: etree._Element, styles: dict[str, str]) -> dict[int, str]:
    found: dict[int, str] = {}
    at = 0
    for node in table.iter(f"{TABLE}table-column"):
        times = min(int(node.get(f"{TABLE}number-columns-repeated") or 1), 16_384)
        shown = _VISIBILITY.get(node.get(f"{TABLE}visibility") or "", "")
        why = f"{shown}列" if shown else styles.get(node.get(f"{TABLE}style-name") or "", "")
        if why:
            found |= dict.fromkeys(range(at, at + times), why)
        at += times
    return found


def _cells(row: etree._Element, styles: dict[str, str]) -> Iterator[tuple[int, etree._Element, str, str, list[str]]]:
    column = 0
    for cell in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
        times = int(cell.get(f"{TABLE}number-columns-repeated") or 1)
        shown, notes, why = "", [], styles.get(cell.get(f"{TABLE}style-name") or "", "")
        lines: list[str] = []
        for child in cell:
            if child.tag == f"{TEXT}p":
                texts = Texts(styles)
                found = texts.of(child)
                lines += found.values()
                why = why or next((key for key in found if key), "")
            elif child.tag == f"{OFFICE}annotation":
                notes.append("\n".join("".join(p.itertext()) for p in child.iter(f"{TEXT}p")))
        shown = "\n".join(lines)
        value = cell.get(f"{OFFICE}string-value") or ""
        if cell.get(f"{OFFICE}value-type") in ("float", "currency", "percentage"):
            value = whole(cell.get(f"{OFFICE}value") or "")
        if len(value) >= 11 and value != shown:
            # what is kept has more digits than what is shown
            why = why or ("" if value in shown.replace(",", "").replace(" ", "") else "仅靠数字格式遮住")
            shown = value
        if shown or notes or cell.get(f"{TABLE}formula"):
            for repeat in range(times if times <= _MOST_REPEATS else 1):
                yield column + repeat, cell, shown, why, notes
        column += times
