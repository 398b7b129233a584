"""The records of an old workbook (BIFF8, MS-XLS): what hides cells, and texts that are no cells."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.post import Origin, Segment
from extractors.model import Context
from extractors.office.grid import letters
from extractors.office.package import LONG_NUMBER
from extractors.office.styles import hides_number, hides_text, unseen_text

_BOF, _EOF, _CONTINUE, _FILEPASS, _BOUNDSHEET = 0x809, 0x0A, 0x3C, 0x2F, 0x85
_FONT, _FORMAT, _XF, _ROW, _COLINFO = 0x31, 0x41E, 0xE0, 0x208, 0x7D
_NOTE, _OBJ, _TXO, _NAME, _DV, _CRN, _HEADER, _FOOTER, _FORMULA = 0x1C, 0x5D, 0x1B6, 0x18, 0x1BE, 0x5A, 0x14, 0x15, 0x06
_FILTERMODE = 0x9B
_NUMBERS = frozenset((0x203, 0x27E, 0x06, 0x205))
_STRINGS = frozenset((0xFD, 0x204, 0xD6))
_MULRK = 0xBD
#: Cells that hold a value and nothing else.
_ONLY_CELLS = _STRINGS | (_NUMBERS - {_FORMULA})
_WHITE, _BLACK_AUTO = frozenset((1, 9)), frozenset((0, 8, 64, 0x7FFF))
_STATES = {1: "隐藏工作表", 2: "深度隐藏工作表"}
_MOST_RECORDS = 20_000_000


@dataclass(slots=True)
class SheetLook:
    """What hides the cells of one sheet: why the sheet is not seen, its rows, columns and single cells (from 0)."""

    name: str
    why: str = ""
    rows: dict[int, str] = field(default_factory=dict)
    columns: dict[int, str] = field(default_factory=dict)
    cells: dict[tuple[int, int], str] = field(default_factory=dict)

    def of(self, row: int, column: int) -> str:
        """Why this cell is not seen; empty where it is."""
        return self.why or self.rows.get(row, "") or self.columns.get(column, "") or self.cells.get((row, column), "")


@dataclass(slots=True)
class _Book:
    fonts: list[tuple[str, float]] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    looks: list[tuple[str, str]] = field(default_factory=list)  # of numbers, of texts


def records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Offset, kind and body of each record, with its continuations apart."""
    at, last, head = 0, len(stream) - 4, struct.Struct("<HH").unpack_from
    for _ in range(_MOST_RECORDS):
        if at > last:
            return
        kind, length = head(stream, at)
        end = at + 4 + length
        yield at, kind, stream[at + 4 : end]
        at = end


def read(stream: bytes, context: Context) -> tuple[dict[str, SheetLook], list[Segment]]:
    """What hides cells, by sheet, and the texts outside of cells; raises ``DocumentError`` for a locked workbook."""
    book = _Book()
    bounds: dict[int, SheetLook] = {}
    extras: list[Segment] = []
    sheet: SheetLook | None = None
    filtered = False
    texts = _Texts(context)
    plain: set[bytes] = set()  # looks that hide neither numbers nor texts, as they stand in the records of cells
    for offset, kind, body in records(stream):
        # nearly all records are cells whose look hides nothing
        if kind in _ONLY_CELLS and body[4:6] in plain:
            continue
        try:
            if kind == _FILEPASS:
                raise context.problem("工作簿设有打开密码，请解除密码后再查")
            if kind == _BOF:
                sheet = bounds.get(offset, sheet)
                filtered = False
                texts.sheet = sheet
            elif kind == _BOUNDSHEET:
                where, state, is_chart = struct.unpack_from("<IBB", body)
                del is_chart
                look = SheetLook(_short(body, 6), _STATES.get(state & 3, ""))
                bounds[where] = look
            elif kind == _FONT:
                book.fonts.append(_font(body))
            elif kind == _FORMAT:
                book.formats[_u16(body, 0)] = _long(body, 2)
            elif kind == _XF:
                book.looks.append(_look(body, book))
                if not any(book.looks[-1]):
                    plain.add(struct.pack("<H", len(book.looks) - 1))
            elif kind == _FILTERMODE:
                filtered = True
            elif sheet is not None:
                _in_sheet(kind, body, sheet, book, filtered)
            extras.extend(texts.take(kind, body))
        except (struct.error, IndexError, UnicodeDecodeError):
            continue  # one broken record tells nothing; the rest does
    extras.extend(texts.left())
    return {look.name: look for look in bounds.values()}, extras


