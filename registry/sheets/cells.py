"""One cell as it was brought: its text, and what is wrong with it where it cannot be read at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

#: Excel keeps fifteen digits of a number; a longer one has already lost its end.
_EXACT: Final = 10**15
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+")
#: Characters that nobody sees and that keep words from being found.
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Cell:
    """``fault`` is why the cell cannot be used; empty where it can."""

    text: str = ""
    fault: str = ""

    @property
    def is_filled(self) -> bool:
        """True where there is anything, readable or not."""
        return bool(self.text or self.fault)


EMPTY = Cell()
#: A formula whose result the file does not hold (it was written by a program that does not calculate).
UNCALCULATED = Cell(
    fault="是公式，文件中没有计算结果；请在 Excel 中打开并保存一次，或选中后“复制→选择性粘贴→数值”再导入"
)


def cell_of(value: object) -> Cell:
    """What a cell of a workbook or a CSV file holds."""
    if value is None:
        return EMPTY
    if isinstance(value, bool):
        return Cell("是" if value else "否")
    if isinstance(value, (int, float)):
        if abs(value) >= _EXACT:
            return Cell(fault="长数字被 Excel 当作数值，末几位已经丢失；请把该列设为“文本”格式后重新填写")
        return Cell(str(int(value)) if value == int(value) else repr(value))
    if isinstance(value, datetime):
        return Cell(value.strftime("%Y-%m-%d" if value.time() == time(0) else "%Y-%m-%d %H:%M:%S"))
    if isinstance(value, (date, time)):
        return Cell(value.isoformat())
    return _text(str(value))


def _text(value: str) -> Cell:
    text = _UNSEEN.sub("", value).replace("\r\n", "\n").replace("_x000D_", "").strip()
    if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@"):
        text = text[1:]
    if _SCIENTIFIC.fullmatch(text):
        return Cell(fault=f"“{text}”被 Excel 改成了科学计数法，原来的数字已经丢失；请把该列设为“文本”格式后重新填写")
    if text.startswith("#") and text.rstrip("!?").upper() in (
        "#REF",
        "#N/A",
        "#VALUE",
        "#NAME",
        "#DIV/0",
        "#NULL",
        "#NUM",
    ):
        return Cell(fault=f"公式出错（{text}）；请改正公式或直接填写内容")
    if "\ufffd" in text:
        return Cell(fault="有无法识别的文字（乱码）；请在 Excel 中重新保存后再导入")
    return Cell(text)
