"""What a PDF holds beside its pages' text: fields of forms, remarks, links, files, properties and bookmarks."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from domain.post import Origin, Segment
from extractors.model import Context, Embedded

_MOST = 2_000
#: Flags of an annotation that is not shown (PDF 32000-1, 12.5.3): hidden, no view.
_UNSEEN = 2 | 32
_PROPERTIES = {
    "Title": "标题", "Author": "作者", "Subject": "主题", "Keywords": "关键词",
}  # fmt: skip


def remarks(document: pdfium.PdfDocument, page: pdfium.PdfPage, context: Context, place: str) -> Iterator[Segment]:
    """Values of fields and texts of remarks on a page."""
    for number in range(min(_MOST, max(0, raw.FPDFPage_GetAnnotCount(page)))):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        try:
            yield from _annotation(document, annotation, context, place)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _annotation(document: pdfium.PdfDocument, annotation: Any, context: Context, place: str) -> Iterator[Segment]:
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    unseen = bool(raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN)
    if kind == raw.FPDF_ANNOT_WIDGET and document.formenv is not None:
        form = document.formenv
        name = _string(lambda buffer, size: raw.FPDFAnnot_GetFormFieldName(form, annotation, buffer, size))
        value = _string(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))
        where = f"{place}表单域“{name}”" if name else f"{place}表单域"
        if value.strip():
            yield context.segment(value, where, hidden=unseen, context=name)
        options = raw.FPDFAnnot_GetOptionCount(form, annotation)
        for index in range(min(200, max(0, options))):
            label = _string(partial(_option, form, annotation, index))
            if label.strip() and label != value:
                yield context.segment(label, f"{where}选项{index + 1}", hidden=True, context=name)
        return
    if kind in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET):
        return
    text = _string(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size))
    if text.strip():
        hidden = unseen or kind != raw.FPDF_ANNOT_FREETEXT
        yield context.segment(text.replace("\r", "\n"), f"{place}批注", hidden=hidden, origin=Origin.COMMENT)


def _option(form: Any, annotation: Any, index: int, buffer: Any, size: int) -> int:
    return int(raw.FPDFAnnot_GetOptionLabel(form, annotation, index, buffer, size))


def links(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> Iterator[str]:
    """The addresses that a page leads to."""
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    for _ in range(_MOST):
        if not raw.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
            return
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        size = raw.FPDFAction_GetURIPath(document, action, None, 0)
        buffer = ctypes.create_string_buffer(min(size, 8192))
        raw.FPDFAction_GetURIPath(document, action, buffer, len(buffer))
        address = buffer.value.decode("utf-8", "replace")
        if address.lower().startswith(("http://", "https://")):
            yield address


def files(document: pdfium.PdfDocument, body: bytes) -> Iterator[Embedded]:
    """The files attached to the document, which no page shows; each is unpacked when its turn comes."""
    for number in range(min(_MOST, document.count_attachments())):
        name = document.get_attachment(number).get_name() or f"附件{number + 1}"
        yield Embedded(name.replace("\\", "/").rsplit("/", 1)[-1], _load(body, number), hidden=True)


def _load(body: bytes, number: int) -> Callable[[], bytes]:
    def load() -> bytes:
        with pdfium.PdfDocument(body) as document:
            return bytes(document.get_attachment(number).get_data())

    return load


def properties(document: pdfium.PdfDocument, context: Context) -> Iterator[Segment]:
    """Properties of the document, and its bookmarks."""
    for name, label in _PROPERTIES.items():
        value = document.get_metadata_value(name)
        if value and value.strip():
            yield context.segment(value, f"文档属性：{label}", hidden=True, origin=Origin.METADATA)
    titles: list[str] = []
    for bookmark in document.get_toc(max_depth=6):
        titles.append(bookmark.get_title() or "")
        if len(titles) == _MOST:
            break
    if any(title.strip() for title in titles):
        yield context.segment("\n".join(titles), "书签", origin=Origin.METADATA)


def _string(ask: Callable[[Any, int], int]) -> str:
    """A string that PDFium writes as UTF-16 into a buffer of the size it asks for (bytes)."""
    size = int(ask(None, 0))
    if not 2 < size <= 1 << 20:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
