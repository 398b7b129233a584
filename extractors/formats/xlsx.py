"""Workbooks (xlsx): every cell of every sheet with its address, and whatever else the file keeps."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from domain.errors import DocumentError
from domain.post import Segment, Unexamined
from extractors.model import Context, Extraction
from extractors.office.package import Package
from extractors.office.sharedstrings import strings
from extractors.office.sheetextras import book_extras, sheet_extras
from extractors.office.styles import Styles
from extractors.office.worksheet import Book, cells, frame_of

_HIDDEN = {"hidden": "隐藏工作表", "veryHidden": "深度隐藏工作表"}


def extract(body: bytes, context: Context) -> Extraction:
    """Raises ``DocumentError`` where the workbook cannot be read at all; a broken sheet is told, the others read."""
    package = Package(body, context)
    workbook = next(iter(package.matching(r"xl/workbook\.xml")), "xl/workbook.xml")
    root = package.xml(workbook)
    targets = package.targets(workbook)
    book = _book(package, root, context)
    segments: list[Segment] = []
    unexamined: list[Unexamined] = []
    for node in root.iterfind("{*}sheets/{*}sheet"):
        name = node.get("name") or "Sheet"
        why = _HIDDEN.get(node.get("state") or "", "")
        identity = next((value for key, value in node.attrib.items() if str(key).endswith("}id")), "")
        part = targets.get(identity, ("", False))[0]
        if part not in package:
            unexamined.append(context.unexamined("工作表内容缺失，请重新导出后再查", name))
            continue
        context.at(name)
        try:
            segments.extend(_sheet(package, part, name, why, book, context))
        except DocumentError as error:
            unexamined.append(context.unexamined(error.problem, name))
        if len(segments) > context.limits.segments:
            break
    segments.extend(book_extras(package, root, context))
    segments.extend(package.properties())
    files = tuple(package.files(r"xl/(media|embeddings)/.*|docProps/thumbnail\..*"))
    segments.extend(package.leftovers())
    if "xl/vbaProject.bin" in package:
        unexamined.append(context.unexamined("含宏，宏未运行也未检查，请人工核看", "宏"))
    return Extraction(tuple(segments), tuple(unexamined), tuple(dict.fromkeys(package.links())), files)


def _book(package: Package, root: etree._Element, context: Context) -> Book:
    shared = package.matching(r"xl/sharedStrings\.xml")
    styles = package.matching(r"xl/styles\.xml")
    properties = root.find("{*}workbookPr")
    return Book(
        strings(package.read(shared[0]), context) if shared else (),
        Styles(package.xml(styles[0]) if styles else None),
        properties is not None and properties.get("date1904") in ("1", "true"),
    )


def _sheet(package: Package, part: str, name: str, why: str, book: Book, context: Context) -> Iterator[Segment]:
    body = package.read(part)
    frame = frame_of(body, book.styles, context)
    yield from cells(body, name, why, book, frame, context)
    del body
    if frame.root is not None:
        yield from sheet_extras(package, part, frame.root, name, bool(why), context)
