"""Tables of an official document: header repeated on each page, no row torn apart, widths as given."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Emu, Mm, Pt

from reports.documents.content import Grid
from reports.documents.elements import add_link, clean, element, put, set_faces
from reports.documents.fonts import Face, Faces

#: Above this many characters a cell of running text stands flush left, below it is centred.
_SHORT: Final = 12


def add_grid(file: Any, grid: Grid, faces: Faces) -> None:
    """Append ``grid`` to the document, as wide as the type area of its last section."""
    section = file.sections[-1]
    width = section.page_width - section.left_margin - section.right_margin
    total = sum(grid.widths)
    widths = [Emu(int(width * share / total)) for share in grid.widths]
    table = file.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    put(table._tbl.tblPr, _margins())
    for column, size in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = size
    rows = [(grid.headers, True)] if any(grid.headers) else []
    for cells, is_head in (*rows, *((row, False) for row in grid.rows)):
        _row(table, cells, widths, grid, faces, is_head=is_head)


def _row(table: Any, cells: tuple[str, ...], widths: list[Any], grid: Grid, faces: Faces, *, is_head: bool) -> None:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    if is_head:
        properties.append(element("tblHeader"))
    elif grid.least:
        row.height = Mm(grid.least)
    for cell, size, text in zip(row.cells, widths, cells, strict=True):
        cell.width = size
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        shape = paragraph.paragraph_format
        shape.line_spacing = Pt(grid.size * 1.4)
        put(paragraph._p.get_or_add_pPr(), element("snapToGrid", val=0))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if is_head or len(text) <= _SHORT else WD_ALIGN_PARAGRAPH.LEFT
        for number, line in enumerate(text.split("\n")):
            if number:
                paragraph.add_run().add_break()
            run = add_link(paragraph, line) if not is_head and _is_address(line) else paragraph.add_run()
            run.text = clean(line)
            run.font.size = Pt(grid.size)
            set_faces(run._r.get_or_add_rPr(), faces[Face.HEAVY if is_head else Face.BODY], faces[Face.LATIN])


def _is_address(text: str) -> bool:
    """True for an ordinary web address: no other scheme becomes a link."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(mark in text for mark in " \t\"'<>")


def _margins() -> Any:
    """Half a character of air at both sides of a cell, a little above and below."""
    made = element("tblCellMar")
    for side, size in (("top", 30), ("left", 70), ("bottom", 30), ("right", 70)):
        made.append(element(side, w=size, type="dxa"))
    return made
