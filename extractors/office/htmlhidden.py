"""Parts of a page that a reader does not see: by style, by place, by size, by colour, and what attributes carry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from domain.post import Origin, Segment
from extractors.model import Context
from extractors.office.package import LONG_NUMBER
from extractors.office.styles import same

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?(?:([.#])([\w\-]+))?", re.IGNORECASE)
_NUMBER = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%|cm|mm|in|vw|vh)?")
_RGB = re.compile(r"rgba?\(\s*(\d+)[,\s]+(\d+)[,\s]+(\d+)")
_NAMES = {"white": "FFFFFF", "black": "000000", "red": "FF0000", "transparent": ""}
#: A place this far outside of the page is not seen (pixels), text this small neither.
_OUTSIDE, _SMALL = -300.0, 4.0
_KEEP = frozenset(("html", "body", "head"))
_NEVER = frozenset(("template", "noscript"))
#: Attributes in which pages keep whole values beside the shown ones.
_CARRIERS = re.compile(r"(x:(num|str|fmla)|data-.*|num|value|title|aria-label|alt|sdval|content|placeholder|summary)")
_MOST_CARRIED = 5000
#: What may have a look of its own, and what may carry a value: found by the library, most elements are neither.
_LOOKS = etree.XPath("descendant-or-self::*[@* or self::template or self::noscript]")
_CARRYING = etree.XPath("descendant-or-self::*[@* or self::template or self::script]")


class Sheet:
    """The simple rules of a page's own style sheets: of elements, classes and identities."""

    def __init__(self, rules: Mapping[tuple[str, str], Mapping[str, str]]) -> None:
        self._rules = rules

    @classmethod
    def of(cls, root: etree._Element) -> Sheet:
        """The style elements of ``root``; rules that need more than one look are passed over."""
        rules: dict[tuple[str, str], dict[str, str]] = {}
        for node in root.iter("style"):
            text = re.sub(r"/\*.*?\*/|<!--|-->", "", node.text or "", flags=re.DOTALL)
            for match in _RULE.finditer(text[:500_000]):
                for selector in match[1].split(","):
                    simple = _SIMPLE.fullmatch(selector.strip())
                    if simple and (simple[1] or simple[3]):
                        key = (simple[2] or "", simple[3] or simple[1].lower())
                        rules.setdefault(key, {}).update(declarations(match[2]))
        return cls(rules)

    @property
    def tags(self) -> tuple[str, ...]:
        """The elements for which there is a rule whatever their attributes are."""
        return tuple(name for kind, name in self._rules if not kind)

    def style(self, node: etree._Element) -> dict[str, str]:
        """The declarations that hold for ``node`` itself."""
        style: dict[str, str] = {}
        attributes = node.attrib
        if not attributes and not self._rules:
            return style
        if self._rules:
            style |= self._rules.get(("", str(node.tag)), {})
            for name in (node.get("class") or "").split():
                style |= self._rules.get((".", name), {})
            if identity := node.get("id"):
                style |= self._rules.get(("#", identity), {})
        if inline := attributes.get("style"):
            style |= declarations(inline)
        if str(node.tag) == "font" and (colour := attributes.get("color")):
            style["color"] = colour
        if ground := attributes.get("bgcolor"):
            style["background-color"] = ground
        return style


def declarations(text: str) -> dict[str, str]:
    """``a: b; c: d`` as a mapping, lower case, without ``!important``."""
    found: dict[str, str] = {}
    for piece in text.split(";"):
        name, colon, value = piece.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


def unseen_blocks(root: etree._Element, sheet: Sheet) -> list[tuple[etree._Element, str]]:
    """The outermost elements that are not seen, each with the reason, in order."""
    found: list[tuple[etree._Element, str]] = []
    wanted = _with_looks(root, sheet)
    stack: list[tuple[etree._Element, str]] = [(root, "FFFFFF")]
    while stack:
        node, ground = stack.pop()
        if not isinstance(node.tag, str):
            continue
        style = sheet.style(node)
        why = ""
        if style or "hidden" in node.attrib or node.tag in _NEVER:
            ground = _ground(style, ground)
            why = _why(node, style, ground, sheet) if node.tag not in _KEEP else ""
        if why:
            found.append((node, why))
        elif node.tag not in ("script", "style", "head"):
            stack.extend([(child, ground) for child in reversed(node) if child in wanted])
    return found


