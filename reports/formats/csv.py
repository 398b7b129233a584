"""The problems as CSV that Excel opens by a double click: UTF-8 with BOM, one row each, no cell a formula."""

from __future__ import annotations

import csv
import io
import re

from reports.model import Report
from reports.table import HEADERS, rows

MEDIA_TYPE = "text/csv"

#: Beginnings that a spreadsheet takes for a formula (OWASP, "CSV Injection"), full-width forms included.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_SUSPECT = frozenset("=+-@＝＋－＠")


def render(report: Report) -> bytes:
    """UTF-8 with BOM, comma-separated, CRLF line ends."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(HEADERS)
    writer.writerows([safe(cell) for cell in row] for row in rows(report))
    return buffer.getvalue().encode("utf-8-sig", "backslashreplace")


def safe(cell: str) -> str:
    """``cell`` with an apostrophe before anything a spreadsheet would calculate, line breaks folded to blanks."""
    if "\n" in cell or "\r" in cell or "\x00" in cell:
        cell = cell.replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\x00", "")
    if not cell or (cell[0] not in _SUSPECT and not cell[0].isspace()):
        return cell
    return f"'{cell}" if _FORMULA.match(cell) else cell
