"""Files that people bring: what is read, what is refused, and that every row is accounted for."""

from __future__ import annotations

import gzip
import json
from datetime import datetime

import openpyxl
import pytest

from domain.clock import Clock, in_china
from domain.errors import ImportFileError
from domain.outcome import Outcome
from domain.post import PostKind
from pipelines.importing import ImportOrder, check_file
from registry import post_columns
from registry.post_template import write_template
from tests.pipelines.imports import CLIPS, CLOCK, DAY, NOW, PAPER, WEIBO, bring, table, text, workspace

HEAD = "标题,正文,发布时间,文章链接,作品编号"
ROWS = (
    "端午安全提示,请看护好儿童，不要下河游泳。,2026-06-17 09:30,https://rmh.pdnews.cn/Pc/a?id=501,501",
    "养老服务问答,办理津贴请带身份证。,2026/6/16 8:05,,502",
)


@pytest.fixture
def place(tmp_path):
    return workspace(tmp_path / "workspace")


def sums_up(tally) -> bool:
    return tally.read == tally.usable + len(tally.skipped) + len(tally.refused)


def stored(place, account=PAPER):
    with place.open_store() as store:
        return {item.post.key: item for item in store.posts_of(account.id)}


# -- each template ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", sorted(post_columns.TEMPLATES))
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_every_template_is_taken_back(tmp_path, platform, suffix):
    from dataclasses import replace

    account = replace(PAPER, platform=platform, key="gh_1" if platform == "wechat" else "4001")
    place = workspace(tmp_path / "workspace", account)
    form = post_columns.TEMPLATES[platform]
    path = tmp_path / f"模板{suffix}"
    write_template(path, form)
    filled = {"发布时间": "2026-06-17 09:30", "作品编号": "900000000000000001", "微博编号": "900000000000000001"}
    values = [filled.get(c.header, c.example if c.required else "") for c in form.columns]
    if suffix == ".csv":
        path.write_bytes(path.read_bytes() + ",".join(f'"{value}"' for value in values).encode() + b"\r\n")
    else:
        book = openpyxl.load_workbook(path)
        for column, value in enumerate(values, start=1):
            book.worksheets[0].cell(2, column, value or None)
        book.save(path)
    if suffix == ".csv":  # read alike: once down the line is enough
        tally = check_file(place, ImportOrder(path=path, account=account), CLOCK)
        assert (tally.read, len(tally.new), tally.refused) == (1, 1, [])
        return
    tally, result = bring(place, path, account)
    assert (tally.read, tally.usable, tally.refused) == (1, 1, [])
    assert result is not None
    post = stored(place, account)["900000000000000001"].post
    assert post.title or post.text
    assert in_china(post.published_at) == datetime.fromisoformat("2026-06-17T09:30+08:00")


def test_an_empty_template_holds_nothing(tmp_path, place):
    path = tmp_path / "模板.xlsx"
    write_template(path, post_columns.template("视频号"))
    tally, result = bring(place, path, CLIPS)
    assert (tally.read, tally.usable, result) == (0, 0, None)


@pytest.mark.parametrize("name", ["视频号", "人民号", "新华号", "百家号", "学习强国号", "通用", "微信公众号", "抖音"])
def test_a_template_for_every_name_of_the_filing_form(name):
    columns = [column for column in post_columns.template(name).columns if column.required]
    assert "发布时间" in [column.header for column in columns]


@pytest.mark.parametrize(("name", "why"), [("小程序", "不发布内容"), ("某号", "没有")])
def test_a_template_that_does_not_exist(name, why):
    with pytest.raises(ValueError, match=why):
        post_columns.template(name)


# -- tables -------------------------------------------------------------------------------------------------------


def test_a_csv_in_gb18030(tmp_path, place):
    path = text(tmp_path / "导出.csv", "\r\n".join((HEAD, *ROWS)), "gb18030")
    tally, result = bring(place, path)
    assert (tally.read, len(tally.new), tally.refused) == (2, 2, [])
    assert "按 GB18030 编码、逗号分隔读取" in tally.notes
    posts = stored(place)
    assert posts["501"].post.text == "请看护好儿童，不要下河游泳。"
    assert posts["501"].post.evidence
    assert sums_up(tally)
    assert result is not None


