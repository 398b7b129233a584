"""Columns as a template offers and explains them."""

from __future__ import annotations

from dataclasses import dataclass

from registry import columns
from registry.columns import platform_name
from registry.sheets.model import Sheet, Value

#: Columns of the sheet of accounts that are explained nowhere else.
_ACCOUNT_HELP = {
    columns.PLATFORM: "选一个平台",
    columns.KEY: "平台给出的标识：公众号原始 ID、微博 UID、网站域名等",
    columns.NAME: "平台上显示的名称",
    columns.SPONSOR: "主办单位全称",
    columns.ROUTES: "读取方式，见登记各平台的说明",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column as it is offered: ``is_open`` where other words than ``words`` may be written."""

    header: str
    required: bool = False
    words: tuple[str, ...] = ()
    is_open: bool = False
    help: str = ""
    example: str = ""


def columns_of(sheet: Sheet, accounts: tuple[str, ...], units: tuple[str, ...]) -> list[Column]:
    """The columns of ``sheet``; accounts and units on file are its choices."""
    made: list[Column] = []
    for each in sheet.fields:
        words, is_open = each.words, False
        if each.value in (Value.ACCOUNT, Value.UNIT) and each.name != "key":
            words, is_open = accounts if each.value is Value.ACCOUNT else units, True
        elif each.value is Value.CHOICES:
            is_open = True
        made.append(
            Column(
                header=each.header,
                required=each.required,
                words=words,
                is_open=is_open,
                help=each.help,
                example=each.example,
            )
        )
    return made


def account_columns() -> list[Column]:
    """The columns of the sheet of accounts."""
    words = {
        columns.PLATFORM: tuple(dict.fromkeys(map(platform_name, columns.PLATFORMS.values()))),
        columns.PURPOSE: tuple(columns.PURPOSES),
        columns.MEDIUM: tuple(columns.MEDIA),
        columns.STANDING: tuple(columns.STANDINGS),
    }
    return [
        Column(
            header=header,
            required=header in columns.REQUIRED,
            words=words.get(header, ()),
            help=_ACCOUNT_HELP.get(header, ""),
        )
        for header in columns.COLUMNS
    ]
