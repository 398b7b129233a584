"""What a picture file says beside the picture: where it was taken, by whom, and remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from PIL import Image

#: How the place where a photo was taken is written; the rule about it looks for these words.
POSITION = "照片记录的拍摄位置"
_GPS, _EXIF = 0x8825, 0x8769
_TEXTS = {
    0x010E: "说明",
    0x013B: "作者",
    0x8298: "版权",
    0x9C9B: "标题",
    0x9C9C: "备注",
    0x9C9D: "作者",
    0x9C9E: "关键词",
    0x9C9F: "主题",
}
_COMMENT = 0x9286
_TAG = re.compile(r"<[^<>]*>")
_LONGEST = 20_000


def read(image: Image.Image) -> Iterator[tuple[str, str]]:
    """Kind (Chinese) and text of each remark; damaged ones are passed over, for they hold nothing that can be read."""
    try:
        exif = image.getexif()
    except Exception:  # the directory of a damaged or made-up file may raise anything
        exif = Image.Exif()
    position = _position(exif)
    if position:
        yield "拍摄位置", position
    for tag, kind in _TEXTS.items():
        text = _text(exif.get(tag))
        if text:
            yield kind, text
    comment = _comment(exif)
    if comment:
        yield "备注", comment
    for name, value in image.info.items():
        if name in ("comment", "Comment", "Description", "Title", "Author", "Copyright", "Keywords", "Software"):
            text = _text(value)
            if text and name != "Software":
                yield "备注" if name != "Author" else "作者", text
        elif name in ("XML:com.adobe.xmp", "xmp"):
            text = " ".join(_TAG.sub(" ", _text(value)).split())
            if text:
                yield "附加信息", text
        elif isinstance(value, str) and name not in ("dpi", "version", "exif"):
            yield f"文本块 {name}"[:24], value[:_LONGEST]


def _position(exif: Image.Exif) -> str:
    """Latitude and longitude in degrees; empty where they are missing, zero or impossible."""
    try:
        gps = exif.get_ifd(_GPS)
        latitude, longitude = _degrees(gps[2]), _degrees(gps[4])
        south, west = str(gps.get(1, "N")).upper() == "S", str(gps.get(3, "E")).upper() == "W"
    except (KeyError, TypeError, ValueError, ZeroDivisionError, AttributeError, OSError):
        return ""
    if not (0 < latitude <= 90 and 0 < longitude <= 180):
        return ""
    return f"{POSITION}：{'南' if south else '北'}纬{latitude:.5f}度，{'西' if west else '东'}经{longitude:.5f}度"


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600


def _comment(exif: Image.Exif) -> str:
    try:
        value = exif.get_ifd(_EXIF).get(_COMMENT)
    except (KeyError, TypeError, ValueError, OSError):
        return ""
    if isinstance(value, bytes):
        kind, rest = value[:8], value[8:]
        return _clean(rest.decode("utf-16", "replace") if kind.startswith(b"UNICODE") else _decoded(rest))
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, bytes):
        looks_wide = (len(value) > 2 and value[1::2].count(0) * 4 > len(value)) or value.endswith(b"\x00\x00")
        return _clean(value.decode("utf-16-le", "replace") if looks_wide else _decoded(value))
    return _clean(value) if isinstance(value, str) else ""


def _decoded(value: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return value.decode(encoding)
        except UnicodeDecodeError:
            continue
    return value.decode("latin-1")


def _clean(text: str) -> str:
    # Pillow reads the text tags of EXIF as Latin-1; cameras and phones write UTF-8 or GBK there.
    if text and all(ord(sign) < 256 for sign in text) and any(ord(sign) > 127 for sign in text):
        text = _decoded(text.encode("latin-1"))
    return text.replace("\x00", "").strip()[:_LONGEST]