@pytest.mark.parametrize(
    ("encoding", "separator", "told"),
    [
        ("utf-16", "\t", "UTF-16 编码、制表符"),
        ("utf-8", ";", "UTF-8 编码、分号"),
        ("utf-8-sig", ",", "UTF-8 编码、逗号"),
    ],
)
def test_other_encodings_and_separators(tmp_path, place, encoding, separator, told):
    content = "\n".join((HEAD, *ROWS)).replace(",", separator)
    tally, _ = bring(place, text(tmp_path / "导出.txt", content, encoding))
    assert len(tally.new) == 2
    assert any(told in note for note in tally.notes)


def test_a_sheet_with_a_merged_header(tmp_path, place):
    rows = [
        ["柳溪市民政局人民号作品导出（2026年6月）"],
        ["序号", "作品信息", None, None, "数据", None],
        [None, "标题", "正文", "发布时间", "阅读量", "点赞数"],
        [1, "端午安全提示", "请看护好儿童。", datetime(2026, 6, 17, 9, 30), 120, 3],
        [2, "养老服务问答", "办理津贴请带身份证。", None, 90, 1],
        ["合计", None, None, None, 210, 4],
    ]
    path = table(tmp_path / "导出.xlsx", rows, merges=("A1:F1", "A2:A3", "B2:D2", "E2:F2", "D4:D5"))
    tally, _ = bring(place, path)
    assert (tally.read, len(tally.new), tally.refused) == (3, 2, [])
    assert [one.place for one in tally.skipped] == ["第 6 行"]
    assert "表头在第 3 行，前 2 行不是数据，合并单元格已展开" in tally.notes
    assert "数据中的合并单元格按其内容填入每一行" in tally.notes
    assert any("阅读量、点赞数" in note for note in tally.notes)
    moments = {in_china(item.post.published_at).isoformat() for item in stored(place).values()}
    assert moments == {"2026-06-17T09:30:00+08:00"}


def test_a_header_of_two_rows_where_each_names_a_part(tmp_path, place):
    rows = [["发布时间", "内容", None], [None, "标题", "正文"], ["2026-06-17 09:30", "端午安全提示", "请看护好儿童。"]]
    path = table(tmp_path / "导出.xlsx", rows, merges=("A1:A2", "B1:C1"))
    tally, _ = bring(place, path)
    assert len(tally.new) == 1
    rows[1][0] = None  # the same from a CSV, which knows no merged cells
    content = "\n".join(",".join(str(cell or "") for cell in row) for row in rows)
    tally, _ = bring(place, text(tmp_path / "导出.csv", content))
    assert len(tally.unchanged) == 1
    assert "表头在第 1 至 2 行（两行表头）" in tally.notes


def test_the_right_one_of_two_columns_is_taken(tmp_path, place):
    content = "摘要,标题,正文,发布时间\n短,端午安全提示,请看护好儿童。,2026-06-17"
    tally, _ = bring(place, text(tmp_path / "a.csv", content))
    assert [item.post.text for item in stored(place).values()] == ["请看护好儿童。"]
    assert any("没有用：摘要" in note for note in tally.notes)


def test_every_bad_row_is_named_and_costs_no_other(tmp_path, place):
    content = "\n".join(
        (
            "标题,正文,发布时间,文章链接,作品编号,状态,账号",
            "好的一篇,正文。,2026-06-17 09:30,,1,,",
            "没有时间,正文。,,,2,,",
            "时间不对,正文。,上个月,,3,,",
            "将来的,正文。,2026-07-01 08:00,,4,,",
            ",,2026-06-17,,5,,",
            "网址不对,正文。,2026-06-17,rmh/1,6,,",
            "编号坏了,正文。,2026-06-17,,7.12E+18,,",
            "状态不认识,正文。,2026-06-17,,8,怪状态,",
            "草稿,正文。,2026-06-17,,9,草稿,",
            "别人的,正文。,2026-06-17,,10,,柳溪交通",
            "好的一篇,正文。,2026-06-17 09:30,,1,,",
            "改过的一篇,正文。,2026-06-17 09:30,,1,,",
        )
    )
    tally, _ = bring(place, text(tmp_path / "a.csv", content))
    refused = {one.place: one.reason for one in tally.refused}
    skipped = {one.place: one.reason for one in tally.skipped}
    assert len(tally.new) == 1
    assert set(refused) == {f"第 {number} 行" for number in (3, 4, 5, 6, 7, 8, 9, 11, 13)}
    assert set(skipped) == {"第 10 行", "第 12 行"}
    assert sums_up(tally)
    for number, words in {
        3: "没有发布时间", 4: "上个月", 5: "晚于导出时间", 6: "都是空的", 7: "不是网址", 8: "科学计数法",
        9: "怪状态", 11: "柳溪交通", 13: "内容却不一样",
    }.items():  # fmt: skip
        assert words in refused[f"第 {number} 行"]
        assert "；" in refused[f"第 {number} 行"], "it says what to do"


