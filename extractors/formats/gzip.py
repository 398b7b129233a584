"""A single packed file (gz)."""

from __future__ import annotations

import gzip
import io
import lzma
import zlib
from pathlib import PurePosixPath

from extractors.model import Context, Embedded, Extraction


def extract(body: bytes, context: Context) -> Extraction:
    """The file inside, under its own name without the ending."""
    return unpacked(gzip.GzipFile(fileobj=io.BytesIO(body)), context)


def unpacked(stream: io.BufferedIOBase, context: Context) -> Extraction:
    """At most as much of ``stream`` as a file may hold, as the file inside; raises ``DocumentError``."""
    limit = context.limits.file_bytes
    try:
        body = stream.read(limit + 1)
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        raise context.problem("压缩包损坏或不完整，未解开，请重新压缩后再查") from error
    if len(body) > limit:
        raise context.problem(f"解开后过大（上限 {limit // 2**20} MB），未解开，请人工查看")
    path = PurePosixPath(context.name)
    name = path.stem if path.suffix.lower() in (".gz", ".bz2", ".xz") else path.name
    if path.suffix.lower() in (".tgz", ".tbz", ".txz"):
        name = f"{path.stem}.tar"
    return Extraction(embedded=(Embedded.of(name, body),))
