"""Vector pictures (svg): their texts as they stand, pictures inside them, links. Nothing outside the file is read."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from lxml import etree

from domain.post import Origin
from extractors.model import Context, Embedded, Extraction

_TEXTS = frozenset(("text", "title", "desc", "metadata", "foreignObject"))
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_DATA = re.compile(r"data:image/([a-z+]+);base64,(.+)", re.DOTALL)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|(?<!-)opacity\s*:\s*0(?:\.0+)?(?![.\d])")
_MOST_PICTURES = 50


def extract(body: bytes, context: Context) -> Extraction:
    """One segment for each text. Raises ``DocumentError`` for broken XML, and for entities of its own, which only serve
    to make a small file endless."""
    if _ENTITY.search(body):
        raise context.problem("矢量图含有自定义实体（可能是恶意文件），未打开，请另存为 PNG 后再查")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise context.problem("矢量图损坏，请另存为 PNG 后再查") from error
    segments = []
    links: list[str] = []
    files: list[Embedded] = []
    number = 0
    for node in root.iter():
        if isinstance(node, etree._Comment):
            if (node.text or "").strip():
                segments.append(context.segment(str(node.text), "注释", hidden=True, origin=Origin.COMMENT))
            continue
        name = etree.QName(node).localname if isinstance(node.tag, str) else ""
        if name in _TEXTS:
            number += 1
            text = " ".join("".join(map(str, node.itertext())).split())
            if text:
                hidden = name in ("title", "desc", "metadata") or _is_hidden(node)
                segments.append(context.segment(text, f"文字{number}", hidden=hidden))
        for address in _addresses(node):
            if address.startswith(("http://", "https://")) and name == "a":
                links.append(address)
            elif (found := _DATA.match(address)) and len(files) < _MOST_PICTURES:
                files.extend(_picture(found, len(files) + 1))
    return Extraction(tuple(segments), links=tuple(dict.fromkeys(links)), embedded=tuple(files))


def _addresses(node: etree._Element) -> Iterator[str]:
    for key, value in node.attrib.items():
        if str(key).rsplit("}", 1)[-1] == "href":
            yield str(value).strip()


def _picture(found: re.Match[str], number: int) -> Iterator[Embedded]:
    try:
        yield Embedded.of(f"内嵌图{number}.{found[1].split('+')[0]}", base64.b64decode(found[2], validate=False))
    except (binascii.Error, ValueError):
        return


def _is_hidden(node: etree._Element) -> bool:
    at: etree._Element | None = node
    while at is not None:
        style = str(at.get("style") or "")
        if _UNSEEN.search(style) or at.get("display") == "none" or at.get("visibility") == "hidden":
            return True
        if at.get("opacity") in ("0", "0.0") or at.get("fill-opacity") in ("0", "0.0"):
            return True
        at = at.getparent()
    return False
