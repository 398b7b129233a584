"""The list of sources that the operator loads, and what a source is."""

from __future__ import annotations

from datetime import date

import pytest

from domain.errors import DataError
from domain.sources import ApprovedSource, SourceBook, SourceClass
from registry import approved_sources

DAY = date(2026, 6, 18)


def test_the_list_is_read(tmp_path):
    path = tmp_path / "approved_sources.csv"
    path.write_text(
        "名称,类别,域名,账号,起,止,版本\n柳溪在线,地方新闻网站,https://www.online.liuxi.example/|m.liuxi.example,柳溪在线号,2025-07-02,,2025\n",
        encoding="utf-8",
    )
    (found,) = approved_sources.load(path)
    assert found.domains == ("online.liuxi.example", "m.liuxi.example")
    book = SourceBook(approved=(found,))
    assert book.classify("“柳溪在线号”", "", DAY) is SourceClass.LISTED
    assert book.classify("", "https://a.m.liuxi.example/1", DAY) is SourceClass.LISTED
    assert book.classify("柳溪在线", "", date(2025, 7, 1)) is SourceClass.UNKNOWN


def test_every_problem_is_told_with_its_row(tmp_path):
    path = tmp_path / "approved_sources.csv"
    path.write_text(
        "名称,域名,起,止\n,a.example,,\n甲,http://,2026-13-01,\n乙,,2026-05-02,2026-05-01\n", encoding="utf-8"
    )
    with pytest.raises(DataError) as raised:
        approved_sources.load(path)
    told = str(raised.value)
    assert "没有名称" in told


def test_no_file_is_an_empty_list(tmp_path):
    assert approved_sources.load(tmp_path / "none.csv") == ()


@pytest.mark.parametrize(
    ("name", "url", "kind"),
    [
        ("云江省民政厅网站", "", SourceClass.GOVERNMENT),
        ("柳溪市人民政府", "", SourceClass.GOVERNMENT),
        ("民政部", "", SourceClass.GOVERNMENT),
        ("", "https://mzj.liuxi.gov.cn/1", SourceClass.GOVERNMENT),
        ("", "https://gov.cn.evil.example/1", SourceClass.UNKNOWN),
        ("人民日报客户端", "", SourceClass.MEDIA),
        ("柳溪日报", "", SourceClass.MEDIA),
        ("", "http://www.xinhuanet.com/1.htm", SourceClass.MEDIA),
        ("生活百事通", "", SourceClass.UNKNOWN),
        ("云上号", "", SourceClass.COMMERCIAL),
    ],
)
def test_what_a_source_is(name, url, kind):
    assert SourceBook(commercial=frozenset({"云上号"})).classify(name, url, DAY) is kind


def test_the_office_list_goes_first():
    book = SourceBook(approved=(ApprovedSource(name="云上号"),), commercial=frozenset({"云上号"}))
    assert book.classify("云上号", "", DAY) is SourceClass.LISTED
