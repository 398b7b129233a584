"""Workbooks (xls, et): what calamine gives."""

from __future__ import annotations

from extractors.model import Context, Extraction
from extractors.office.calamine import sheets


def extract(body: bytes, context: Context) -> Extraction:
    """Every cell."""
    return Extraction(tuple(sheets(body, context)))
