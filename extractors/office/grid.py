"""Tables of cells: which words head which column, and what stands around a cell.

A bare number is nothing, a number under 一卡通账号 is an account: so each cell carries the head of its column and the
rest of its row. Heads may stand below titles and notes, in several rows, merged over several columns, again further
down, or at the left of the value as in a form; a column without one takes the title of the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from extractors.cells import surroundings as surroundings

#: Words in the heads of columns of lists about people.
HEAD = re.compile(
    "序号|姓名|户主|申请人|监护人|负责人|法定代表|联系人|身份证|身份号|证件|残疾证|学籍|护照|车牌|电话|手机|联系方式|号码|"
    "[账帐]号|账户|卡号|一卡通|存折|开户|住址|地址|出生|年龄|性别|病种|残疾|编号|备注|金额|单位|村|乡镇|街道|类别|等级|关系|领取"
)
_LONG_DIGITS = re.compile(r"\d{4}")
#: Rows looked at for the first head (titles and notes often stand above it).
HEAD_ROWS = 12
_LONGEST_HEAD = 24
_LONGEST_TITLE = 60
#: Merged areas further down or wider are no heads.
_MOST_SPANS = 200
#: A row: column (from 0) to text.
Row = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Span:
    """A merged area, rows from 1 and columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


def is_head(row: Row) -> bool:
    """True for a row that names columns."""
    texts = [text for text in row.values() if text]
    if len(texts) < 2 or any(len(text) > _LONGEST_HEAD or _LONG_DIGITS.search(text) for text in texts):
        return False
    known = [bool(HEAD.search(text)) for text in texts]
    # a label and its value stand in the row of a form
    return sum(known) >= 2 or (sum(known) == 1 and len(texts) <= 3 and not known[0])


class Heads:
    """The heads of one sheet, taken in row by row from above."""

    __slots__ = ("_fresh", "_head", "_plain", "_spans", "_title", "found", "version")

    def __init__(self, spans: Iterable[Span] = (), title: str = "") -> None:
        self._spans: dict[int, list[Span]] = {}
        for span in spans:
            if span.right > span.left and span.top <= _MOST_SPANS:
                self._spans.setdefault(span.top, []).append(span)
        self._title = title if HEAD.search(title) else ""
        self._head: dict[int, str] = {}
        self._plain: dict[int, str] = {}
        self._fresh = 0  # the row of the head, as long as another row of it may follow
        self.found = False
        self.version = 0  # grows with every head

    def see(self, number: int, row: Row) -> None:
        """Take in the next row (``number`` from 1) before its cells are told."""
        if not self.found and number > HEAD_ROWS:
            return
        below = self.found and self._fresh == number - 1
        if is_head(row) or (below and self._is_second(number, row)):
            own = self._spread(number, row)
            self._head = (
                {**self._head, **{c: _joined(self._head.get(c, ""), t) for c, t in own.items()}} if below else own
            )
            self._fresh = number
            self.found = True
            self.version += 1
        elif not self.found:
            self._before(row)

    def _before(self, row: Row) -> None:
        """A title, a note, or a row of a form."""
        if len(row) == 1:
            (text,) = row.values()
            if HEAD.search(text) and len(text) <= _LONGEST_TITLE and not _LONG_DIGITS.search(text[4:]):
                self._title = f"{self._title} {text}".strip()
        for column, text in row.items():
            if len(text) <= _LONGEST_HEAD and not any(sign.isdigit() for sign in text):
                if HEAD.search(text):
                    self._plain[column] = text
                else:
                    self._plain.setdefault(column, text)

    def _is_second(self, number: int, row: Row) -> bool:
        """True for a row that divides the merged heads directly above it."""
        spans = self._spans.get(number - 1, ())
        return all(
            len(text) <= _LONGEST_HEAD
            and not _LONG_DIGITS.search(text)
            and any(span.left <= column <= span.right for span in spans)
            for column, text in row.items()
        )

    def _spread(self, number: int, row: Row) -> dict[int, str]:
        """A merged head stands above all its columns."""
        spread = dict(row)
        for span in self._spans.get(number, ()):
            if text := row.get(span.left):
                spread |= dict.fromkeys(range(span.left, min(span.right, span.left + _MOST_SPANS) + 1), text)
        return spread

    def above(self, column: int) -> str:
        """The head of ``column`` once one is found, or the title of the table."""
        return self._head.get(column, self._title)

    def of(self, column: int, row: Row, text: str) -> str:
        """The head of ``column``; where it has none, the label at the left of the cell, or the title of the table."""
        head = self._head.get(column)
        if head is None and not self.found:
            left = row.get(column - 1, "")
            if left and len(left) <= _LONGEST_HEAD and HEAD.search(left) and not _LONG_DIGITS.search(left):
                return left
            head = self._plain.get(column)
        if head is None:
            return self._title
        return head if head != text else ""


def _joined(above: str, below: str) -> str:
    return below if not above or above in below else above if below in above else f"{above} {below}"


def letters(column: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int:
    """A → 0, AA → 26; -1 where there are no letters."""
    number = 0
    for sign in name:
        number = number * 26 + ord(sign) - 64
    return number - 1
