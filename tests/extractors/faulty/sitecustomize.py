"""Loaded by the child process when this folder is on its path: it adds an extractor that fails in every way."""

from pathlib import Path

import extractors.formats

extractors.formats.__path__.append(str(Path(__file__).parent / "formats"))
