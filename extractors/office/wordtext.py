"""The text of one part of a Word document: what is seen, and what is hidden, deleted, white or tiny."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from domain.post import Origin, Segment
from extractors.model import Context
from extractors.office.grid import Heads, surroundings
from extractors.office.package import LONG_NUMBER
from extractors.office.styles import TINY, same

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off", "none")
#: A copy of the same content for older programs.
_FALLBACK = "Fallback"
_TEXT = {"t": None, "delText": None, "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


def styles_of(root: etree._Element) -> dict[str, str]:
    """Styles that hide their text, by id, with the reason."""
    own: dict[str, str] = {}
    based: dict[str, str] = {}
    for style in root.iter(f"{_W}style"):
        identity = style.get(f"{_W}styleId") or ""
        properties = style.find(f"{_W}rPr")
        if properties is not None and (why := look(properties)):
            own[identity] = why
        parent = style.find(f"{_W}basedOn")
        if parent is not None:
            based[identity] = parent.get(f"{_W}val") or ""
    for identity in based:
        step, seen = identity, {identity}
        while step not in own and based.get(step) and based[step] not in seen:
            step = based[step]
            seen.add(step)
        if step in own:
            own.setdefault(identity, own[step])
    return own


def look(properties: etree._Element) -> str:
    """Why a run with these properties is not seen; empty where it is."""
    for node in properties:
        tag = str(node.tag).rsplit("}", 1)[-1]
        value = node.get(f"{_W}val")
        if tag in ("vanish", "specVanish") and value not in _OFF:
            return "隐藏文字"
        if tag == "color" and value and same(value, "FFFFFF") and not _shaded(properties):
            return "白色文字"
        if tag == "sz" and value and value.isdigit() and int(value) / 2 < TINY:
            return "极小字号"
    return ""


def _shaded(properties: etree._Element) -> bool:
    if (mark := properties.find(f"{_W}highlight")) is not None:
        return mark.get(f"{_W}val") not in ("white", "none")
    shade = properties.find(f"{_W}shd")
    fill = shade.get(f"{_W}fill") if shade is not None else None
    return fill not in (None, "auto") and not same(fill or "", "FFFFFF")


class Story:
    """One part of a document. ``label`` stands before its places; ``unseen`` where nobody reads the part itself."""

    def __init__(self, context: Context, label: str, styles: dict[str, str], *, unseen: bool = False) -> None:
        self._context = context
        self._label = label
        self._styles = styles
        self._unseen = unseen
        self._paragraphs = self._tables = self._pictures = 0

    def told(self, root: etree._Element) -> Iterator[Segment]:
        """Every segment, in order; blocks are walked without recursion."""
        stack = list(reversed(root))
        while stack:
            block = stack.pop()
            tag = _name(block)
            if tag == "tbl":
                self._tables += 1
                yield from self._table(block)
            elif tag == "p":
                self._paragraphs += 1
                yield from self._paragraph(block, self._place(f"第{self._paragraphs}段"), "")
            elif tag not in (_FALLBACK, "sectPr", "tblPr"):
                stack.extend(reversed(block))
        yield from self._pictures_in(root)

    def _place(self, inner: str) -> str:
        return f"{self._label}{inner}"

    def _segment(self, text: str, place: str, why: str = "", around: str = "") -> Segment:
        origin = Origin.COMMENT if self._label.startswith("批注") else Origin.DOCUMENT
        shown = f"{place}（{why}）" if why else place
        return self._context.segment(text, shown, hidden=bool(why) or self._unseen, origin=origin, context=around)

    def _paragraph(self, paragraph: etree._Element, place: str, around: str, why: str = "") -> Iterator[Segment]:
        """The text that is seen, as one segment, then each kind of unseen text as one."""
        texts: dict[str, list[str]] = {}
        boxes: list[etree._Element] = []
        self._gather(paragraph, texts, boxes, self._style(paragraph))
        for kind, pieces in texts.items():
            text = "".join(pieces).strip()
            if text:
                yield self._segment(text, place, kind or why, around)
        for box in boxes:
            for inner in box.iter(f"{_W}p"):
                if not any(_name(above) == _FALLBACK for above in inner.iterancestors()):
                    yield from self._paragraph(inner, f"{place}文本框", "", why)

    def _style(self, paragraph: etree._Element) -> str:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self._styles.get(style.get(f"{_W}val") or "", "") if style is not None else ""

    def _gather(
        self, block: etree._Element, texts: dict[str, list[str]], boxes: list[etree._Element], inherited: str
    ) -> None:
        stack: list[tuple[etree._Element, str]] = [(child, inherited) for child in reversed(block)]
        while stack:
            node, why = stack.pop()
            tag = _name(node)
            if tag == "r":
                self._run(node, texts, why)
                stack.extend((child, why) for child in reversed(node) if _name(child) not in _TEXT)
            elif tag in ("del", "moveFrom"):
                stack.extend((child, "修订中已删除") for child in reversed(node))
            elif tag == "txbxContent":
                boxes.append(node)
            elif tag == "instrText":
                if node.text and LONG_NUMBER.search(node.text):
                    texts.setdefault("域代码", []).append(node.text)
            elif tag not in (_FALLBACK, "pPr", "rPr", "sectPr", "p", "tbl"):
                if tag == "fldSimple" and LONG_NUMBER.search(code := node.get(f"{_W}instr") or ""):
                    texts.setdefault("域代码", []).append(code)
                stack.extend((child, why) for child in reversed(node))

    def _run(self, run: etree._Element, texts: dict[str, list[str]], why: str) -> None:
        properties = run.find(f"{_W}rPr")
        if properties is not None and why != "修订中已删除":
            style = properties.find(f"{_W}rStyle")
            named = self._styles.get(style.get(f"{_W}val") or "", "") if style is not None else ""
            why = look(properties) or named or ("" if _shown_again(properties) else why)
        pieces: list[str] = []
        for node in run:
            tag = _name(node)
            if tag in _TEXT:
                pieces.append(_TEXT[tag] or node.text or "")
        if pieces:
            texts.setdefault(why, []).extend(pieces)

    def _table(self, table: etree._Element) -> Iterator[Segment]:
        """Cells with the head of their column and the rest of their row; tables inside cells likewise."""
        here = self._tables
        heads = Heads()
        for number, row in enumerate(table.iterchildren(f"{_W}tr", f"{_W}sdt"), 1):
            cells = [cell for cell in row.iter(f"{_W}tc") if _table_of(cell) is table]
            hidden_row = row.find(f"{_W}trPr/{_W}hidden") is not None
            texts = [self._seen(cell) for cell in cells]
            filled = {column: text for column, text in enumerate(texts) if text}
            heads.see(number, filled)
            values, index = list(filled.values()), 0
            for column, (cell, text) in enumerate(zip(cells, texts, strict=True)):
                place = self._place(f"表{here}第{number}行第{column + 1}列")
                around = surroundings(heads.of(column, filled, text), values, index) if text or filled else ""
                index += bool(text)
                if text:
                    yield self._segment(text, place, "隐藏行" if hidden_row else "", around)
                for block in cell.iter(f"{_W}p"):
                    if _cell_of(block) is cell and not _in_fallback(block):
                        for found in self._paragraph(block, place, around):
                            if found.hidden != self._unseen or "文本框" in found.locator:
                                yield found
                for inner in cell.iter(f"{_W}tbl"):
                    if _cell_of(inner) is cell:
                        self._tables += 1
                        yield from self._table(inner)

    def _seen(self, cell: etree._Element) -> str:
        lines: list[str] = []
        for paragraph in cell.iter(f"{_W}p"):
            if _cell_of(paragraph) is cell and not _in_fallback(paragraph):
                texts: dict[str, list[str]] = {}
                self._gather(paragraph, texts, [], self._style(paragraph))
                lines.append("".join(texts.get("", ())).strip())
        return "\n".join(filter(None, lines))

    def _pictures_in(self, root: etree._Element) -> Iterator[Segment]:
        """Alternative texts of pictures and shapes."""
        for node in root.iter("{*}docPr", "{*}cNvPr", "{*}shape", "{*}imagedata"):
            texts = {(node.get(key) or "").strip() for key in ("descr", "title", "alt")}
            self._pictures += 1
            for text in sorted(filter(None, texts)):
                place = self._place(f"图形{self._pictures}替代文字")
                yield self._context.segment(text, place, hidden=True, origin=Origin.METADATA)


def _shown_again(properties: etree._Element) -> bool:
    mark = properties.find(f"{_W}vanish")
    return mark is not None and mark.get(f"{_W}val") in _OFF


def _name(node: etree._Element) -> str:
    return str(node.tag).rsplit("}", 1)[-1]


def _cell_of(node: etree._Element) -> etree._Element | None:
    return next((above for above in node.iterancestors() if _name(above) in ("tc", "txbxContent")), None)


def _table_of(cell: etree._Element) -> etree._Element | None:
    return next((above for above in cell.iterancestors() if _name(above) == "tbl"), None)


def _in_fallback(node: etree._Element) -> bool:
    return any(_name(above) == _FALLBACK for above in node.iterancestors())
