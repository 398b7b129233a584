"""The ledger's three forms: hostile words stay words, figures are those of the rows, half a file never appears."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest

from domain.rule import Severity
from reports import ledger_book, ledger_text
from reports.ledger import HEADERS, STAGE, LedgerRow, Stage, cells
from reports.ledger_book import LINKED_ROWS, LedgerHead
from reports.tally import Tally, tally

NOW = datetime(2026, 6, 30, 16, tzinfo=UTC)  # the first of July in China
HEAD = LedgerHead(bureau="柳溪市民政局", scope="全部问题", made_at=NOW, program="xunjian")
HOSTILE = (
    '=HYPERLINK("http://evil.example","点这里")', "+1+1", "-2+3", "@SUM(A1)", "＝1+1", "\t=1", " =1", "\r=1",
    "<script>alert(1)</script>", "甲\x00乙\x0b丙", "a\nb", "=cmd|' /C calc'!A0", "'); drop table", "\ud800",
)  # fmt: skip


def row(number: int = 0, **values) -> LedgerRow:
    given = {
        "fingerprint": f"{number:020x}",
        "found_at": NOW,
        "account_id": "wechat:a",
        "account_name": "柳溪民政",
        "platform": "wechat",
        "sponsor": "柳溪市民政局",
        "supervisor": "",
        "severity": Severity.MAJOR,
        "family": "privacy",
        "problem": "出现完整身份证号349************017",
        "stage": Stage.UNJUDGED,
        "post_url": "https://mp.example.com/s/1",
        "evidence": "sha256:" + "a" * 64,
    }
    return LedgerRow(**{**given, **values})


def hostile_rows() -> list[LedgerRow]:
    fields = ("account_name", "problem", "term", "sentence", "post_title", "post_url", "sponsor", "evidence", "notice")
    return [row(n, **dict.fromkeys(fields, text)) for n, text in enumerate(HOSTILE)]


def test_no_cell_of_the_workbook_is_calculated_and_only_web_pages_are_linked(tmp_path):
    path = tmp_path / "ledger.xlsx"
    ledger_book.write(path, HEAD, hostile_rows())
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type != "f"
                link = cell.hyperlink
                assert link is None or link.location.startswith("'证据'!"), link.target
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name)
            assert "evil" not in name
    lines = list(book["违规台账"].iter_rows(values_only=True))
    assert len(lines) == 1 + len(HOSTILE)
    assert lines[1][HEADERS.index("账号")] == HOSTILE[0]


def test_no_cell_of_the_csv_is_calculated(tmp_path):
    path = tmp_path / "ledger.csv"
    ledger_text.write_csv(path, HEAD, hostile_rows())
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert len(lines) == 1 + len(HOSTILE)
    for line in lines[1:]:
        for cell in line:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")), cell
            assert "\n" not in cell
            assert not cell.startswith("\t")


def test_json_is_one_object_with_every_row(tmp_path):
    path = tmp_path / "ledger.json"
    ledger_text.write_json(path, HEAD, [row(1), row(2, due_on=date(2026, 7, 3))])
    body = json.loads(path.read_text("utf-8"))
    assert body["schema"] == "xunjian-ledger/1"
    assert body["bureau"] == "柳溪市民政局"
    assert [one["number"] for one in body["rows"]] == [1, 2]
    assert body["rows"][1]["due_on"] == "2026-07-03"
    assert body["rows"][0]["found_at"] == "2026-07-01T00:00:00+08:00"
    ledger_text.write_json(path, HEAD, [])
    assert json.loads(path.read_text("utf-8"))["rows"] == []


@pytest.mark.parametrize("write", [ledger_book.write, ledger_text.write_csv, ledger_text.write_json])
def test_every_form_counts_what_it_wrote(tmp_path, write):
    rows = [row(n, stage=stage) for n, stage in enumerate(Stage)]
    assert write(tmp_path / "file", HEAD, iter(rows)) == tally(rows)


def test_an_empty_ledger_says_so(tmp_path):
    path = tmp_path / "ledger.xlsx"
    assert ledger_book.write(path, HEAD, []).rows == 0
    assert openpyxl.load_workbook(path)["违规台账"]["A2"].value == "没有问题记录"


def test_rows_beyond_what_excel_can_link_are_plain(tmp_path, monkeypatch):
    monkeypatch.setattr(ledger_book, "LINKED_ROWS", 2)
    path = tmp_path / "ledger.xlsx"
    ledger_book.write(path, HEAD, [row(n) for n in range(4)])
    sheet = openpyxl.load_workbook(path)["违规台账"]
    column = HEADERS.index("链接") + 1
    assert [bool(sheet.cell(n, column).hyperlink) for n in (2, 3, 4, 5)] == [True, True, False, False]
    assert sheet.cell(5, column).value == "https://mp.example.com/s/1"
    assert 2 * LINKED_ROWS < 65_530


def test_figures():
    rows = [
        row(1, stage=Stage.ISSUED, overdue_days=4, reopened=1),
        row(2, stage=Stage.CLOSED, severity=Severity.VETO, found_at=NOW - timedelta(days=1)),
        row(3, stage=Stage.DISMISSED),
        row(4, platform="weibo"),
    ]
    made = tally(rows)
    assert (made.rows, made.problems, made.unmended, made.closed, made.unjudged) == (4, 2, 1, 1, 1)
    assert (made.overdue, made.reopened) == (1, 1)
    assert made.by_month == {("2026-07", Severity.MAJOR): 3, ("2026-06", Severity.VETO): 1}
    assert made.by_platform["wechat", Severity.MAJOR] == 2
    assert made.problem_severities == {Severity.MAJOR: 1, Severity.VETO: 1}
    assert made != Tally()


def test_status_tells_what_must_not_be_overlooked():
    assert row(stage=Stage.ISSUED, overdue_days=4).status == "已通知，待整改（逾期 4 天）"
    assert row(present=False).status == "待研判（最近一次已看不到）"
    assert row(stage=Stage.CLOSED, present=False).status == "复查通过，已销号"
    assert set(STAGE) == set(Stage)
    assert len(cells(1, row())) == len(HEADERS)


def test_a_writer_that_fails_leaves_no_half_file(tmp_path):
    from cli.papers import whole_file

    path = tmp_path / "ledger.csv"
    path.write_text("the old one")

    def broken():
        yield row(1)
        raise RuntimeError("the store is gone")

    with pytest.raises(RuntimeError), whole_file(path) as part:
        ledger_text.write_csv(part, HEAD, broken())
    assert path.read_text() == "the old one"
    assert [one.name for one in tmp_path.iterdir()] == ["ledger.csv"]
