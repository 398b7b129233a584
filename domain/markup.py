"""Readable text of an element tree, with a line break at every block, as a reader sees it.

Works on anything with the ElementTree interface, so that pages and documents are read the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

#: Elements that end the line before and after them.
BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"),
        *("main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul"),
    )
)
#: Cells of one row stay on one line, with a tab between them.
CELLS = frozenset(("td", "th"))
#: Elements whose text nobody reads.
UNREAD = frozenset(["script", "style", "template", "noscript", "head", "title", "svg"])

#: A cell with more text than this is a frame of the page, not a value (characters).
_VALUE_LENGTH = 80

#: Only what must change is matched: in a long table nearly every blank and tab stands as it should.
_BLANKS = re.compile(r"[ \f\r\v\u00a0\u3000]{2,}|[\f\r\v\u00a0\u3000]")
_TABS = re.compile(r" +\t[ \t]*|\t[ \t]+")
_EDGES = re.compile(r" +\n *|\n +")
_LINES = re.compile(r"\n{2,}")


class Element(Protocol):
    """The part of the ElementTree interface that is used."""

    tag: object
    text: str | None
    tail: str | None

    def __iter__(self) -> Iterator[Element]: ...


def readable_text(root: Element, *, unread: frozenset[str] = UNREAD) -> str:
    """The text of ``root``: blocks on lines of their own, cells of a row parted by tabs, white space folded.

    The tree is walked with an explicit stack: third-party editors nest hundreds of levels.
    """
    pieces: list[str] = []
    stack: list[tuple[str, Element | str]] = [("open", root)]
    flat = 0  # inside a cell that holds a value: its blocks do not break the row
    while stack:
        action, item = stack.pop()
        if isinstance(item, str):
            pieces.append(item)
            flat -= action == "leave"
            continue
        tag = _local(item.tag) if isinstance(item.tag, str) else ""
        if action == "open":
            tail = item.tail if item is not root else None
            children = list(item) if tag and tag not in unread else []
            if not children:
                # most elements have none inside: they are told at once
                if tag and tag not in unread:
                    text = item.text or ""
                    edge = "" if tag not in BLOCKS else " " if flat else "\n"
                    pieces += edge, text if tag == "pre" else text.replace("\n", " "), "\t" if tag in CELLS else edge
                if tail:
                    pieces.append(tail.replace("\n", " "))
                continue
            if tail:
                stack.append(("text", tail.replace("\n", " ")))
            if tag in BLOCKS:
                edge = " " if flat else "\n"
                pieces.append(edge)
                stack.append(("text", edge))
            elif tag in CELLS:
                value = _is_value(item)
                flat += value
                stack.append(("leave" if value else "text", "\t"))
            stack.extend([("open", child) for child in reversed(children)])
            if item.text:
                stack.append(("text", item.text if tag == "pre" else item.text.replace("\n", " ")))
    return tidy("".join(pieces))


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1].lower()


def _is_value(cell: Element) -> bool:
    """True for a cell of a table of data: Word and Excel put its value into a paragraph of its own. A long cell, or one
    with a table inside, is a frame of the page."""
    length = 0
    stack = [cell]
    while stack:
        node = stack.pop()
        if isinstance(node.tag, str) and node is not cell and node.tag.rsplit("}", 1)[-1].lower() == "table":
            return False
        length += len((node.text or "").strip()) + (len((node.tail or "").strip()) if node is not cell else 0)
        if length > _VALUE_LENGTH:
            return False
        stack.extend(node)
    return True


def tidy(text: str) -> str:
    """White space folded, empty lines dropped, nothing at the edges."""
    text = _BLANKS.sub(" ", text)
    text = _TABS.sub("\t", text)
    text = _EDGES.sub("\n", text)
    text = re.sub(r"\t+\n", "\n", text)
    return _LINES.sub("\n", text).strip()
