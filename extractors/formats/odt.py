"""OpenDocument texts (odt)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from domain.post import Origin, Segment
from extractors.model import Context, Extraction
from extractors.office.grid import Heads, surroundings
from extractors.office.odf import OFFICE, STYLE, TABLE, TEXT, Texts, alternatives, hidden_styles, links, properties
from extractors.office.package import Package


def extract(body: bytes, context: Context) -> Extraction:
    """Raises ``DocumentError``."""
    package = Package(body, context)
    root = package.xml("content.xml")
    story = _Story(context, hidden_styles(package))
    main = root.find(f"{OFFICE}body/{OFFICE}text")
    segments: list[Segment] = []
    if main is not None:
        segments.extend(story.told(main))
    if "styles.xml" in package:
        for tag, label in (("header", "页眉"), ("footer", "页脚")):
            for node in package.xml("styles.xml").iter(f"{STYLE}{tag}", f"{STYLE}{tag}-left", f"{STYLE}{tag}-first"):
                segments.extend(_Story(context, {}, label).told(node))
    segments.extend(alternatives(root, context))
    segments.extend(properties(package, context))
    files = tuple(package.files(r"(Pictures|ObjectReplacements|Thumbnails)/.*"))
    segments.extend(package.leftovers())
    return Extraction(tuple(segments), links=links(root), embedded=files)


class _Story:
    def __init__(self, context: Context, styles: dict[str, str], label: str = "") -> None:
        self._context = context
        self._styles = styles
        self._label = label
        self._paragraphs = self._tables = 0

    def told(self, root: etree._Element, why: str = "") -> Iterator[Segment]:
        """Paragraphs and tables in order; deletions that a tracked change keeps come as they lie in the file."""
        stack = [(child, why) for child in reversed(root)]
        while stack:
            block, above = stack.pop()
            tag = str(block.tag).rsplit("}", 1)[-1]
            if tag in ("p", "h"):
                self._paragraphs += 1
                yield from self._paragraph(block, f"{self._label}第{self._paragraphs}段", above, "")
                stack.extend((inner, above) for inner in reversed(list(block.iter("{*}text-box"))))
            elif tag == "table":
                self._tables += 1
                yield from self._table(block, above)
            elif tag == "deletion":
                stack.extend((child, "修订中已删除") for child in reversed(block))
            elif tag == "section" and block.get(f"{TEXT}display") in ("none", "condition"):
                stack.extend((child, "隐藏区域") for child in reversed(block))
            elif tag not in ("sequence-decls", "change-info", "forms"):
                stack.extend((child, above) for child in reversed(block))

    def _paragraph(self, block: etree._Element, place: str, why: str, around: str) -> Iterator[Segment]:
        texts = Texts(self._styles)
        for own, text in texts.of(block).items():
            reason = why or own
            shown = f"{place}（{reason}）" if reason else place
            yield self._context.segment(text, shown, hidden=bool(reason), context=around)
        for label, text in texts.notes:
            hidden = label == "批注"
            origin = Origin.COMMENT if hidden else Origin.DOCUMENT
            yield self._context.segment(text, f"{place}{label}", hidden=hidden, origin=origin)

    def _table(self, table: etree._Element, why: str) -> Iterator[Segment]:
        here = self._tables
        heads = Heads()
        rows = [r for r in table.iter(f"{TABLE}table-row") if next(r.iterancestors(f"{TABLE}table")) is table]
        for number, row in enumerate(rows, 1):
            cells = list(row.iterchildren(f"{TABLE}table-cell"))
            texts = [self._seen(cell) for cell in cells]
            filled = {column: text for column, text in enumerate(texts) if text}
            heads.see(number, filled)
            values, index = list(filled.values()), 0
            for column, cell in enumerate(cells):
                around = surroundings(heads.of(column, filled, texts[column]), values, index)
                index += bool(texts[column])
                place = f"{self._label}表{here}第{number}行第{column + 1}列"
                for block in cell.iterchildren(f"{TEXT}p", f"{TEXT}h"):
                    yield from self._paragraph(block, place, why, around)
                for inner in cell.iterchildren(f"{TABLE}table"):
                    self._tables += 1
                    yield from self._table(inner, why)

    def _seen(self, cell: etree._Element) -> str:
        return "\n".join(Texts(self._styles).of(p).get("", "") for p in cell.iterchildren(f"{TEXT}p")).strip()
