"""A single packed file (bz2)."""

from __future__ import annotations

import bz2
import io

from extractors.formats.gzip import unpacked
from extractors.model import Context, Extraction


def extract(body: bytes, context: Context) -> Extraction:
    """The file inside."""
    return unpacked(bz2.BZ2File(io.BytesIO(body)), context)
