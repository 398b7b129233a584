"""What an official document says, apart from how it is laid out. Every text in it is masked already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1 is 一、, 2 is （一）, 3 is 1.; ``text`` carries its number."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, first line two characters in; ``indent`` false stands flush left."""

    text: str
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: ``widths`` are relative; a cell is text, a ``link`` column (by index) holds web addresses.

    ``size`` in points; ``least`` is the least height of a row of the body (mm), for tables that are filled in by hand.
    """

    headers: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    widths: tuple[float, ...]
    size: float = 10.5
    least: float = 0.0


Block = Heading | Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Annex:
    """One 附件, on pages of its own; lists lie across the page (``landscape``)."""

    title: tuple[str, ...]
    blocks: tuple[Block, ...]
    landscape: bool = True

    @property
    def name(self) -> str:
        """The title in one line."""
        return "".join(self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """One document.

    ``title`` in units of meaning, between which a line may break. ``letterhead`` prints the red head with the number
    under it; without it the paper is taken to have one or to need none. ``number`` is 发文字号, left open for the
    office (``〔2026〕　号``). ``to`` ends with its colon in print. ``named`` are the annexes named under the text.
    """

    title: tuple[str, ...]
    body: tuple[Block, ...]
    signer: str
    on: date
    to: str = ""
    number: str = ""
    letterhead: str = ""
    annexes: tuple[Annex, ...] = ()
    note: str = ""
    copies: str = ""
    printer: str = ""
    #: A form that somebody else dates when it is filled in.
    open_date: bool = False

    @property
    def name(self) -> str:
        """The title in one line."""
        return "".join(self.title)

    def texts(self) -> list[str]:
        """Every piece of text in it, in the order of reading."""
        found = [self.letterhead, self.number, self.name, self.to]
        for block in (
            *self.body,
            *(block for annex in self.annexes for block in (Heading(1, annex.name), *annex.blocks)),
        ):
            if isinstance(block, Grid):
                found += [*block.headers, *(cell for row in block.rows for cell in row)]
            else:
                found.append(block.text)
        return [text for text in (*found, self.signer, self.note, self.copies, self.printer) if text]


NUMERALS = "〇一二三四五六七八九十"


def numeral(number: int) -> str:
    """``三``, ``十二``, ``二十``: the Chinese numeral of 1 to 99."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        raise ValueError(f"no numeral for {number}")
    head = "" if tens == 0 else "十" if tens == 1 else f"{NUMERALS[tens]}十"
    return head + (NUMERALS[ones] if ones else "")


def chinese_date(day: date) -> str:
    """``2026年11月5日``: Arabic, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"
