"""What a file really is. Names lie (a renamed xlsx, an HTML page saved as .xls), so the bytes decide."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath

#: Leading bytes of the types we can tell at once.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "sevenzip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"{\\rtf", "rtf"),
    (b"OggS", "audio"),
    (b"ID3", "audio"),
    (b"#!AMR", "audio"),
    (b"fLaC", "audio"),
    (b"FLV\x01", "video"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"0&\xb2u\x8ef\xcf\x11", "video"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Streams of the old binary container and what they make of it; the first that is there decides.
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "encrypted-office"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
)
#: New Office files are zip archives; one that cannot be opened is a broken file, not an archive.
_ZIP_OFFICE = frozenset((".docx", ".xlsx", ".xlsm", ".pptx", ".ofd", ".odt", ".ods", ".wps", ".et"))
_IMAGE_NAMES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff"))
_VIDEO_NAMES = frozenset((".mp4", ".mov", ".avi", ".wmv", ".flv", ".mkv", ".webm", ".mpg", ".mpeg", ".ts", ".m4v"))
_AUDIO_NAMES = frozenset((".mp3", ".amr", ".m4a", ".wav", ".wma", ".aac", ".ogg", ".flac"))
_SUBTITLES = frozenset((".srt", ".vtt", ".ass", ".ssa", ".lrc"))
_HTML = re.compile(rb"<html|<!doctype html|<table[\s>]|<meta\s[^>]*charset", re.IGNORECASE)
_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_ODF = re.compile(rb"application/vnd\.oasis\.opendocument\.(spreadsheet|text|presentation)")


def kind_of(data: bytes, name: str, media_type: str = "") -> str:
    """The kind of file, which is the name of its module in ``extractors.formats`` where there is one: ``pdf, docx,
    doc, rtf, odt, ofd, xlsx, xls, ods, csv, html, text, subtitle, image, svg, video, audio, zip, rar, sevenzip, tar,
    gzip, bzip2, xz``; else ``encrypted-office, broken-office, ppt, pptx`` or ``unknown``."""
    suffix = PurePosixPath(name.lower()).suffix
    for magic, kind in _MAGIC:
        if data.startswith(magic) and not (magic == b"BM" and suffix not in _IMAGE_NAMES):
            return kind
    if data.startswith(b"RIFF"):
        return {b"WEBP": "image", b"AVI ": "video", b"WAVE": "audio"}.get(data[8:12], "image")
    if data.startswith(_OLE):
        return _ole_kind(data, suffix)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data, suffix)
    if data[257:262] == b"ustar":
        return "tar"
    if data[4:8] == b"ftyp":
        return "image" if data[8:12] in (b"heic", b"heix", b"mif1", b"avif") else _moving(suffix)
    if suffix in _VIDEO_NAMES and b"\x00" in data[:4096]:
        return "video"
    if suffix in _AUDIO_NAMES:
        return "audio"
    return _text_kind(data, suffix, media_type)


def _moving(suffix: str) -> str:
    return "audio" if suffix in _AUDIO_NAMES else "video"


def _text_kind(data: bytes, suffix: str, media_type: str) -> str:
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    elif b"\x00" in head:
        return "unknown"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"<html" not in head.lower():
        return "sheetml"
    if _SVG.search(head) and not _HTML.search(head):
        return "svg"
    if media_type.startswith("text/html") or suffix in (".html", ".htm") or _HTML.search(head[:2048]):
        return "html"
    if suffix in _SUBTITLES:
        return "subtitle"
    return "csv" if suffix in (".csv", ".tsv") else "text"


def _ole_kind(data: bytes, suffix: str) -> str:
    for stream, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") + b"\x00\x00" in data:
            return kind
    return "xls" if suffix in (".xls", ".et", ".xlt") else "doc" if suffix in (".doc", ".wps", ".dot") else "unknown"


def _zip_kind(data: bytes, suffix: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            declared = _declared(archive) if "content.xml" in names else b""
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "broken-office" if suffix in _ZIP_OFFICE else "zip"
    for part, kind in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xls"),
                       ("ppt/presentation.xml", "pptx"), ("OFD.xml", "ofd")):  # fmt: skip
        if part in names:
            return kind
    if found := _ODF.search(declared):
        return "ods" if found[1] == b"spreadsheet" else "odt"
    return "zip"


def _declared(archive: zipfile.ZipFile) -> bytes:
    """What an OpenDocument file says of itself: its ``mimetype``, or the first of its list of parts."""
    for name in ("mimetype", "META-INF/manifest.xml"):
        try:
            with archive.open(name) as part:
                if found := part.read(4096):
                    return found
        except (KeyError, RuntimeError, zlib.error, EOFError, zipfile.BadZipFile, OSError):
            continue
    return b""
