"""Tables inside a text: which column a number stands in decides what it is, however far above its head stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

#: Heads of the columns that lists of people have (公示名单 and the like); one of them makes a line a table's head.
_HEAD = re.compile(
    "姓名|户主|申请人|监护人|负责人|法定代表人|联系人|身份证|身份号码|证件号|残疾证|残疾人证|学籍号|护照|车牌|"
    "电话|手机|联系方式|号码|账号|帐号|账户|卡号|一卡通|存折|住址|地址|出生|病种|残疾|编号|编码|单号|代码"
)
_CELLS = re.compile(r"\t|\s*[|｜]\s*|[ \u3000]+|[,，、](?=\S)")
#: A line after which no table goes on.
_STOP = re.compile(r"^[ \t\r]*$|^[^\n]*。[ \t\r]*$", re.MULTILINE)
_DIGITS = re.compile(r"\d{4}")
#: A head of more characters is a sentence.
LONGEST_HEAD = 160
_LONGEST_CELL = 16


class Tables:
    """The tables of one text, found by the lines that name their columns."""

    __slots__ = ("_ends", "_heads", "_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []
        self._heads: list[tuple[str, ...]] = []
        seen = -1
        begins: list[int] = []
        for match in _HEAD.finditer(text):
            if match.start() < seen:
                continue
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.end())
            if end < 0:
                break  # nothing stands below
            seen = end
            line = text[start:end]
            if len(line) > LONGEST_HEAD or _DIGITS.search(line) or "。" in line:
                continue
            cells = split_row(line)
            if len(cells) >= 2 and all(len(cell) <= _LONGEST_CELL for cell in cells):
                begins.append(start)
                self._starts.append(end + 1)
                self._heads.append(cells)
        self._ends = self._find_ends([*begins[1:], len(text)]) if begins else []

    def _find_ends(self, limits: Sequence[int]) -> list[int]:
        """Where the rows below each head end: at the next head, an empty line, or a line that is a sentence."""
        stops = [match.start() for match in _STOP.finditer(self._text, self._starts[0])]
        ends: list[int] = []
        for start, limit in zip(self._starts, limits, strict=True):
            stop = bisect_left(stops, start)
            ends.append(max(start, min(limit, stops[stop]) if stop < len(stops) else limit))
        return ends

    def _table(self, position: int) -> int:
        table = bisect_right(self._starts, position) - 1
        return table if table >= 0 and position < self._ends[table] else -1

    def heads(self, position: int) -> tuple[str, ...]:
        """The heads of the table around ``position``; empty where there is none."""
        table = self._table(position)
        return self._heads[table] if table >= 0 else ()

    def all(self) -> Iterator[tuple[tuple[str, ...], int, int]]:
        """Each table: the heads of its columns, where its rows begin and where they end."""
        return zip(self._heads, self._starts, self._ends, strict=True)

    def head(self, position: int) -> str:
        """The head of the column in which ``position`` stands; empty outside of tables."""
        heads = self.heads(position)
        if not heads:
            return ""
        start = self._text.rfind("\n", 0, position) + 1
        column = len(_CELLS.findall(self._text[start:position].lstrip()))
        return heads[column] if column < len(heads) else ""


def split_row(line: str) -> tuple[str, ...]:
    """The cells of a line: parted by tabs, bars, blanks or commas, whichever it has first in this order."""
    line = line.strip()
    for mark in ("\t", "|", "｜"):
        if mark in line:
            return tuple(cell.strip() for cell in line.split(mark) if cell.strip())
    return tuple(cell for cell in _CELLS.split(line) if cell)
