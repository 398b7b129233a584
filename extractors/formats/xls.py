"""Workbooks that calamine reads."""

from __future__ import annotations

from extractors.formats.xlsx import extract

__all__ = ["extract"]
