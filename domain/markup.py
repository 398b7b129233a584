"""Readable text of an element tree, with a line break at every block, as a reader sees it.

Works on anything with the ElementTree interface, so that pages and documents are read the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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

_BLANKS = re.compile(r"[ \f\r\v\u00a0\u3000]+")
_EDGES = re.compile(r" *\n *")
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
    while stack:
        action, item = stack.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        tag = item.tag if isinstance(item.tag, str) else ""
        tag = tag.rsplit("}", 1)[-1].lower()
        if action == "open":
            if item is not root and item.tail:
                stack.append(("text", item.tail.replace("\n", " ")))
            if not tag or tag in unread:
                continue
            if tag in BLOCKS:
                pieces.append("\n")
                stack.append(("text", "\n"))
            elif tag in CELLS:
                stack.append(("text", "\t"))
            stack.extend(("open", child) for child in reversed(list(item)))
            if item.text:
                stack.append(("text", item.text if tag == "pre" else item.text.replace("\n", " ")))
    return tidy("".join(pieces))


def tidy(text: str) -> str:
    """White space folded, empty lines dropped, nothing at the edges."""
    text = _BLANKS.sub(" ", text)
    text = re.sub(r" *\t[ \t]*", "\t", text)
    text = _EDGES.sub("\n", text)
    text = re.sub(r"\t+\n", "\n", text)
    return _LINES.sub("\n", text).strip()
