"""Records as cells that the loader reads back to the same records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from domain.clock import CHINA
from domain.register import Record
from registry.sheets.model import Field, Sheet, Value
from registry.sheets.values import pieces

#: What no workbook may hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def headers(sheet: Sheet) -> list[str]:
    """The header of ``sheet``."""
    return [each.header for each in sheet.fields]


def cells(sheet: Sheet, record: Record) -> list[str]:
    """The cells of one record. Its number is written only where it is not made from the rest."""
    values = {each.name: getattr(record, each.name) for each in sheet.fields}
    written = [_text(each, values[each.name]) for each in sheet.fields]
    if sheet.fields[0].header == "编号" and _made(sheet, values) == record.key:
        written[0] = ""
    return written


def _made(sheet: Sheet, values: Mapping[str, Any]) -> str:
    return sheet.make_key({name: value for name, value in values.items() if name != "key"})


def _text(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        local = value.astimezone(CHINA)
        return local.isoformat(sep=" ", timespec="seconds" if local.second else "minutes")[: 19 if local.second else 16]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return _several(field, value)
    return _CONTROL.sub("", _word(field, str(value)))


def _several(field: Field, values: Iterable[str]) -> str:
    words = [_word(field, each) for each in values]
    told = "、".join(words) if field.value in (Value.CHOICES, Value.LIST) else " | ".join(words)
    if field.value in (Value.CHOICES, Value.EXEMPT) or pieces(told) == tuple(words):
        return told
    told = " | ".join(words)
    return told if len(words) > 1 else f"{told} |"


def _word(field: Field, held: str) -> str:
    return next((word for word, known in (field.choices or {}).items() if known == held), held)
