"""Columns that many sheets have."""

from __future__ import annotations

from registry.sheets import words
from registry.sheets.model import Field, Value

V = Value

_ACCOUNT_HELP = "账号编号（weibo:1234567890），或“平台 账号名称”，名称不重复时只写账号名称"


def number(help: str = "可留空，系统自动编号；本单位有编号的填上，以后更新同一行靠它") -> Field:
    """The record's own number."""
    return Field(header="编号", name="key", value=V.CODE, help=help, also=("记录编号", "业务编号"))


def account(*, required: bool = True) -> Field:
    """The account that the row is about."""
    return Field(
        header="账号",
        name="account",
        value=V.ACCOUNT,
        required=required,
        help=_ACCOUNT_HELP,
        example="微信公众号 柳溪民政",
        also=("账号名称", "政务新媒体名称", "新媒体名称", "新媒体账号"),
    )


def accounts(header: str = "账号", *, required: bool = False, help: str = "") -> Field:
    """Several accounts."""
    return Field(
        header=header,
        name="accounts",
        value=V.ACCOUNTS,
        required=required,
        help=help or f"{_ACCOUNT_HELP}；多个用竖线 | 分开",
        example="微信公众号 柳溪民政 | 新浪微博 柳溪民政",
        also=("负责账号", "涉及账号", "账号名称"),
    )


def unit(header: str = "单位", *, required: bool = False, name: str = "unit", also: tuple[str, ...] = ()) -> Field:
    """A unit by its full name."""
    return Field(
        header=header,
        name=name,
        value=V.UNIT,
        required=required,
        help="单位全称，与“单位”表一致",
        example="柳溪市救助管理站",
        also=(*also, "单位名称", "所属单位", "所在单位"),
    )


def day(header: str, name: str, help: str = "", *, required: bool = False, also: tuple[str, ...] = ()) -> Field:
    """A date."""
    return Field(header=header, name=name, value=V.DATE, required=required, help=help, example="2026-03-01", also=also)


def minute(header: str, name: str, help: str = "", *, required: bool = False, also: tuple[str, ...] = ()) -> Field:
    """A moment from which hours are counted."""
    told = help or "精确到分钟，期限按小时算"
    return Field(
        header=header, name=name, value=V.MINUTE, required=required, help=told, example="2026-03-01 09:30", also=also
    )


def moment(header: str, name: str, help: str = "", *, also: tuple[str, ...] = ()) -> Field:
    """A moment; where only the day is known, its beginning."""
    told = help or "尽量精确到分钟；只写日期的按当天 0 时计"
    return Field(header=header, name=name, value=V.MOMENT, help=told, example="2026-03-01 09:30", also=also)


def text(header: str, name: str, help: str = "", example: str = "", *, also: tuple[str, ...] = ()) -> Field:
    """Words as written."""
    return Field(header=header, name=name, help=help, example=example, also=also)


def person(header: str, name: str, *, also: tuple[str, ...] = (), required: bool = False) -> Field:
    """Somebody's name."""
    return Field(header=header, name=name, value=V.NAME, required=required, example="秦文", also=also)


def yes(header: str, name: str, help: str = "", *, also: tuple[str, ...] = ()) -> Field:
    """A yes or no."""
    return Field(header=header, name=name, value=V.YES_NO, help=help or "是、否；不清楚留空", example="是", also=also)


def url(header: str, name: str, help: str = "可以在浏览器中打开的网址", *, also: tuple[str, ...] = ()) -> Field:
    """An address."""
    return Field(header=header, name=name, value=V.URL, help=help, example="https://mz.liuxi.example/", also=also)


def event(*, header: str = "备案事由") -> Field:
    """开设、变更、关停…"""
    return Field(
        header=header,
        name="event",
        value=V.CHOICE,
        required=True,
        choices=words.EVENTS,
        help="单选",
        example="开设",
        also=("事由", "备案事项", "事项"),
    )


NOTE = text("备注", "note", "不参加检查", also=("说明",))
