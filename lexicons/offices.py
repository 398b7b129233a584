"""Posts and ranks that hold for a time, as one cell writes them: ``国务院总理（2013-03-15至2023-03-11）``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.table import parse_date

_PERIOD = re.compile(r"(?P<what>[^（(]+)[（(](?P<since>[^至~—）)]*?)(?:起|[至~—](?P<until>[^）)]*))[）)]")


@dataclass(frozen=True, slots=True)
class Office:
    """A post, or a rank as a number, with its first and last day; ``None`` where the list does not say, or still."""

    title: str
    since: date | None = None
    until: date | None = None

    @property
    def dated(self) -> bool:
        """True where the list says from when on."""
        return self.since is not None

    def held_on(self, day: date) -> bool:
        """True on every day of its time, both ends included."""
        return self.since is not None and self.since <= day and (self.until is None or day <= self.until)


def read(values: Sequence[str]) -> tuple[Office, ...]:
    """The posts of a cell. A period that cannot be read is left out: ``problems`` tells of it."""
    return tuple(_office(value) for value in values)


def problems(values: Sequence[str], column: str) -> Iterator[str]:
    """What is wrong with the periods of a cell."""
    for value in values:
        match = _PERIOD.fullmatch(value)
        if match is None:
            if re.search(r"[（(].*\d{4}", value):
                yield f"{column}“{value}”的任期写法不对；应写作 职务（2023-03-11起）或 职务（2013-03-15至2023-03-11）"
            continue
        since, until = parse_date(match["since"].strip()), parse_date((match["until"] or "").strip())
        if since is None or (match["until"] and until is None):
            yield f"{column}“{value}”里的日期不对；格式为 2026-01-05"
        elif until is not None and until < since:
            yield f"{column}“{value}”的止早于起；请改正"


def _office(value: str) -> Office:
    match = _PERIOD.fullmatch(value)
    if match is None:
        return Office(value)
    until = parse_date(match["until"].strip()) if match["until"] else None
    return Office(match["what"].strip(), parse_date(match["since"].strip()), until)
