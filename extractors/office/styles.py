"""What a cell looks like, as far as it hides its value: the number format, the colours and the size."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

#: Text smaller than this is not read by anybody (points).
TINY = 4.0
#: Number formats of Excel's own that show a day or a time.
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_WHITE = frozenset(("FFFFFF", "FFFFFFFF", "00FFFFFF"))
#: The first places of the indexed palette that matter here.
_PALETTE = {"0": "000000", "1": "FFFFFF", "8": "000000", "9": "FFFFFF", "64": "000000", "65": "FFFFFF"}
_T = TypeVar("_T")
_THEME = {"0": "FFFFFF", "1": "000000"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell shows its value: ``number`` and ``text`` name why a number (a text) in it is not seen, empty where it
    is; ``date`` is true where a number is a day."""

    number: str = ""
    text: str = ""
    date: bool = False


def sections(code: str) -> list[str]:
    """The parts of a number format: positive, negative, zero, text."""
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)


def is_date(code: str) -> bool:
    """True for a number format that shows a day or a time."""
    bare = _QUOTED.sub("", code.split(";")[0]).lower()
    return bool(re.search(r"[ymdhs]", bare)) and "general" not in bare


def hides_number(code: str) -> bool:
    """True where a number of many digits is not shown whole: no place for digits, or the last ones scaled away."""
    parts = sections(code)
    if code == "" or code.lower() == "general":
        return False
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.', "", parts[0])
    bare = re.sub(r"\*.", "", bare)
    if "@" in bare or "general" in parts[0].lower():
        return False
    if not re.search(r"[0#?]", bare):
        return not is_date(code)
    return bool(re.search(r"[0#?],+(?![0#?,])", bare)) or "E+" in bare


def hides_text(code: str) -> bool:
    """True where a text is not shown: the part for texts has no place for it."""
    parts = sections(code)
    if len(parts) >= 4:
        return "@" not in parts[3]
    return len(parts) == 3 and all(not part.strip() for part in parts) and code.count(";") >= 3


class Styles:
    """The styles of a workbook: looks by cell style, and by differential style of conditional formats."""

    def __init__(self, root: etree._Element | None) -> None:
        self.cells: list[Look] = [Look()]
        self.conditional: list[str] = []
        if root is None:
            return
        formats = {n.get("numFmtId"): n.get("formatCode") or "" for n in root.iterfind("{*}numFmts/{*}numFmt")}
        fonts = [_font(node) for node in root.iterfind("{*}fonts/{*}font")]
        fills = [_fill(node) for node in root.iterfind("{*}fills/{*}fill")]
        looks = [self._look(xf, formats, fonts, fills) for xf in root.iterfind("{*}cellXfs/{*}xf")]
        self.cells = looks or self.cells
        self.conditional = [_differential(node) for node in root.iterfind("{*}dxfs/{*}dxf")]

    @staticmethod
    def _look(
        xf: etree._Element, formats: dict[str | None, str], fonts: list[tuple[str, float]], fills: list[str]
    ) -> Look:
        number_format = xf.get("numFmtId") or "0"
        code = formats.get(number_format, "")
        font = _at(fonts, xf.get("fontId"), ("000000", 11.0))
        fill = _at(fills, xf.get("fillId"), "")
        unseen = unseen_text(font[0], font[1], fill)
        date = is_date(code) if code else number_format.isdigit() and int(number_format) in _DATES
        return Look(
            number=unseen or ("仅靠数字格式遮住" if hides_number(code) else ""),
            text=unseen or ("仅靠数字格式遮住" if hides_text(code) else ""),
            date=date,
        )


def unseen_text(colour: str, size: float, ground: str) -> str:
    """Why text of this colour (RRGGBB) and size (points) on this ground is not seen; empty where it is."""
    if size < TINY:
        return "极小字号"
    if same(colour, ground or "FFFFFF"):
        return "白色文字" if same(colour, "FFFFFF") else "与底色相同的文字"
    return ""


def same(one: str, other: str) -> bool:
    """True for two colours (RRGGBB) that no eye keeps apart."""
    try:
        first, second = bytes.fromhex(one[-6:]), bytes.fromhex(other[-6:])
    except ValueError:
        return False
    return len(first) == len(second) == 3 and all(abs(a - b) <= 10 for a, b in zip(first, second, strict=True))


def _at(values: list[_T], index: str | None, default: _T) -> _T:
    return values[int(index)] if index and index.isdigit() and int(index) < len(values) else default


def colour_of(node: etree._Element | None, default: str) -> str:
    """RRGGBB of a colour element; ``default`` where it does not say."""
    if node is None or node.get("auto"):
        return default
    if rgb := node.get("rgb"):
        return str(rgb)[-6:].upper()
    if (theme := node.get("theme")) is not None:
        tint = float(node.get("tint") or 0)
        base = _THEME.get(theme, "808080")
        if theme == "0" and tint < -0.05:
            return "D0D0D0"
        return "FFFFFF" if theme == "1" and tint > 0.95 else base
    if indexed := node.get("indexed"):
        return _PALETTE.get(indexed, "808080")
    return default


def _font(node: etree._Element) -> tuple[str, float]:
    size = node.find("{*}sz")
    try:
        points = float(size.get("val") or 11) if size is not None else 11.0
    except ValueError:
        points = 11.0
    return colour_of(node.find("{*}color"), "000000"), points


def _fill(node: etree._Element) -> str:
    pattern = node.find("{*}patternFill")
    if pattern is None or pattern.get("patternType") in (None, "none"):
        return "808080" if node.find("{*}gradientFill") is not None else ""
    return colour_of(pattern.find("{*}fgColor"), "FFFFFF" if pattern.get("patternType") == "solid" else "808080")


def _differential(node: etree._Element) -> str:
    """Why a value under this conditional format is not seen."""
    code = node.find("{*}numFmt")
    if code is not None and (hides_number(code.get("formatCode") or "") or hides_text(code.get("formatCode") or "")):
        return "仅靠条件格式遮住"
    font = node.find("{*}font/{*}color")
    if font is None:
        return ""
    ground = node.find("{*}fill/{*}patternFill/{*}bgColor")
    return "仅靠条件格式遮住" if same(colour_of(font, "000000"), colour_of(ground, "FFFFFF")) else ""
