"""A real inspection of a few of the demo's accounts: the reports, what they never hold, evidence, exit codes."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from dataclasses import dataclass

import pytest
from pypdfium2 import PdfDocument

from cli.commands.demo import make_workspace
from cli.exits import Exit
from cli.inspecting import carry_out, exit_code
from cli.reports import write_reports
from crawler.plan import ReplicaAddress
from domain.case import Sighting
from domain.clock import Clock
from domain.inspection import InspectionKind, InspectionScope
from domain.outcome import Outcome
from domain.rule import Severity
from pipelines.workspace import Workspace
from registry import accounts as register
from replica.demo import Demo, build
from replica.server import ReplicaServer
from replica.world import Wall
from reports import formats
from reports.documents import printing
from reports.model import Report

DAYS = {Severity.VETO: 1, Severity.MAJOR: 3, Severity.MINOR: 5, Severity.NOTICE: None}
#: Platforms that need no browser and few requests.
PLATFORMS = ("weibo", "app")


@dataclass(frozen=True)
class Night:
    """The demo, the workspace that was inspected, and the report of it."""

    demo: Demo
    workspace: Workspace
    report: Report

    @property
    def account_ids(self) -> frozenset[str]:
        """The accounts of the night."""
        return frozenset(account.id for account in self.report.accounts)

    @property
    def private(self) -> list[str]:
        """The private values that were published, as they were written and as bare characters."""
        terms = [
            a.term for a in self.demo.answers if a.rule_id.startswith("privacy-") and a.account_id in self.account_ids
        ]
        plain = [re.sub(r"[^0-9Xx]", "", unicodedata.normalize("NFKC", term)) for term in terms]
        assert all(len(value) >= 11 for value in plain)
        return [*terms, *plain]


@pytest.fixture(scope="module")
def night(tmp_path_factory) -> Night:
    """One inspection for all tests of this file."""
    demo = build()
    place = make_workspace(tmp_path_factory.mktemp("night") / "demo", demo)
    chosen = [entry.account for entry in demo.world.accounts if entry.account.platform in PLATFORMS]
    register.write(place.registry / "accounts.csv", chosen)
    with place.open_store() as store:
        store.put_accounts(register.load(place.registry / "accounts.csv"), source="register", at=demo.now)
    with ReplicaServer(demo.world) as server:
        address = ReplicaAddress("127.0.0.1", server.http_port, server.tls_port, server.spki)
        scope = InspectionScope(kind=InspectionKind.NIGHTLY)
        _, report = carry_out(place, scope, Clock(start=demo.now, fixed=True), replica=address)
        assert server.errors == []
    printable = [name for name in formats.names() if name != "pdf" or printing.find_printer()]
    write_reports(report, place.reports, printable)
    return Night(demo, place, report)


def test_report_tells_every_account(night):
    walled = {e.account.id for e in night.demo.world.accounts if e.wall is not Wall.NONE} & night.account_ids
    assert len(night.account_ids) == sum(e.account.platform in PLATFORMS for e in night.demo.world.accounts)
    assert {account.id for account in night.report.not_checked} == walled
    assert walled


def test_account_out_of_reach_is_never_called_stale(night):
    missed = {account.id for account in night.report.not_checked}
    assert not [finding for finding in night.report.findings if finding.account_id in missed]


def test_silence_has_its_days_and_its_clause(night):
    (answer,) = [a for a in night.demo.answers if a.rule_id == "freshness-two-week-silence"]
    (finding,) = [f for f in night.report.current if f.rule_id == answer.rule_id]
    assert finding.account_id == answer.account_id
    assert finding.facts["days"] == str(answer.days)
    assert finding.post_key == ""
    (account,) = [account for account in night.report.accounts if account.id == answer.account_id]
    assert account.days_quiet == answer.days
    assert any(night.report.clause(key).text for key in finding.clauses)


def test_findings_carry_post_sighting_clause_days_and_evidence(night):
    posts = [finding for finding in night.report.current if finding.post_key]
    assert posts
    for finding in posts:
        assert finding.sighting is Sighting.NEW
        assert finding.post_title
        assert finding.published_at is not None
        assert finding.clauses
        assert finding.days == DAYS[finding.severity]
        assert finding.evidence
        assert finding.post_key in {answer.post_key for answer in night.demo.answers}


def test_rule_without_its_word_list_is_told_as_not_checked(night):
    gaps = {gap.rule_id: gap for gap in night.report.clause_gaps}
    assert "harm-bureau-listed" in gaps
    assert all("bureau" in name and gap.clauses for name, gap in gaps.items())
    assert night.report.word_lists
    assert night.report.rule_count > 10


def test_no_private_value_is_in_clear_anywhere(night):
    assert len(night.private) >= 8
    bodies = {path.name: path.read_bytes() for path in night.workspace.reports.iterdir()}
    assert len(bodies) == len(formats.names()) - (not printing.find_printer())
    for name in [name for name in bodies if name.endswith(".pdf")]:
        bodies[name] = b"".join(page.get_textpage().get_text_range().encode() for page in PdfDocument(bodies[name]))
        assert bodies[name]
    for name in [name for name in bodies if name.endswith((".xlsx", ".docx"))]:
        with zipfile.ZipFile(io.BytesIO(bodies.pop(name))) as archive:
            bodies.update({f"{name}/{part}": archive.read(part) for part in archive.namelist()})
    for folder in (night.workspace.root, night.workspace.logs):
        bodies.update({str(path): path.read_bytes() for path in folder.iterdir() if path.is_file()})
    assert night.workspace.db.read_bytes()[:6] == b"SQLite"
    for name, body in bodies.items():
        for value in night.private:
            for form in (value, json.dumps(value).strip('"')):
                assert form.encode() not in body, f"{name} holds a private value"


def test_reports_are_for_their_owner_only(night):
    for path in night.workspace.reports.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600


def test_incomplete_inspection_beats_findings(night):
    assert exit_code(night.report, Severity.MINOR) is Exit.INCOMPLETE


def test_report_command_writes_the_latest_again(night, xunjian, tmp_path):
    ended = xunjian("report", "--to", "json,html", "--out", tmp_path, "-w", night.workspace.root)
    assert ended.code == Exit.CLEAN
    (path,) = tmp_path.glob("*.json")
    assert path.read_bytes() == (night.workspace.reports / path.name).read_bytes()
    assert str(path) in ended.out
    named = xunjian("report", night.report.inspection_id, "--to", "csv", "--out", tmp_path, "-w", night.workspace.root)
    assert named.code == Exit.CLEAN


def test_unknown_inspection_names_the_latest_ones(night, xunjian):
    ended = xunjian("report", "20260101T000000Z-nightly", "-w", night.workspace.root)
    assert ended.code == Exit.USAGE
    assert night.report.inspection_id in ended.err


def test_evidence_shows_what_the_page_held(night, xunjian, tmp_path):
    finding = next(one for one in night.report.current if one.rule_id == "privacy-id-card-number")
    ended = xunjian("evidence", "show", finding.evidence, "-w", night.workspace.root)
    assert ended.code == Exit.CLEAN
    assert "内容与摘要相符" in ended.out
    assert not any(value in ended.out for value in night.private)
    out = tmp_path / "原始.bin"
    assert (
        xunjian("evidence", "show", finding.evidence[:12], "--to", out, "-w", night.workspace.root).code == Exit.CLEAN
    )
    assert out.stat().st_mode & 0o777 == 0o600
    assert out.stat().st_size > 0
    assert xunjian("evidence", "show", finding.evidence, "--to", out, "-w", night.workspace.root).code == Exit.USAGE


def test_evidence_is_verified_and_damage_is_told(night, xunjian):
    ended = xunjian("evidence", "verify", "-w", night.workspace.root)
    assert ended.code == Exit.CLEAN
    assert "有问题 0 份" in ended.out
    for path in night.workspace.evidence.glob("*/*.warc.gz"):
        whole = path.read_bytes()
        try:
            path.write_bytes(whole[: len(whole) // 2])
            damaged = xunjian("evidence", "verify", "-w", night.workspace.root)
        finally:
            path.write_bytes(whole)
        assert damaged.code == Exit.USAGE, path.name
        assert "有问题 0 份" not in damaged.out


def test_unknown_digest_is_refused(night, xunjian):
    ended = xunjian("evidence", "show", "0" * 64, "-w", night.workspace.root)
    assert ended.code == Exit.USAGE
    assert "没有摘要为" in ended.err


def test_outcome_of_the_delisted_app_is_told_in_words(night):
    from reports import labels

    (app,) = [a for a in night.report.accounts if a.platform == "app" and a.outcome is Outcome.DELETED]
    assert labels.check_result(app) == "已检查（应用商店已下架）"


def test_office_sets_the_days_to_rectify(night, monkeypatch):
    from pipelines import reporting

    monkeypatch.setenv("XUNJIAN_RECTIFY__VETO", "2")
    monkeypatch.setenv("XUNJIAN_RECTIFY__MINOR", "0")
    place = Workspace.find(night.workspace.root)
    with place.open_store() as store:
        report = reporting.build(place, store)
    days = {finding.severity: finding.days for finding in report.current}
    assert (days[Severity.VETO], days[Severity.MINOR]) == (2, None)
