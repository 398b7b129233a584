"""HTML files: drafts and saved pages, and tables pasted from Excel with the whole values beside the shown ones."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from domain.markup import UNREAD, readable_text
from domain.post import Origin, Segment
from extractors.model import Context, Embedded, Extraction
from extractors.office.htmlhidden import Sheet, carried, unseen_blocks
from extractors.plain import decode

#: Longest data address that is taken for a picture (characters).
_MOST_DATA = 20_000_000


def extract(body: bytes, context: Context) -> Extraction:
    """Title and readable text; then, as hidden, everything that the page holds and does not show."""
    content = decode(body, context)
    try:
        # Bytes, not str: lxml refuses a str that carries an XML encoding declaration.
        root = lxml_html.fromstring(
            content.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
        )
    except (etree.ParserError, ValueError) as error:
        raise context.problem("网页内容为空或无法解析，请重新保存后再查") from error
    origin = Origin.TEXT if context.field in ("title", "body") and not context.depth else Origin.DOCUMENT
    links = tuple(dict.fromkeys(_links(root)))
    segments = [*_title(root, context, origin)]
    hidden = [*_comments(root, context), *carried(root, context), *_data(root, context)]
    for block, why in unseen_blocks(root, Sheet.of(root)):
        text = readable_text(block, unread=frozenset(["script", "style"]))
        if text:
            hidden.append(context.segment(text, f"网页（{why}）", hidden=True))
        if unseen := "\n".join(dict.fromkeys(_links(block))):
            hidden.append(context.segment(unseen, f"网页（{why}的链接）", hidden=True))
        _take_out(block)
    if framed := "\n".join(dict.fromkeys(_tiny_frames(root))):
        hidden.append(context.segment(framed, "网页（零尺寸的框架）", hidden=True))
    main = root.find(".//body")
    text = readable_text(main if main is not None else root, unread=UNREAD)
    if text:
        segments.append(context.segment(text, origin=origin))
    return Extraction((*segments, *hidden), links=links, embedded=tuple(_pictures(root)))


def _title(root: etree._Element, context: Context, origin: Origin) -> Iterator[Segment]:
    title = (root.findtext(".//head/title") or root.findtext("./title") or "").strip()
    if title:
        field = "title" if context.field == "body" and not context.depth else context.field
        yield Segment(field, title, origin, context.hidden, context.place("网页标题"))


def _links(root: etree._Element) -> Iterator[str]:
    for node in root.iter("a", "area", "iframe"):
        address = str(node.get("href") or node.get("src") or "")
        if address.startswith(("http://", "https://")):
            yield address


def _tiny_frames(root: etree._Element) -> Iterator[str]:
    """Addresses of frames too small to be seen; they load all the same."""
    for node in root.iter("iframe", "frame"):
        address = str(node.get("src") or "")
        sizes = [str(node.get(side) or "").strip().removesuffix("px") for side in ("width", "height")]
        if address.startswith(("http://", "https://")) and any(size in ("0", "1") for size in sizes):
            yield address


def _comments(root: etree._Element, context: Context) -> Iterator[Segment]:
    for node in root.iter(etree.Comment):
        text = (node.text or "").strip()
        # conditional comments of old browsers and what Word and Excel write for themselves
        if text and not text.startswith(("[if", "[endif", "StartFragment", "EndFragment")):
            yield context.segment(text, "网页注释", hidden=True, origin=Origin.COMMENT)


def _data(root: etree._Element, context: Context) -> Iterator[Segment]:
    """Alternative texts, tips, and values of hidden fields."""
    for number, image in enumerate(root.iter("img"), 1):
        for key, label in (("alt", "替代文字"), ("title", "提示文字")):
            if text := (image.get(key) or "").strip():
                yield context.segment(text, f"图{number}{label}", hidden=True, origin=Origin.METADATA)
    for node in root.iter("meta"):
        if (node.get("name") or node.get("property")) and (text := (node.get("content") or "").strip()):
            label = f"网页属性（{node.get('name') or node.get('property')}）"
            yield context.segment(text, label, hidden=True, origin=Origin.METADATA)


def _take_out(block: etree._Element) -> None:
    parent = block.getparent()
    if parent is None:
        return
    if block.tail:
        before = block.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + block.tail
        else:
            parent.text = (parent.text or "") + block.tail
    parent.remove(block)


def _pictures(root: etree._Element) -> Iterator[Embedded]:
    """Pictures written into the page itself."""
    import base64

    for number, node in enumerate(root.iter("img"), 1):
        source = str(node.get("src") or "")
        head, comma, data = source.partition(",")
        if comma and head.startswith("data:image/") and head.endswith(";base64") and len(data) < _MOST_DATA:
            kind = head[len("data:image/") : -len(";base64")].split("+")[0]
            yield Embedded(f"图{number}.{kind}", lambda data=data: base64.b64decode(data))  # type: ignore[misc]
