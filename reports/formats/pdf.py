"""The inspection as PDF: the docx, printed."""

from __future__ import annotations

from reports.documents import inspection, printing
from reports.model import Report

MEDIA_TYPE = "application/pdf"


def render(report: Report) -> bytes:
    """A PDF; raises ``PrintError`` where this machine has nothing to print it with."""
    return printing.pdf(inspection.document(report))
