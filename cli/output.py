"""What is written where: results to standard output, everything about the work itself to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any


def say(text: str = "") -> None:
    """A line of the result."""
    sys.stdout.write(f"{text}\n")


def note(text: str) -> None:
    """A line about the work; never part of the result."""
    sys.stderr.write(f"{text}\n")


def say_json(value: Any) -> None:
    """One JSON value as the result. Lone surrogates of a broken page are written as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    sys.stdout.write(text.encode("utf-8", "backslashreplace").decode() + "\n")


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], *, wrap: bool = True) -> None:
    """A table for reading; in a pipe it is as wide as its text, with tabs, so that other programs can cut it."""
    if not sys.stdout.isatty():
        for row in rows:
            say("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in row))
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=SIMPLE_HEAD, pad_edge=False)
    for header in headers:
        shown.add_column(header, no_wrap=not wrap, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(cell) for cell in row))
    Console().print(shown)
