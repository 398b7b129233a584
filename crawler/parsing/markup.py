"""HTML as element trees: decoding that distrusts the header, readable text, links and pictures."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree

from domain.markup import readable_text, tidy

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030"}

_WITH_CLASS = etree.XPath("descendant-or-self::*[contains(@class, $name)]")
_WITH_ID = etree.XPath("(descendant-or-self::*[@id=$name])[1]")
_BLANKS = re.compile(r"[ \t\r\n]+")


def decode(body: bytes, content_type: str = "") -> str:
    """The text of an HTML page.

    What the bytes are comes first: many a server declares ISO-8859-1 for UTF-8 pages. So: byte order mark, UTF-8 where
    the bytes are UTF-8, the page's own ``<meta charset>``, the header, GB 18030.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if body.startswith(mark):
            return body.decode(name, "replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(body)  # a body cut in mid-character is still UTF-8
    except UnicodeDecodeError:
        pass
    declared = _META_CHARSET.search(body[:4096])
    header = _HEADER_CHARSET.search(content_type)
    for charset in (declared[1].decode("ascii") if declared else "", header[1] if header else "", "gb18030"):
        name = _CHINESE.get(charset.lower(), charset.lower())
        if name in ("", "utf-8", "utf8", "iso-8859-1", "latin-1"):
            continue
        try:
            return body.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode("gb18030" if declared and b"gb" in declared[1].lower() else "utf-8", "replace")


def tree(text: str) -> Any:
    """The element tree of a page or of a fragment; an empty ``html`` element where there is nothing to parse."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    cleaned = _UNWANTED.sub("", text)
    root = etree.fromstring(cleaned.encode("utf-8"), parser) if cleaned.strip() else None
    return root if root is not None else etree.Element("html")


def spoken(element: Any) -> None:
    """Put the ``alt`` of emoticons in place of their pictures, in ``element`` itself: ``[心]``."""
    for image in list(element.iter("img")):
        alt = image.get("alt") or ""
        if not alt:
            continue
        image.tag = "span"
        image.attrib.clear()
        image.text = alt


def plain(markup: str) -> str:
    """The readable text of an HTML fragment."""
    return readable_text(tree(markup)) if "<" in markup or "&" in markup else tidy(markup)


def inner_text(element: Any) -> str:
    """The readable text of ``element`` on one line."""
    return " ".join(readable_text(element).split())


def absolute(address: str, base: str) -> str:
    """``address`` as an absolute http(s) URL without fragment, or an empty string where it is none."""
    try:
        joined = urldefrag(urljoin(base, address.strip())).url if base else address.strip()
        joined = f"https:{joined}" if joined.startswith("//") else joined
        parts = urlsplit(joined)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https", "") or (parts.scheme and not parts.netloc):
        return ""
    return joined


def anchors(element: Any, base: str) -> Iterator[tuple[str, Any]]:
    """Every link of ``element`` with its absolute address."""
    for anchor in element.iter("a"):
        address = (anchor.get("href") or "").strip()
        if not address or address.startswith(("#", "javascript:", "mailto:", "tel:")):
            continue
        if target := absolute(address, base):
            yield target, anchor


def pictures(element: Any, base: str) -> tuple[str, ...]:
    """Addresses of the pictures of ``element`` in order, each once; lazily loaded ones by their real address."""
    found: dict[str, None] = {}
    for image in element.iter("img"):
        for name in ("data-src", "data-original", "data-url", "src"):
            address = (image.get(name) or "").strip()
            if address and not address.startswith("data:") and (target := absolute(address, base)):
                found.setdefault(target)
                break
    return tuple(found)


def by_class(root: Any, *names: str) -> Any | None:
    """The first element, in the order of ``names``, that carries the class; ``None`` where none does."""
    return next((element for name in names for element in all_by_class(root, name)), None)


def all_by_class(root: Any, name: str) -> Iterator[Any]:
    """Every element that carries the class ``name``."""
    # libxml2 finds the candidates quickly; to normalise every attribute inside XPath takes many times as long
    return (
        element
        for element in _WITH_CLASS(root, name=name)
        if f" {name} " in f" {_BLANKS.sub(' ', element.get('class'))} "
    )


def by_id(root: Any, name: str) -> Any | None:
    """The first element with the id ``name``."""
    found = _WITH_ID(root, name=name)
    return found[0] if found else None


def metas(root: Any) -> dict[str, str]:
    """The page's meta values by lower-case name or property; the first of each name stands."""
    values: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip().lower()
        if name:
            values.setdefault(name, (element.get("content") or "").strip())
    return values
