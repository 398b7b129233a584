"""Tar archives."""

from __future__ import annotations

import io
import tarfile

from domain.post import Unexamined
from extractors.model import Context, Embedded, Extraction
from extractors.office.archives import listing, oversized


def extract(body: bytes, context: Context) -> Extraction:
    """Every regular file; links and devices are passed over. Raises ``DocumentError``."""
    files: list[Embedded] = []
    unexamined: list[Unexamined] = []
    names: list[str] = []
    try:
        archive = tarfile.open(fileobj=io.BytesIO(body), mode="r:")  # noqa: SIM115 - read later, from memory
        for member in archive:
            if not member.isfile():
                continue
            names.append(member.name)
            reason = oversized(member.size, member.size, context)
            if reason:
                unexamined.append(context.unexamined(reason, member.name))
            else:
                files.append(Embedded(member.name, lambda member=member: _read(archive, member)))  # type: ignore[misc]
            if len(names) > context.limits.files:
                break
    except (tarfile.TarError, ValueError, OSError) as error:
        if not files:
            raise context.problem("压缩包损坏或不完整，未解开，请重新压缩后再查") from error
        unexamined.append(context.unexamined("压缩包不完整，后面的文件未解开，请重新压缩后再查"))
    return Extraction(tuple(listing(names, context)), tuple(unexamined), embedded=tuple(files))


def _read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(member)
    return stream.read() if stream is not None else b""
