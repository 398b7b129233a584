"""The text of an old Word document, by its piece table (MS-DOC 2.4.1), with the marks that hide parts of it.

Text lies in pieces, one byte or two bytes a sign; what a run looks like lies in pages of 512 bytes, by file offset.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extractors.model import Context
from extractors.office.styles import TINY, same

#: Parts of the text, in their order, with the offset of their length in the FIB and what they are called.
PARTS = (
    (0x4C, ""),
    (0x50, "脚注"),
    (0x54, "页眉页脚"),
    (0x58, "宏文字"),
    (0x5C, "批注"),
    (0x60, "尾注"),
    (0x64, "文本框"),
    (0x68, "页眉文本框"),
)
_CLX, _CHPX, _PAPX = 0x1A2, 0xFA, 0x102
_PAGE = 512
_MOST_PAGES = 200_000
#: Operand sizes by the upper three bits of a property's code; 0 stands for a length of its own.
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_VANISH, _SPECIAL_VANISH, _DELETED, _SIZE, _COLOUR_INDEX, _COLOUR = 0x083C, 0x0818, 0x0800, 0x4A43, 0x2A42, 0x6870
_IN_TABLE, _ROW_END = 0x2416, 0x2417
#: The runs of a page: file offsets of begin and end, and the look.
_Reader = Callable[[bytes], Iterator[tuple[int, int, str]]]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look: ``why`` it is not seen; ``mark`` is ``cell`` in a table, ``row`` where its row
    ends."""

    text: str
    why: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    first: int  # in signs
    last: int
    offset: int  # in the file
    width: int  # bytes a sign


