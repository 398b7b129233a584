"""Small office files, built from nothing but zip and XML, as attachments of the demo's posts."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from replica.world import WorldFile

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV = "text/csv"

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
#: A zip member's date; a fixed one keeps the bytes the same in every run.
_STAMP = (2026, 6, 1, 8, 0, 0)


def xlsx(name: str, rows: Sequence[Sequence[str]], *, sheet: str = "Sheet1") -> WorldFile:
    """A workbook of one sheet; every cell is text."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            f'<c r="{_letter(column)}{number}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
            for column, value in enumerate(row)
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    parts = {
        "[Content_Types].xml": _types(
            ("/xl/workbook.xml", f"{XLSX}.main+xml"),
            ("/xl/worksheets/sheet1.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"),
        ),
        "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'{_HEAD}<worksheet xmlns="{_SHEET}"><sheetData>{"".join(lines)}'
        "</sheetData></worksheet>",
    }
    return WorldFile(name, XLSX, _zip(parts))


def docx(name: str, paragraphs: Sequence[str]) -> WorldFile:
    """A text document of plain paragraphs."""
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>' for text in paragraphs)
    parts = {
        "[Content_Types].xml": _types(("/word/document.xml", f"{DOCX}.main+xml")),
        "_rels/.rels": _relation("officeDocument", "word/document.xml"),
        "word/document.xml": f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{body}<w:sectPr/></w:body></w:document>',
    }
    return WorldFile(name, DOCX, _zip(parts))


def table_csv(name: str, rows: Sequence[Sequence[str]]) -> WorldFile:
    """A CSV table as Excel saves it (UTF-8 with BOM)."""
    target = io.StringIO(newline="")
    csv.writer(target).writerows(rows)
    return WorldFile(name, CSV, target.getvalue().encode("utf-8-sig"))


def _types(*overrides: tuple[str, str]) -> str:
    listed = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides)
    return (
        f'{_HEAD}<Types xmlns="{_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relation(kind: str, target: str) -> str:
    return (
        f'{_HEAD}<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/{kind}" '
        f'Target="{target}"/></Relationships>'
    )


def _zip(parts: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            member = zipfile.ZipInfo(name, _STAMP)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, text)
    return target.getvalue()


def _letter(column: int) -> str:
    """``A`` for 0; the demo's tables have fewer than 26 columns."""
    return chr(ord("A") + column)
