"""The usual faults of an office's sheet: each imports right, or is told with its sheet, its row and what to mend.

Every file also holds a sheet without any fault, so that anything half-imported would be seen.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from cli.exits import Exit
from domain.account import Account
from domain.clock import CHINA
from domain.register import KINDS, Approval, DutyShift, FilingSheet, Person, Record, RepostTask, Usage, Vendor
from pipelines.workspace import Workspace
from registry.sheets.codes import check_character

BUREAU = "柳溪市民政局"
STATION = "柳溪市救助管理站"
CODE = "12340099MB0000001"
GOOD = CODE + check_character(CODE)
ACCOUNTS = (
    Account(platform="wechat", key="gh_liuxi0000001", name="柳溪民政", sponsor=BUREAU),
    Account(platform="weibo", key="1000000001", name="柳溪民政", sponsor=BUREAU),
    Account(platform="douyin", key="MS4wLjABAAAAliuxi", name="柳溪救助", sponsor=STATION),
)
PEOPLE = ("姓名", "单位", "职责", "手机号码", "到岗日期", "离岗日期")
Rows = list[list[Any]]


@dataclass(frozen=True)
class Fault:
    """One file: rows of a sheet, or a function that makes the whole file; then what is imported, or what is told."""

    name: str
    sheet: str = "人员"
    rows: Rows = field(default_factory=list)
    dress: Callable[[Any], None] | None = None
    make: Callable[[Path], Path] | None = None
    told: tuple[str, ...] = ()
    kind: type[Record] = Person
    want: tuple[dict[str, Any], ...] = ()
    said: tuple[str, ...] = ()


def person(*cells: Any, headers: tuple[str, ...] = PEOPLE) -> Rows:
    return [list(headers), list(cells)]


def book(path: Path, sheet: str, rows: Rows, dress: Callable[[Any], None] | None = None) -> Path:
    made = openpyxl.Workbook()
    units = made.active
    units.title = "单位"
    units.append(["单位名称", "统一社会信用代码"])
    units.append([BUREAU, None])
    units.append([STATION, GOOD])
    page = made.create_sheet(sheet)
    for row in rows:
        page.append(row)
    if dress is not None:
        dress(page)
    made.save(path)
    return path


def table(encoding: str, separator: str = ",") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=separator).writerows(person("秦文", STATION, "管理员", "19900000001", "2026/3/1", ""))
        path = folder / "人员.csv"
        path.write_bytes(out.getvalue().encode(encoding))
        return path

    return make


def calculated(folder: Path) -> Path:
    """A formula whose result the file holds, as Excel saves it."""
    plain = book(folder / "plain.xlsx", "人员", person('="秦"&"文"', STATION, "管理员", None, None, None))
    path = folder / "台账.xlsx"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name.endswith("sheet2.xml"):
                text = body.decode()
                text = re.sub(
                    r'<c r="A2"[^>]*><f>(.*?)</f><v ?/?>(</v>)?', r'<c r="A2" t="str"><f>\1</f><v>秦文</v>', text
                )
                assert "<v>秦文</v>" in text
                body = text.encode()
            new.writestr(name, body)
    return path


def renamed(folder: Path) -> Path:
    path = folder / "台账.xlsx"
    path.write_text("姓名,单位\n秦文,柳溪市救助管理站\n", encoding="utf-8")
    return path


def damaged(folder: Path) -> Path:
    whole = book(folder / "whole.xlsx", "人员", person("秦文", STATION, "", "", "", "")).read_bytes()
    path = folder / "台账.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    return path


def unclosed(folder: Path) -> Path:
    path = folder / "人员.csv"
    path.write_text(f'姓名,单位\n秦文,{STATION}\n"高原,{STATION}\n方圆,{STATION}\n', encoding="utf-8")
    return path


def document(folder: Path) -> Path:
    path = folder / "审批表.xlsx"
    made = docx.Document()
    made.add_paragraph("信息发布审批表")
    made.save(str(path))
    return path


def merged_unit(page: Any) -> None:
    page.merge_cells("B2:B3")


def titled(page: Any) -> None:
    page.insert_rows(1)
    page["A1"] = "柳溪市民政局政务新媒体管理人员表"
    page.merge_cells("A1:F1")


def merged_header(page: Any) -> None:
    page.merge_cells("C1:D1")
    page.merge_cells("A1:A2")
    page.merge_cells("B1:B2")


def second_hidden(page: Any) -> None:
    page.row_dimensions[2].hidden = True


MANAGER = {"name": "秦文", "unit": STATION, "roles": ("manager",)}
SHIFT = ("单位", "值班人", "开始时间", "结束时间")
POST = ("账号", "信息标题", "是否涉密", "把关", "终审时间")


def since(text: Any) -> Rows:
    return person("秦文", STATION, "管理员", None, text, None)


def on_first_of_march(name: str, text: Any) -> Fault:
    return Fault(name, rows=since(text), want=({"started_on": date(2026, 3, 1)},))


FAULTS = [
    # what is read right
    Fault(
        "数据中的合并单元格",
        rows=[*person("秦文", STATION, "管理员", None, None, None), ["高原", None, "信息员", None, None, None]],
        dress=merged_unit,
        want=(MANAGER, {"name": "高原", "unit": STATION, "roles": ("editor",)}),
        said=("数据中的合并单元格按其内容填入每一行",),
    ),
    Fault(
        "合并的两行表头",
        sheet="备案登记表",
        rows=[
            ["账号", "备案事由", "分管领导", None],
            [None, None, "姓名", "办公电话"],
            ["抖音 柳溪救助", "开设", "高原", "0999-2000001"],
        ],
        dress=merged_header,
        kind=FilingSheet,
        want=({"account": ACCOUNTS[2].id, "leader_name": "高原", "leader_phone": "0999-2000001"},),
        said=("两行表头",),
    ),
    Fault("表头不在第一行", rows=since(None), dress=titled, want=(MANAGER,), said=("表头在第 2 行",)),
    Fault(
        "末尾的空行和编好的序号",
        rows=[["序号", *PEOPLE], [1, "秦文", STATION, "管理员"], [2], [3], [None, "  ", " "]],
        want=(MANAGER,),
    ),
    Fault(
        "全角数字",
        rows=person("秦文", STATION, "管理员", "１９９０００００００１", "２０２６．３．１", None),
        want=({"mobile": "19900000001", "started_on": date(2026, 3, 1)},),
    ),
    on_first_of_march("日期写成 2026年3月1日", "2026年3月1日"),
    on_first_of_march("日期写成 2026.3.1", "2026.3.1"),
    on_first_of_march("日期写成序列号", 46082),
    on_first_of_march("日期写成文本的序列号", "46082"),
    on_first_of_march("日期写成 20260301", "20260301"),
    on_first_of_march("日期带星期", "2026-3-1（星期日）"),
    on_first_of_march("日期写成汉字", "二〇二六年三月一日"),
    on_first_of_march("日期单元格带时间", datetime(2026, 3, 1, 9, 30)),
    Fault(
        "时刻写成下午三点半和二十四点",
        sheet="值班表",
        rows=[list(SHIFT), [STATION, "秦文", "2026年3月1日下午3点半", "2026-3-1 24:00"]],
        kind=DutyShift,
        want=(
            {
                "starts_at": datetime(2026, 3, 1, 15, 30, tzinfo=CHINA),
                "ends_at": datetime(2026, 3, 2, tzinfo=CHINA),
            },
        ),
    ),
    Fault(
        "打勾和打叉",
        sheet="信息发布审批",
        rows=[
            list(POST),
            ["抖音 柳溪救助", "夏季送清凉", "×", "政治、法律/保密", "2026.6.18 9:30"],
            ["抖音 柳溪救助", "冬季送温暖", "√", "政治关", None],
        ],
        kind=Approval,
        want=({"is_secret": True}, {"is_secret": False, "gates": ("政治关", "法律关", "保密关")}),
    ),
    Fault("公式有结果", make=calculated, want=(MANAGER,)),
    Fault(
        "完全相同的行",
        rows=[*since("2026-3-1"), *since("2026年3月1日")[1:]],
        want=(MANAGER,),
        said=("第 3 行与第 2 行完全相同，只取一次",),
    ),
    Fault("隐藏的行", rows=since(None), dress=second_hidden, want=(MANAGER,), said=("第 2 行是隐藏的行，也读入了",)),
    Fault("GB18030 的 CSV", make=table("gb18030"), want=(MANAGER,), said=("按 GB18030 编码",)),
    Fault("UTF-16、制表符分隔的 CSV", make=table("utf-16", "\t"), want=(MANAGER,), said=("按 UTF-16 编码、制表符",)),
    Fault(
        "号码存成小数的文本",
        rows=person("秦文", STATION, "管理员", "19900000001.0", None, None),
        want=({"mobile": "19900000001"},),
    ),
    Fault(
        "号码存成数值",
        rows=person("秦文", STATION, "管理员", 19900000001.0, None, None),
        want=({"mobile": "19900000001"},),
    ),
    Fault("姓名中加空格", rows=person("秦　文", f" {STATION} ", "管理员", None, None, None), want=(MANAGER,)),
    Fault(
        "合计和制表人",
        rows=[*since(None), ["合计", "1 人"], ["制表人：高原", None, None, None, "2026-3-1"]],
        want=(MANAGER,),
        said=("第 3、4 行没有记录",),
    ),
    Fault("中间重复的表头", rows=[*since(None), list(PEOPLE)], want=(MANAGER,), said=("第 3 行没有记录",)),
    Fault(
        "自己加的列",
        rows=[[*PEOPLE, "政治面貌"], ["秦文", STATION, "管理员", None, None, None, "群众"]],
        want=(MANAGER,),
        said=("没有用到的列：政治面貌",),
    ),
    Fault(
        "没有表头的列",
        rows=[[*PEOPLE, None], ["秦文", STATION, "管理员", "无", "—", "/", "兼职"]],
        want=({**MANAGER, "mobile": "", "started_on": None},),
        said=("第 G 列没有表头，其中的内容没有读",),
    ),
    Fault(
        "数量写成 1.2万",
        sheet="关注和使用",
        rows=[["账号", "统计日期", "粉丝数"], ["gh_liuxi0000001", "2026.3.1", "1.2万"]],
        kind=Usage,
        want=({"account": ACCOUNTS[0].id, "followers": 12000},),
    ),
    Fault(
        "账号用曾用写法",
        sheet="转载任务",
        rows=[["标题", "转载账号"], ["省厅部署防汛工作", "新浪微博：柳溪民政｜douyin:MS4wLjABAAAAliuxi"]],
        kind=RepostTask,
        want=({"accounts": (ACCOUNTS[1].id, ACCOUNTS[2].id)},),
    ),
    # what is refused
    Fault(
        "公式没有结果",
        rows=since("=TODAY()"),
        told=("工作表“人员”第 2 行：“到岗日期”列：是公式，文件中没有计算结果；请在 Excel 中打开并保存一次",),
    ),
    Fault("公式出错", rows=person("#REF!", STATION), told=("第 2 行：“姓名”列：公式出错（#REF!）；请改正公式",)),
    Fault(
        "同一条记录两种内容",
        rows=[*since("2026-3-1"), *since("2026-3-2")[1:]],
        told=("第 3 行：与第 2 行是同一条记录（柳溪市救助管理站/秦文）但内容不同；请只留一行",),
    ),
    Fault(
        "科学计数法",
        rows=person("秦文", STATION, "管理员", "1.99E+10", None, None),
        told=("第 2 行：“手机号码”列：“1.99E+10”被 Excel 改成了科学计数法", "请把该列设为“文本”格式"),
    ),
    Fault(
        "长数字丢了末位",
        sheet="服务外包",
        rows=[["外包单位", "合同编号"], ["云江柳叶公司", 1234567890123456789]],
        told=("工作表“服务外包”第 2 行：“合同编号”列：长数字被 Excel 当作数值，末几位已经丢失",),
    ),
    Fault(
        "工作表名写错",
        sheet="人圆表",
        rows=[["甲", "乙"], [1, 2]],
        told=("工作表“人圆表”：不认识这个工作表，最接近的是“人员”",),
    ),
    Fault(
        "列名写错",
        rows=[["姓名", "单位", "到刚日期"], ["秦文", STATION, "2026-3-1"]],
        told=("工作表“人员”第 1 行：不认识的列“到刚日期”，最接近的是“到岗日期”；请改名",),
    ),
    Fault(
        "两列填同一项",
        rows=[["姓名", "单位", "手机", "手机号码"], ["秦文", STATION]],
        told=("列“手机号码”与别的列填的是同一项",),
    ),
    Fault("缺少必填列", rows=[["姓名", "职务"], ["秦文", "科员"]], told=("第 1 行：缺少必填列“单位”；请补上该列",)),
    Fault("没有表头", rows=[["秦文", STATION]], told=("工作表“人员”：找不到表头；表头应有“姓名”、“单位”等列",)),
    Fault(
        "缺少必填内容",
        rows=person(None, STATION, "管理员", None, None, None),
        told=("第 2 行：缺少姓名；请填写，或删除整行",),
    ),
    Fault(
        "选项之外的词",
        rows=person("秦文", STATION, "管理人", None, None, None),
        told=(
            "第 2 行：职责“管理人”不认识，最接近的是“管理员”；可填：主要负责人、分管领导、科室负责人、管理员、信息员",
        ),
    ),
    Fault(
        "账号不在台账中",
        sheet="关注和使用",
        rows=[["账号", "统计日期"], ["柳溪救住", "2026-3-1"]],
        told=("工作表“关注和使用”第 2 行：账号“柳溪救住”不在台账中，最接近的是“柳溪救助”",),
    ),
    Fault(
        "账号名称不止一个",
        sheet="关注和使用",
        rows=[["账号", "统计日期"], ["柳溪民政", "2026-3-1"]],
        told=(
            "账号“柳溪民政”有 2 个：微信公众号 柳溪民政（wechat:gh_liuxi0000001）、",
            "新浪微博 柳溪民政（weibo:1000000001）；请写成“平台 账号名称”或账号编号",
        ),
    ),
    Fault(
        "单位没有登记",
        rows=person("秦文", "柳溪市救助站", "管理员", None, None, None),
        told=("第 2 行：单位“柳溪市救助站”不在“单位”表中，最接近的是“柳溪市救助管理站”",),
    ),
    Fault(
        "信用代码抄错一位",
        sheet="单位表",
        rows=[
            ["单位名称", "信用代码"],
            ["柳溪市社会福利院", GOOD[:10] + ("2" if GOOD[10] != "2" else "3") + GOOD[11:]],
        ],
        told=("工作表“单位表”第 2 行：统一社会信用代码“", "的校验码不对，多半抄错了一位；请对照法人证书核对"),
    ),
    Fault(
        "手机号码少一位",
        rows=person("秦文", STATION, "管理员", "1990000001", None, None),
        told=("第 2 行：手机号码不对（10 位数字）；应为 1 开头的 11 位数字",),
    ),
    Fault(
        "结束早于开始",
        rows=person("秦文", STATION, "管理员", None, "2026-3-2", "2026-3-1"),
        told=("第 2 行：离岗日期（2026-03-01）早于到岗日期（2026-03-02）；请核对两处日期",),
    ),
    Fault("不存在的日期", rows=since("2026年2月30日"), told=("第 2 行：“到岗日期”列：“2026年2月30日”这一天不存在",)),
    Fault("日期没有年份", rows=since("3月1日"), told=("“3月1日”没有四位数的年份；可写 2026-03-01",)),
    Fault("日期没有写到日", rows=since("2026年3月"), told=("“2026年3月”没有写到日",)),
    Fault(
        "值班没有时刻",
        sheet="值班表",
        rows=[list(SHIFT), [STATION, "秦文", "2026-3-1", "2026-3-2 8:00"]],
        told=("第 2 行：“开始时间”列：“2026-3-1”只有日期，没有时刻；请写到分钟，如 2026-03-01 09:30",),
    ),
    Fault(
        "免转没有理由",
        sheet="转载任务",
        rows=[["标题", "免转账号"], ["省厅部署防汛工作", "抖音 柳溪救助"]],
        told=("免转账号“抖音 柳溪救助”没有写理由；格式为 账号=理由",),
    ),
    Fault(
        "网址不是网址",
        sheet="转载任务",
        rows=[["标题", "原文网址"], ["省厅部署防汛工作", "省厅网站"]],
        told=("第 2 行：原文网址“省厅网站”不是网址；应以 http:// 或 https:// 开头",),
    ),
    Fault("引号没有成对", make=unclosed, told=("人员.csv 第 3 行：引号没有成对，后面的行分不开",)),
    Fault("Word 文档改了扩展名", make=document, told=("审批表.xlsx：是 Word 文档，不是台账的工作簿",)),
    Fault("只改了扩展名", make=renamed, told=("台账.xlsx：不是工作簿，多半只改了扩展名",)),
    Fault("文件不完整", make=damaged, told=("台账.xlsx：工作簿已损坏或不完整；请在 Excel 中打开并另存为 .xlsx",)),
]


@pytest.fixture
def place(workspace: Path) -> Workspace:
    found = Workspace.find(workspace)
    with found.open_store() as store:
        store.put_accounts(ACCOUNTS, source="register", at=datetime(2026, 3, 1, tzinfo=CHINA))
    return found


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_a_usual_fault_imports_right_or_says_what_to_mend(fault, xunjian, place, tmp_path):
    path = fault.make(tmp_path) if fault.make else book(tmp_path / "台账.xlsx", fault.sheet, fault.rows, fault.dress)
    ended = xunjian("registry", "import", path, "-w", place.root)
    with place.open_store() as store:
        stored = {kind: store.records(kind) for kind in KINDS}
        accounts = store.accounts()
    assert {account.id for account in accounts} == {account.id for account in ACCOUNTS}
    if fault.told:
        assert ended.code == Exit.USAGE
        for words in fault.told:
            assert words in ended.err
        assert not any(stored.values()), "a refused file leaves nothing behind, its sound sheets included"
        return
    assert ended.code == Exit.CLEAN, ended.err
    records = stored[fault.kind.kind]
    assert len(records) == len(fault.want)
    for record, want in zip(records, _in_order(records, fault.want), strict=True):
        assert {name: getattr(record, name) for name in want} == want
    for words in fault.said:
        assert words in ended.out


def _in_order(records: tuple[Record, ...], want: tuple[dict[str, Any], ...]) -> list[dict[str, Any]]:
    """The wanted fields beside the record that they fit; where none fits, in the order in which they are written."""
    left = list(want)
    found = []
    for record in records:
        fits = (each for each in left if all(getattr(record, name) == value for name, value in each.items()))
        one = next(fits, left[0])
        left.remove(one)
        found.append(one)
    return found


def test_every_fault_is_told_at_once(xunjian, place, tmp_path):
    rows = [*person(None, "柳溪市救助站", "管理人", "1990", "3月1日", None), ["高原", STATION, "信息员"]]
    ended = xunjian("registry", "check", book(tmp_path / "台账.xlsx", "人员", rows), "-w", place.root)
    assert ended.code == Exit.USAGE
    assert [ended.err.count(word) for word in ("缺少姓名", "柳溪市救助站", "管理人", "手机号码不对", "“3月1日”")] == [
        1
    ] * 5
    assert "1990（" not in ended.err, "numbers are not repeated"


def test_a_vendor_is_kept_by_its_contract(xunjian, place, tmp_path):
    rows = [["外包单位", "合同编号", "合同起始日期"], ["云江柳叶公司", "LX-１", "2026-3-1"]]
    assert (
        xunjian("registry", "import", book(tmp_path / "台账.xlsx", "外包", rows), "-w", place.root).code == Exit.CLEAN
    )
    with place.open_store() as store:
        (vendor,) = store.records(Vendor.kind)
    assert vendor.key == "LX-1"
