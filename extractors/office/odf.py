"""What texts and sheets of OpenDocument have in common."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from domain.post import Origin, Segment
from extractors.model import Context
from extractors.office.package import Package
from extractors.office.styles import TINY, same

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
#: Longest row of blanks that is written out.
_MOST_BLANKS = 100


def hidden_styles(package: Package) -> dict[str, str]:
    """Styles that hide what has them, by name, with the reason."""
    found: dict[str, str] = {}
    parents: dict[str, str] = {}
    for part in ("styles.xml", "content.xml"):
        if part not in package:
            continue
        for style in package.xml(part).iter(f"{STYLE}style"):
            name = style.get(f"{STYLE}name") or ""
            parents[name] = style.get(f"{STYLE}parent-style-name") or ""
            if why := _why(style):
                found[name] = why
    for name, parent in parents.items():
        if name not in found and parent in found:
            found[name] = found[parent]
    return found


def _why(style: etree._Element) -> str:
    text = style.find(f"{STYLE}text-properties")
    if text is not None:
        if text.get(f"{TEXT}display") in ("none", "true") or text.get(f"{TEXT}hidden") == "true":
            return "隐藏文字"
        ground = text.get(f"{_FO}background-color") or ""
        cell = style.find(f"{STYLE}table-cell-properties")
        if cell is not None:
            ground = ground or cell.get(f"{_FO}background-color") or ""
        ground = "" if ground == "transparent" else ground
        if same(text.get(f"{_FO}color") or "000000", ground or "FFFFFF"):
            return "白色文字" if not ground else "与底色相同的文字"
        size = (text.get(f"{_FO}font-size") or "").removesuffix("pt")
        if size.replace(".", "", 1).isdigit() and float(size) < TINY:
            return "极小字号"
    table = style.find(f"{STYLE}table-properties")
    if table is not None and table.get(f"{TABLE}display") == "false":
        return "隐藏工作表"
    for kind, key, why in (("column", "column-width", "极窄列"), ("row", "row-height", "极矮行")):
        size_of = style.find(f"{STYLE}table-{kind}-properties")
        width = (size_of.get(f"{STYLE}{key}") or "") if size_of is not None else ""
        number = width.rstrip("cminptx")
        if number.replace(".", "", 1).isdigit() and float(number) * (0.1 if width.endswith("mm") else 1) < 0.06:
            return why
    return ""


class Texts:
    """Gathers the text of a paragraph: what is seen under ``""``, the rest by the reason it is not."""

    def __init__(self, styles: dict[str, str]) -> None:
        self._styles = styles
        self.notes: list[tuple[str, str]] = []

    def of(self, paragraph: etree._Element) -> dict[str, str]:
        """The texts of ``paragraph``; remarks and footnotes in it go to ``notes``."""
        texts: dict[str, list[str]] = {}
        start = self._styles.get(paragraph.get(f"{TEXT}style-name") or "", "")
        if paragraph.text:
            texts.setdefault(start, []).append(paragraph.text)
        walk: list[tuple[etree._Element | str, str]] = [(child, start) for child in reversed(paragraph)]
        while walk:
            item, why = walk.pop()
            if isinstance(item, str):
                texts.setdefault(why, []).append(item)
                continue
            if item.tail:
                walk.append((item.tail, why))
            tag = str(item.tag).rsplit("}", 1)[-1]
            if tag in ("annotation", "note"):
                label = "批注" if tag == "annotation" else "脚注"
                text = "\n".join("".join(p.itertext()) for p in item.iter(f"{TEXT}p"))
                self.notes.append((label, text))
                continue
            if tag in ("p", "h", "table", "custom-shape"):
                continue  # told as blocks of their own
            inner = self._styles.get(item.get(f"{TEXT}style-name") or "", "") or why
            if tag in ("hidden-text", "hidden-paragraph"):
                inner = "隐藏文字"
                if value := item.get(f"{TEXT}string-value"):
                    texts.setdefault(inner, []).append(value)
            if tag == "s":
                texts.setdefault(inner, []).append(" " * min(int(item.get(f"{TEXT}c") or 1), _MOST_BLANKS))
            elif tag in ("tab", "line-break"):
                texts.setdefault(inner, []).append("\t" if tag == "tab" else "\n")
            walk.extend((child, inner) for child in reversed(item))
            if item.text and isinstance(item.tag, str):
                walk.append((item.text, inner))
        return {why: text for why, found in texts.items() if (text := "".join(found).strip())}


def properties(package: Package, context: Context) -> Iterator[Segment]:
    """Author, title and the rest of meta.xml."""
    if "meta.xml" not in package:
        return
    for node in package.xml("meta.xml").iter():
        text = (node.text or "").strip()
        if text and isinstance(node.tag, str) and not node.tag.endswith(("}date", "}creation-date", "}generator")):
            label = node.get(f"{_META}name") or node.tag.rsplit("}", 1)[-1]
            yield context.segment(text, f"文档属性（{label}）", hidden=True, origin=Origin.METADATA)


def links(root: etree._Element) -> tuple[str, ...]:
    """The addresses that a document points to."""
    found = (str(node.get(f"{_XLINK}href")) for node in root.iter(f"{TEXT}a"))
    return tuple(dict.fromkeys(href for href in found if href.startswith(("http://", "https://"))))


def alternatives(root: etree._Element, context: Context) -> Iterator[Segment]:
    """Alternative texts of pictures."""
    for number, node in enumerate(root.iter("{*}frame", "{*}custom-shape"), 1):
        for child in node.iterchildren("{*}title", "{*}desc"):
            if text := (child.text or "").strip():
                place = f"图形{number}替代文字"
                yield context.segment(text, place, hidden=True, origin=Origin.METADATA)
