"""Plain text."""

from __future__ import annotations

from domain.post import Origin
from extractors.model import Context, Extraction
from extractors.plain import decode


def extract(body: bytes, context: Context) -> Extraction:
    """The whole text as one segment."""
    origin = Origin.TEXT if context.field in ("title", "body") else Origin.DOCUMENT
    return Extraction((context.segment(decode(body, context), origin=origin),))
