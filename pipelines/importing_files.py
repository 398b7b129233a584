"""Which kind of file a person brought: told by its content, because names lie."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.errors import ImportFileError
from pipelines.importing_archives import gather_html, gather_mhtml, gather_reply, gather_warc, unpacked
from pipelines.importing_model import Gathered, Source
from pipelines.importing_rows import gather_csv, gather_json, gather_workbook

#: No export is larger than this (bytes).
LARGEST = 256 * 2**20
_OTHER = (
    (b"%PDF-", "PDF"), (b"\x89PNG", "图片"), (b"\xff\xd8\xff", "图片"), (b"GIF8", "图片"), (b"{\\rtf", "RTF 文档"),
    (b"Rar!", "压缩包"), (b"7z\xbc\xaf", "压缩包"), (b"\x00\x00\x00", "视频"),
)  # fmt: skip
_MHTML = re.compile(rb"^(?:From|MIME-Version|Snapshot-Content-Location|Subject|Date|Content-Type):", re.I | re.M)
_HTML = re.compile(rb"<(?:!doctype|html|head|body|meta|div|article|!--)", re.IGNORECASE)


def gather(source: Source) -> Gathered:
    """The posts of the file, whatever kind it is. Raises ``ImportFileError`` where nothing of it can be used."""
    body, name = source.body, source.name
    if not body.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise ImportFileError(name, "是空文件，没有导入任何内容；请核对文件")
    if len(body) > LARGEST:
        raise ImportFileError(name, f"超过 {LARGEST // 2**20} MB，没有导入任何内容；请按时间拆成几个文件")
    if body[:2] == b"\x1f\x8b":
        if name.lower().endswith((".warc.gz", ".warc")) or _holds_warc(body):
            return gather_warc(source)
        return gather(replace(source, body=unpacked(body, name)))
    if body[:4] == b"PK\x03\x04" or body[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return gather_workbook(source)
    if body[:5] == b"WARC/":
        return gather_warc(source)
    for mark, kind in _OTHER:
        if body.startswith(mark):
            raise ImportFileError(
                name,
                f"是{kind}，不能当作发布内容导入，没有导入任何内容；请填表导入（模板见 xunjian import --template）",
            )
    return _gather_text(source)


def _gather_text(source: Source) -> Gathered:
    head = source.body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] in (b"{", b"["):
        return gather_json(source) or gather_reply(source)
    if len(_MHTML.findall(head[:2048])) >= 2:
        return gather_mhtml(source)
    if head[:1] == b"<" and _HTML.search(head):
        return gather_html(source)
    return gather_csv(source)


def _holds_warc(body: bytes) -> bool:
    import zlib

    try:
        return zlib.decompressobj(31).decompress(body[:65536], 16).startswith(b"WARC/")
    except zlib.error:
        return False
