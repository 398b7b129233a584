"""What came out of one file."""

from __future__ import annotations

from dataclasses import dataclass

from domain.post import Segment, Unexamined


@dataclass(frozen=True, slots=True)
class Extraction:
    """The texts of a file, the parts that could not be searched, and the addresses it links to."""

    segments: tuple[Segment, ...] = ()
    unexamined: tuple[Unexamined, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One file to be read: its bytes, the name shown to people, and the field its segments belong to."""

    data: bytes
    name: str
    field: str

    def place(self, locator: str = "") -> str:
        """A readable place: ``名单.xlsx!Sheet2!C7``; just the inner place for the body of a draft."""
        if self.field in ("title", "body"):
            return locator
        return f"{self.name}!{locator}" if locator else self.name
