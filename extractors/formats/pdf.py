"""PDF: the text of each page with its place, what is covered or unseen, fields, remarks and files; scans."""

from __future__ import annotations

import pypdfium2 as pdfium

from domain.post import Segment, Unexamined
from extractors.model import Context, Extraction
from extractors.pdf import extras, page

#: A page may need recognition, one with a hundred thousand objects some seconds (seconds, bytes).
SECONDS = 240.0
MEMORY = 4 * 1024 * 1024 * 1024
_PAGE_LIMIT = 2000
_LOCKED = "PDF 已加密（设有打开密码），请解除密码后再查"
#: Pages and pictures that are recognised: some three seconds each.
_RECOGNISED = 80


def extract(body: bytes, context: Context) -> Extraction:
    """One segment a page, more where something in it is not seen. Raises ``DocumentError`` for an encrypted or broken
    file."""
    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise context.problem(_LOCKED if locked else "PDF 损坏，请重新导出后再查") from error
    segments: list[Segment] = []
    unexamined: list[Unexamined] = []
    links: list[str] = []
    budget = page.Budget(_RECOGNISED)
    with document:
        if document.get_formtype():
            document.init_forms()
        pages = len(document)
        segments.extend(extras.properties(document, context))
        for index in range(min(pages, _PAGE_LIMIT)):
            place = f"第{index + 1}页"
            context.at(place)
            try:
                current = document[index]
            except pdfium.PdfiumError:
                unexamined.append(context.unexamined("这一页损坏，未能读取，请重新导出后再查", place))
                continue
            found = page.read(current, context, place, budget)
            segments.extend(found.segments)
            unexamined.extend(found.unexamined)
            links.extend(found.links)
            segments.extend(extras.remarks(document, current, context, place))
            links.extend(extras.links(document, current))
            current.close()
        files = tuple(extras.files(document, body))
    if budget.refused:
        why = f"还有 {budget.refused} 处扫描页或图片未识别（一个文件至多识别 {_RECOGNISED} 处），请拆分后再查"
        unexamined.append(context.unexamined(why, "扫描页"))
    if pages > _PAGE_LIMIT:
        reason = f"页数过多（{pages} 页），未读完，请拆分后再查"
        unexamined.append(context.unexamined(reason, f"第{_PAGE_LIMIT + 1}页以后"))
    return Extraction(tuple(segments), tuple(dict.fromkeys(unexamined)), tuple(dict.fromkeys(links)), files)
