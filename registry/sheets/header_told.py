"""What is told about a header: what is wrong with it, and how it was read."""

from __future__ import annotations

from collections.abc import Iterable

from domain.errors import RegistryError
from registry import columns
from registry.sheets.catalogue import nearest
from registry.sheets.header import Header
from registry.sheets.rows import place_of


def problems_of(header: Header, where: str) -> Iterable[RegistryError]:
    """What must be mended in a header before any row can be read."""
    row = place_of(where, header.last + 1)
    known = columns.COLUMNS if header.sheet is None else [each.header for each in header.sheet.fields]
    present = set(header.names.values())
    for name in header.unknown:
        like = nearest(name, [each for each in known if each not in present], cutoff=0.6)
        if like:
            yield RegistryError(row, f"不认识的列“{name}”，最接近的是“{like}”；请改名，不要的请删除这一列")
    if header.missing:
        yield RegistryError(row, f"缺少必填列{listed(header.missing)}；请补上该列，模板见 xunjian registry template")
    for name in header.doubled:
        yield RegistryError(row, f"列“{name}”与别的列填的是同一项；请只留一列")


def notes_of(header: Header) -> Iterable[str]:
    """How a header was read, where that is not self-evident."""
    if header.first > 0 or header.last > header.first:
        rows = f"第 {header.first + 1} 行"
        if header.last > header.first:
            rows = f"第 {header.first + 1} 至 {header.last + 1} 行（两行表头）"
        yield f"表头在{rows}"
    if header.unknown:
        yield f"没有用到的列：{'、'.join(header.unknown)}"


def listed(names: Iterable[str]) -> str:
    """Names in quotation marks."""
    return "、".join(f"“{name}”" for name in names)
