"""A single packed file (xz)."""

from __future__ import annotations

import io
import lzma

from extractors.formats.gzip import unpacked
from extractors.model import Context, Extraction


def extract(body: bytes, context: Context) -> Extraction:
    """The file inside."""
    return unpacked(lzma.LZMAFile(io.BytesIO(body)), context)