def _in_sheet(kind: int, body: bytes, sheet: SheetLook, book: _Book, filtered: bool) -> None:
    if kind == _ROW:
        if _u16(body, 12) & 0x20:
            sheet.rows[_u16(body, 0)] = "筛选掉的行" if filtered else "隐藏行"
    elif kind == _COLINFO:
        first, last, width, _, flags = struct.unpack_from("<HHHHH", body)
        why = "隐藏列" if flags & 1 else "极窄列" if width < 150 else ""
        if why:
            sheet.columns |= dict.fromkeys(range(first, min(last, 255) + 1), why)
    elif kind in _NUMBERS or kind in _STRINGS:
        row, column, style = struct.unpack_from("<HHH", body)
        _mark(sheet, row, column, style, book, text=kind in _STRINGS)
    elif kind == _MULRK:
        row, first = struct.unpack_from("<HH", body)
        for index in range((len(body) - 6) // 6):
            _mark(sheet, row, first + index, _u16(body, 4 + index * 6), book, text=False)


def _mark(sheet: SheetLook, row: int, column: int, style: int, book: _Book, *, text: bool) -> None:
    if style < len(book.looks) and (why := book.looks[style][text]):
        sheet.cells[row, column] = why


def _font(body: bytes) -> tuple[str, float]:
    height, _, colour = struct.unpack_from("<HHH", body)
    return "FFFFFF" if colour in _WHITE else "000000" if colour in _BLACK_AUTO else "808080", height / 20


def _look(body: bytes, book: _Book) -> tuple[str, str]:
    font_index, format_index = struct.unpack_from("<HH", body)
    pattern = struct.unpack_from("<I", body, 14)[0] >> 26
    ground_index = _u16(body, 18) & 0x7F
    ground = "" if not pattern else "FFFFFF" if ground_index in (*_WHITE, 65) else "000000" if ground_index in (0, 8) \
        else "C0C0C0"  # fmt: skip
    font_index -= font_index > 4  # there is no font 4
    colour, size = book.fonts[font_index] if font_index < len(book.fonts) else ("000000", 11.0)
    why = unseen_text(colour, size, ground)
    code = book.formats.get(format_index, "")
    number = why or ("仅靠数字格式遮住" if hides_number(code) else "")
    return number, why or ("仅靠数字格式遮住" if hides_text(code) else "")


class _Texts:
    """Texts that are no cells: remarks, text boxes, names, lists, caches of other workbooks, print headers."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._object = 0
        self._wanted: int = 0
        self._boxes: dict[int, str] = {}
        self._notes: set[int] = set()
        self._continues = 0
        self.sheet: SheetLook | None = None

    def take(self, kind: int, body: bytes) -> Iterator[Segment]:
        """What the next record tells."""
        name = self.sheet.name if self.sheet is not None else ""
        if kind == _OBJ and len(body) >= 8:
            self._object = _u16(body, 6)
        elif kind == _TXO:
            self._wanted = _u16(body, 10)
            self._boxes[self._object] = ""
        elif kind == _CONTINUE and self._wanted > 0:
            text = body[1:].decode("utf-16-le" if body[:1] == b"\x01" else "latin-1", "replace")[: self._wanted]
            self._wanted -= len(text)
            self._boxes[self._object] += text
        elif kind == _NOTE:
            row, column, _, number = struct.unpack_from("<HHHH", body)
            self._notes.add(number)
            if text := self._boxes.pop(number, "").strip():
                place = f"{name}!{letters(column)}{row + 1}（批注）"
                yield self._context.segment(text, place, hidden=True, origin=Origin.COMMENT)
        elif kind in (_HEADER, _FOOTER) and len(body) > 3:
            yield self._context.segment(_long(body, 0), f"{name}（页眉页脚）", hidden=True)
        elif kind == _NAME:
            yield from self._literals(body, "名称")
        elif kind == _DV:
            yield from self._dv(body, name)
        elif kind == _CRN:
            yield from self._cached(body)
        elif kind == _FORMULA and len(body) > 22:
            row, column = struct.unpack_from("<HH", body)
            for text in literals(body[22:]):
                if LONG_NUMBER.search(text):
                    place = f"{name}!{letters(column)}{row + 1}（公式）"
                    yield self._context.segment(text, place, hidden=True)

    def left(self) -> Iterator[Segment]:
        """Text boxes that are no remarks."""
        for number, (_, text) in enumerate(sorted(self._boxes.items()), 1):
            if text.strip():
                yield self._context.segment(text.strip(), f"文本框{number}")

    def _literals(self, body: bytes, label: str) -> Iterator[Segment]:
        length, size = body[3], _u16(body, 4)
        wide = body[14] & 1
        start = 15 + length * (1 + wide)
        name = body[15:start].decode("utf-16-le" if wide else "latin-1", "replace")
        for text in literals(body[start : start + size]):
            yield self._context.segment(text, f"{label}“{name}”", hidden=True)

    def _dv(self, body: bytes, name: str) -> Iterator[Segment]:
        at = 4
        for _ in range(4):  # titles and texts of prompt and error
            count, flags = struct.unpack_from("<HB", body, at)
            text = _long(body, at).strip("\x00")
            at += 3 + count * (1 + (flags & 1))
            if text:
                yield self._context.segment(text, f"{name}（数据验证提示）", hidden=True)
        for _ in range(2):
            size = _u16(body, at)
            for text in literals(body[at + 4 : at + 4 + size]):
                yield self._context.segment(text.replace("\x00", ","), f"{name}（数据验证列表）", hidden=True)
            at += 4 + size

    def _cached(self, body: bytes) -> Iterator[Segment]:
        last, first, row = struct.unpack_from("<BBH", body)
        at = 4
        for column in range(first, last + 1):
            kind = body[at]
            at += 1
            text = ""
            if kind == 2:
                count, flags = struct.unpack_from("<HB", body, at)
                text = _long(body, at)
                at += 3 + count * (1 + (flags & 1))
            else:
                if kind == 1:
                    text = f"{struct.unpack_from('<d', body, at)[0]:.15g}"
                at += 8
            if text:
                yield self._context.segment(text, f"外部链接缓存!{letters(column)}{row + 1}", hidden=True)


def literals(tokens: bytes) -> Iterator[str]:
    """Texts written into a formula. Tokens are not followed one by one: a text begins with its own sign and length."""
    at = 0
    while (at := tokens.find(b"\x17", at)) >= 0:
        if at + 3 <= len(tokens):
            count, flags = tokens[at + 1], tokens[at + 2]
            end = at + 3 + count * (1 + (flags & 1))
            if count > 1 and flags <= 1 and end <= len(tokens):
                yield tokens[at + 3 : end].decode("utf-16-le" if flags else "latin-1", "replace")
                at = end
                continue
        at += 1


def _short(body: bytes, at: int) -> str:
    count, flags = body[at], body[at + 1]
    return _signs(body, at + 2, count, flags)


def _long(body: bytes, at: int) -> str:
    count, flags = struct.unpack_from("<HB", body, at)
    return _signs(body, at + 3, count, flags)


def _signs(body: bytes, at: int, count: int, flags: int) -> str:
    size = count * (1 + (flags & 1))
    return body[at : at + size].decode("utf-16-le" if flags & 1 else "latin-1", "replace")


def _u16(body: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", body, at)[0])
