"""The whole register on the command line: templates, imports that replace or add, exports, what is shown."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from cli.exits import Exit
from domain.register import Counterfeit, Enquiry, Incident, Person
from pipelines.workspace import Workspace

BUREAU = "柳溪市民政局"
ACCOUNTS = [["平台", "平台标识", "账号名称", "主办单位"], ["新浪微博", "1000000001", "柳溪民政", BUREAU]]
PEOPLE = [["姓名", "单位", "手机号码"], ["秦文", BUREAU, "19900000001"], ["高原", BUREAU, "19900000002"]]
ENQUIRIES = [
    ["编号", "账号", "收到时间"],
    ["1", "新浪微博 柳溪民政", "2026-3-1 9:00"],
    ["2", "柳溪民政", "2026-3-1 9:00"],
]


@pytest.fixture
def put(xunjian, workspace, tmp_path):
    """Import sheets of one workbook; how the command ended."""

    def run(*extra: str, **sheets: list[list[str]]):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            page = book.create_sheet(title)
            for row in rows:
                page.append(row)
        path = tmp_path / "台账.xlsx"
        book.save(path)
        return xunjian("registry", "import", path, *extra, "-w", workspace)

    return run


def records(workspace, kind):
    with Workspace.find(workspace).open_store() as store:
        return store.records(kind.kind)


def test_accounts_and_records_of_one_workbook_come_together(put, workspace):
    ended = put(账号台账=ACCOUNTS, 人员=PEOPLE, 网友诉求=ENQUIRIES)
    assert ended.code == Exit.CLEAN, ended.err
    assert ended.out.splitlines() == [
        "台账.xlsx：账号 1 个，人员 2 条，网友诉求 2 条",
        "  账号台账：新增 1，变更 0，移出 0",
        "  人员：新增 2，变更 0，移出 0",
        "  网友诉求：新增 2，变更 0，移出 0",
    ]
    assert [each.account for each in records(workspace, Enquiry)] == ["weibo:1000000001"] * 2


def test_accounts_stay_out_where_a_record_is_wrong(put, workspace):
    wrong = [*PEOPLE, ["方圆", BUREAU, "1990"]]
    ended = put(账号台账=ACCOUNTS, 人员=wrong)
    assert ended.code == Exit.USAGE and "工作表“人员”第 4 行：手机号码不对" in ended.err
    with Workspace.find(workspace).open_store() as store:
        assert store.accounts() == () and store.records("person") == ()


def test_a_list_is_replaced_and_a_running_log_grows(put, workspace):
    put(账号台账=ACCOUNTS, 人员=PEOPLE, 网友诉求=ENQUIRIES)
    changed = [[*PEOPLE[0], "离岗日期"], [*PEOPLE[1], "2026年3月1日"]]
    ended = put(人员=changed, 网友诉求=ENQUIRIES[:2])
    assert "  人员：新增 0，变更 1，移出 1" in ended.out and "  网友诉求：新增 0，变更 0，移出 0" in ended.out
    (person,) = records(workspace, Person)
    assert person.left_on == date(2026, 3, 1)
    with Workspace.find(workspace).open_store() as store:
        (_, before), (_, gone) = (store.record_history("person", f"{BUREAU}/{name}")[0] for name in ("秦文", "高原"))
    assert before.left_on is None and gone.name == "高原"
    assert "  网友诉求：新增 0，变更 0，移出 1" in put("--whole", 网友诉求=ENQUIRIES[:2]).out


def test_a_sheet_without_rows_changes_nothing(put, workspace):
    put(账号台账=ACCOUNTS, 人员=PEOPLE)
    ended = put(账号台账=ACCOUNTS[:1], 人员=PEOPLE[:1], 网友诉求=ENQUIRIES[:1])
    assert "没有填写的表，已有记录不动：账号台账、人员、网友诉求" in ended.out
    assert len(records(workspace, Person)) == 2


def test_an_export_imports_without_a_change(put, xunjian, workspace, tmp_path):
    put(账号台账=ACCOUNTS, 人员=PEOPLE, 网友诉求=ENQUIRIES)
    path = tmp_path / "全部.xlsx"
    ended = xunjian("registry", "export", "--all", path, "-w", workspace)
    assert ended.code == Exit.CLEAN and "账号 1 个，人员 2 条、网友诉求 2 条" in ended.out
    assert xunjian("registry", "export", "--all", path, "-w", workspace).code == Exit.USAGE
    again = xunjian("registry", "import", path, "-w", workspace)
    assert again.code == Exit.CLEAN, again.err
    assert again.out.count("新增 0，变更 0，移出 0") == 3
    sheet = tmp_path / "甲.csv"
    assert xunjian("registry", "export", "--kind", "人员", sheet, "-w", workspace).code == Exit.CLEAN
    assert "变更 0，移出 0" in xunjian("registry", "import", sheet, "--kind", "人员", "-w", workspace).out


def test_the_template_knows_what_is_on_file(put, xunjian, workspace, tmp_path):
    put(账号台账=ACCOUNTS, 单位=[["单位名称"], [BUREAU]])
    path = tmp_path / "模板.xlsx"
    assert xunjian("registry", "template", path, "-w", workspace).code == Exit.CLEAN
    book = openpyxl.load_workbook(path)
    offered = {cell.value for row in book["选项"].iter_rows() for cell in row}
    assert {"新浪微博 柳溪民政", BUREAU, "管理员"} <= offered
    assert book["账号台账"].max_row == 1, "a template holds no rows"
    assert xunjian("registry", "check", path, "-w", workspace).code == Exit.CLEAN


def test_a_template_needs_no_workspace(xunjian, tmp_path):
    assert xunjian("registry", "template", tmp_path / "值班表.csv", "--kind", "值班").code == Exit.CLEAN
    assert (tmp_path / "值班表.csv").read_text("utf-8-sig").startswith("编号,单位,值班人,")
    for arguments in (("值班表.csv", "--kind", "值班"), ("全部.csv",), ("甲.xlsx", "--kind", "值搬表")):
        ended = xunjian("registry", "template", *arguments)
        assert ended.code == Exit.USAGE and "；" in ended.err


def test_records_are_shown_without_their_numbers(put, xunjian, workspace):
    put(人员=PEOPLE)
    ended = xunjian("registry", "show", "人员", "-w", workspace)
    assert ended.code == Exit.CLEAN and "人员 2 条" in ended.out and "姓名 秦文；单位 柳溪市民政局" in ended.out
    assert "19900000001" not in ended.out and "199****01" in ended.out
    assert "最接近的是“人员”" in xunjian("registry", "show", "人圆", "-w", workspace).err


def test_the_doctor_tells_how_far_working_days_are_known(xunjian, workspace, monkeypatch):
    known = workspace / "registry" / "workdays.csv"
    assert "工作日历" in xunjian("doctor", "-w", workspace).out
    known.write_text("日期,类型,备注\n2026-13-01,上班,\n", encoding="utf-8-sig")
    ended = xunjian("doctor", "-w", workspace)
    assert ended.code == Exit.USAGE and "2026-13-01" in ended.out


def test_accounts_in_the_encoding_of_an_older_excel_are_read(xunjian, workspace, tmp_path):
    path = tmp_path / "accounts.csv"
    path.write_bytes("\n".join(map(",".join, ACCOUNTS)).encode("gb18030"))
    ended = xunjian("registry", "import", path, "-w", workspace)
    assert ended.code == Exit.CLEAN and "按 GB18030 编码" in ended.out and "账号台账：新增 1" in ended.out


def test_one_empty_sheet_says_that_it_is_kept(put, xunjian, workspace, tmp_path):
    put(账号台账=ACCOUNTS, 人员=PEOPLE, 网友诉求=ENQUIRIES)
    ended = put(假冒账号=[["假冒账号名称", "发现日期"]])
    assert "“假冒账号”登记为本局在用的台账，目前没有记录" in ended.out
    put(人员=PEOPLE[:1])
    with Workspace.find(workspace).open_store() as store:
        register = store.register()
    assert register.keeps(Counterfeit) and not register.keeps(Incident)
    assert len(register.all(Person)) == 2, "an empty sheet takes nobody away"
    put("--whole", 人员=PEOPLE[:1])
    assert records(workspace, Person) == ()
