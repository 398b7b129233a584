"""The papers that an office signs, made by command from one bureau's nights: what they say agrees with the ledger, and
nothing private is in any of them."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import docx
import openpyxl
import pytest
from pypdfium2 import PdfDocument

from cli.main import main
from domain.case import Decision, Verdict
from domain.clock import Clock
from domain.inspection import InspectionScope
from pipelines import ledger, rectify
from pipelines.inspection import inspect
from pipelines.triage import open_cases
from pipelines.workspace import Workspace
from replica.demo import build
from replica.server import ReplicaServer
from reports.documents.printing import find_printer
from reports.ledger import HEADERS, Stage
from tests.pipelines.world import SMALL, address, workspace

DAY = timedelta(days=1)
NUMBERS = re.compile(r"\d+")


@dataclass
class Office:
    """A workspace after two nights, with everything that was made of it."""

    place: Workspace
    out: Path
    now: object
    private: tuple[str, ...]
    said: dict[str, str] = field(default_factory=dict)

    def run(self, name: str, *arguments: object) -> Path:
        folder = self.out / name
        told = list(map(str, ("document", *arguments, "--out", folder, "-w", self.place.root)))
        assert main(told) == 0, told
        return folder


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Two nights; the first findings are judged, notices issued, replies filed; a counterfeit and an emergency open."""
    demo = build()
    place = workspace(tmp_path_factory.mktemp("papers") / "ws", demo, *SMALL)
    with ReplicaServer(demo.world) as server:
        inspect(place, InspectionScope(), Clock(demo.now, fixed=True), replica=address(server))
    judged, served_on = demo.now + timedelta(hours=1), demo.now + timedelta(hours=2)
    with place.open_store() as store:
        pairs = open_cases(store, judged)
        verdicts = [Verdict.CONFIRM] * 10 + [Verdict.DISMISS] * 3
        said = {"reason": "情况属实", "decided_by": "李四", "decided_at": judged}
        store.decide(
            [
                Decision(fingerprint=case.fingerprint, verdict=verdict, **said)
                for (case, _), verdict in zip(pairs, verdicts, strict=False)
            ]
        )
        issued = rectify.issue(place, store, "李四", served_on)
        for notice in issued.notices:
            rectify.reply(place, store, notice.number, "已删除", "周八", served_on + timedelta(hours=1), numbers=(1,))
    with ReplicaServer(demo.world) as server:
        inspect(place, InspectionScope(), Clock(demo.now + DAY, fixed=True), replica=address(server))
    now = demo.now + 9 * DAY
    patch = pytest.MonkeyPatch()
    patch.setattr(Clock, "system", classmethod(lambda cls: cls(start=now, fixed=True)))
    made = Office(place, tmp_path_factory.mktemp("out"), now, private_values(demo))
    matter = ("--by", "李四", "-w", str(place.root))
    phone = next(value for value in made.private if value.startswith("1") and len(value) == 11)
    for kind, reason in (("counterfeit", f"头像、简介与本局相同，留有电话{phone}"), ("emergency", "账号疑似被盗用")):
        told = ["rectify", "event", "--new", kind, "--account", "柳溪民政服务", "--reason", reason, "--safety", *matter]
        assert main(told) == 0
    yield made
    patch.undo()


def private_values(demo) -> tuple[str, ...]:
    """The private values that the accounts published, as they were written and as bare characters."""
    terms = [a.term for a in demo.answers if a.rule_id.startswith("privacy-") and a.account_id in SMALL]
    plain = [re.sub(r"[^0-9Xx]", "", unicodedata.normalize("NFKC", term)) for term in terms]
    return tuple(dict.fromkeys((*terms, *(value for value in plain if len(value) >= 11))))


