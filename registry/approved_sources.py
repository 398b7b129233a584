"""稿源单位名单: the sources that the office may repost, as it loads them from ``registry/approved_sources.csv``.

Columns: 名称 (required), 类别, 域名, 账号, 起, 止, 版本; several domains or accounts are parted by ``|``.
"""

from __future__ import annotations

import re
from pathlib import Path

from domain.errors import RegistryError
from domain.sources import ApprovedSource
from domain.table import parse_date, raise_all, read_csv, write_csv

NAME, KIND, DOMAINS, ACCOUNTS, SINCE, UNTIL, EDITION = "名称", "类别", "域名", "账号", "起", "止", "版本"
COLUMNS = (NAME, KIND, DOMAINS, ACCOUNTS, SINCE, UNTIL, EDITION)
_DOMAIN = re.compile(
    r"(?:[a-z0-9\u4e00-\u9fff](?:[a-z0-9\u4e00-\u9fff-]*[a-z0-9\u4e00-\u9fff])?\.)+[a-z\u4e00-\u9fff]{2,}"
)
_SPLIT = re.compile(r"[|、；;\s]+")


def load(path: Path) -> tuple[ApprovedSource, ...]:
    """The list, in the order of the file; empty where there is no file.

    Raises ``RegistryError`` with every problem and its row.
    """
    if not path.exists():
        return ()
    table = read_csv(path, known=COLUMNS, required=(NAME,), error=RegistryError)
    found: list[ApprovedSource] = []
    problems: list[RegistryError] = []
    for row in table.rows:
        wrong = []
        domains = tuple(_host(each) for each in _SPLIT.split(row.get(DOMAINS)) if each)
        if not row.get(NAME):
            wrong.append("没有名称；请填写稿源单位的名称，或删去这一行")
        wrong += [f"域名“{each}”不是域名；请写作 liuxi.example" for each in domains if not _DOMAIN.fullmatch(each)]
        days = [parse_date(row.get(column)) for column in (SINCE, UNTIL)]
        wrong += [
            f"{column}“{row.get(column)}”不是日期；格式为 2026-01-05"
            for column, day in zip((SINCE, UNTIL), days, strict=True)
            if row.get(column) and day is None
        ]
        since, until = days
        if since is not None and until is not None and until < since:
            wrong.append(f"止（{until}）早于起（{since}）；请改正")
        problems += [RegistryError(table.path, each, row=row.number) for each in wrong]
        found.append(
            ApprovedSource(
                name=row.get(NAME),
                kind=row.get(KIND),
                domains=domains,
                accounts=tuple(each for each in _SPLIT.split(row.get(ACCOUNTS)) if each),
                valid_from=since,
                valid_until=until,
                edition=row.get(EDITION),
            )
        )
    raise_all(problems)
    return tuple(found)


def write_template(path: Path) -> None:
    """A list without any unit."""
    write_csv(path, COLUMNS, ())


def _host(written: str) -> str:
    return written.lower().removeprefix("https://").removeprefix("http://").split("/")[0].removeprefix("www.")
