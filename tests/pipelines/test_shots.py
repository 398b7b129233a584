"""Screenshots of a night: made from the archive, filed in it, named in the report; without a browser that is said."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image

from cli.main import main
from crawler.browser import VARIABLE, browser_ready, find_browser
from domain.clock import Clock
from domain.inspection import InspectionScope
from pipelines import reporting
from pipelines.inspection import inspect
from pipelines.shots import GRAVE, NO_BROWSER
from reports import formats
from tests.pipelines.world import address, served, workspace

#: Accounts of the demo with grave findings: one of articles, one of replies.
ACCOUNTS = ("wechat:gh_5a1c0e7b9d04", "weibo:7600001002")


@pytest.fixture(scope="module")
def world():
    with served() as (demo, server):
        yield demo, server


@pytest.fixture(scope="module")
def night(world, tmp_path_factory):
    if not browser_ready(find_browser()):
        pytest.skip("no browser on this machine")
    demo, server = world
    made = workspace(tmp_path_factory.mktemp("shots") / "ws", demo, *ACCOUNTS)
    result = inspect(made, InspectionScope(), Clock(demo.now, fixed=True), replica=address(server))
    return made, result, len(server.log)


def grave_pages(result) -> set[str]:
    return {
        one.finding.post_id
        for one in result.findings
        if one.finding.severity in GRAVE and one.finding.post_id and one.finding.evidence
    }


def test_every_page_with_a_grave_finding_has_one_picture(night):
    made, result, _ = night
    with made.open_store() as store:
        found = store.shots_of(result.inspection.id)
        assert {record.post_id for record in found} == grave_pages(result)
        assert len(found) == len({record.post_id for record in found})
        assert all(record.digest for record in found), [record.detail for record in found]
        for record in found:
            image = Image.open(io.BytesIO(store.bytes_of(record.digest)))
            assert image.format == "PNG"
        assert any(record.marked for record in found)
        assert store.verify_evidence().missing == ()


def test_the_report_and_the_command_name_it(night, tmp_path, capsys):
    made, result, _ = night
    with made.open_store() as store:
        report = reporting.build(made, store, result.inspection.id)
        digests = {record.digest for record in store.shots_of(result.inspection.id)}
    named = {finding.shot for finding in report.findings if finding.shot}
    assert named == digests
    assert next(iter(named)) in formats.render(report, "html").decode()
    assert main(["evidence", "shots", "--to", str(tmp_path / "out"), "-w", str(made.root)]) == 0
    assert f"截图 {len(digests)} 张" in capsys.readouterr().out
    assert len(list((tmp_path / "out").iterdir())) == len(digests)
    page = next(finding.evidence for finding in report.findings if finding.shot)
    assert main(["evidence", "show", page, "-w", str(made.root)]) == 0
    assert "截图　sha256:" in capsys.readouterr().out


def test_a_second_night_makes_no_second_picture(night, world):
    made, first, _ = night
    demo, server = world
    later = inspect(made, InspectionScope(), Clock(demo.now + timedelta(days=1), fixed=True), replica=address(server))
    with made.open_store() as store:
        again = {record.post_id for record in store.shots_of(later.inspection.id)}
        report = reporting.build(made, store, later.inspection.id)
    assert not again & grave_pages(first)
    assert any(finding.shot for finding in report.findings), "the picture of the first night is still named"


def test_without_a_browser_it_is_said_and_nothing_fails(world, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, "/nowhere/chromium")
    demo, server = world
    made = workspace(tmp_path / "ws", demo, ACCOUNTS[0])
    result = inspect(made, InspectionScope(), Clock(demo.now, fixed=True), replica=address(server))
    assert grave_pages(result)
    with made.open_store() as store:
        report = reporting.build(made, store, result.inspection.id)
    told = {finding.shot_note for finding in report.findings if finding.severity in GRAVE and finding.post_key}
    assert told == {NO_BROWSER}
