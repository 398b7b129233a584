"""The table of published phone numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.errors import RegistryError
from registry import public_numbers


def test_numbers_are_kept_as_plain_digits(tmp_path: Path) -> None:
    path = tmp_path / "public_numbers.csv"
    path.write_text(
        "号码,单位,用途\n0999-000 0123,柳溪市民政局,值班\n+86 140-0000-0001,柳溪市救助管理站,寻亲\n１２３４５,,热线\n",
        encoding="utf-8-sig",
    )
    assert public_numbers.load(path) == {"09990000123", "14000000001", "12345"}


def test_no_file_means_no_number(tmp_path: Path) -> None:
    assert public_numbers.load(tmp_path / "public_numbers.csv") == frozenset()
    public_numbers.write_template(tmp_path / "public_numbers.csv")
    assert public_numbers.load(tmp_path / "public_numbers.csv") == frozenset()


def test_wrong_rows_are_told_together(tmp_path: Path) -> None:
    path = tmp_path / "public_numbers.csv"
    path.write_text("号码,登记日期\n无,\n09990000123,\n0999-0000123,不详\n", encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        public_numbers.load(path)
    assert [line.split("；")[0] for line in str(caught.value).splitlines()] == [
        "public_numbers.csv:2：号码“无”不是电话号码",
        "public_numbers.csv:4：号码与第 3 行重复",
        "public_numbers.csv:4：登记日期“不详”不是日期",
    ]
