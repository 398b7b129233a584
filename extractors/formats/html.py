"""HTML files: drafts and saved pages."""

from __future__ import annotations

from lxml import etree
from lxml import html as lxml_html

from domain.errors import DocumentError
from domain.markup import readable_text
from domain.post import Origin, Segment
from extractors.model import Context, Extraction
from extractors.plain import decode


def extract(body: bytes, source: Context) -> Extraction:
    """Title and readable text; comments and alternative texts follow as hidden metadata."""
    content = decode(body, source)
    try:
        # Bytes, not str: lxml refuses a str that carries an XML encoding declaration.
        root = lxml_html.fromstring(content.encode(), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (etree.ParserError, ValueError) as error:
        raise DocumentError(source.name, "网页内容为空或无法解析，请重新保存后再查") from error
    origin = Origin.TEXT if source.field in ("title", "body") else Origin.DOCUMENT
    segments: list[Segment] = []
    title = (root.findtext(".//title") or "").strip()
    if title:
        field = "title" if source.field == "body" else source.field
        segments.append(Segment(field, title, origin, locator=source.place("网页标题")))
    main = root.find(".//body")
    text = readable_text(main if main is not None else root)
    if text:
        segments.append(Segment(source.field, text, origin, locator=source.place()))
    segments.extend(_unseen(root, source))
    links = tuple(dict.fromkeys(str(href) for href in root.xpath(".//a/@href") if str(href).startswith("http")))
    return Extraction(tuple(segments), links=links)


def _unseen(root: etree._Element, source: Context) -> list[Segment]:
    """What the file holds but the page does not show: comments and alternative texts of pictures."""
    found: list[Segment] = []
    for node in root.iter(etree.Comment):
        text = (node.text or "").strip()
        if text and not text.startswith("["):  # conditional comments of old browsers
            found.append(Segment(source.field, text, Origin.COMMENT, True, source.place("网页注释")))
    for index, image in enumerate(root.iter("img"), 1):
        alt = (image.get("alt") or "").strip()
        if alt:
            found.append(Segment(source.field, alt, Origin.METADATA, True, source.place(f"图{index}替代文字")))
    return found
