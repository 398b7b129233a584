"""Search results that people bring: our own accounts that nobody filed, look-alikes, and private people left alone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from sqlalchemy import select

from domain.account import Account
from domain.errors import ConfigError, RegistryError
from domain.profile import ProfileFacts
from extractors.look import difference_hash
from pipelines.counterfeits import bring, find, lines
from pipelines.workspace import Workspace
from registry.search_results import COLUMNS
from store.schema import metadata
from tests.pipelines.test_profiles import portrait

NOW = datetime(2026, 6, 18, 22, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
BUREAU = Account(
    platform="wechat",
    key="gh_0000000000aa",
    name="柳溪民政",
    sponsor="柳溪市民政局",
    verified_subject="柳溪市民政局",
)
STATION = Account(platform="weibo", key="7600009001", name="柳溪市救助管理站", sponsor="柳溪市救助管理站")
INTRODUCTION = "发布民政政策，服务柳溪群众，传递民生温度"


@pytest.fixture
def place(tmp_path):
    made = Workspace.create(tmp_path / "ws", bureau="柳溪市民政局")
    with made.open_store() as store:
        store.put_accounts([BUREAU, STATION], source="register", at=NOW)
        look = ProfileFacts(introduction=INTRODUCTION, avatar_hash=difference_hash(portrait("old")))
        store.put_snapshot(BUREAU.id, look, evidence="", inspection_id="x", at=NOW)
    (tmp_path / "copy.jpg").write_bytes(portrait("old", 96, 60))
    (tmp_path / "other.jpg").write_bytes(portrait("new"))
    return made


def table(path, *rows: dict[str, str]):
    lines_ = [",".join(COLUMNS), *(",".join(row.get(column, "") for column in COLUMNS) for row in rows)]
    path.write_text("\n".join(lines_), encoding="utf-8-sig")
    return path


def row(name: str, **values: str) -> dict[str, str]:
    given = {"平台": "微信公众号", "账号名称": name, "账号标识": f"id-{name}"}
    named = {
        "subject": "认证主体",
        "kind": "主体类型",
        "mark": "认证标志",
        "about": "简介",
        "face": "头像",
        "key": "账号标识",
    }
    return given | {named[key]: value for key, value in values.items()}


def brought(place, path):
    with place.open_store() as store:
        done = bring(place, store, path, NOW)
        return done, {one.name: one for one in lines(store)}


@pytest.mark.parametrize(
    ("name", "values", "kind", "why"),
    [
        ("柳溪婚姻登记处", {"subject": "柳溪市民政局"}, "unregistered", "台账没有这个账号"),
        ("柳溪市救助管理站", {"subject": "柳溪市救助管理站"}, "unregistered", "台账没有这个账号"),
        ("柳溪民政", {"subject": "云江清溪文化传媒有限公司", "mark": "是"}, "lookalike", "认证标志不能证明身份"),
        ("柳溪民政官方", {}, "lookalike", "去掉"),
        ("柳溪 民·政", {}, "lookalike", "只差空格"),
        ("柳谿民政", {}, "lookalike", "柳溪民政"),
        ("柳溪民正", {}, "lookalike", "同音"),
        ("柳溪市救助管理站服务中心", {}, "lookalike", "全称"),
        ("民政惠民服务", {"face": "copy.jpg"}, "lookalike", "头像"),
        ("民政惠民之窗", {"about": INTRODUCTION}, "lookalike", "简介"),
    ],
)
def test_what_passes_for_the_bureau_is_listed_with_the_reason(place, tmp_path, name, values, kind, why):
    done, found = brought(place, table(tmp_path / "a.csv", row(name, **values)))
    assert done.new == 1, done
    assert found[name].kind == kind
    assert why in "；".join(found[name].reasons) + found[name].resembles


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("柳溪民政", {"key": BUREAU.key, "subject": "柳溪市民政局"}),
        ("青石市民政局", {"subject": "青石市民政局", "mark": "是"}),
        ("柳溪市教育局", {"subject": "柳溪市教育局", "mark": "是"}),
        ("清溪区民政", {"subject": "清溪区民政局", "face": "other.jpg"}),
    ],
)
def test_what_is_on_file_or_somebody_else_is_not(place, tmp_path, name, values):
    done, found = brought(place, table(tmp_path / "a.csv", row(name, **values)))
    assert (done.harmless, found) == (1, {})


def test_private_people_are_refused_and_nothing_of_them_is_kept(place, tmp_path):
    rows = (row("程明明"), row("柳溪小程的日常", subject="程明明", kind="个人"), row("溪边慢生活"))
    done, found = brought(place, table(tmp_path / "a.csv", *rows))
    assert found == {}
    assert len(done.refused) == 3
    assert all("像是个人账号" in line for line in done.refused)
    assert "程明明" not in "".join(done.refused)
    done, found = brought(place, table(tmp_path / "b.csv", row("柳溪民政服务号", subject="程明明", kind="个人")))
    assert found["柳溪民政服务号"].subject == "个人", "who calls himself an office is listed, but not by his own name"


def test_a_dismissed_one_is_deleted_and_not_proposed_again(place, tmp_path):
    path = table(tmp_path / "a.csv", row("柳溪民政官方", about="独特的简介字样"))
    _, found = brought(place, path)
    identity = found["柳溪民政官方"].id
    with place.open_store() as store:
        store.dismiss_candidate(find(store, identity[:8]).id, NOW)
        with store.engine.connect() as connection:
            for one in metadata.sorted_tables:
                kept = repr([tuple(each) for each in connection.execute(select(one))])
                assert "柳溪民政官方" not in kept, one.name
                assert "独特的简介字样" not in kept, one.name
    done, found = brought(place, path)
    assert (done.new, done.dismissed, found) == (0, 1, {})


def test_a_confirmed_one_stays_confirmed_when_it_is_found_again(place, tmp_path):
    path = table(tmp_path / "a.csv", row("柳溪民政官方"))
    _, found = brought(place, path)
    with place.open_store() as store:
        store.confirm_candidate(found["柳溪民政官方"].id)
    done, found = brought(place, path)
    assert (done.new, done.known, found["柳溪民政官方"].state) == (0, 1, "confirmed")


def test_problems_are_told_by_row(place, tmp_path):
    rows = (
        {"平台": "蓝鸟", "账号名称": "柳溪民政"},
        {"平台": "微博", "账号名称": ""},
        row("柳溪民政官方", face="没有.jpg"),
    )
    done, _ = brought(place, table(tmp_path / "a.csv", *rows))
    assert done.refused[0].startswith("a.csv:2：")
    assert done.refused[1].startswith("a.csv:3：")
    assert "找不到头像文件" in done.notes[0]
    outside = row("柳溪民政官方", face="../copy.jpg")
    (tmp_path / "below").mkdir()
    done, _ = brought(place, table(tmp_path / "below" / "a.csv", outside))
    assert "找不到头像文件" in done.notes[0], "no file outside the folder is read"
    (tmp_path / "a.txt").write_text("x")
    with place.open_store() as store:
        with pytest.raises(RegistryError, match="只能读取"):
            bring(place, store, tmp_path / "a.txt", NOW)
        with pytest.raises(ConfigError, match="编号"):
            find(store, "abcdef")


def test_a_workbook_is_read_like_a_table(place, tmp_path):
    book = openpyxl.Workbook()
    for line in (COLUMNS, ("微博", "柳溪民政官方", "7600009999", "", "", "", "是", "")):
        book.active.append(line)
    book.save(tmp_path / "a.xlsx")
    done, found = brought(place, tmp_path / "a.xlsx")
    assert (done.new, found["柳溪民政官方"].platform) == (1, "weibo")
