"""Text in whatever encoding an office machine wrote it."""

from __future__ import annotations

from extractors.model import Context


def decode(data: bytes, context: Context) -> str:
    """UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030; raises ``DocumentError`` for anything else."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise context.problem("文字编码无法识别（不是 UTF-8、UTF-16 或 GB18030），请用记事本另存为 UTF-8 后再查")
