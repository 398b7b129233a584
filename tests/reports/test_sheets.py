"""Workbook and CSV: what a spreadsheet makes of them."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import pytest

from reports import formats
from reports.formats.csv import safe
from reports.table import HEADERS

SHEETS = ["总览", "账号", "问题", "未能检查", "要求检查情况", "期限和限度", "依据", "词库"]


def _book(report):
    return openpyxl.load_workbook(io.BytesIO(formats.render(report, "xlsx")))


def test_sheets_have_frozen_headers_and_filters(crowded):
    book = _book(crowded)
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert sheet.freeze_panes, sheet.title
        assert sheet.auto_filter.ref or sheet.max_row == 2, sheet.title


def test_problem_sheet_holds_every_current_problem(crowded):
    rows = list(_book(crowded)["问题"].iter_rows(values_only=True))
    assert rows[0] == HEADERS
    assert [row[HEADERS.index("问题编号")] for row in rows[1:]] == [finding.fingerprint for finding in crowded.current]
    assert "柳溪市社会福利院" in {row[HEADERS.index("主办单位")] for row in rows[1:]}


def test_no_cell_is_a_formula_or_a_link(situation):
    book = _book(situation[1])
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
    with zipfile.ZipFile(io.BytesIO(formats.render(situation[1], "xlsx"))) as archive:
        assert not any("external" in name.lower() or "vba" in name.lower() for name in archive.namelist())


def test_accounts_out_of_reach_have_reason_and_remedy(blocked):
    rows = list(_book(blocked)["未能检查"].iter_rows(values_only=True))
    assert len(rows) == 1 + len(blocked.not_checked) + len(blocked.part_gaps)
    assert all(row[6] and row[7] for row in rows[1:])


def test_empty_report_says_so(situation):
    name, report = situation
    rows = list(_book(report)["问题"].iter_rows(values_only=True))
    if not report.current:
        assert rows[1][0] == "本次没有发现问题", name


def test_workbook_is_reproducible(crowded):
    assert formats.render(crowded, "xlsx") == formats.render(crowded, "xlsx")


def test_control_characters_and_overlong_texts_do_not_break_the_workbook(crowded, edited):
    odd = edited(crowded.findings[0], sentence="a\x00\x0b\ud800" + "长" * 40_000)
    rows = list(_book(edited(crowded, findings=(odd,)))["问题"].iter_rows(values_only=True))
    assert rows[1][HEADERS.index("所在语句")].endswith("（过长，已截断）")


def test_csv_opens_in_excel_as_it_is(crowded):
    body = formats.render(crowded, "csv")
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True))
    assert tuple(rows[0]) == HEADERS
    assert len(rows) == 1 + len(crowded.current)
    assert all(len(row) == len(HEADERS) for row in rows)
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "＝")) for row in rows for cell in row)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1", "\r=1"])
def test_formula_is_disarmed(cell):
    assert safe(cell).startswith("'")


@pytest.mark.parametrize("cell", ["一般", "100****0001", "—", "第1条", "a=b"])
def test_ordinary_cell_stays_as_it_is(cell):
    assert safe(cell) == cell
