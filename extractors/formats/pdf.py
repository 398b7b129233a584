"""PDF: the text of each page, with numbers that a cell wrap broke put together again."""

from __future__ import annotations

import re

import pypdfium2 as pdfium

from domain.post import Segment, Unexamined
from extractors.model import Context, Extraction

#: A line break inside a number, as every PDF reader returns a number that wraps in a table cell.
_BROKEN_NUMBER = re.compile(r"(?<=\d)\r?\n(?=[\dXx])")
_PAGE_LIMIT = 2000


def extract(body: bytes, context: Context) -> Extraction:
    """One segment a page; pages without a text layer are reported as unexamined."""
    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        problem = "PDF 已加密，请解除密码后再查" if "password" in str(error).lower() else "PDF 损坏，请重新导出后再查"
        raise context.problem(problem) from error
    segments: list[Segment] = []
    unexamined: list[Unexamined] = []
    with document:
        pages = len(document)
        for index in range(min(pages, _PAGE_LIMIT)):
            page = document[index]
            text_page = page.get_textpage()
            text = _BROKEN_NUMBER.sub("", text_page.get_text_bounded()).replace("\r\n", "\n").strip()
            text_page.close()
            page.close()
            place = f"第{index + 1}页"
            if text:
                segments.append(context.segment(text, place))
            else:
                unexamined.append(context.unexamined("没有文字层（扫描件或图片），文字未识别，请人工查看", place))
    if pages > _PAGE_LIMIT:
        unexamined.append(
            context.unexamined(f"页数过多（{pages} 页），未读完，请拆分后再查", f"第{_PAGE_LIMIT + 1}页以后")
        )
    return Extraction(tuple(segments), tuple(unexamined))
