"""From finding to close-out by command line and office files: judged in Excel, notices, replies, rechecks, overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from domain.clock import Clock
from domain.inspection import InspectionScope
from domain.rectification import ItemState
from pipelines import rectify
from pipelines.inspection import inspect
from registry import triage_columns as columns
from replica.server import ReplicaServer
from tests.pipelines.world import address, served, workspace

SITE = "website:mzj.liuxi.example"
DAY = timedelta(days=1)


@pytest.fixture
def at(monkeypatch):
    """Let the command line believe that it is another moment."""

    def go(moment):
        monkeypatch.setattr(Clock, "system", classmethod(lambda cls: cls(start=moment, fixed=True)))

    return go


def judge(path, count):
    """The clerk confirms ``count`` problems in posts that a unit can mend; the posts' keys."""
    book = openpyxl.load_workbook(path)
    sheet = book["研判"]
    place = {cell.value: number for number, cell in enumerate(sheet[1], start=1)}
    titles = []
    for row in range(2, sheet.max_row + 1):
        title = sheet.cell(row, place["标题"]).value
        level = sheet.cell(row, place["级别"]).value
        if title and level != "提示" and title not in titles and len(titles) < count:
            sheet.cell(row, place[columns.VERDICT], "确认")
            sheet.cell(row, place[columns.REASON], "情况属实")
            titles.append(title)
    book.save(path)
    assert len(titles) == count
    return titles


def mended(world, moment, keys):
    """The world at a later moment: the posts with these keys are rewritten."""
    posts = tuple(
        replace(post, title="温馨提示", paragraphs=("请群众放心办事。",), files=()) if post.key in keys else post
        for post in world.posts[SITE]
    )
    return replace(world, now=moment, posts={**world.posts, SITE: posts})


def night(made, world):
    with ReplicaServer(world) as server:
        return inspect(made, InspectionScope(), Clock(world.now, fixed=True), replica=address(server))


def test_the_whole_loop(tmp_path, xunjian, at):
    with served() as (demo, server):
        made = workspace(tmp_path / "ws", demo, SITE)
        inspect(made, InspectionScope(), Clock(demo.now, fixed=True), replica=address(server))
    home = ("--workspace", made.root)
    at(demo.now + timedelta(hours=1))
    sheet = tmp_path / "研判.xlsx"
    assert xunjian("triage", "export", sheet, *home).code == 0
    judge(sheet, 10)
    done = xunjian("triage", "import", sheet, "--by", "李四", *home)
    assert done.code == 0, done.err
    assert "导入结论 10 个" in done.out
    assert "导入结论 0 个" in xunjian("triage", "import", sheet, "--by", "李四", *home).out

    done = xunjian("rectify", "notice", "--by", "李四", *home)
    assert done.code == 0
    assert "媒整〔2026〕1号" in done.out
    assert "自然日" in done.out
    with made.open_store() as store:
        entry = rectify.find(store, "1")
        items = entry.notice.items
    assert len(items) == 10
    assert "没有要发通知书的问题" in xunjian("rectify", "notice", "--by", "李四", *home).out
    answered, silent = [1, 2, 3, 4, 5, 6], [7, 8, 9, 10]
    really = {items[number - 1].post_id.rpartition("/")[2] for number in (1, 2, 3)}
    not_mended = [n for n in answered if items[n - 1].post_id.rpartition("/")[2] not in really]
    assert len(not_mended) == 3

    at(demo.now + timedelta(hours=2))
    proof = tmp_path / "截图.png"
    proof.write_bytes(b"\x89PNG proof")
    told = ("--text", "已改正", "--by", "周八", "--file", proof, "--items", "1,2,3,4,5,6")
    done = xunjian("rectify", "reply", "2026-1", *told, *home)
    assert "佐证 1 件" in done.out
    assert xunjian("rectify", "verify", *home).code == 3  # nobody has read anything since

    night(made, mended(demo.world, demo.now + DAY, really))
    at(demo.now + DAY + timedelta(hours=1))
    with made.open_store() as store:
        entry = rectify.find(store, "1")
    states = {item.item.number: item.state for item in entry.items}
    assert {n for n, state in states.items() if state is ItemState.CLOSED} == set(answered) - set(not_mended)
    assert {n for n, state in states.items() if state is ItemState.REOPENED} == set(not_mended)
    assert {n for n, state in states.items() if state is ItemState.ISSUED} == set(silent)

    at(demo.now + 8 * DAY)
    late = xunjian("rectify", "overdue", *home)
    assert late.code == 1
    assert f"逾期 {len(not_mended) + len(silent)} 项" in late.out

    # The same claim once more, and still not mended: the second reopening proposes the closure, a person decides.
    numbers = ",".join(map(str, not_mended))
    assert xunjian("rectify", "reply", "1", "--text", "已改", "--by", "周八", "--items", numbers, *home).code == 0
    night(made, mended(demo.world, demo.now + 9 * DAY, really))
    at(demo.now + 9 * DAY + timedelta(hours=1))
    late = xunjian("rectify", "overdue", *home)
    assert "建议责令关停" in late.out
    assert (
        xunjian("rectify", "closure", "1", SITE, "--by", "钱局", "--reason", "限期再改", "--decline", *home).code == 0
    )
    assert "建议责令关停" not in xunjian("rectify", "overdue", *home).out

    with made.open_store() as store:
        (unit,) = rectify.summary(store, (demo.now + 9 * DAY).date())
    assert (unit.issued, unit.replied, unit.closed, unit.reopened, unit.reopenings) == (10, 6, 3, 3, 6)
    assert "没有改动" in xunjian("rectify", "log", "--verify", *home).out
    assert xunjian("rectify", "list", *home).code == 0
    tampered(made, xunjian, home)


def tampered(made, xunjian, home):
    """The log refuses a change, and shows one that was forced upon it."""
    with made.open_store() as store:
        with pytest.raises(IntegrityError), store.engine.begin() as connection:
            connection.execute(text("UPDATE rectification_events SET by = '某人' WHERE sequence = 2"))
        with pytest.raises(IntegrityError), store.engine.begin() as connection:
            connection.execute(text("DELETE FROM decisions"))
        with store.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER rectification_events_no_update"))
            connection.execute(text("UPDATE rectification_events SET by = '某人' WHERE sequence = 2"))
    done = xunjian("rectify", "log", "--verify", *home)
    assert done.code == 2
    assert "第 2 条" in done.err
