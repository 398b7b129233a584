"""Zip archives: names, remarks, and every file inside."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from domain.post import Segment, Unexamined
from extractors.model import Context, Embedded, Extraction
from extractors.office.archives import listing, oversized

_LOCKED = "压缩包内的文件设有密码，未解开，请提供解密后的文件再查"


def extract(body: bytes, context: Context) -> Extraction:
    """Raises ``DocumentError`` for an archive that cannot be opened."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(body), metadata_encoding=None)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise context.problem("压缩包损坏或不完整，未解开，请重新压缩后再查") from error
    infos = [info for info in archive.infolist() if not info.is_dir()]
    names = [_name(info) for info in infos]
    files: list[Embedded] = []
    unexamined: list[Unexamined] = []
    for info, name in zip(infos[: context.limits.files + 1], names, strict=False):
        reason = _LOCKED if info.flag_bits & 1 else oversized(info.file_size, info.compress_size, context)
        if reason:
            unexamined.append(context.unexamined(reason, name))
        else:
            files.append(Embedded(name, lambda info=info: _read(archive, info, context)))  # type: ignore[misc]
    if len(infos) > context.limits.files + 1:
        reason = f"压缩包内有 {len(infos)} 个文件，只看前 {context.limits.files} 个，请拆分后再查"
        unexamined.append(context.unexamined(reason))
    segments = [*listing(names, context), *_remarks(archive, infos, context)]
    return Extraction(tuple(segments), tuple(unexamined), embedded=tuple(files))


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, context: Context) -> bytes:
    try:
        with archive.open(info) as member:
            body = member.read(context.limits.file_bytes + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise context.problem("压缩包内的这个文件损坏，未解开，请重新压缩后再查") from error
    except (NotImplementedError, RuntimeError) as error:
        raise context.problem("压缩包用了不支持的压缩方法，未解开，请用普通 zip 格式重新压缩后再查") from error
    return body


def _name(info: zipfile.ZipInfo) -> str:
    """Names that say they are UTF-8 are; others were written by a Chinese Windows."""
    if info.flag_bits & 0x800:
        return info.filename
    return _decoded(info.filename.encode("cp437", "replace"))


def _remarks(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], context: Context) -> Iterator[Segment]:
    for comment in (archive.comment, *(info.comment for info in infos[: context.limits.files])):
        if text := _decoded(comment).strip():
            yield context.segment(text, "压缩包注释", hidden=True)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
