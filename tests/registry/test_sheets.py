"""Sheets of the register: declared once, written, and read back to the same records."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from domain.account import Account
from domain.clock import CHINA
from domain.errors import RegistryError
from domain.register import (
    KINDS,
    Approval,
    Counterfeit,
    EventKind,
    FilingEvent,
    Incident,
    Instruction,
    Person,
    Record,
    RepostTask,
    StaffChange,
    Vendor,
)
from domain.register_codec import field_types
from registry.sheets import loader, writing
from registry.sheets.catalogue import SHEETS, sheet_named
from registry.sheets.codes import check_character, credit_code, mobile, phone
from registry.sheets.dates import read_day, read_moment
from registry.sheets.loader import OnFile
from registry.sheets.model import Value
from registry.sheets.words import TOPICS
from replica.year import script
from replica.year.cast import BUREAU

#: Fields that no clerk fills: keys made from the rest, and what must not be kept.
_LEFT_OUT = {("app_card", "key"), ("enquiry", "note")}
_RULES = Path(__file__).resolve().parents[2] / "scanners" / "rules"


def test_every_field_of_every_kind_has_a_column() -> None:
    assert list(SHEETS) == list(KINDS)
    for kind, sheet in SHEETS.items():
        columns = {each.name for each in sheet.fields}
        assert {name for name in field_types(kind) if (kind, name) not in _LEFT_OUT} == columns
        assert len({each.header for each in sheet.fields}) == len(sheet.fields)
        assert all(sheet_named(title) is sheet for title in sheet.titles), kind


def test_every_column_reads_what_its_field_holds() -> None:
    held = {
        **dict.fromkeys((Value.DATE,), date),
        **dict.fromkeys((Value.MOMENT, Value.MINUTE), datetime),
        **dict.fromkeys((Value.YES_NO,), bool),
        **dict.fromkeys((Value.NUMBER,), int),
        **dict.fromkeys((Value.CHOICES, Value.LIST, Value.URLS, Value.NAMES, Value.UNITS), tuple),
        **dict.fromkeys((Value.ACCOUNTS, Value.EXEMPT), tuple),
    }
    for kind, sheet in SHEETS.items():
        types = field_types(kind)
        for each in sheet.fields:
            wanted = types[each.name]
            assert issubclass(wanted, held.get(each.value, str)), (kind, each.name)
            if issubclass(wanted, EventKind):
                assert {EventKind(value) for value in (each.choices or {}).values()} == set(EventKind)


@pytest.fixture(scope="module")
def bureau() -> tuple[OnFile, dict[str, list[Record]]]:
    """Two months of a careful bureau, and a few records of the kinds that it has no reason to keep."""
    year, cast = script.plain(date(2026, 1, 1), date(2026, 2, 28))
    latest = {(r.kind, r.key): r for day in sorted(year.days) for r in year.days[day].records}
    records: dict[str, list[Record]] = {}
    for (kind, _), record in latest.items():
        records.setdefault(kind, []).append(record)
    account, at = cast.accounts[0].id, datetime(2026, 3, 1, 9, 30, 15, tzinfo=CHINA)
    for record in (
        Vendor(key="LX-1", contract_no="LX-1", name="云江柳叶公司", accounts=(account,), starts_on=date(2026, 1, 1)),
        StaffChange(key=f"{account}/秦文/2026-03-01", account=account, person="秦文", left_on=date(2026, 3, 1)),
        Incident(key="YQ-1", account=account, is_major=True, found_at=at, note="备注、有顿号|有竖线"),
        Counterfeit(key="weibo/柳溪民正", platform="weibo", name="柳溪民正", found_on=date(2026, 3, 1)),
        Instruction(key="市委网信办/2026-03-01", department="市委网信办", received_on=date(2026, 3, 1)),
        FilingEvent(
            key=f"{account}#change#2026-03-01",
            account=account,
            event=EventKind.CHANGE,
            changes=("name", "avatar"),
            agreed_on=date(2026, 3, 1),
        ),
        RepostTask(key="T-9", title="省厅部署", accounts=(account,), exempt=(f"{account}=当日次数、篇数已用完",)),
        Approval(
            key="A-1",
            account=account,
            title="=公告（一）",
            content="第一行\n  第二行，含“引号”",
            coordinated_with=("宣传、网信",),
        ),
    ):
        records.setdefault(record.kind, []).append(record)
    return OnFile(accounts=tuple(cast.accounts), bureau=BUREAU), records


def test_what_is_exported_is_read_back_unchanged(bureau, tmp_path: Path) -> None:
    known, records = bureau
    path = tmp_path / "全部.xlsx"
    writing.write_workbook(path, writing.known_sheets(), records, known.accounts, offered=known.accounts)
    brought = loader.load(path, known)
    assert brought.accounts == known.accounts
    for kind, given in records.items():
        assert {each.key: each for each in brought.records[kind]} == {each.key: each for each in given}, kind
    assert set(brought.records) == set(records)


@pytest.mark.parametrize("kind", list(KINDS))
def test_one_sheet_as_csv_is_read_back_unchanged(bureau, kind: str, tmp_path: Path) -> None:
    known, records = bureau
    given = records.get(kind, [])[:40]
    path = tmp_path / f"{SHEETS[kind].title}.csv"
    writing.write_sheet_csv(path, SHEETS[kind], given)
    units = OnFile(accounts=known.accounts, bureau=BUREAU)
    brought = loader.load(path, units)
    assert set(brought.records.get(kind, ())) == set(given)
    assert bool(brought.blank) is not bool(given)


def test_a_template_is_ready_to_be_filled(tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    writing.write_workbook(path, writing.known_sheets(), {}, (), units=[BUREAU])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["说明", "账号台账", *(sheet.title for sheet in SHEETS.values()), "选项"]
    page = book["人员"]
    assert page.freeze_panes == "A2" and page.max_row == 1
    headers = [cell.value for cell in page[1]]
    letter = get_column_letter(headers.index("手机号码") + 1)
    assert page.column_dimensions[letter].number_format == "@"
    offers = {str(each.sqref).split("2:")[0]: each for each in page.data_validations.dataValidation}
    kinds = offers[get_column_letter(headers.index("人员类别") + 1)]
    sheet, _, area = kinds.formula1.partition("!")
    words = [row[0].value for row in book[sheet][area.replace("$", "")]]
    assert words == ["在编在岗", "聘用借调", "外包人员", "智能软件"] and kinds.showErrorMessage
    assert not offers[get_column_letter(headers.index("单位") + 1)].showErrorMessage, "new units may be written"
    explained = [row[1].value for row in book["说明"].iter_rows(min_row=6)]
    assert all(each.header in explained for sheet in SHEETS.values() for each in sheet.fields)
    brought = loader.load(path, OnFile())
    assert not brought.records and len(brought.blank) == len(SHEETS) + 1


def test_a_text_that_no_cell_can_hold_is_refused(tmp_path: Path) -> None:
    long = Approval(key="A-1", account="weibo:1", title="长文", content="字" * 40000)
    with pytest.raises(ValueError, match="“信息发布审批”表第 2 行信息内容有 40000 字"):
        writing.write_workbook(tmp_path / "x.xlsx", [SHEETS["approval"]], {"approval": [long]}, (), with_accounts=False)


def test_without_a_workspace_only_ids_name_accounts(tmp_path: Path) -> None:
    path = tmp_path / "互动入口.csv"
    path.write_text("账号,入口\nweibo:1000000001,留言\n", encoding="utf-8")
    (record,) = loader.load(path, None).records["interaction"]
    assert record.key == "weibo:1000000001/留言"
    path.write_text("账号,入口\n柳溪民政,留言\n", encoding="utf-8")
    with pytest.raises(RegistryError, match="第 2 行：账号“柳溪民政”没有写编号；没有工作区可以查对"):
        loader.load(path, None)


def test_people_who_are_not_on_file_are_pointed_out(tmp_path: Path) -> None:
    page = openpyxl.Workbook()
    people = page.create_sheet("人员")
    for row in (["姓名", "单位"], ["欧阳秦文", BUREAU]):
        people.append(row)
    shifts = page.create_sheet("值班表")
    for row in (["单位", "值班人", "开始时间", "结束时间"], [BUREAU, "欧阳秦闻", "2026-3-1 8:00", "2026-3-1 16:00"]):
        shifts.append(row)
    path = tmp_path / "台账.xlsx"
    page.save(path)
    (told,) = loader.load(path, OnFile(bureau=BUREAU)).reminders
    assert "工作表“值班表”第 2 行：值班人“欧阳秦闻”不在“人员”表中，最接近的是“欧阳秦文”" in told


def test_changes_need_a_day_or_a_number(tmp_path: Path) -> None:
    path = tmp_path / "备案事项.csv"
    path.write_text("账号,备案事由\nweibo:1,变更\nweibo:1,开设\n", encoding="utf-8")
    with pytest.raises(RegistryError) as told:
        loader.load(path, None)
    assert [str(each.problem)[:10] for each in told.value.problems] == ["认不出是哪一条记录；"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        ("2026 年 3 月 1 号", date(2026, 3, 1)),
        ("２０２６／３／１", date(2026, 3, 1)),
        ("二〇二六年十二月三十一日", date(2026, 12, 31)),
        ("二○二六年十月二十日", date(2026, 10, 20)),
        ("2026-03-01T09:30:00+08:00", date(2026, 3, 1)),
        ("46082.5", date(2026, 3, 1)),
    ],
)
def test_days_in_every_usual_form(text: str, day: date) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text", ["26.3.1", "2026", "去年三月", "1026-03-01", "12345", "2026-13-01", "9:30", "2026-03-011"]
)
def test_what_is_no_day_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=f"“{text}”"):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-3-1 9:30", "2026-03-01T09:30"),
        ("2026年3月1日 上午9点", "2026-03-01T09:00"),
        ("2026年3月1日12时05分30秒", "2026-03-01T12:05:30"),
        ("2026.3.1 晚上11：15", "2026-03-01T23:15"),
        ("2026-3-1 24:00", "2026-03-02T00:00"),
        ("2026-3-1", "2026-03-01T00:00"),
    ],
)
def test_moments_in_every_usual_form(text: str, told: str) -> None:
    assert read_moment(text, exact=False) == datetime.fromisoformat(told).replace(tzinfo=CHINA)


@pytest.mark.parametrize("text", ["2026-3-1 25:00", "2026-3-1 9:75", "2026-3-1 一早", "2026-3-1 24:01"])
def test_moments_that_do_not_exist_are_told(text: str) -> None:
    with pytest.raises(ValueError, match="时刻"):
        read_moment(text, exact=True)


def test_credit_codes_are_checked_by_their_last_character() -> None:
    assert check_character("91350100M000100Y4") == "3", "a code that is printed everywhere as an example"
    code = "12340099MB0000001"
    whole = code + check_character(code)
    assert credit_code(f" {whole[:9]} {whole[9:].lower()}") == whole
    wrong = [
        whole[:place] + other + whole[place + 1 :] for place in range(18) for other in "0A" if other != whole[place]
    ]
    for each in wrong:
        with pytest.raises(ValueError, match="校验码不对"):
            credit_code(each)
    with pytest.raises(ValueError, match="含有“O”"):
        credit_code("O" + whole[1:])
    with pytest.raises(ValueError, match="有 17 位"):
        credit_code(code)


def test_numbers_are_told_without_being_repeated() -> None:
    assert mobile("+86 199-0000-0001") == "19900000001"
    assert phone("(0999)2000001") == phone("0999 - 2000001") == "0999-2000001"
    assert phone("2000001转8012") == "2000001转8012"
    for read, wrong in ((mobile, "1990000001"), (mobile, "29900000001"), (phone, "0999-20001"), (phone, "电话2000001")):
        with pytest.raises(ValueError) as told:
            read(wrong)
        assert wrong not in str(told.value)


def test_a_record_keeps_its_number_through_an_export() -> None:
    sheet = SHEETS["person"]
    named = Person(key="A-7", name="秦文", unit=BUREAU)
    from registry.sheets import render

    assert render.cells(sheet, named)[0] == "A-7"
    assert render.cells(sheet, replace(named, key=f"{BUREAU}/秦文"))[0] == ""
    assert len(render.cells(sheet, named)) == len(fields(Person)) == len(sheet.fields)


def test_a_review_of_which_only_the_day_is_known_does_not_run_ahead(tmp_path: Path) -> None:
    path = tmp_path / "审批表.csv"
    heads = "账号,信息标题,初审时间,复审时间,终审时间"
    path.write_text(
        f"{heads}\nweibo:1,甲,2026-3-1 15:00,2026-3-1,2026-3-1\nweibo:1,乙,2026-3-2 15:00,2026-3-1,\n", "utf-8"
    )
    first, second = loader.load(path, None).records["approval"]
    assert isinstance(first, Approval) and isinstance(second, Approval)
    assert first.final_at == first.second_at == first.first_at == datetime(2026, 3, 1, 15, tzinfo=CHINA)
    assert second.second_at == datetime(2026, 3, 1, tzinfo=CHINA), "a review of the day before stays before"


def test_words_in_full_width_and_capitals_name_the_same_account(tmp_path: Path) -> None:
    path = tmp_path / "互动入口.csv"
    path.write_text("账号,入口\n微信公众号 ＬＸ民政,留言\nGH_liuxi0000009,咨询\n", encoding="utf-8")
    known = OnFile(accounts=(Account(platform="wechat", key="gh_liuxi0000009", name="lx民政"),))
    assert {getattr(each, "account", "") for each in loader.load(path, known).records["interaction"]} == {
        "wechat:gh_liuxi0000009"
    }


def test_every_statement_that_a_rule_asks_for_can_be_entered() -> None:
    asked: set[str] = set()
    for path in sorted(_RULES.rglob("*.toml")):
        rule = tomllib.loads(path.read_text("utf-8"))
        options = rule.get("detector", {}).get("options", {})
        asked |= {*options.get("topics", {}), *filter(None, [options.get("topic")])}
        for example in (*rule.get("fires", ()), *rule.get("silent", ())):
            asked |= {record["topic"] for record in example.get("records", ()) if "topic" in record}
    assert len(asked) > 10
    assert asked - set(TOPICS.values()) == set()
