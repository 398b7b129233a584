"""Bytes in, Segments out, each with its place and whether a reader would have seen it."""

from extractors.extract import extract
from extractors.model import Extraction

__all__ = ["Extraction", "extract"]