def _with_looks(root: etree._Element, sheet: Sheet) -> set[etree._Element]:
    """The elements that may have a style of their own, and those around them: nothing else can hide a text."""
    wanted: set[etree._Element] = set()
    tags = sheet.tags
    for nodes in (_LOOKS(root), root.iter(*tags) if tags else ()):
        for node in nodes:
            while node is not None and node not in wanted:
                wanted.add(node)
                node = node.getparent()
    return wanted


def _ground(style: Mapping[str, str], around: str) -> str:
    """The colour behind the text; empty where a picture or a gradient is."""
    painted = style.get("background", "") + style.get("background-image", "")
    if "url(" in painted or "gradient(" in painted:
        return ""
    return _colour(style.get("background-color") or style.get("background") or "") or around


def _why(node: etree._Element, style: Mapping[str, str], ground: str, sheet: Sheet) -> str:
    if node.tag in _NEVER:
        return "不显示的部分"
    if "hidden" in node.attrib or style.get("display") == "none" or style.get("mso-hide") == "all":
        return "display:none 隐藏"
    if style.get("visibility") in ("hidden", "collapse"):
        return "visibility 隐藏"
    if style.get("opacity") in ("0", "0.0", "0%") or style.get("filter") == "alpha(opacity=0)":
        return "全透明"
    if style.get("position") in ("absolute", "fixed") and any(
        _size(style.get(side, ""), 0) < _OUTSIDE for side in ("left", "top", "right", "bottom")
    ):
        return "移出屏幕"
    if _size(style.get("text-indent", ""), 0) < _OUTSIDE or _size(style.get("margin-left", ""), 0) < _OUTSIDE:
        return "移出屏幕"
    if style.get("clip", "").replace(" ", "") in ("rect(0,0,0,0)", "rect(0000)", "rect(1px,1px,1px,1px)"):
        return "裁剪隐藏"
    if "overflow" in style and any(_size(style.get(side, ""), 9) <= 1 for side in ("width", "height", "max-height")):
        return "零尺寸"
    if _size(style.get("font-size", ""), 9) < _SMALL and not _set_again(node, sheet, "font-size"):
        return "极小字号"
    if (colour := style.get("color", "")) and _hides(colour, ground) and not _set_again(node, sheet, "color"):
        return "与底色相同的文字"
    return ""


def _set_again(node: etree._Element, sheet: Sheet, name: str) -> bool:
    """True where an element inside has a size (a colour, a ground) of its own: editors put ``font-size: 0`` around."""
    wanted = {name, "background", "background-color", "background-image"} if name == "color" else {name}
    return any(isinstance(inner.tag, str) and wanted & sheet.style(inner).keys() for inner in node.iterdescendants())


def _hides(colour: str, ground: str) -> bool:
    value = _colour(colour)
    return value is not None and (value == "" or same(value, ground))


def _size(value: str, default: float) -> float:
    match = _NUMBER.match(value)
    if not match:
        return default
    number = float(match[1])
    return number * 16 if match[2] in ("em", "rem") else number * 1.33 if match[2] == "pt" else number


def _colour(value: str) -> str | None:
    """RRGGBB; empty for transparent; ``None`` where it is no colour that is known here."""
    value = value.strip().lower()
    if value in _NAMES:
        return _NAMES[value]
    if match := re.match(r"#([0-9a-f]{6})\b", value):
        return match[1]
    if match := re.match(r"#([0-9a-f]{3})\b", value):
        return "".join(sign * 2 for sign in match[1])
    if match := _RGB.match(value):
        return "".join(f"{min(255, int(part)):02x}" for part in match.groups())
    return None


def carried(root: etree._Element, context: Context) -> Iterator[Segment]:
    """Values in attributes and scripts that are long enough to be somebody's number, and not what is shown."""
    count = 0
    for node in _CARRYING(root):
        if node.tag in ("script", "template") and node.text and LONG_NUMBER.search(node.text):
            for match in LONG_NUMBER.finditer(node.text):
                start = max(0, match.start() - 60)
                text = node.text[start : match.end() + 20]
                yield context.segment(text, "网页脚本数据", hidden=True, origin=Origin.METADATA)
        for name, value in node.attrib.items() if len(node.attrib) else ():
            if (
                len(value) < 11
                or not LONG_NUMBER.search(value)
                or not _CARRIERS.fullmatch(str(name))
                or node.tag in ("meta", "img")
            ):
                continue
            shown = "".join(node.itertext()).strip()
            if value.strip() != shown and count < _MOST_CARRIED:
                count += 1
                place = f"网页属性（{node.tag} {name}）"
                yield context.segment(value.strip(), place, hidden=True, origin=Origin.METADATA)
