"""Makes characters visible that a reader cannot see: posts hide words with them, and some reorder the text."""

from __future__ import annotations

import re
from typing import Final

#: Zero-width characters, soft hyphen, joiners, and the marks that change the direction of writing.
_HIDDEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
#: Control characters: in a terminal they are commands. Line break and tab are left.
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
HIDDEN_MARK: Final = "〔零宽〕"
CONTROL_MARK: Final = "〔控制符〕"


def visible(text: str) -> str:
    """``text`` with a mark in place of each invisible character; carriage returns become line breaks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub(CONTROL_MARK, text)
    return _HIDDEN.sub(HIDDEN_MARK, text)
