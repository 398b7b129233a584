"""RTF documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.post import Origin, Segment
from extractors.model import Context, Embedded, Extraction
from extractors.office.grid import Heads, surroundings
from extractors.office.ole import native
from extractors.office.package import LONG_NUMBER
from extractors.office.rtftext import Piece, Reader

_LINK = re.compile(r'HYPERLINK\s+"(https?://[^"]+)"')
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"


def extract(body: bytes, context: Context) -> Extraction:
    """Paragraphs and cells with their places; never fails on a cut-off document: what is there is told."""
    reader = Reader()
    links: list[str] = []
    segments = tuple(_told(reader.pieces(body), context, links))
    files = tuple(_objects(reader.objects))
    cut = (
        (context.unexamined("文档不完整（末尾缺失），只检查了前面的部分，请重新保存后再查"),) if reader.is_open else ()
    )
    return Extraction(segments, cut, tuple(dict.fromkeys(links)), files)


def _told(pieces: Iterator[Piece], context: Context, links: list[str]) -> Iterator[Segment]:
    paragraphs = tables = row = 0
    heads = Heads()
    cells: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.place:
            links.extend(_LINK.findall(piece.text))
            if piece.place != "域代码" or LONG_NUMBER.search(piece.text):
                yield _segment(piece, piece.place, context)
        elif piece.end == "cell":
            cells[-1].append(piece)
            cells.append([])
        elif piece.end == "row":
            tables += not row
            heads = heads if row else Heads()
            row += 1
            if piece.text:
                cells[-1].append(piece)
            yield from _row([cell for cell in cells if cell], heads, tables, row, context)
            cells = [[]]
        elif piece.end == "part" and (len(cells) > 1):
            cells[-1].append(piece)
        else:
            is_end = piece.end == "par"
            row = 0 if is_end else row
            paragraphs += is_end
            if piece.text:
                yield _segment(piece, f"第{paragraphs + (not is_end)}段", context)
    yield from _row([cell for cell in cells if cell], heads, tables, row + 1, context)


def _row(cells: list[list[Piece]], heads: Heads, table: int, number: int, context: Context) -> Iterator[Segment]:
    texts = ["".join(piece.text for piece in cell if not piece.why) for cell in cells]
    filled = {column: text for column, text in enumerate(texts) if text}
    heads.see(number, filled)
    values, index = list(filled.values()), 0
    for column, cell in enumerate(cells):
        around = surroundings(heads.of(column, filled, texts[column]), values, index)
        index += bool(texts[column])
        for piece in cell:
            if piece.text:
                yield _segment(piece, f"表{table}第{number}行第{column + 1}列", context, around)


def _segment(piece: Piece, place: str, context: Context, around: str = "") -> Segment:
    origin = Origin.COMMENT if piece.place == "批注" else Origin.DOCUMENT
    shown = f"{place}（{piece.why}）" if piece.why and piece.why != piece.place else place
    return context.segment(piece.text, shown, hidden=bool(piece.why), origin=origin, context=around)


def _objects(found: list[bytes]) -> Iterator[Embedded]:
    """Files put into the document, written as hexadecimal digits."""
    for number, text in enumerate(found, 1):
        try:
            raw = bytes.fromhex(re.sub(rb"[^0-9a-fA-F]", b"", text).decode("ascii"))
        except ValueError:
            continue
        for magic, ending in ((_OLE, "doc"), (_ZIP, "zip")):
            if (at := raw.find(magic)) >= 0:
                yield Embedded.of(f"嵌入对象{number}.{ending}", raw[at:], hidden=True)
                break
        else:
            at = raw.find(b"Package\x00")
            if at >= 0 and (inner := native(raw[at + 8 + 12 - 4 :])) is not None:
                yield Embedded.of(*inner, hidden=True)
