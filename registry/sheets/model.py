"""What a declaration of a sheet is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import Any

from domain.register import Record
from registry.post_columns import plain_name

#: Makes the key of a record from its fields; empty where the fields that it needs are not filled.
KeyMaker = Callable[[Mapping[str, Any]], str]


class Value(Enum):
    """How a cell is read."""

    TEXT = auto()  # as written
    CODE = auto()  # numbers of papers: width and a trailing .0 do not matter
    NAME = auto()  # of a person: blanks inside do not matter
    UNIT = auto()  # of a unit
    CREDIT_CODE = auto()  # GB 32100-2015, with its check character
    MOBILE = auto()
    PHONE = auto()
    URL = auto()
    DATE = auto()
    MOMENT = auto()  # a day alone means its beginning
    MINUTE = auto()  # a day alone is refused: hours are counted from here
    YES_NO = auto()
    NUMBER = auto()
    CHOICE = auto()
    CHOICES = auto()
    LIST = auto()
    URLS = auto()
    NAMES = auto()
    UNITS = auto()
    ACCOUNT = auto()
    ACCOUNTS = auto()
    EXEMPT = auto()  # account=reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column: its header, the field of the record that it fills, and what a clerk is told about it."""

    header: str
    name: str
    value: Value = Value.TEXT
    required: bool = False
    #: Chinese words to what the record holds; the first word of each value is the one that is written.
    choices: Mapping[str, str] | None = None
    also: tuple[str, ...] = ()
    help: str = ""
    example: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words that a drop-down offers: one for each value."""
        if self.value is Value.YES_NO:
            return ("是", "否")
        first: dict[str, str] = {}
        for word, held in (self.choices or {}).items():
            first.setdefault(held, word)
        return tuple(first.values())


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One kind of record as a sheet.

    ``whole``: the file holds all there is, so that rows which are no longer in it go off file; else rows are added or
    changed only. ``ordered`` names pairs of fields of which the second is never before the first.
    """

    kind: type[Record]
    title: str
    about: str
    fields: tuple[Field, ...]
    make_key: KeyMaker
    key_help: str
    whole: bool = True
    also: tuple[str, ...] = ()
    ordered: tuple[tuple[str, str], ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Fields by what they fill."""
        return {each.name: each for each in self.fields}

    @cached_property
    def by_header(self) -> Mapping[str, Field]:
        """Fields by every name of their column, without what does not matter in a name."""
        return {plain_name(name): each for each in self.fields for name in (*each.also, each.header)}

    @property
    def titles(self) -> tuple[str, ...]:
        """The names under which the sheet is known."""
        return (self.title, *self.also)
