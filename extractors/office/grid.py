"""Tables of cells: which words head which column, and what stands around a cell.

A bare number is nothing, a number under 一卡通账号 is an account: so each cell carries the head of its column and the
rest of its row. Heads may stand below titles and notes, in several rows, merged over several columns, again further
down, or at the left of the value as in a form; a column without one takes the title of the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.post import Origin, Segment
from extractors.model import Context

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
#: Longest context kept with a cell (characters).
CONTEXT = 200
#: Cells of a row that stand around one: all of a narrow row, the nearest and the first of a wide one.
_NARROW, _NEAR = 14, 6

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

    __slots__ = ("_fresh", "_head", "_plain", "_spans", "_title", "found")

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


def surroundings(head: str, texts: Sequence[str], index: int) -> str:
    """The context of the cell ``index`` of a row: its head, a tab, and the other cells."""
    if len(texts) <= _NARROW:
        others = "\t".join((*texts[:index], *texts[index + 1 :]))
    else:
        first = max(0, index - _NEAR)
        lead = texts[: min(_NEAR, first)]
        others = "\t".join((*lead, *texts[first:index], *texts[index + 1 : index + 1 + _NEAR]))
    return f"{head}\t{others}"[:CONTEXT] if others or head else ""


def plain_rows(
    rows: Iterable[Sequence[str]], context: Context, name: str = "", *, hidden: bool = False, note: str = ""
) -> Iterable[Segment]:
    """The cells of a table that has nothing but texts."""
    heads = Heads(title=name)
    field, unseen = context.field, hidden or context.hidden
    prefix = context.place(name) + "!" if context.place(name) else ""
    columns: list[str] = []
    for number, row in enumerate(rows, 1):
        cells = {column: text for column, text in enumerate(row) if text}
        if not cells:
            continue
        heads.see(number, cells)
        texts = list(cells.values())
        while len(columns) < len(row):
            columns.append(letters(len(columns)))
        for index, (column, text) in enumerate(cells.items()):
            around = surroundings(heads.of(column, cells, text), texts, index)
            yield Segment(field, text, Origin.DOCUMENT, unseen, f"{prefix}{columns[column]}{number}{note}", around)


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
