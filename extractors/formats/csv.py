"""CSV files: every cell with its address."""

from __future__ import annotations

import csv
import io

from extractors.cells import Gathered
from extractors.model import Context, Extraction
from extractors.office.rows import Rows
from extractors.office.worksheet import whole
from extractors.plain import decode


def extract(body: bytes, context: Context) -> Extraction:
    """Every non-empty cell; what parts them (comma, tab or semicolon) is seen from the first lines."""
    content = decode(body, context)
    head = content[:4096]
    mark = max(",\t;", key=head.count)
    csv.field_size_limit(10_000_000)
    # most files need nothing but blanks taken off
    value = _value if '="' in content or "E+" in content or "e+" in content else str.strip
    gathered = Gathered()
    rows = Rows(gathered, context)
    for number, row in enumerate(csv.reader(io.StringIO(content, newline=""), delimiter=mark), 1):
        rows.dense(number, list(map(value, row)))
        if rows.count > context.limits.segments:
            break  # one too many, so that what is cut is told
    rows.close()
    return Extraction(tuple(gathered.segments), grids=tuple(gathered.grids))


def _value(cell: str) -> str:
    cell = cell.strip()
    if cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1]
    return whole(cell) if "E+" in cell or "e+" in cell else cell
