"""What a cell of a workbook can hold."""

from __future__ import annotations

import re
from typing import Final

#: Excel's limit for the characters of one cell, less a margin for the mark of the cut.
CELL_LIMIT: Final = 32_000
#: Control characters that XML 1.0, and so a workbook, cannot hold.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def cleaned(value: str) -> str:
    """``value`` without what XML cannot hold, cut where it is longer than a cell."""
    value = _CONTROL.sub("\ufffd", value)
    return value if len(value) <= CELL_LIMIT else value[:CELL_LIMIT] + "……（过长，已截断）"
