"""The sheet of findings goes out to Excel and comes back: each verdict lands on its own finding."""

from __future__ import annotations

import csv
import io
import random
from datetime import date, timedelta

import openpyxl
import pytest

import store
from domain.case import CaseState, Decision, Sighting, Verdict
from pipelines.triage import bring, sheet_rows
from registry import triage_columns as columns
from reports import triage_sheet
from store.records import Verdicts
from store.scanning import ScanResult
from tests.store.factories import DAY, ID_NUMBER, KEY, NOW, account, coverage, finding, night, read, registered

COUNT = 1000


@pytest.fixture
def opened(tmp_path):
    """An open store."""
    with store.open(f"sqlite:///{tmp_path / 'xunjian.db'}", KEY, tmp_path / "evidence") as instance:
        yield instance


LATER = NOW + DAY


def filled(file, number=COUNT):
    """``number`` findings in as many posts, on file."""
    registered(file)
    inspection = night(file)
    names = [f"{place:020x}" for place in range(number)]
    file.put_posts(inspection.id, [read(f"p{place}", title=f"=公示{place}") for place in range(number)])
    found = {
        name: finding(name, post_key=f"p{place}", masked_term=f"34*******{place:04d}", message=f"-第{place}处")
        for place, name in enumerate(names)
    }
    file.stage(
        inspection.id, "book", [ScanResult(post_id=f.post_id, revision="r", findings=(f,)) for f in found.values()]
    )
    file.put_coverage(inspection.id, coverage())
    file.conclude(inspection.id, Verdicts(sightings=dict.fromkeys(names, (Sighting.NEW, ""))), NOW)
    return names


def verdict(name):
    """What a person would say of this finding: every kind, told by its name."""
    place = int(name, 16)
    match place % 4:
        case 0:
            return ["确认", "情况属实", "", "", ""]
        case 1:
            return ["排除（仅本条）", "属于正常用语", f"第{place}处", "", "王五"]
        case 2:
            return ["暂予保留", "其他", "已电话核实", date(2026, 12, 31), ""]
        case _:
            return ["", "", "", "", ""]


def edited(rows):
    """The workbook as Excel gives it back: re-sorted, filtered, columns moved and widened, rows above, one added."""
    sheet = openpyxl.load_workbook(io.BytesIO(triage_sheet.render(rows)))["研判"]
    header, *body = [list(row) for row in sheet.iter_rows(values_only=True)]
    random.Random(7).shuffle(body)
    order = list(range(len(header)))
    random.Random(8).shuffle(order)
    book = openpyxl.Workbook()
    out = book.active
    out.append(["柳溪市民政局研判表"])
    out.append([])
    out.append([header[column] for column in order] + ["备查"])
    for row in body:
        cells = dict(zip(header, row, strict=True))
        cells.update(zip(columns.FILLED, verdict(cells[columns.FINGERPRINT].lstrip("#")), strict=True))
        out.append([cells[header[column]] for column in order] + ["已阅"])
    out.auto_filter.ref = "A3:Z200"
    for number in range(4, 400, 3):
        out.row_dimensions[number].hidden = True
    out.column_dimensions["C"].width = 90
    return book


def landed(file, names):
    """Each verdict is on its own finding, none on another."""
    decided = file.decisions_on(names)
    for name in names:
        label, reason, note, _, by = verdict(name)
        own = decided.get(name, [])
        if not label:
            assert own == []
            continue
        expected = columns.VERDICTS[label][0]
        assert [(d.verdict, d.reason) for d in own] == [(expected, f"{reason}：{note}" if note else reason)]
        assert own[0].decided_by == (by or "李四")


def test_a_thousand_rows_land_each_on_its_own_finding(opened, tmp_path):
    names = filled(opened)
    rows = sheet_rows(opened, NOW)
    assert len(rows) == COUNT
    path = tmp_path / "研判.xlsx"
    edited(rows).save(path)
    done = bring(None, opened, path, "李四", LATER)
    assert (done.written, done.blank, done.wrong) == (750, 250, ())
    landed(opened, names)
    again = bring(None, opened, path, "李四", LATER + DAY)
    assert (again.written, again.known) == (0, 750)
    landed(opened, names)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_csv_in_the_encodings_of_excel(opened, tmp_path, encoding):
    names = filled(opened)
    book = edited(sheet_rows(opened, NOW))
    path = tmp_path / "研判.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(
            ["" if cell is None else f"{cell:%Y/%m/%d}" if hasattr(cell, "year") else cell for cell in row]
            for row in book.active.iter_rows(values_only=True)
        )
    done = bring(None, opened, path, "李四", LATER)
    assert (done.written, done.wrong) == (750, ())
    landed(opened, names)