PAPERS = {
    "circular": ("circular", "--period", "2026Q2"),
    "quarterly": ("quarterly", "--period", "2026Q2"),
    "yearly": ("yearly", "2026"),
    "notice": ("notice", "2026-1", "--letterhead", "柳溪市民政局"),
    "reply-form": ("reply-form", "2026-1"),
    "counterfeit-letter": ("counterfeit-letter", "假冒〔2026〕1号"),
    "closure-report": ("closure-report", "应急〔2026〕1号"),
}


@pytest.fixture(scope="module")
def papers(office):
    """Every paper as docx (and PDF where this machine prints), by command."""
    forms = "docx,pdf" if find_printer() else "docx"
    return {name: sorted(office.run(name, *told, "--to", forms).iterdir()) for name, told in PAPERS.items()}


@pytest.fixture(scope="module")
def book(office):
    """The ledger of everything, in its three forms."""
    return {path.suffix: path for path in office.run("ledger", "ledger", "--to", "xlsx,csv,json").iterdir()}


def words(path) -> str:
    """All text of a docx, tables and all."""
    file = docx.Document(str(path))
    return "\n".join(node.text or "" for node in file.element.body.iter() if node.tag.endswith("}t"))


def ledger_rows(book):
    sheet = openpyxl.load_workbook(book[".xlsx"])["违规台账"]
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_every_finding_is_in_every_form_of_the_ledger(office, book):
    with office.place.open_store() as store:
        accounts = [account.id for account in store.accounts()]
        cases = {case.fingerprint for case in store.cases(accounts, office.now)}
        known = list(ledger.rows(office.place, store, office.now))
    assert len(cases) > 13
    rows = ledger_rows(book)
    assert {row["问题编号"] for row in rows} == cases == {row.fingerprint for row in known}
    assert [row["编号"] for row in rows] == list(range(1, len(cases) + 1))
    text = book[".csv"].read_text("utf-8-sig")
    assert {line["问题编号"] for line in csv.DictReader(io.StringIO(text))} == cases
    body = json.loads(book[".json"].read_text("utf-8"))
    assert {row["fingerprint"] for row in body["rows"]} == cases
    assert {Stage(row["stage"]) for row in body["rows"]} >= {Stage.UNJUDGED, Stage.DISMISSED, Stage.ISSUED}


def test_the_ledger_can_be_worked_with(office, book):
    file = openpyxl.load_workbook(book[".xlsx"])
    assert file.sheetnames == ["违规台账", "统计", "证据"]
    sheet = file["违规台账"]
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(HEADERS)).column_letter}{sheet.max_row}"
    links = {cell.hyperlink.target or cell.hyperlink.location for row in sheet for cell in row if cell.hyperlink}
    assert any(link.startswith("http") for link in links)
    assert "'证据'!A2" in links
    proof = file["证据"]
    for row in range(2, sheet.max_row + 1):
        assert proof.cell(row, 1).value == sheet.cell(row, HEADERS.index("证据摘要") + 1).value


def test_statistics_are_those_of_the_rows(book):
    rows = ledger_rows(book)
    sheet = openpyxl.load_workbook(book[".xlsx"])["统计"]
    figures = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert figures["问题记录总数"] == len(rows)
    assert figures["状态：误报"] == sum(row["状态"] == "误报" for row in rows) == 3
    assert figures["其中逾期"] == sum(row["逾期天数"] > 0 for row in rows) > 0
    platforms = list(sheet.iter_rows(values_only=True))
    start = next(number for number, row in enumerate(platforms) if row[0] == "按平台")
    total = 0
    for row in platforms[start + 1 :]:
        if not row[0]:
            break
        assert row[5] == sum(one["平台"] == row[0] for one in rows)
        total += row[5]
    assert total == len(rows)


