"""Workbooks whose values calamine reads."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time

import python_calamine as calamine

from extractors.model import Context
from extractors.office.worksheet import whole


def tables(body: bytes, context: Context) -> Iterator[tuple[str, bool, Iterator[list[str]]]]:
    """Name, whether hidden, and rows of each sheet; raises ``DocumentError``."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(body))
    except calamine.PasswordError as error:
        raise context.problem("工作簿已加密，请解除密码后再查") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise context.problem("工作簿损坏或格式不规范，请重新导出后再查") from error
    for sheet in book.sheets_metadata:
        if sheet.typ is calamine.SheetTypeEnum.WorkSheet:
            hidden = sheet.visible is not calamine.SheetVisibleEnum.Visible
            page = book.get_sheet_by_name(sheet.name)
            yield sheet.name, hidden, (list(map(shown, row)) for row in page.to_python(skip_empty_area=False))


def shown(value: object) -> str:
    """A cell as text; a number without the ``.0`` and the exponent that hide its digits."""
    if isinstance(value, str):  # nearly all
        return value.strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return whole(repr(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return str(value).strip()
