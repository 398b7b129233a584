"""JavaScript literals in the two notations that occur: ``JsDecode('…')`` until 2025, plain strings since 2026."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

_ESCAPES = str.maketrans(
    {
        "\\": r"\x5c",
        "\r": r"\x0d",
        "\n": r"\x0a",
        '"': r"\x22",
        "&": r"\x26",
        "'": r"\x27",
        "<": r"\x3c",
        ">": r"\x3e",
    }
)

#: What a value of the page's data object may be. A ``bool`` stands bare, a number as ``'n' * 1``.
Value = str | int | bool | Mapping[str, "Value"] | Sequence["Value"]


def escaped(text: str) -> str:
    """``text`` inside a quoted literal; safe within a script element, whatever it holds."""
    return text.translate(_ESCAPES)


def html_escaped(text: str) -> str:
    """Text as the page's own variables hold it: HTML-escaped once, quotes included."""
    return escape(text, quote=True).replace("&#x27;", "&#39;")


def quoted(text: str, mark: str = '"') -> str:
    """An HTML-escaped string literal, as ``var nickname = htmlDecode("…")`` has it."""
    return f"{mark}{html_escaped(text).translate(_LINE_ENDS)}{mark}"


_LINE_ENDS = str.maketrans({"\\": r"\\", "\r": r"\r", "\n": r"\n"})


@dataclass(frozen=True, slots=True)
class Notation:
    """One way to write the data object."""

    year: str

    def string(self, text: str) -> str:
        """A string value."""
        literal = f"'{escaped(text)}'"
        return literal if self.year >= "2026" else f"JsDecode({literal})"

    def literal(self, value: Value, depth: int = 0) -> str:
        """Any value, indented as the server's template leaves it, with its trailing commas."""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            return f"'{value}' * 1"
        if isinstance(value, str):
            return self.string(value)
        inner, outer = "    " * (depth + 1), "    " * depth
        if isinstance(value, Mapping):
            lines = [f"{inner}{name}: {self.literal(item, depth + 1)}," for name, item in value.items()]
            return "\n".join(["{", *lines, outer + "}"])
        lines = [f"{inner}{self.literal(item, depth + 1)}," for item in value]
        return "\n".join(["[", *lines, outer + "]"])


#: The decoder that 2025 pages bring along.
JS_DECODE = r"""function JsDecode(str) {
    return str && str
        .replace(/\\x5c/g, '\\').replace(/\\x0d/g, '\r').replace(/\\x22/g, '"').replace(/\\x26/g, '&')
        .replace(/\\x27/g, '\'').replace(/\\x3c/g, '<').replace(/\\x3e/g, '>').replace(/\\x0a/g, '\n');
}"""
