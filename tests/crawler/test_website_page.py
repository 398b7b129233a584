"""Pages of a bureau's website: lists, articles, disclosure, walls."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from crawler.parsing.markup import decode
from crawler.platforms.website.keys import key_of
from crawler.platforms.website.page import read
from crawler.platforms.website.site import foreign_source
from domain.outcome import Outcome
from domain.post import PostKind

FIXTURES = Path(__file__).parent / "fixtures" / "website"
AT = datetime.fromisoformat("2026-06-18T22:00:00+08:00")
SITE = "https://mzj.liuxi.example"


def page(name: str, path: str = "/tzgg/20002001.html", **options):
    return read((FIXTURES / name).read_bytes(), SITE + path, AT, **options)


def test_a_column():
    reading = page("column.html", "/tzgg/index.html")
    assert (reading.outcome, reading.kind, reading.account) == (Outcome.OK, PostKind.LIST, "柳溪市民政局网站")
    first, second, external = reading.posts
    assert (first.post_key, first.title) == ("20002001", "关于做好高温天气救助工作的通知（2026年6月1日起施行）")
    assert first.published_at == datetime.fromisoformat("2026-06-17T00:00:00+08:00")
    assert first.url == f"{SITE}/tzgg/20002001.html"
    assert second.title == "清明祭扫公告"
    assert (external.kind, external.post_key.startswith("external-")) == (PostKind.SHARE_CARD, True)
    assert external.links == ("https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv",)
    assert reading.profile["site_id_code"] == "3499000012"
    assert reading.profile["icp"] == "云ICP备12345678号-1"


@pytest.mark.parametrize(
    ("path", "following"),
    [
        ("/tzgg/index.html", "/content/column/10002?pageIndex=2"),
        ("/content/column/10002?pageIndex=2", "/content/column/10002?pageIndex=3"),
        ("/content/column/10002?pageIndex=3", None),
    ],
)
def test_the_next_page_of_a_column(path, following):
    cursor = page("column.html", path).cursor
    assert cursor.get("url") == (SITE + following if following else None)


@pytest.mark.parametrize(
    "name", ["article_jfont.html", "article_zoom.html", "article_trs.html", "article_no_pubdate.html"]
)
def test_an_article_in_every_form(name):
    post = page(name).post
    assert (post.outcome, post.kind, post.post_key) == (Outcome.OK, PostKind.ARTICLE, "20002001")
    assert post.title == "高温天气救助通知"
    assert post.text.startswith("各站所：\n站点\t电话\n上级文件")
    assert post.published_at == datetime.fromisoformat("2026-06-17T10:12:00+08:00")
    assert post.images == (f"{SITE}/group6/M00/0A/1B/abc.jpg",)
    assert post.links == ("https://www.yunjiang.example/z.html",)
    assert [(file.name, file.url) for file in post.attachments] == [
        ("站点名单.docx", f"{SITE}/group6/M00/0A/1B/wKgB1.docx"),
        ("附件2：申请表.pdf", f"{SITE}/uploads/2.pdf"),
    ]


def test_the_source_of_an_article():
    assert page("article_jfont.html").post.repost_source is None  # the site's own bureau
    assert page("article_zoom.html").post.repost_source == "云江省民政厅"


@pytest.mark.parametrize("source", ["本站", "本网", "我局", "原创", "--"])
def test_a_source_that_means_the_site_itself(source):
    assert foreign_source(source, "柳溪市民政局") is None
    assert foreign_source(f"{source}通讯社", "柳溪市民政局") == f"{source}通讯社"


def test_a_date_without_a_label_under_the_title():
    body = (
        '<html><head><meta name="SiteName" content="柳溪市民政局"></head><body><h1>低保公告</h1>'
        '<div class="pages-date">2026-06-01 10:00 <span>来源：云江新闻</span></div>'
        '<div id="UCAP-CONTENT"><p>正文</p></div></body></html>'
    )
    post = read(body.encode(), f"{SITE}/c/content_1.htm", AT).post
    assert post.published_at == datetime.fromisoformat("2026-06-01T10:00:00+08:00")
    assert post.repost_source == "云江新闻"


@pytest.mark.parametrize(
    ("inside", "outcome"),
    [("", Outcome.LAYOUT_CHANGED), ("<iframe src='/v.html'></iframe>", Outcome.OK), ("<img src='/a.jpg'>", Outcome.OK)],
)
def test_an_article_that_shows_nothing_is_not_read(inside, outcome):
    head = '<meta name="ArticleTitle" content="低保公告"><meta name="PubDate" content="2026-06-01">'
    body = f'<html><head>{head}</head><body><div class="j-fontContent">{inside}</div></body></html>'
    assert read(body.encode(), f"{SITE}/tzgg/1.html", AT).outcome is outcome


def test_an_article_without_a_date_says_so():
    post = page("article_undated.html").post
    assert post.published_at is None
    assert post.detail == "页面没有标明发布时间"


def test_an_article_whose_body_is_not_known_is_not_its_sidebar():
    body = (FIXTURES / "article_zoom.html").read_bytes().replace(b'id="zoom"', b'id="new-body"')
    assert read(body, f"{SITE}/tzgg/20002001.html", AT).outcome is Outcome.LAYOUT_CHANGED


def test_a_disclosure_list_and_its_pages():
    full = f"{SITE}/site/label/8888?IsAjax=1&labelName=publicInfoList&pageSize=2&pageIndex=1&catIds="
    body = (FIXTURES / "disclosure_fragment.html").read_bytes()
    reading = read(body, full, AT)
    assert [post.post_key for post in reading.posts] == ["public-30001001", "public-30001000"]
    assert "pageIndex=2" in reading.cursor["url"]
    assert "catIds=" in reading.cursor["url"]
    assert read(body, full.replace("pageSize=2", "pageSize=15"), AT).cursor == {}
    assert page("disclosure_empty.html", "/site/label/8888").outcome is Outcome.EMPTY


def test_a_disclosure_index_names_the_request_that_fills_it():
    reading = page("disclosure_index.html", "/public/column/6796201?type=4&action=list&nav=3&catId=6717201")
    assert (reading.outcome, reading.kind, reading.posts) == (Outcome.OK, PostKind.LIST, ())
    for part in (f"{SITE}/site/label/8888?", "siteId=6795621", "organId=6796201", "cId=6717201", "pageIndex=1"):
        assert part in reading.cursor["url"]


def test_a_disclosure_document_takes_the_date_of_publication():
    post = page("disclosure_article.html", "/public/6796201/30001000.html").post
    assert post.published_at == datetime.fromisoformat("2026-02-20T09:30:00+08:00")
    assert post.text == "火化费按标准收取。"
    assert post.repost_source is None


def test_lists_of_other_systems():
    trs = page("trs_list.html", "/zfwj/index.html")
    assert [post.post_key for post in trs.posts] == ["t20260615_100200"]
    assert trs.posts[0].published_at == datetime.fromisoformat("2026-06-15T00:00:00+08:00")
    assert trs.cursor == {"url": f"{SITE}/zfwj/index_1.html"}
    hanweb = page("hanweb_list.html", "/col/col101/index.html")
    assert [(post.post_key, post.title) for post in hanweb.posts] == [("art_101_2002", "社团登记公告")]


@pytest.mark.parametrize(
    ("name", "status", "outcome"),
    [
        ("challenge.html", 200, Outcome.VERIFY_WALL),
        ("challenge.html", 412, Outcome.VERIFY_WALL),
        ("redesigned.html", 200, Outcome.LAYOUT_CHANGED),
        ("gone.html", 200, Outcome.DELETED),
        ("gone.html", 404, Outcome.DELETED),
    ],
)
def test_pages_without_content(name, status, outcome):
    reading = page(name, status=status)
    assert reading.outcome is outcome
    assert reading.posts == ()


def test_an_article_that_speaks_of_missing_pages_is_an_article():
    body = (
        (FIXTURES / "article_zoom.html").read_bytes().replace("各站所：".encode(), "网上办事页面不存在怎么办".encode())
    )
    assert read(body, f"{SITE}/tzgg/20002001.html", AT).outcome is Outcome.OK


def test_the_header_is_not_believed():
    body = (FIXTURES / "column.html").read_bytes()
    assert read(body, SITE, AT, content_type="text/html; charset=ISO-8859-1").account == "柳溪市民政局网站"
    old = body.decode().replace('charset="utf-8"', 'charset="gb2312"').encode("gb18030")
    assert read(old, SITE, AT).account == "柳溪市民政局网站"
    assert decode("中文".encode("gb18030")) == "中文"
    assert decode("中文文".encode()[:-1]) == "中文"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://a.example/x/20002001.html", "20002001"),
        ("https://a.example/202606/t20260615_100200.html", "t20260615_100200"),
        ("https://a.example/art/2026/6/10/art_101_2002.html", "art_101_2002"),
        ("https://a.example/public/6796201/30001000.html", "public-30001000"),
        ("", ""),
    ],
)
def test_keys(url, key):
    assert key_of(url) == key


def test_an_address_without_a_number_still_has_one_key():
    assert key_of("https://a.example/about") == key_of("https://A.example/about#x")
    assert key_of("https://a.example/about") != key_of("https://b.example/about")


def test_no_truncation_of_any_page_makes_the_reader_fail():
    for path in FIXTURES.iterdir():
        body = path.read_bytes()
        for part in range(0, len(body), max(len(body) // 23, 1)):
            assert read(body[:part], SITE, AT).outcome in Outcome
