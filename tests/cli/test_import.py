"""``xunjian import``: what a clerk types, and what he is told."""

from __future__ import annotations

import openpyxl
import pytest

from cli.exits import Exit

REGISTER = """平台,平台标识,账号名称,主办单位,读取方式
视频号,sph_liuxi,柳溪民政视频号,柳溪市民政局,人工导入
人民号,4001,柳溪民政,柳溪市民政局,import
"""
POSTS = "视频描述,发布时间,作品编号\r\n入梅后多雨，请留意独居老人。,2026-01-17 09:30,901\r\n没有时间的一条,,902\r\n"


@pytest.fixture
def place(xunjian, workspace, tmp_path):
    register = tmp_path / "台账.csv"
    register.write_text(REGISTER, encoding="utf-8-sig")
    ended = xunjian("registry", "import", register, "-w", workspace)
    assert ended.code == Exit.CLEAN, ended.err
    return workspace


def brought(tmp_path, content=POSTS, encoding="gb18030"):
    path = tmp_path / "视频号导出.csv"
    path.write_bytes(content.encode(encoding))
    return path


def test_it_says_exactly_what_it_did(xunjian, place, tmp_path):
    ended = xunjian("import", brought(tmp_path), "--account", "柳溪民政视频号", "-w", place, "--to", "json")
    lines = ended.out.splitlines()
    assert ended.code == Exit.USAGE  # one row was refused
    assert lines[:5] == [
        "视频号导出.csv → 柳溪民政视频号（channels:sph_liuxi）：CSV 表，读到 2 行",
        "  按 GB18030 编码、逗号分隔读取",
        "  表头在第 1 行",
        "已导入 1 篇：新增 1，有改动 0，与已存的相同 0；略过 0，拒绝 1",
        "  拒绝　第 3 行：没有发布时间；格式为 2026-06-18 09:30",
    ]
    assert "本次应检查账号 1 个，已检查 1 个" in ended.out


def test_check_only_looks(xunjian, place, tmp_path):
    ended = xunjian("import", brought(tmp_path), "--account", "sph_liuxi", "-w", place, "--check")
    assert "可以导入 1 篇" in ended.out
    assert ended.out.splitlines()[-1] == "只作核对，没有写入"
    again = xunjian("import", brought(tmp_path), "--account", "sph_liuxi", "-w", place, "--check")
    assert "新增 1" in again.out


def test_a_damaged_file_is_told_on_one_line(xunjian, place, tmp_path):
    path = tmp_path / "坏.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["标题", "发布时间"])
    book.save(path)
    path.write_bytes(path.read_bytes()[:-300])
    ended = xunjian("import", path, "--account", "sph_liuxi", "-w", place)
    assert (ended.code, ended.out) == (Exit.USAGE, "")
    assert ended.err.strip() == (
        "坏.xlsx：工作簿已损坏或不完整，没有导入任何内容；请重新导出，或在 Excel 中打开并另存为 .xlsx 后再导入"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "缺少文件"),
        (("a.csv",), "缺少--account"),
        (("a.csv", "--account", "柳溪交通"), "不是在册账号"),
        (("a.csv", "--account", "sph_liuxi"), "没有这个文件"),
        (("a.csv", "--account", "sph_liuxi", "--exported-at", "昨天"), "不是时间"),
    ],
)
def test_wrong_usage(xunjian, place, arguments, told):
    ended = xunjian("import", *arguments, "-w", place)
    assert ended.code == Exit.USAGE
    assert told in ended.err
    assert len(ended.err.strip().splitlines()) == 1


def test_a_private_number_in_a_bad_row_is_masked(xunjian, place, tmp_path):
    content = "标题,发布时间\r\n公示,349901199003070019\r\n"
    ended = xunjian("import", brought(tmp_path, content), "--account", "sph_liuxi", "-w", place, "--check")
    assert "拒绝　第 2 行" in ended.out
    assert "349901199003070019" not in ended.out + ended.err


def test_a_template_is_written_once(xunjian, tmp_path):
    ended = xunjian("import", "--template", "视频号")
    assert ended.out == "微信视频号导入模板.xlsx：微信视频号导入模板已写好；必填列：视频描述、发布时间\n"
    assert (tmp_path / "微信视频号导入模板.xlsx").exists()
    assert "没有覆盖" in xunjian("import", "--template", "视频号").err
    assert xunjian("import", "--template", "人民号", "-o", "rmh.csv").code == Exit.CLEAN
    assert "没有“某号”的导入模板" in xunjian("import", "--template", "某号").err


def test_a_night_without_a_fresh_import_is_incomplete(xunjian, place):
    ended = xunjian("run", "-w", place, "--to", "json")
    assert ended.code == Exit.INCOMPLETE
    assert "未能检查　柳溪民政视频号（微信视频号）：该账号只能人工导入，还没有导入过" in ended.out