def test_a_hidden_sheet_is_not_read_and_told(tmp_path, place):
    rows = [["标题", "发布时间"], ["一", "2026-06-17"]]
    path = table(tmp_path / "a.xlsx", rows, extra=("旧表", [["标题", "发布时间"], ["二", "2026-06-16"]]))
    book = openpyxl.load_workbook(path)
    book["旧表"].sheet_state = "hidden"
    book.save(path)
    tally = check_file(place, ImportOrder(path=path, account=PAPER), CLOCK)
    assert (tally.read, tally.usable) == (1, 1)
    assert "隐藏的工作表没有读：旧表" in tally.notes


def test_every_sheet_with_a_header_is_read(tmp_path, place):
    rows = [["标题", "发布时间"], ["一", "2026-06-17"]]
    path = table(tmp_path / "a.xlsx", rows, extra=("五月", [["标题", "发布时间"], ["二", ""]]))
    tally = check_file(place, ImportOrder(path=path, account=PAPER), CLOCK)
    assert (tally.read, tally.new) == (2, ["工作表“内容”第 2 行"])
    assert tally.refused[0].place == "工作表“五月”第 2 行"


def test_a_long_number_that_excel_has_cut_is_refused(tmp_path, place):
    path = table(tmp_path / "a.xlsx", [["标题", "发布时间", "作品编号"], ["一", "2026-06-17", 7123456789012345678]])
    tally, result = bring(place, path)
    assert "末几位已经丢失" in tally.refused[0].reason
    assert result is None


@pytest.mark.parametrize("content", ["序号,数据\n1,2", "标题,正文\n一,二", "发布时间,阅读量\n2026-06-17,1"])
def test_a_table_without_a_known_header(tmp_path, place, content):
    with pytest.raises(ImportFileError, match=r"表头.*没有导入任何内容.*模板"):
        bring(place, text(tmp_path / "a.csv", content))


# -- damaged files ------------------------------------------------------------------------------------------------


def test_a_damaged_workbook_is_refused_whole(tmp_path, place):
    path = table(tmp_path / "a.xlsx", [["标题", "发布时间"], ["一", "2026-06-17"]])
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(ImportFileError, match=r"a.xlsx：工作簿已损坏或不完整，没有导入任何内容；请"):
        bring(place, path)
    assert stored(place) == {}


def test_a_csv_with_damaged_rows_loses_only_these(tmp_path, place):
    lines = (HEAD, *ROWS, '三,"没有合上的引号,2026-06-15,,503', "四,正文。,2026-06-14,,504")
    data = "\n".join(lines).encode("gb18030")
    data += b"\n\x81\x20\xff\xff,x,2026-06-13,,505\n" + "六,正文。,2026-06-12,,506".encode("gb18030")
    path = tmp_path / "坏.csv"
    path.write_bytes(data)
    tally, _ = bring(place, path)
    assert {one.place for one in tally.refused} == {"第 4 行", "第 6 行"}
    assert set(stored(place)) == {"501", "502", "504", "506"}
    assert sums_up(tally)


def test_a_cut_jsonl_loses_its_last_line(tmp_path, place):
    record = {"title": "一", "text": "正文。", "published_at": "2026-06-17T09:30:00+08:00", "post_key": "1"}
    lines = [json.dumps(record | {"post_key": str(number)}, ensure_ascii=False) for number in (1, 2)]
    path = text(tmp_path / "a.jsonl", "\n".join(lines) + '\n{"title": "三', "utf-8")
    tally, _ = bring(place, path)
    assert (tally.shape, tally.read, len(tally.new)) == ("JSONL", 3, 2)
    assert tally.refused[0].place == "第 3 行"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "空文件"),
        (b"%PDF-1.7 x", "PDF"),
        (b"\x89PNG\r\n", "图片"),
        (gzip.compress(b"x" * 999, mtime=0)[:20], "gzip"),
    ],
)
def test_files_that_are_no_posts(tmp_path, place, body, why):
    path = tmp_path / "a.csv"
    path.write_bytes(body)
    with pytest.raises(ImportFileError, match=f"{why}.*没有导入任何内容"):
        bring(place, path)


# -- what is on file ------------------------------------------------------------------------------------------------


