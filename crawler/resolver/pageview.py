"""What the page behind a link says of itself: its title and the beginning of its text. Nothing of it is executed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from crawler.parsing import markup
from domain.markup import readable_text, tidy

#: As much of a title and of a text as is kept (code points).
TITLE_LENGTH, TEXT_LENGTH = 200, 4000
#: A page that sends its visitor on within so many seconds is no page of its own.
_SOON = 10.0
_REFRESH = re.compile(r"\s*(\d*\.?\d*)\s*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_PAGE = re.compile(r"html|xml|^$")


@dataclass(frozen=True, slots=True)
class PageView:
    """A page's own words. ``refresh`` is the address that it sends its visitor on to by ``<meta>``, else empty."""

    title: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    refresh: str = field(default="", repr=False)

    @property
    def content(self) -> str:
        """A name for these words (SHA-256 in hex): the same however often the markup around them changes."""
        if not (self.title or self.text):
            return ""
        return hashlib.sha256(f"{self.title}\n{self.text}".encode("utf-8", "replace")).hexdigest()


def is_page(content_type: str) -> bool:
    """True for what a browser would show as a page."""
    return _PAGE.search(content_type.split(";")[0].strip().lower()) is not None or "text/plain" in content_type


def view(body: bytes, content_type: str, url: str) -> PageView:
    """The view of one answer; empty where it is no page."""
    if not body or not is_page(content_type):
        return PageView()
    text = markup.decode(body, content_type)
    if "<" not in text:
        return PageView("", tidy(text[:TEXT_LENGTH]))
    root = markup.tree(text)
    title = " ".join((root.findtext(".//title") or "").split())[:TITLE_LENGTH]
    said = _metas(root)
    main = root.find(".//body")
    shown = readable_text(main if main is not None else root)
    return PageView(title, "\n".join(filter(None, (*said, shown)))[:TEXT_LENGTH], _refresh(root, url))


def _metas(root: Any) -> tuple[str, ...]:
    """Key words and description: what a page tells search engines that it is about."""
    found = {
        str(node.get("name")).lower(): tidy(str(node.get("content") or ""))[:TITLE_LENGTH]
        for node in root.iter("meta")
        if node.get("name")
    }
    return tuple(found[name] for name in ("description", "keywords") if found.get(name))


def _refresh(root: Any, url: str) -> str:
    for node in root.iter("meta"):
        if (node.get("http-equiv") or "").lower() != "refresh":
            continue
        match = _REFRESH.match(node.get("content") or "")
        if match is not None and float(match[1] or 0) <= _SOON:
            target = markup.absolute(match[2].strip(), url)
            if target.startswith(("http://", "https://")) and target != url:
                return target
    return ""