def small(file, tmp_path, change, number=6):
    """A sheet of a few rows, changed by ``change(row number, cells)``."""
    filled(file, number)
    rows = sheet_rows(file, NOW)
    for place, row in enumerate(rows):
        row[columns.VERDICT], row[columns.REASON] = "确认", "情况属实"
        change(place, row)
    path = tmp_path / "研判.csv"
    triage_sheet.write(path, rows)
    return path


def spoil(place, row):
    match place:
        case 1:
            row[columns.VERDICT] = "没问题"
        case 2:
            row[columns.REASON] = "属于正常用语"
        case 3:
            row[columns.FINGERPRINT] = "#ffff"
        case 4:
            row[columns.TERM] = "34*******9999"
        case 5:
            row[columns.VERDICT], row[columns.REASON], row[columns.UNTIL] = "暂予保留", "正在协调处理", "2026-01-01"


def test_wrong_rows_are_named_and_nothing_is_half_imported(opened, tmp_path):
    path = small(opened, tmp_path, spoil)
    done = bring(None, opened, path, "李四", LATER)
    assert [line.split("：")[1] for line in done.wrong] == [f"第 {n + 1} 行（序号 {n}）" for n in range(2, 7)]
    for told, line in zip(("不认识", "不适用", "查不到", "排序", "已经过去"), done.wrong, strict=True):
        assert told in line
    assert not any(opened.decisions_on([f"{place:020x}" for place in range(6)]).values())
    done = bring(None, opened, path, "李四", LATER, partial=True)
    assert done.written == 1


def test_a_decision_made_since_the_export_is_not_run_over(opened, tmp_path):
    path = small(opened, tmp_path, lambda place, row: None, number=1)
    other = Decision(
        fingerprint=f"{0:020x}", verdict=Verdict.DISMISS, reason="属于正常用语", decided_by="王五", decided_at=LATER
    )
    opened.decide([other])
    done = bring(None, opened, path, "李四", LATER + DAY)
    assert "王五" in done.wrong[0]


def test_no_formula_and_no_private_value_in_the_sheet(opened):
    filled(opened, 3)
    book = openpyxl.load_workbook(io.BytesIO(triage_sheet.render(sheet_rows(opened, NOW))))
    sheet = book["研判"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(ID_NUMBER in str(cell.value) for cell in cells)
    assert sheet.freeze_panes == "C2"
    hidden = {header.value for header in sheet[1] if sheet.column_dimensions[header.column_letter].hidden}
    assert columns.FINGERPRINT in hidden
    assert len(sheet.data_validations.dataValidation) >= 4


def dismissed(file, names):
    cases = {case.fingerprint: case.state for case in file.all_cases(LATER, names)}
    return [name for name in names if cases[name] is CaseState.DISMISSED]


def test_everywhere_waits_for_a_second_person(opened, tmp_path):
    def change(place, row):
        if place:
            row[columns.VERDICT] = row[columns.REASON] = ""
        else:
            row[columns.VERDICT], row[columns.REASON] = "排除（全局同词）", "对外公开的办公信息"

    from domain.errors import StoreError
    from pipelines.dismissals import apply_dismissals, release

    path = small(opened, tmp_path, change)
    names = [f"{place:020x}" for place in range(6)]
    done = bring(None, opened, path, "李四", LATER)
    assert len(done.waiting) == 1
    assert dismissed(opened, names) == names[:1]
    with pytest.raises(StoreError, match="另一人"):
        opened.confirm_dismissal(1, "李 四", LATER)
    opened.confirm_dismissal(1, "王五", LATER)
    assert apply_dismissals(opened, [account().id], LATER + timedelta(hours=1)) == 5
    assert dismissed(opened, names) == names
    one = opened.dismissals()[0]
    opened.end_dismissal(1, "赵六", LATER, "看错了")
    assert release(opened, one, [account().id], LATER, "赵六") == 5
    assert dismissed(opened, names) == names[:1]