def test_the_circular_says_what_the_ledger_says(papers, book):
    said = words(papers["circular"][0])
    rows = ledger_rows(book)
    true = [row for row in rows if row["通知书"]]
    assert len(true) == 10
    assert f"经研判属实的问题{len(true)}个" in said
    closed = sum("已销号" in row["状态"] for row in true)
    overdue = sum(row["逾期天数"] > 0 for row in true)
    assert f"已整改并经复查销号{closed}个，尚未销号{len(true) - closed}个（其中逾期{overdue}个）" in said
    spread = [row for row in true if row["问题类别"] == "涉密敏感"]
    assert spread
    for row in true:
        assert (row["问题"] in said) == (row not in spread), "every problem stands in the text or the annex"
    for row in spread:
        assert row["标题"] not in said, "where a secret lies is not made public"
        assert row["链接"] not in said
    for row in rows:
        if row["状态"] == "误报" and row["标题"] and row["标题"] not in {one["标题"] for one in true}:
            assert row["标题"] not in said, "what was dismissed is not made public"
    again = words(papers["quarterly"][0])
    assert f"程序发现问题线索{len(rows)}条" in again
    assert f"属实{len(true)}条" in again


def test_the_year_is_the_sum_of_its_quarters(papers, book):
    (table,) = [t for t in docx.Document(str(papers["yearly"][0])).tables if t.cell(0, 0).text == "时期"]
    grid = [[cell.text for cell in row.cells] for row in table.rows]
    assert [row[0] for row in grid[1:]] == ["第一季度", "第二季度", "合计"]
    assert int(grid[-1][1]) == len(ledger_rows(book))
    for column in range(1, len(grid[0])):
        assert int(grid[-1][column]) == sum(int(row[column]) for row in grid[1:-1])


def test_the_notice_is_the_one_that_was_issued(office, papers):
    with office.place.open_store() as store:
        entry = rectify.find(store, "2026-1")
    said = words(papers["notice"][0])
    assert entry.notice.number in said
    assert f"{entry.notice.unit}：" in said
    for item in entry.notice.items:
        assert item.fingerprint in said
        assert item.due_on.isoformat() in said
    form = words(papers["reply-form"][0])
    assert all(item.fingerprint in form for item in entry.notice.items)
    assert "回执" in form


def test_letters_and_the_closing_report_are_of_their_matter(papers):
    platform, office = [words(path) for path in papers["counterfeit-letter"] if path.suffix == ".docx"]
    assert "柳溪民政服务" in platform
    assert "柳溪民政服务" in office
    assert "关停" in words(papers["closure-report"][0])
    assert "报市民政局办公室" in words(papers["closure-report"][0])


def test_no_private_value_is_in_any_paper(office, papers, book):
    bodies: dict[str, str] = {}
    for path in [path for several in papers.values() for path in several] + list(book.values()):
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as archive:
                parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
            text = "".join(parts)
            bodies[path.name] = text + re.sub(r"<[^>]+>", "", text)
        elif path.suffix == ".pdf":
            bodies[path.name] = "".join(page.get_textpage().get_text_range() for page in PdfDocument(path))
        else:
            bodies[path.name] = path.read_text("utf-8-sig")
    assert len(office.private) >= 8
    assert len(bodies) >= 11
    for name, body in bodies.items():
        joined = body.replace("\r", "").replace("\n", "")
        for value in office.private:
            assert value not in body, f"{name} holds a private value"
            assert value not in joined, f"{name} holds a private value over two lines"


def test_files_are_for_their_owner_only(papers, book):
    for path in [path for several in papers.values() for path in several] + list(book.values()):
        assert path.stat().st_mode & 0o777 == 0o600
    assert not list(next(iter(book.values())).parent.glob(".*.part"))


def test_a_period_that_is_none_and_a_matter_that_is_unknown_are_told(office, capsys):
    for told, message in (
        (("circular", "--period", "今年"), "请写成 2026Q3"),
        (("circular", "--period", "2030Q1"), "还没有开始"),
        (("notice", "99"), "没有这份整改通知书"),
        (("closure-report", "99"), "没有这件事项"),
        (("circular", "--to", "odt"), "可用：docx、pdf"),
    ):
        assert main([*("document",), *told, "-w", str(office.place.root)]) == 2
        assert message in capsys.readouterr().err
