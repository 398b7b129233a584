"""What a file really is. Names lie (a renamed xlsx, an HTML page saved as .doc), so the bytes decide."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

#: Leading bytes of the types we can tell at once.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"RIFF", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "rtf"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Old binary Office files share one container; only the name tells a sheet from a document.
_OLE_SHEETS = frozenset((".xls", ".et", ".xlt"))
#: New Office files are zip archives; one that cannot be opened is a broken file, not an archive.
_ZIP_OFFICE = frozenset((".docx", ".xlsx", ".pptx", ".ofd", ".odt", ".ods"))
_IMAGE_NAMES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff"))


def kind_of(data: bytes, name: str, media_type: str = "") -> str:
    """The kind of file: ``pdf, docx, sheet, html, text, csv, image, archive, odt, ofd, rtf, ole-document, video,
    audio, broken-office`` or ``unknown``."""
    suffix = PurePosixPath(name.lower()).suffix
    for magic, kind in _MAGIC:
        if data.startswith(magic) and not (magic == b"BM" and suffix not in _IMAGE_NAMES):
            return kind
    if data.startswith(_OLE):
        return "sheet" if suffix in _OLE_SHEETS else "ole-document"
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data, name.lower())
    if data[4:8] == b"ftyp" or suffix in (".mp4", ".mov", ".avi", ".wmv"):
        return "video"
    if suffix in (".mp3", ".amr", ".m4a", ".wav"):
        return "audio"
    head = data[:2048].lower()
    if (
        media_type.startswith("text/html")
        or b"<html" in head
        or b"<!doctype html" in head
        or suffix in (".html", ".htm")
    ):
        return "html"
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "unknown"
    return "csv" if suffix == ".csv" else "text"


def _zip_kind(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return "broken-office" if PurePosixPath(name).suffix in _ZIP_OFFICE else "archive"
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "sheet"
    if "OFD.xml" in names:
        return "ofd"
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return "sheet" if b"opendocument.spreadsheet" in data[:200] else "odt"
    return "archive"