class WordBinary:
    """A document; raises ``DocumentError`` for one that is locked or broken."""

    def __init__(self, main: bytes, tables: dict[str, bytes], context: Context) -> None:
        if len(main) < 0x1AA or main[:2] not in (b"\xec\xa5", b"\xdc\xa5"):
            raise context.problem("文档损坏或版本过旧（Word 95 以前），请另存为 docx 后再查")
        flags = _u16(main, 0x0A)
        if flags & 0x0100:
            raise context.problem("文档设有打开密码，请解除密码后再查")
        self._main = main
        self._table = tables.get("1Table" if flags & 0x0200 else "0Table") or next(iter(tables.values()), b"")
        try:
            self._pieces = list(self._read_pieces())
            self._marks = self._read_marks(_CHPX, _character)
            self._rows = self._read_marks(_PAPX, _paragraph)
        except (struct.error, IndexError) as error:
            raise context.problem("文档损坏（文字索引不完整），请用原软件打开并另存为 docx 后再查") from error
        if not self._pieces:
            raise context.problem("文档损坏（没有文字索引），请用原软件打开并另存为 docx 后再查")

    def parts(self) -> Iterator[tuple[str, list[Run]]]:
        """Each part of the text that holds something: its name (empty for the main text) and its runs."""
        at = 0
        for offset, name in PARTS:
            length = _u32(self._main, offset)
            if 0 < length < 1 << 28:
                yield name, list(self._runs(at, at + length))
                at += length

    def covered(self) -> list[tuple[int, int]]:
        """The stretches of the main stream that the text lies in."""
        spans = [(p.offset, p.offset + (p.last - p.first) * p.width) for p in self._pieces]
        return sorted(spans)

    def _read_pieces(self) -> Iterator[_Piece]:
        start, length = _u32(self._main, _CLX), _u32(self._main, _CLX + 4)
        clx = self._table[start : start + length]
        at = 0
        while at < len(clx) and clx[at] == 1:  # properties that pieces share
            at += 3 + _u16(clx, at + 1)
        if at >= len(clx) or clx[at] != 2:
            return
        size = _u32(clx, at + 1)
        body = clx[at + 5 : at + 5 + size]
        count = (len(body) - 4) // 12
        for index in range(count):
            first, last = _u32(body, index * 4), _u32(body, index * 4 + 4)
            place = _u32(body, (count + 1) * 4 + index * 8 + 2)
            narrow = bool(place & 0x40000000)
            offset = (place & 0x3FFFFFFF) // (2 if narrow else 1)
            if last > first and offset < len(self._main):
                yield _Piece(first, last, offset, 1 if narrow else 2)

    def _read_marks(self, where: int, read: _Reader) -> tuple[list[int], list[str]]:
        """File offsets at which a look begins, and the looks."""
        start, length = _u32(self._main, where), _u32(self._main, where + 4)
        plc = self._table[start : start + length]
        count = min((len(plc) - 4) // 8, _MOST_PAGES)
        starts: list[int] = []
        looks: list[str] = []
        for index in range(max(0, count)):
            number = _u32(plc, (count + 1) * 4 + index * 4) & 0x3FFFFF
            page = self._main[number * _PAGE : (number + 1) * _PAGE]
            if len(page) == _PAGE:
                for begin, end, look in read(page):
                    if starts and starts[-1] == begin:
                        looks[-1] = look
                    else:
                        starts.append(begin)
                        looks.append(look)
                    starts.append(end)
                    looks.append("")
        order = sorted(range(len(starts)), key=starts.__getitem__)
        return [starts[i] for i in order], [looks[i] for i in order]

    def _runs(self, low: int, high: int) -> Iterator[Run]:
        for piece in self._pieces:
            first, last = max(low, piece.first), min(high, piece.last)
            if first < last:
                begin = piece.offset + (first - piece.first) * piece.width
                end = piece.offset + (last - piece.first) * piece.width
                yield from self._looks(begin, end, piece.width)

    def _looks(self, begin: int, end: int, width: int) -> Iterator[Run]:
        starts, looks = self._marks
        rows, ends = self._rows
        while begin < end:
            index = bisect_right(starts, begin)
            stop = min(end, starts[index]) if index < len(starts) else end
            row = bisect_right(rows, begin)
            if row < len(rows):
                stop = min(stop, rows[row])
            stop = max(stop - (stop - begin) % width, begin + width)
            raw = self._main[begin:stop]
            text = raw.decode("utf-16-le" if width == 2 else "cp1252", "replace")
            yield Run(text, looks[index - 1] if index else "", ends[row - 1] if row else "")
            begin = stop


def _character(page: bytes) -> Iterator[tuple[int, int, str]]:
    """The runs of a page of character properties."""
    count = page[511]
    if count * 5 + 4 > 511:
        return
    for index in range(count):
        begin, end = struct.unpack_from("<II", page, index * 4)
        at = page[(count + 1) * 4 + index] * 2
        why = _look(page[at + 1 : at + 1 + page[at]]) if at else ""
        yield begin, end, why


def _paragraph(page: bytes) -> Iterator[tuple[int, int, str]]:
    """The paragraphs of a page of paragraph properties: which of them end the row of a table."""
    count = page[511]
    if count * 17 + 4 > 511:
        return
    for index in range(count):
        begin, end = struct.unpack_from("<II", page, index * 4)
        at = page[(count + 1) * 4 + index * 13] * 2
        if not at:
            continue
        size = page[at] * 2 - 1 if page[at] else page[at + 1] * 2
        start = at + (1 if page[at] else 2)
        told = {code for code, value in _properties(page[start + 2 : start + size]) if value[:1] == b"\x01"}
        yield begin, end, "row" if _ROW_END in told else "cell" if _IN_TABLE in told else ""


def _look(properties: bytes) -> str:
    for code, value in _properties(properties):
        if code in (_VANISH, _SPECIAL_VANISH) and value[:1] in (b"\x01", b"\x81"):
            return "隐藏文字"
        if code == _DELETED and value[:1] == b"\x01":
            return "修订中已删除"
        if code == _COLOUR_INDEX and value[:1] == b"\x08":
            return "白色文字"
        if code == _COLOUR and len(value) == 4 and value[3] != 0xFF and same(value[:3].hex(), "FFFFFF"):
            return "白色文字"
        if code == _SIZE and len(value) == 2 and 0 < _u16(value, 0) / 2 < TINY:
            return "极小字号"
    return ""


def _properties(raw: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 2 < len(raw):
        code = _u16(raw, at)
        at += 2
        size = _SIZES[code >> 13]
        if not size:
            size = raw[at]
            at += 1
        yield code, raw[at : at + size]
        at += size


def _u16(raw: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", raw, at)[0])


def _u32(raw: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", raw, at)[0])
