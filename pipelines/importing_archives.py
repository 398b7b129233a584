"""Files that hold saved pages: HTML, MHTML as browsers save it, WARC as archives keep it, a platform's JSON reply."""

from __future__ import annotations

import email
import email.policy
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from warcio.archiveiterator import ArchiveIterator

from crawler.parsing.post_keys import same_address
from domain.clock import CHINA
from domain.errors import ImportFileError
from pipelines.importing_model import Gathered, Source
from pipelines.importing_pages import Page, PageReader

#: What a browser writes into a page that it saves.
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->")
_CANONICAL = re.compile(
    rb"""<(?:link[^>]+rel=["']canonical["'][^>]+href|meta[^>]+property=["']og:url["'][^>]+content)=["']([^"']+)""",
    re.IGNORECASE,
)
_PAGE_TYPES = ("text/html", "application/xhtml", "application/json", "text/javascript", "application/xml", "text/xml")
#: A record larger than this is no page (bytes).
_LARGEST = 64 * 2**20


def gather_html(source: Source) -> Gathered:
    """The post of one saved page."""
    found = _SAVED_FROM.search(source.body[:4096]) or _CANONICAL.search(source.body)
    url = source.url or (found[1].decode("ascii", "replace").replace("&amp;", "&") if found else "")
    gathered = Gathered("网页", "页")
    PageReader(source, gathered).read([Page("网页", url, source.body, source.exported_at, alone=True)])
    return gathered


def gather_reply(source: Source) -> Gathered:
    """The posts of a platform's saved JSON reply."""
    gathered = Gathered("接口回复", "份")
    page = Page("回复", source.url, source.body, source.exported_at, "application/json", alone=True)
    PageReader(source, gathered).read([page])
    return gathered


def gather_mhtml(source: Source) -> Gathered:
    """The post of one MHTML file: its main part is the page, the others are what the page shows.

    Raises ``ImportFileError`` where it has no page.
    """
    message = email.message_from_bytes(source.body, policy=email.policy.compat32)
    parts = [part for part in message.walk() if not part.is_multipart()]
    wanted = _header(message, "Snapshot-Content-Location")
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    main = next((part for part in pages if wanted and _location(part) == wanted), pages[0] if pages else None)
    body = _payload(main) if main is not None else b""
    if main is None or not body.strip():
        raise ImportFileError(source.name, "MHTML 文件不完整，里面没有网页，没有导入任何内容；请在浏览器中重新保存")
    gathered = Gathered("MHTML 网页", "页", moment=_date(_header(message, "Date")))
    if message.defects:
        gathered.notes.append("文件结尾不完整（可能没有保存完），只读了其中完整的部分")
    files = {same_address(_location(part)): part for part in parts if _location(part)}

    def file_of(url: str) -> tuple[bytes, str]:
        part = files.get(same_address(url))
        return (_payload(part), part.get_content_type()) if part is not None else (b"", "")

    content_type = f"text/html; charset={main.get_content_charset('') or ''}"
    at = gathered.moment or source.exported_at
    page = Page("网页", source.url or _location(main) or wanted, body, at, content_type, alone=True)
    PageReader(source, gathered, file_of).read([page])
    return gathered


def gather_warc(source: Source) -> Gathered:
    """The posts of a WARC file: every page in it that is a post or a list of posts of the account's platform.

    A torn end costs only what lies behind it, and is told. Raises ``ImportFileError`` where no page can be read.
    """
    gathered = Gathered("WARC 存档", "页")
    pages: list[Page] = []
    files: dict[str, tuple[bytes, str]] = {}
    number = 0
    try:
        for number, record in enumerate(_warc_records(source.body), start=1):
            if record.content_type.startswith(_PAGE_TYPES):
                pages.append(replace(record, place=f"第 {number} 条记录"))
            else:
                files[same_address(record.url)] = (record.body, record.content_type)
        if not _is_whole(source.body):
            raise EOFError("archive ends early")
    except Exception as error:  # a torn or foreign file can make the reader raise anything
        if not pages:
            raise ImportFileError(
                source.name, "存档已损坏，读不出任何网页，没有导入任何内容；请重新保存或从备份取出"
            ) from error
        gathered.notes.append(f"存档在第 {number} 条记录之后损坏，其后的内容没有读")
    if not pages:
        raise ImportFileError(source.name, "存档里没有网页，没有导入任何内容；请核对文件")
    gathered.moment = max(page.at for page in pages)
    if files:
        gathered.notes.append(f"另有 {len(files)} 条图片、附件等记录，只在文章引用时使用")
    PageReader(source, gathered, lambda url: files.get(same_address(url), (b"", ""))).read(pages)
    return gathered


def unpacked(body: bytes, name: str) -> bytes:
    """``body`` without gzip. Raises ``ImportFileError`` where it cannot be unpacked to its end."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.open(io.BytesIO(body)) as packed:
            return packed.read(4 * _LARGEST)
    except (OSError, EOFError, zlib.error) as error:
        raise ImportFileError(name, "gzip 压缩数据不完整，没有导入任何内容；请重新保存") from error


def _header(part: Message, name: str) -> str:
    return str(make_header(decode_header(str(part.get(name, "") or "")))).strip()


def _location(part: Message) -> str:
    return _header(part, "Content-Location")


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=CHINA)).astimezone(UTC)


def _is_whole(body: bytes) -> bool:
    """False for compressed data that breaks off: the reader takes its end for the end of the archive."""
    rest = memoryview(body)
    while rest and bytes(rest[:2]) == b"\x1f\x8b":
        member = zlib.decompressobj(31)
        piece: bytes | memoryview = rest
        while piece and not member.eof:
            member.decompress(piece, 2**20)
            piece = member.unconsumed_tail
        if not member.eof:
            return False
        rest = rest[len(rest) - len(member.unused_data) :]
    return True


def _warc_records(body: bytes) -> Iterator[Page]:
    for record in ArchiveIterator(io.BytesIO(body)):
        if record.rec_type not in ("response", "resource"):
            continue
        http, warc = record.http_headers, record.rec_headers
        content_type = (http.get_header("Content-Type") if http else warc.get_header("Content-Type")) or "text/html"
        code = str(http.get_statuscode()) if http else ""
        payload = record.content_stream().read(_LARGEST + 1)
        if len(payload) <= _LARGEST and getattr(record.raw_stream, "limit", 0) > 0:
            raise EOFError("record ends early")
        moment = datetime.fromisoformat(warc.get_header("WARC-Date")).astimezone(UTC)
        url = (warc.get_header("WARC-Target-URI") or "").strip("<>")
        if len(payload) <= _LARGEST:
            yield Page("", url, payload, moment, content_type.strip().lower(), int(code) if code.isdigit() else 200)
