"""One file to segments. Whatever goes wrong in it becomes an ``Unexamined`` part: nothing is dropped in silence."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping

from domain.errors import DocumentError
from domain.post import Unexamined
from extractors.model import Extraction, Source
from extractors.sniff import kind_of

#: A file larger than this is not opened (bytes): one page of a bureau does not need it, and a parser may need ten
#: times as much memory.
MAX_BYTES = 64 * 1024 * 1024

#: Module of ``extractors.formats`` and function for each kind; loaded with the first file of it, for some take long.
_READERS: Mapping[str, tuple[str, str]] = {
    "docx": ("docx", "read"),
    "html": ("html", "read"),
    "pdf": ("pdf", "read"),
    "sheet": ("sheet", "read"),
    "csv": ("sheet", "read_csv"),
    "text": ("text", "read"),
}
_REASONS = {
    "image": "图片中的文字未识别，请人工查看",
    "archive": "压缩包未解开，请解压后逐个检查",
    "broken-office": "文件损坏（压缩结构不完整），请重新导出或重新上传后再查",
    "odt": "暂不能读取 ODT 文档，请另存为 docx 后再查",
    "ofd": "暂不能读取 OFD 版式文件，请导出为 PDF 或 docx 后再查",
    "rtf": "暂不能读取 RTF 文档，请另存为 docx 后再查",
    "ole-document": "暂不能读取旧版 doc/wps 文档，请另存为 docx 后再查",
    "video": "视频内容未检查，请人工查看",
    "audio": "音频内容未检查，请人工收听",
    "unknown": "不认识的文件类型，请人工查看",
}


def extract(data: bytes, name: str, *, field: str, media_type: str = "") -> Extraction:
    """The segments of ``data`` (a file called ``name``), all under ``field`` (``body``, ``attachment:2``).

    Never raises for a bad file: a broken, encrypted, oversized or unknown one comes back as ``unexamined`` with the
    reason in Chinese.
    """
    source = Source(data, name, field)
    if not data:
        return _unexamined(source, "文件是空的（0 字节），请核对是否上传完整")
    if len(data) > MAX_BYTES:
        return _unexamined(
            source, f"文件过大（{len(data) // 2**20} MB，上限 {MAX_BYTES // 2**20} MB），未打开，请人工查看"
        )
    kind = kind_of(data, name, media_type)
    if kind not in _READERS:
        return _unexamined(source, _REASONS[kind])
    try:
        return _reader(kind)(source)
    except DocumentError as error:
        return _unexamined(source, error.problem)
    except RecursionError:
        return _unexamined(source, "文件结构嵌套过深，未读完，请人工查看")
    except Exception as error:  # a hostile file may make any parser raise anything; the rest of the work goes on
        return _unexamined(source, f"文件损坏或格式不规范（{type(error).__name__}），请重新导出后再查")


def _reader(kind: str) -> Callable[[Source], Extraction]:
    module, function = _READERS[kind]
    reader: Callable[[Source], Extraction] = getattr(importlib.import_module(f"extractors.formats.{module}"), function)
    return reader


def _unexamined(source: Source, reason: str) -> Extraction:
    return Extraction(unexamined=(Unexamined(source.name, reason),))
