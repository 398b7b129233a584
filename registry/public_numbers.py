"""公开号码表: phone numbers that the office publishes on purpose, which are nobody's private number.

``public_numbers.csv`` has the columns 号码, 单位, 用途, 登记日期 and 备注; only the first must be filled.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from domain.errors import RegistryError
from domain.table import parse_date, raise_all, read_csv, write_csv

NUMBER, UNIT, USE, FILED_ON, NOTE = "号码", "单位", "用途", "登记日期", "备注"
COLUMNS = (NUMBER, UNIT, USE, FILED_ON, NOTE)
_SEPARATORS = re.compile(r"[\s\-—–()（）.·]+")
_COUNTRY = re.compile(r"(?:\+|00)?86(?=1\d{10}$|0\d{9,11}$)")
_NUMBER = re.compile(r"\d{3,12}")


def plain_number(text: str) -> str:
    """Digits only: half width, without blanks, hyphens, brackets and the country code."""
    return _COUNTRY.sub("", _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)))


def load(path: Path) -> frozenset[str]:
    """The numbers on file, as ``plain_number`` gives them; empty where there is no file.

    Raises ``RegistryError`` with every problem and its row.
    """
    if not path.exists():
        return frozenset()
    table = read_csv(path, known=COLUMNS, required=(NUMBER,), error=RegistryError)
    numbers: dict[str, int] = {}
    problems: list[RegistryError] = []
    for row in table.rows:
        number = plain_number(row.get(NUMBER))
        filed = row.get(FILED_ON)
        if not _NUMBER.fullmatch(number):
            problem = f"号码“{row.get(NUMBER)}”不是电话号码；请填 3 到 12 位数字，可带区号"
            problems.append(RegistryError(table.path, problem, row=row.number))
        elif number in numbers:
            problem = f"号码与第 {numbers[number]} 行重复；请删去一行"
            problems.append(RegistryError(table.path, problem, row=row.number))
        if filed and parse_date(filed) is None:
            problem = f"登记日期“{filed}”不是日期；格式为 2026-01-05"
            problems.append(RegistryError(table.path, problem, row=row.number))
        numbers.setdefault(number, row.number)
    raise_all(problems)
    return frozenset(numbers)


def write_template(path: Path) -> None:
    """A table without any number."""
    write_csv(path, COLUMNS, ())
