"""Rows of a sheet are people, whichever of their cells are hidden."""

from __future__ import annotations

import io

import openpyxl
import pytest

from domain.rule import Severity
from pipelines.drafts import check
from tests.extractors.test_leaky import _scanner


def _sheet(people: int, *, hide: bool) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    sheet.append(["柳溪市困难群众一卡通账号登记表"])
    sheet.merge_cells("A1:D1")
    sheet.append(["姓名", "村", "一卡通账号", "联系电话"])
    for number in range(people):
        sheet.append(
            [
                f"周{'甲乙丙丁戊己庚辛壬癸子丑'[number]}禾",
                "河湾村",
                f"10000349901000012{number:02}",
                f"138000012{number:02}",
            ]
        )
    if hide:
        sheet.column_dimensions["C"].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("hide", [False, True])
@pytest.mark.parametrize(("people", "severity"), [(3, Severity.MAJOR), (9, Severity.MAJOR), (12, Severity.VETO)])
def test_rows_are_counted_as_people(people, severity, hide):
    result = check(_sheet(people, hide=hide), "名单.xlsx", _scanner())
    lists = [finding for finding in result.findings if finding.rule_id == "privacy-personal-list"]
    assert len(lists) == 1
    assert f"{people} 人" in lists[0].message + lists[0].explanation
    assert lists[0].severity is severity
    accounts = [f for f in result.findings if f.rule_id == "privacy-bank-account-number"]
    places = {spot.locator for finding in accounts for spot in finding.occurrences}
    assert places == {f"名单!C{row}{'（隐藏列）' if hide else ''}" for row in range(3, 3 + people)}
