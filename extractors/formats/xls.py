"""Old workbooks (xls, et) and binary ones (xlsb): cells by calamine, what hides them by record."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from domain.post import Segment
from extractors.cells import Gathered
from extractors.model import Ability, Context, Extraction
from extractors.office.biff import SheetLook, read, records
from extractors.office.calamine import tables
from extractors.office.ole import Container, ability
from extractors.office.rows import Rows

#: The library has been seen to run without end on broken files.
SECONDS = 30.0
_OLE = b"\xd0\xcf\x11\xe0"
_SX_STRING, _SX_NUMBER = 0xCD, 0xC9


def abilities() -> Iterator[Ability]:
    """Whether what hides cells can be seen."""
    yield ability("旧版 Excel 工作簿（xls、et）中的隐藏内容")


def extract(body: bytes, context: Context) -> Extraction:
    """Raises ``DocumentError``, ``MissingTool``."""
    gathered = Gathered()
    if not body.startswith(_OLE):
        _sheets(body, {}, gathered, context)
        return Extraction(tuple(gathered.segments), grids=tuple(gathered.grids))
    container = Container(body, context)
    main = container.find("Workbook", "Book")
    stream = container.read(main) if main else b""
    looks, extras = read(stream, context)
    _sheets(body, looks, gathered, context)
    segments = gathered.segments
    segments.extend(extras)
    caches = [name for name in container.streams if name.startswith("_SX_DB")]
    for number, name in enumerate(caches, 1):
        segments.extend(_cache(container.read(name), number, context))
    segments.extend(container.properties())
    segments.extend(container.leftovers([main, *caches]))
    return Extraction(tuple(segments), embedded=tuple(container.embedded()), grids=tuple(gathered.grids))


def _sheets(body: bytes, looks: dict[str, SheetLook], gathered: Gathered, context: Context) -> None:
    for name, hidden, table in tables(body, context):
        look = looks.get(name) or SheetLook(name, "隐藏工作表" if hidden else "")
        rows = Rows(gathered, context, name)
        seen = not (look.why or look.rows or look.columns or look.cells)
        for number, row in enumerate(table, 1):
            if rows.count > context.limits.segments:
                break  # what is cut is told
            if seen:
                rows.dense(number, row)
                continue
            columns = tuple(column for column, text in enumerate(row) if text)
            whys = tuple(look.of(number - 1, column) for column in columns)
            rows.add(number, columns, [row[column] for column in columns], whys if any(whys) else ())
        rows.close()


def _cache(stream: bytes, number: int, context: Context) -> Iterator[Segment]:
    """The values that a pivot table keeps of its source."""
    for _, kind, body in records(stream):
        text = ""
        if kind == _SX_STRING and len(body) > 3:
            count, flags = struct.unpack_from("<HB", body)
            text = body[3 : 3 + count * (1 + (flags & 1))].decode("utf-16-le" if flags & 1 else "latin-1", "replace")
        elif kind == _SX_NUMBER and len(body) >= 8:
            text = f"{struct.unpack_from('<d', body)[0]:.15g}"
        if text:
            yield context.segment(text, f"数据透视表缓存{number}", hidden=True)
