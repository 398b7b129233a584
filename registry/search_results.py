"""Search results of a platform, copied by hand into a table: one row an account."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from domain.errors import RegistryError
from domain.table import Row, build, read_csv
from registry import workbook
from registry.columns import PLATFORMS

PLATFORM, NAME, KEY, INTRODUCTION = "平台", "账号名称", "账号标识", "简介"
SUBJECT, SUBJECT_TYPE, VERIFIED, AVATAR = "认证主体", "主体类型", "认证标志", "头像"
COLUMNS = (PLATFORM, NAME, KEY, INTRODUCTION, SUBJECT, SUBJECT_TYPE, VERIFIED, AVATAR)
REQUIRED = (PLATFORM, NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One account of a search result. ``avatar`` is a file beside the table, or an address (which is not fetched)."""

    row: int
    platform: str
    name: str
    key: str = ""
    introduction: str = field(default="", repr=False)
    subject: str = field(default="", repr=False)
    subject_type: str = ""
    verified: bool = False
    avatar: str = ""


def read_results(path: Path) -> tuple[tuple[Result, ...], tuple[RegistryError, ...]]:
    """The rows of a ``.csv`` or ``.xlsx`` file, and what is wrong with the others, row by row.

    Raises ``RegistryError`` where the file is no such table.
    """
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        table = build(workbook.read(path), path.name, known=COLUMNS, required=REQUIRED, error=RegistryError)
    elif path.suffix.lower() == ".csv":
        table = read_csv(path, known=COLUMNS, required=REQUIRED, error=RegistryError)
    else:
        raise RegistryError(path.name, "只能读取 .csv 或 .xlsx；请另存为其中一种")
    found: list[Result] = []
    problems: list[RegistryError] = []
    for row in table.rows:
        problem = _problem(row)
        if problem:
            problems.append(RegistryError(path.name, problem, row=row.number))
        else:
            found.append(_result(row))
    return tuple(found), tuple(problems)


def _problem(row: Row) -> str:
    for column in REQUIRED:
        if not row.cells.get(column, "").strip():
            return f"“{column}”是空的；请补上"
    name = row.cells[PLATFORM].strip()
    if name not in PLATFORMS and name.lower() not in PLATFORMS.values():
        return f"不认识的平台“{name}”；可用：{'、'.join(dict.fromkeys(PLATFORMS))}"
    return ""


def _result(row: Row) -> Result:
    cells = {column: row.cells.get(column, "").strip() for column in COLUMNS}
    return Result(
        row=row.number,
        platform=PLATFORMS.get(cells[PLATFORM], cells[PLATFORM].lower()),
        name=cells[NAME],
        key=cells[KEY],
        introduction=cells[INTRODUCTION],
        subject=cells[SUBJECT],
        subject_type=cells[SUBJECT_TYPE],
        verified=cells[VERIFIED] in ("是", "有", "已认证", "true", "1", "蓝V", "黄V"),
        avatar=cells[AVATAR],
    )
