"""CSV files: every cell with its address."""

from __future__ import annotations

import csv
import io

from extractors.model import Context, Extraction
from extractors.office.grid import plain_rows
from extractors.office.worksheet import whole
from extractors.plain import decode


def extract(body: bytes, context: Context) -> Extraction:
    """Every non-empty cell; what parts them (comma, tab or semicolon) is seen from the first lines."""
    content = decode(body, context)
    head = content[:4096]
    mark = max(",\t;", key=head.count)
    csv.field_size_limit(10_000_000)
    rows = ([_value(cell) for cell in row] for row in csv.reader(io.StringIO(content, newline=""), delimiter=mark))
    return Extraction(tuple(plain_rows(rows, context)))


def _value(cell: str) -> str:
    cell = cell.strip()
    if cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1]
    return whole(cell) if "E+" in cell or "e+" in cell else cell
