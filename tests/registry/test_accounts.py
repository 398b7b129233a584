"""The register of accounts: what is written is read back, and what is wrong is told with its row."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from domain.account import Account, Medium, Purpose, Route, Standing
from domain.errors import RegistryError
from registry import accounts
from registry.columns import COLUMNS

FULL = Account(
    platform="wechat",
    key="gh_0a1b2c3d4e5f",
    name="柳溪民政",
    sponsor="柳溪市民政局",
    operator="柳溪市民政局办公室",
    supervisor="柳溪市人民政府办公室",
    verified_subject="柳溪市民政局",
    filing_no="柳新媒备〔2026〕3号",
    purpose=Purpose.SERVICE,
    medium=Medium.AUDIO_VIDEO,
    standing=Standing.CLOSING,
    routes=(
        Route("official", credential="wechat-main"),
        Route("album", "1234567890123456789"),
        Route("rss", "https://feeds.example/@liuxi?x=1&y=a@b"),
        Route("lists", "https://example.gov.cn/tzgg/", "site-key"),
        Route("mobile"),
    ),
    home_url="https://mp.weixin.qq.com/mp/profile_ext?action=home",
    attributes={"biz": "MzA4LxQ==", "appid": "wx0123456789abcdef"},
    robots_authorisation="柳民函〔2026〕2号",
    aliases=("wechat:gh_old000000000", "wechat:gh_old111111111"),
)
PLAIN = Account(platform="weibo", key="1234567890", name="柳溪民政发布")


def write_rows(path: Path, *rows: dict[str, str], header: tuple[str, ...] = COLUMNS) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([row.get(name, "") for name in header] for row in rows)
    return path


def row(**cells: str) -> dict[str, str]:
    return {"平台": "新浪微博", "平台标识": "1234567890", "账号名称": "柳溪民政发布", **cells}


def problems(path: Path) -> list[str]:
    with pytest.raises(RegistryError) as caught:
        accounts.load(path)
    return str(caught.value).splitlines()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_is_written_is_read_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"accounts{suffix}"
    accounts.write(path, [FULL, PLAIN])
    assert accounts.load(path) == (FULL, PLAIN)


def test_a_template_holds_no_account(tmp_path: Path) -> None:
    for name in ("accounts.csv", "accounts.xlsx"):
        accounts.write(tmp_path / name, ())
        assert accounts.load(tmp_path / name) == ()
    assert (tmp_path / "accounts.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_only_three_columns_are_needed(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.csv", row(), header=("账号名称", "平台", "平台标识"))
    assert accounts.load(path) == (PLAIN,)


@pytest.mark.parametrize(
    ("written", "key", "account_id"),
    [
        ("微信公众号", "gh_0a1b", "wechat:gh_0a1b"),
        ("WeiBo", "77", "weibo:77"),
        ("app", "cn.gov.liuxi.mz", "app:cn.gov.liuxi.mz"),
        ("APP", "1234567890", "app:1234567890"),
        ("政府网站", "MZJ.Liuxi.gov.cn", "website:mzj.liuxi.gov.cn"),
        ("抖音", "MS4wLjABAAAAliuxi-demo_1", "douyin:MS4wLjABAAAAliuxi-demo_1"),
        ("快手", "3xliuximz", "kuaishou:3xliuximz"),
        ("xuexi", "liuxi", "xuexi:liuxi"),
    ],
)
def test_platforms_by_name_and_by_id(tmp_path: Path, written: str, key: str, account_id: str) -> None:
    path = write_rows(tmp_path / "a.csv", row(平台=written, 平台标识=key))
    assert [account.id for account in accounts.load(path)] == [account_id]


def test_ways_to_read_may_be_written_in_chinese(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.csv", row(读取方式="开放接口@weibo-main｜订阅源@https://feeds.example/a"))
    (account,) = accounts.load(path)
    assert account.routes == (Route("oauth", credential="weibo-main"), Route("rss", "https://feeds.example/a"))


def test_every_problem_is_told_with_its_row(tmp_path: Path) -> None:
    path = write_rows(
        tmp_path / "accounts.csv",
        row(),
        row(平台标识="", 用途="宣传类"),
        row(平台标识="1.23457E+9"),
        row(),
        row(平台="火星号"),
        row(平台="微信公众号", 平台标识="liuxi"),
        row(平台="政府网站", 平台标识="https://mzj.gov.cn/"),
        row(平台标识="99", 读取方式="official@", 主页网址="weibo.com/99", 附加标识="biz"),
        row(平台标识="98", 曾用标识="weibo:1234567890"),
        row(平台="抖音", 平台标识="liuximinzheng"),
        row(平台="快手", 平台标识="柳溪民政"),
    )
    assert [message.split("；")[0] for message in problems(path)] == [
        "accounts.csv:3：缺少平台标识",
        "accounts.csv:3：用途“宣传类”不认识",
        "accounts.csv:4：平台标识“1.23457E+9”被 Excel 改成了科学计数法",
        "accounts.csv:5：账号 weibo:1234567890 与第 2 行重复",
        "accounts.csv:6：平台“火星号”不认识",
        "accounts.csv:7：平台标识“liuxi”不对",
        "accounts.csv:8：平台标识“https://mzj.gov.cn/”含有空格、斜线或竖线",
        "accounts.csv:9：主页网址“weibo.com/99”不是网址",
        "accounts.csv:9：读取方式“official@”看不懂",
        "accounts.csv:9：附加标识“biz”看不懂",
        "accounts.csv:10：曾用标识 weibo:1234567890 已是第 2 行的账号",
        "accounts.csv:11：平台标识“liuximinzheng”不对",
        "accounts.csv:12：平台标识“柳溪民政”不对",
    ]


def test_a_way_that_needs_a_credential_names_it(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.csv", row(读取方式="oauth"))
    assert "须写明凭据名称" in problems(path)[0]


def test_numbers_in_a_workbook_are_keys_and_cut_ones_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "accounts.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["平台", "平台标识", "账号名称"])
    sheet.append(["新浪微博", 1234567890, "柳溪民政发布"])
    book.save(path)
    assert accounts.load(path) == (PLAIN,)
    sheet.append(["今日头条", 1234567890123456789, "柳溪民政"])
    book.save(path)
    assert problems(path) == [
        "accounts.xlsx:3：长数字被 Excel 当作数值，末几位已经丢失；请把该列设为“文本”格式后重新填写"
    ]


def test_a_broken_workbook_and_a_missing_file_are_told(tmp_path: Path) -> None:
    broken = tmp_path / "accounts.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    assert "读不出工作簿" in problems(broken)[0]
    assert "读不出文件" in problems(tmp_path / "none.csv")[0]


def test_gb18030_is_named_with_its_cause(tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_bytes("平台,平台标识,账号名称\n新浪微博,1,柳溪\n".encode("gb18030"))
    assert "GB18030" in problems(path)[0]


def test_a_cell_that_excel_takes_for_a_formula_stays_text(tmp_path: Path) -> None:
    odd = Account(platform="weibo", key="5", name="=SUM(A1)", sponsor="@柳溪")
    for name in ("a.csv", "a.xlsx"):
        accounts.write(tmp_path / name, [odd])
        assert accounts.load(tmp_path / name) == (odd,)
    assert "'=SUM" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


def test_what_no_cell_can_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="竖线"):
        accounts.write(tmp_path / "a.csv", [Account(platform="weibo", key="5", name="甲", attributes={"x": "a|b"})])
    with pytest.raises(ValueError, match=r"\.csv"):
        accounts.write(tmp_path / "a.txt", [PLAIN])
