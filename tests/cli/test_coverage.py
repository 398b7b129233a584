"""``xunjian rules coverage``: every requirement, how it is checked, and what an inspection could not check."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest

from cli.exits import Exit
from domain.account import Account
from domain.clock import Clock
from domain.coverage import Attempt, Coverage
from domain.inspection import InspectionScope
from domain.outcome import Outcome
from domain.register import RegularCheck
from pipelines.inspection import inspect
from pipelines.workspace import Workspace

NOW = datetime(2026, 6, 18, 14, 0, tzinfo=UTC)
READ = Account(platform="wechat", key="gh_liuxi0000001", name="柳溪民政", sponsor="柳溪市民政局")
WALLED = Account(platform="weibo", key="1000000001", name="柳溪福利", sponsor="柳溪市民政局")


def test_114_requirements_each_with_a_status_and_a_total(xunjian):
    ended = xunjian("rules", "coverage")
    *rows, total = ended.out.splitlines()
    assert ended.code == Exit.CLEAN
    assert len(rows) == 114
    assert {row.split("\t")[1] for row in rows} <= {"自动检查", "程序列出、由人判断", "单位说明、程序核对", "不检查"}
    assert total.startswith("114 条中：自动检查 ")
    numbers = [row.split("\t")[0] for row in rows]
    assert numbers[0] == "R01"
    assert len(set(numbers)) == 114


def test_json_holds_the_same(xunjian):
    told = json.loads(xunjian("rules", "coverage", "--format", "json").out)
    assert len(told["requirements"]) == 114
    (entry,) = [each for each in told["requirements"] if each["id"] == "R80"]
    assert "security-password-overdue" in entry["rules"]
    assert entry["status"] == "attested"


def test_csv_opens_in_a_spreadsheet(xunjian):
    body = xunjian("rules", "coverage", "--format", "csv").out
    assert body.startswith("\ufeff要求,检查方式,")
    rows = list(csv.reader(io.StringIO(body.lstrip("\ufeff"))))
    assert len(rows) == 115
    assert {len(row) for row in rows} == {5}


def test_another_format_is_refused(xunjian):
    ended = xunjian("rules", "coverage", "--format", "docx")
    assert ended.code == Exit.USAGE
    assert "可用：text、json、csv" in ended.err


def _bring(store, inspection):
    """One account was read, the other wants a login."""
    outcomes = {READ.id: Outcome.OK, WALLED.id: Outcome.LOGIN_WALL}
    for account_id in inspection.account_ids:
        store.put_coverage(
            inspection.id,
            Coverage(
                account_id=account_id,
                outcome=outcomes[account_id],
                complete=outcomes[account_id] is Outcome.OK,
                attempts=(Attempt("official", outcomes[account_id]),),
            ),
        )


@pytest.fixture
def inspected(workspace) -> Workspace:
    """A workspace with one inspection in which one account was read and one was not; one sheet is kept."""
    place = Workspace.find(workspace)
    check = RegularCheck(key="1", checked_on=date(2026, 5, 6), report="简报1期")
    with place.open_store() as store:
        store.put_accounts([READ, WALLED], source="register", at=NOW)
        store.put_register({RegularCheck.kind: [check]}, source="台账", at=NOW)
    inspect(place, InspectionScope(), Clock(start=NOW, fixed=True), bring=_bring)
    return place


def _states(told: str) -> dict[str, dict[str, object]]:
    return {each["id"]: each for each in json.loads(told)["requirements"]}


@pytest.mark.parametrize("given", [("--inspection",), ("--inspection", "20260618T140000Z-nightly")])
def test_an_inspection_says_what_it_checked_and_what_not_and_why(xunjian, inspected, given):
    ended = xunjian("rules", "coverage", "--format", "json", "-w", inspected.root, *given)
    assert ended.code == Exit.INCOMPLETE
    found = _states(ended.out)
    assert len(found) == 114
    assert found["R38"]["state"] == "partly"
    assert found["R38"]["missed"] == ["柳溪福利"]
    assert "柳溪福利·新浪微博（要求登录）" in found["R38"]["unread"]
    assert found["R87"]["state"] == "checked"
    assert (found["R69"]["state"], found["R69"]["why"]) == ("not_checked", "没有填报台账：值班、重要时段")
    assert found["R28"]["state"] == "not_concerned"
    assert found["R99"]["state"] == "checked"


def test_a_bare_option_may_stand_before_others(xunjian, inspected):
    ended = xunjian("rules", "coverage", "--inspection", "--format", "text", "-w", inspected.root)
    *rows, total = ended.out.splitlines()
    assert len(rows) == 114
    assert total.startswith("检查 20260618T140000Z-nightly：制度的 114 项要求中，已检查 ")


def test_an_inspection_that_is_not_there_is_told(xunjian, inspected):
    ended = xunjian("rules", "coverage", "--inspection", "20250101T000000Z-nightly", "-w", inspected.root)
    assert ended.code == Exit.USAGE
    assert "没有编号为 20250101T000000Z-nightly 的巡检" in ended.err
