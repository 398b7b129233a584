"""An official document as docx, laid out by GB/T 9704-2012."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any, Final

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt, RGBColor, Twips

from reports.documents import page, titles
from reports.documents.content import Annex, Block, Grid, Heading, Official, Paragraph, chinese_date
from reports.documents.elements import add_field, clean, element, font_table, put, repacked, rule_under, set_faces
from reports.documents.fonts import STANDARD, Face, Faces
from reports.documents.grid import add_grid

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_RED: Final = RGBColor(0xE6, 0x00, 0x12)
_LEVELS: Final = {1: Face.HEAVY, 2: Face.KAI, 3: Face.BODY}
#: The name of the sender in the red head: at most 22 mm high by the standard; set so that it fits on one line.
_HEAD_LARGEST: Final = 48.0

#: Word processors put a quarter of a character between a digit and a Chinese character: five times in a date.
_AIR: Final = 1.25


def render(document: Official, faces: Faces = STANDARD) -> bytes:
    """The file; the same document always gives the same bytes."""
    return _Layout(document, faces).made()


class _Layout:
    def __init__(self, document: Official, faces: Faces) -> None:
        self._said = document
        self._faces = faces
        self._file = docx.Document()

    def made(self) -> bytes:
        self._prepare()
        self._head()
        self._title(self._said.title)
        if self._said.to:
            self._blank()
            self._line(f"{self._said.to}：")
        else:
            self._blank()
        for block in self._said.body:
            self._block(block)
        self._named_annexes()
        self._signature()
        if self._said.note:
            self._line(f"（{self._said.note}）", indent=2)
        for number, annex in enumerate(self._said.annexes, start=1):
            self._annex(number, annex)
        self._imprint()
        return self._saved()

    # -- the sheet ---------------------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        normal = self._file.styles["Normal"]
        normal.font.size = Pt(page.SIZE_3)
        set_faces(normal.element.get_or_add_rPr(), self._faces[Face.BODY], self._faces[Face.LATIN])
        spacing = normal.paragraph_format
        spacing.space_before = spacing.space_after = Pt(0)
        spacing.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        spacing.line_spacing = Pt(page.LINE_PITCH_PT)
        spacing.widow_control = False
        _closer(normal.element.get_or_add_rPr())
        for body in list(self._file.element.body)[:-1]:
            self._file.element.body.remove(body)
        self._file.settings.odd_and_even_pages_header_footer = True
        self._sheet(self._file.sections[0])

    def _sheet(self, section: Any, *, landscape: bool = False) -> None:
        """One section's paper: what is the top of an upright page is the left of one that lies across."""
        if landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(page.PAGE_HEIGHT_MM), Mm(page.PAGE_WIDTH_MM)
            # Turned to the left, 天头 is the left edge and 订口 the upper one (GB/T 9704-2012, 8: 横排表格).
            margins = (page.LEFT_MM, page.RIGHT_MM, page.BOTTOM_MM, page.TOP_MM)
            footer = page.RIGHT_MM - 12
        else:
            section.orientation = WD_ORIENT.PORTRAIT
            section.page_width, section.page_height = Mm(page.PAGE_WIDTH_MM), Mm(page.PAGE_HEIGHT_MM)
            right = (page.twips(page.PAGE_WIDTH_MM - page.LEFT_MM) - page.TYPE_WIDTH) * 25.4 / 1440
            margins = (page.TOP_MM, page.BOTTOM_MM, page.LEFT_MM, right)
            footer = page.FOOTER_MM
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, margins)
        section.header_distance, section.footer_distance = Mm(15), Mm(footer)
        for old in section._sectPr.findall(docx.oxml.ns.qn("w:docGrid")):
            section._sectPr.remove(old)
        section._sectPr.append(element("docGrid", type="lines", linePitch=page.GRID_LINE))
        for footer_part, side in ((section.footer, "right"), (section.even_page_footer, "left")):
            footer_part.is_linked_to_previous = False
            self._page_number(footer_part, side)

    def _page_number(self, footer: Any, side: str) -> None:
        """``— 1 —`` in 4号 宋体: one character in from the right on odd pages, from the left on even ones."""
        paragraph = footer.paragraphs[0]
        shape = paragraph.paragraph_format
        shape.line_spacing = Pt(page.SIZE_4)
        if side == "right":
            paragraph.alignment, shape.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(page.SIZE_4)
        else:
            paragraph.alignment, shape.left_indent = WD_ALIGN_PARAGRAPH.LEFT, Pt(page.SIZE_4)
        for text in ("— ", None, " —"):
            run = paragraph.add_run(text or "")
            if text is None:
                add_field(run, "PAGE")
            run.font.size = Pt(page.SIZE_4)
            set_faces(run._r.get_or_add_rPr(), self._faces[Face.SONG], self._faces[Face.SONG])

    # -- lines -------------------------------------------------------------------------------------------------------

    def _line(
        self, text: str, face: Face = Face.BODY, *, size: float = page.SIZE_3, indent: float = 0, bold: bool = False
    ) -> Any:
        """A paragraph; ``indent`` in characters, of the first line alone."""
        paragraph = self._file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt((size - page.CLOSER_PT) * indent)
        self._run(paragraph, text, face, size=size, bold=bold)
        return paragraph

    def _run(self, paragraph: Any, text: str, face: Face, *, size: float, bold: bool = False) -> Any:
        run = paragraph.add_run(clean(text))
        run.font.size = Pt(size)
        run.bold = bold or None
        set_faces(run._r.get_or_add_rPr(), self._faces[face], self._faces[Face.LATIN])
        return run

    def _blank(self, count: int = 1) -> None:
        for _ in range(count):
            self._line("")

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            paragraph = self._line(block.text, _LEVELS[block.level], indent=2, bold=block.level == 3)
            paragraph.paragraph_format.keep_with_next = True
            put(paragraph._p.get_or_add_pPr(), element("outlineLvl", val=block.level - 1))
        elif isinstance(block, Paragraph):
            self._line(block.text, indent=2 if block.indent else 0)
        else:
            self._grid(block)

    def _grid(self, block: Grid) -> None:
        add_grid(self._file, block, self._faces)

    # -- the parts of the standard -----------------------------------------------------------------------------------

    def _head(self) -> None:
        if not self._said.letterhead:
            return
        size = min(_HEAD_LARGEST, 440 / max(titles.width(self._said.letterhead), 1))
        # The sender's name begins 35 mm under the upper edge of the type area.
        sender = self._file.add_paragraph()
        sender.alignment = WD_ALIGN_PARAGRAPH.CENTER
        shape = sender.paragraph_format
        shape.space_before, shape.line_spacing = Mm(35), Pt(size * 1.1)
        stand_in = Face.TITLE.value in self._faces.substituted
        self._run(sender, self._said.letterhead, Face.TITLE, size=size, bold=stand_in).font.color.rgb = _RED
        self._blank(2)
        number = self._line(self._said.number or "〔　　　〕　号")
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        rule_under(number, eighths=12, colour="E60012", space=11)
        self._blank(2)

    def _title(self, units: tuple[str, ...], *, limit: float = titles.LINE) -> None:
        for text in titles.lines(units, limit):
            paragraph = self._file.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            shape = paragraph.paragraph_format
            shape.keep_with_next = True
            put(paragraph._p.get_or_add_pPr(), element("snapToGrid", val=0))
            # A face that stands in for 小标宋 is thinner than that.
            stand_in = Face.TITLE.value in self._faces.substituted
            self._run(paragraph, text, Face.TITLE, size=page.SIZE_2, bold=stand_in)

    def _named_annexes(self) -> None:
        """``附件：1.…``, each further one under the first, no full stop at the end."""
        named = [annex.name for annex in self._said.annexes]
        if not named:
            return
        self._blank()
        several = len(named) > 1
        for number, name in enumerate(named, start=1):
            paragraph = self._line(("附件：" if number == 1 else "") + (f"{number}." if several else "") + name)
            shape = paragraph.paragraph_format
            # The number hangs: a second line of a name begins under the name.
            hang = 16 * (0.9 if several else 0)
            left = 16 * 5 + hang
            shape.left_indent = Pt(left)
            shape.first_line_indent = Pt(-(16 * 3 + hang) if number == 1 else -hang)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
            shape.keep_with_next = True

    def _signature(self) -> None:
        """Name and date for a seal: the date four characters in from the right, the name centred above it."""
        # A page with the signature alone would be taken for a forgery: the lines before it go with it.
        last = self._file.paragraphs[-1:]
        self._blank(2)
        for paragraph in (*last, *self._file.paragraphs[-2:]):
            paragraph.paragraph_format.keep_with_next = True
        day = "　　　　年　　月　　日" if self._said.open_date else chinese_date(self._said.on)
        width, name = titles.width(day) + _AIR, titles.width(self._said.signer)
        right = 4.0 + (width - name) / 2
        if right < 0:  # a name so long that it sets the right edge itself
            right, day_right = 0.0, (name - width) / 2
        else:
            day_right = 4.0
        for text, inset in ((self._said.signer, right), (day, day_right)):
            paragraph = self._line(text)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.right_indent = Pt(page.SIZE_3 * inset)
            paragraph.paragraph_format.keep_with_next = text == self._said.signer

    def _imprint(self) -> None:
        """版记: whom it is copied to, who printed it and when, between rules at the foot of the last page."""
        if not self._said.copies and not self._said.printer:
            return
        if self._said.annexes and self._said.annexes[-1].landscape:
            self._sheet(self._file.add_section(WD_SECTION.NEW_PAGE))
        lines = [f"　抄送：{self._said.copies}。"] * bool(self._said.copies)
        lines += [f"　{self._said.printer}　　{chinese_date(self._said.on)}印发"] * bool(self._said.printer)
        # Word and WPS set it at the foot of the page; LibreOffice 7 leaves it under the text, one line apart.
        self._blank()
        table = self._file.add_table(rows=0, cols=1)
        table.autofit = False
        put(table._tbl.tblPr, element("tblpPr", vertAnchor="margin", horzAnchor="margin", tblpXSpec="left",
                                      tblpYSpec="bottom", leftFromText=0, rightFromText=0))  # fmt: skip
        # First and last rule 0.35 mm, those between 0.25 mm (eighths of a point).
        borders = element("tblBorders")
        for side, size in (("top", 8), ("bottom", 8), ("insideH", 6)):
            borders.append(element(side, val="single", sz=size, space=0, color="000000"))
        put(table._tbl.tblPr, borders)
        for text in lines:
            cell = table.add_row().cells[0]
            cell.width = Twips(page.TYPE_WIDTH)
            self._run(cell.paragraphs[0], text, Face.BODY, size=page.SIZE_4)
        # What lies at the foot hangs on the paragraph after it: one that takes no room.
        self._line("").paragraph_format.line_spacing = Pt(1)

    def _annex(self, number: int, annex: Annex) -> None:
        self._sheet(self._file.add_section(WD_SECTION.NEW_PAGE), landscape=annex.landscape)
        self._line("附件" + (str(number) if len(self._said.annexes) > 1 else ""), Face.HEAVY)
        self._blank()
        self._title(annex.title, limit=titles.LINE * 1.5 if annex.landscape else titles.LINE)
        self._blank()
        for block in annex.blocks:
            self._block(block)

    def _saved(self) -> bytes:
        properties = self._file.core_properties
        moment = datetime.combine(self._said.on, time())
        properties.title, properties.author = clean(self._said.name), clean(self._said.signer)
        properties.created = properties.modified = moment
        properties.comments, properties.last_modified_by, properties.revision = "", clean(self._said.signer), 1
        for part in self._file.part.package.iter_parts():
            if part.partname == "/word/fontTable.xml":
                part._blob = font_table(self._faces)
        buffer = io.BytesIO()
        self._file.save(buffer)
        return repacked(buffer.getvalue())


def _closer(properties: Any) -> None:
    put(properties, element("spacing", val=-round(page.CLOSER_PT * 20)))
