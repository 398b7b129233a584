"""The inspection as a document in the office's own layout."""

from __future__ import annotations

from reports.documents import inspection, layout
from reports.model import Report

MEDIA_TYPE = layout.MEDIA_TYPE


def render(report: Report) -> bytes:
    """A docx by GB/T 9704; the same report always gives the same bytes."""
    return layout.render(inspection.document(report))
