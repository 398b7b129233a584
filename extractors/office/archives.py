"""What all archives have in common."""

from __future__ import annotations

from collections.abc import Sequence

from domain.post import Segment
from extractors.model import Context


def listing(names: Sequence[str], context: Context) -> list[Segment]:
    """The names of the files: they often hold the name and number of a person. Raises ``DocumentError`` where there is
    no file."""
    if not names:
        raise context.problem("压缩包里没有文件（可能是空的或已损坏），请核对后重新压缩再查")
    return [
        context.segment(name, f"{name}（文件名）" if len(name) < 60 else "文件名")
        for name in names[: context.limits.files]
    ]


def oversized(size: int, packed: int, context: Context) -> str:
    """Why a file of ``size`` bytes (``packed`` in the archive) is not unpacked; empty where it is."""
    limits = context.limits
    if size > limits.file_bytes:
        return f"解开后过大（{size // 2**20} MB，上限 {limits.file_bytes // 2**20} MB），未解开，请人工查看"
    if size > limits.ratio_from and size > limits.ratio * max(1, packed):
        return "压缩比异常（疑似压缩炸弹，解开后过大），未解开，请核对来源"
    return ""
