"""The element of a page that holds its text, by what it calls itself and by what stands in it."""

from __future__ import annotations

import re
from typing import Any

_CONTENT = re.compile(r"(?:^|[-_\s])(?:article|content|detail|rich|text|main|body|post|news|zoom)", re.IGNORECASE)
_NOISE = re.compile(
    r"(?:^|[-_\s])(?:nav|header|head|footer|foot|side|sidebar|recommend|related|comment|menu|share|crumb|position)",
    re.IGNORECASE,
)
#: Less text than this (characters) is no article.
LEAST = 10


def main_body(root: Any) -> Any | None:
    """Of the elements that call themselves article or content the one with the most text that is not links; where none
    does, the element with the most paragraphs of its own. ``None`` where nothing stands on the page."""
    named = [e for e in root.iter("article", "main", "div", "section") if e.tag in ("article", "main") or _is_named(e)]
    best = max(named, key=_weight, default=None)
    if best is not None and _weight(best) >= LEAST:
        return best
    parents = [e for e in root.iter("div", "section", "td", "body") if any(child.tag == "p" for child in e)]
    return max(parents, key=_weight, default=None)


def _is_named(element: Any) -> bool:
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_CONTENT.search(name)) and not _NOISE.search(name)


def _weight(element: Any) -> float:
    """Text of the paragraphs that stand in ``element``, less what is links; a frame around many gains nothing."""
    own = sum(len("".join(child.itertext()).strip()) for child in element if child.tag in ("p", "section", "span"))
    linked = sum(len("".join(anchor.itertext()).strip()) for anchor in element.iter("a"))
    whole = len("".join(element.itertext()).strip())
    return own * 2 + whole * 0.2 - linked * 2