def test_the_same_file_again_changes_nothing_and_an_edit_is_seen(tmp_path, place):
    path = text(tmp_path / "a.csv", "\n".join((HEAD, *ROWS)))
    bring(place, path)
    tally, _ = bring(place, path)
    assert (len(tally.new), len(tally.changed), len(tally.unchanged)) == (0, 0, 2)
    edited = "\n".join((HEAD, ROWS[0].replace("儿童", "孩子"), ROWS[1]))
    tally, _ = bring(place, text(path, edited))
    assert (tally.changed, tally.unchanged) == (["第 2 行"], ["第 3 行"])
    assert "孩子" in stored(place)["501"].post.text


def test_what_the_file_does_not_speak_of_stays(tmp_path, place):
    bring(place, text(tmp_path / "a.csv", "\n".join((HEAD, *ROWS))))
    tally, _ = bring(place, text(tmp_path / "b.csv", "标题,发布时间,作品编号\n端午安全提示,2026-06-17 09:30,501"))
    assert tally.unchanged == ["第 2 行"]
    post = stored(place)["501"].post
    assert (post.text, post.url) == ("请看护好儿童，不要下河游泳。", "https://rmh.pdnews.cn/Pc/a?id=501")


def test_an_older_export_does_not_undo_a_newer_one(tmp_path, place):
    bring(place, text(tmp_path / "a.csv", "\n".join((HEAD, *ROWS))))
    older = text(tmp_path / "b.csv", "\n".join((HEAD, ROWS[0].replace("儿童", "孩子"))))
    tally, _ = bring(place, older, exported_at=NOW - DAY / 2)
    assert "已存的内容较新" in tally.skipped[0].reason
    assert "儿童" in stored(place)["501"].post.text


def test_a_withdrawn_post_is_recorded_as_gone(tmp_path, place):
    bring(place, text(tmp_path / "a.csv", "\n".join((HEAD, *ROWS))))
    content = "标题,发布时间,作品编号,状态\n端午安全提示,2026-06-17 09:30,501,已删除"
    tally, _ = bring(place, text(tmp_path / "b.csv", content))
    assert tally.changed == ["第 2 行"]
    assert (stored(place)["501"].outcome, stored(place)["501"].gone_at is not None) == (Outcome.DELETED, True)


def test_posts_are_told_by_their_address_where_they_have_no_number(tmp_path, place):
    head = "微博内容,发布时间,微博链接"
    row = "今日起开放高温避暑点,2026-06-17 09:30,https://weibo.com/7600009001/R1b2C3d4E"
    bring(place, text(tmp_path / "a.csv", f"{head}\n{row}"), WEIBO)
    (key,) = stored(place, WEIBO)
    bring(place, text(tmp_path / "b.csv", f"{head}\n{row.replace('https', 'http')}?from=x"), WEIBO)
    assert set(stored(place, WEIBO)) == {key}
    assert stored(place, WEIBO)[key].post.kind is PostKind.TEXT


def test_check_writes_nothing(tmp_path, place):
    path = text(tmp_path / "a.csv", "\n".join((HEAD, *ROWS)))
    tally = check_file(place, ImportOrder(path=path, account=PAPER), CLOCK)
    assert (tally.usable, stored(place)) == (2, {})


# -- the line -------------------------------------------------------------------------------------------------------


def test_imported_posts_are_judged_like_any_other(tmp_path, place):
    path = text(tmp_path / "a.csv", f"{HEAD}\n公示,联系人张某某，身份证号349901199003070019。,2026-06-17 09:30,,1")
    _, result = bring(place, path)
    rules = {one.finding.rule_id for one in result.findings}
    assert any(rule.startswith("privacy-") for rule in rules)
    (coverage,) = result.coverages
    assert (coverage.route, coverage.outcome, coverage.complete) == ("import", Outcome.OK, False)
    assert "未声明内容齐全，不作停更判断" in coverage.detail


def test_silence_is_concluded_only_from_a_complete_export_of_today(tmp_path, place):
    path = text(tmp_path / "a.csv", f"{HEAD}\n旧闻,正文。,2026-03-01 09:30,,1")
    assert not _silent(bring(place, path)[1])
    assert not _silent(bring(place, path, complete=True, exported_at=NOW - 2 * DAY)[1])
    assert _silent(bring(place, path, complete=True, clock=Clock(NOW + DAY / 4, fixed=True))[1])


def _silent(result) -> bool:
    return any(one.finding.rule_id.startswith("freshness-") for one in result.findings)
