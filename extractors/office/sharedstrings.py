"""The table of shared strings of a workbook."""

from __future__ import annotations

import io

from lxml import etree

from extractors.model import Context
from extractors.office.worksheet import text_of


def strings(body: bytes, context: Context) -> list[str]:
    """All of them, in order; raises ``DocumentError`` for a broken table."""
    if b"<!ENTITY" in body:
        raise context.problem("文档含有实体定义（疑似恶意构造，会无限展开），未读取，请核对来源")
    found: list[str] = []
    size = 0
    try:
        parser = etree.iterparse(
            io.BytesIO(body), events=("end",), tag="{*}si", resolve_entities=False, no_network=True, load_dtd=False
        )
        for _, node in parser:
            only = node[0] if len(node) == 1 else None
            text = (only.text or "") if only is not None and only.tag[-2:] == "}t" else text_of(node)
            size += len(text)
            if size > context.limits.characters:
                raise context.problem("工作簿文字过多，未读取，请拆分后再查")
            found.append(text)
            node.clear()
            while node.getprevious() is not None:
                del node.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise context.problem("工作簿损坏（文字表不完整），请重新导出后再查") from error
    return found
