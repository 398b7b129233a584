"""Word documents (docx): paragraphs, tables, headers and footers, and what a tracked change only pretends to delete."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from domain.errors import DocumentError
from domain.post import Origin, Segment, Unexamined
from extractors.model import Context, Extraction

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/package/2006/relationships}"
#: Unpacked parts larger than this are not read (bytes): a small zip can hold gigabytes.
MAX_PART_BYTES = 128 * 1024 * 1024


def extract(body: bytes, source: Context) -> Extraction:
    """Every paragraph and table cell with its place; raises ``DocumentError`` for a file that is no docx."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except zipfile.BadZipFile as error:
        raise DocumentError(source.name, "文档损坏（压缩结构不完整），请重新导出后再查") from error
    with archive:
        document = _part(archive, "word/document.xml", source)
        segments = list(_blocks(document, source))
        for name, label in _extra_parts(archive):
            for paragraph in _part(archive, name, source).iter(f"{_W}p"):
                text = _shown(paragraph)
                if text:
                    segments.append(Segment(source.field, text, Origin.DOCUMENT, label == "批注", source.place(label)))
        links = tuple(_links(archive, source))
        pictures = sum(name.startswith("word/media/") for name in archive.namelist())
    unexamined = (
        (Unexamined(source.place(f"文档内 {pictures} 张图片") or "图片", "图片中的文字未识别，请人工查看"),)
        if pictures
        else ()
    )
    return Extraction(tuple(segments), unexamined, links)


def _part(archive: zipfile.ZipFile, name: str, source: Context) -> etree._Element:
    info = archive.getinfo(name)
    if info.file_size > MAX_PART_BYTES:
        raise DocumentError(source.name, f"文档解开后过大（{info.file_size // 2**20} MB），未打开，请人工查看")
    if info.flag_bits & 1:
        raise DocumentError(source.name, "文档已加密，请解除密码后再查")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(archive.read(info), parser)


def _extra_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    labels = (("word/header", "页眉"), ("word/footer", "页脚"), ("word/footnotes", "脚注"), ("word/endnotes", "尾注"),
              ("word/comments.xml", "批注"))  # fmt: skip
    for name in sorted(archive.namelist()):
        for prefix, label in labels:
            if name.startswith(prefix) and name.endswith(".xml"):
                yield name, label


def _blocks(document: etree._Element, source: Context) -> Iterator[Segment]:
    body = document.find(f"{_W}body")
    paragraphs = tables = 0
    for block in body if body is not None else ():
        if block.tag == f"{_W}tbl":
            tables += 1
            yield from _table(block, tables, source)
            continue
        for paragraph in block.iter(f"{_W}p"):  # a content control wraps several
            paragraphs += 1
            yield from _paragraph(paragraph, f"第{paragraphs}段", "", source)


def _table(table: etree._Element, number: int, source: Context) -> Iterator[Segment]:
    rows = [[_cell_text(cell) for cell in row.iter(f"{_W}tc")] for row in table.iter(f"{_W}tr")]
    heads = rows[0] if rows else []
    for row_number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            if text:
                head = heads[column - 1] if row_number > 1 and column <= len(heads) else ""
                context = "\t".join(filter(None, (head, *(other for other in row if other is not text))))
                place = source.place(f"表{number}第{row_number}行第{column}列")
                yield Segment(source.field, text, Origin.DOCUMENT, locator=place, context=context)
    for removed in _removed(table):
        yield Segment(source.field, removed, Origin.DOCUMENT, True, source.place(f"表{number}（修订中已删除）"))


def _cell_text(cell: etree._Element) -> str:
    return "\n".join(filter(None, (_shown(paragraph) for paragraph in cell.iter(f"{_W}p"))))


def _paragraph(paragraph: etree._Element, place: str, context: str, source: Context) -> Iterator[Segment]:
    text = _shown(paragraph)
    if text:
        yield Segment(source.field, text, Origin.DOCUMENT, locator=source.place(place), context=context)
    for removed in _removed(paragraph):
        yield Segment(source.field, removed, Origin.DOCUMENT, True, source.place(f"{place}（修订中已删除）"))
    hidden = "".join(_run_text(run) for run in paragraph.iter(f"{_W}r") if _is_hidden(run))
    if hidden.strip():
        yield Segment(source.field, hidden, Origin.DOCUMENT, True, source.place(f"{place}（隐藏文字）"))


def _shown(paragraph: etree._Element) -> str:
    return "".join(_run_text(run) for run in paragraph.iter(f"{_W}r") if not _is_hidden(run)).strip()


def _run_text(run: etree._Element) -> str:
    pieces: list[str] = []
    for node in run:
        if node.tag == f"{_W}t":
            pieces.append(node.text or "")
        elif node.tag == f"{_W}tab":
            pieces.append("\t")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
    return "".join(pieces)


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val") not in ("0", "false")


def _removed(block: etree._Element) -> list[str]:
    """Deletions that a tracked change keeps in the file."""
    texts = ("".join(node.text or "" for node in deletion.iter(f"{_W}delText")) for deletion in block.iter(f"{_W}del"))
    return [text for text in texts if text.strip()]


def _links(archive: zipfile.ZipFile, source: Context) -> Iterator[str]:
    name = "word/_rels/document.xml.rels"
    if name in archive.namelist():
        for relation in _part(archive, name, source).iter(f"{_R}Relationship"):
            target = relation.get("Target") or ""
            if relation.get("TargetMode") == "External" and target.startswith("http"):
                yield target
