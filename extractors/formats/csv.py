"""CSV files: every cell with its address."""

from __future__ import annotations

from extractors.formats.xlsx import read_csv
from extractors.model import Context, Extraction


def extract(body: bytes, context: Context) -> Extraction:
    """Every non-empty cell of a CSV file."""
    return read_csv(body, context)
