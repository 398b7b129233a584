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


def test_an_article_in_an_unknown_layout_is_not_its_sidebar():
    body = (FIXTURES / "article_zoom.html").read_bytes().replace(b'id="zoom"', b'id="new-body"')
    post = read(body, f"{SITE}/tzgg/20002001.html", AT).post
    assert post.outcome is Outcome.OK
    assert post.text.startswith("各站所：")
    assert "相关文章" not in post.text


def test_an_article_whose_body_a_script_fills_is_not_its_sidebar():
    head = b'<head><meta name="SiteName" content="x"><meta name="ArticleTitle" content="y"></head>'
    side = b'<ul class="doc_list"><li><a href="/x/9999.html">z</a><span>2026-01-01</span></li></ul>'
    body = b"<html>" + head + b'<body><div id="app-content"></div>' + side + b"</body></html>"
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


JPAGE = """<html><head><meta name="SiteName" content="柳溪市民政局网站"></head><body><div id="9001">
<script type="text/xml"><datastore>{group}<recordset>{records}</recordset></datastore></script></div>
<script>$('#9001').jpage({{themeName:'default',totalRecord:{total},perPage:2,groupSize:1,{proxy}
ajaxParam:{{appid:'1',webid:'3',path:'/',columnid:'101',unitid:'9001',webname:'柳溪',permissiontype:0}}}});</script></body></html>"""
ROW = (
    "<record><![CDATA[<li><a href='/art/2026/6/{day}/art_101_{key}.html' title='社团登记公告第{key}号'>"
    "社团登记</a>{date}</li>]]></record>"
)


def jpage(total: int, *, group: str = "", proxy: str = "proxyUrl:'/module/web/jpage/dataproxy.jsp',", date: str = ""):
    rows = "".join(ROW.format(day=10 + key, key=key, date=date) for key in (1, 2))
    text = JPAGE.format(group=group, records=rows, total=total, proxy=proxy)
    return read(text.encode(), f"{SITE}/col/col101/index.html", AT)


def test_hanweb_names_its_next_group():
    link = "/module/web/jpage/dataproxy.jsp?page=1&amp;webid=3&amp;columnid=101&amp;webname=柳溪"
    reading = jpage(5, group=f'<nextgroup><![CDATA[<a href="{link}"></a>]]></nextgroup>', date="<b>2026-06-10</b>")
    assert [post.post_key for post in reading.posts] == ["art_101_1", "art_101_2"]
    assert reading.cursor["url"] == (
        f"{SITE}/module/web/jpage/dataproxy.jsp?page=1&webid=3&columnid=101&webname=%E6%9F%B3%E6%BA%AA"
    )
    assert "body" not in reading.cursor


def test_hanweb_without_a_named_group_is_asked_by_record_numbers():
    first = jpage(5)
    assert first.cursor["url"].endswith("dataproxy.jsp?startrecord=3&endrecord=4&perpage=2")
    assert "columnid=101&unitid=9001" in first.cursor["body"]
    rows = "".join(ROW.format(day=5, key=key, date="") for key in (3, 4))
    reply = f"<?xml version='1.0'?><datastore><totalrecord>5</totalrecord><recordset>{rows}</recordset></datastore>"
    second = read(reply.encode(), first.cursor["url"], AT)
    assert [post.post_key for post in second.posts] == ["art_101_3", "art_101_4"]
    assert second.cursor["url"].endswith("startrecord=5&endrecord=6&perpage=2")
    assert second.cursor["same_body"]
    last = (
        f"<datastore><totalrecord>5</totalrecord><recordset>{ROW.format(day=1, key=5, date='')}</recordset></datastore>"
    )
    assert read(last.encode(), second.cursor["url"], AT).cursor == {}


def test_hanweb_shows_all_there_is():
    assert jpage(2).cursor == {}


OLD_JPAGE = """<html><body><div id="55"></div><script>var InitData55=[
'<li><a href="/art/2026/6/10/art_7_1.html">慈善募捐备案公示</a>[2026-06-10]</li>',
'<li><a href=\\'/art/2026/6/9/art_7_2.html\\'>养老机构备案公示</a>[2026-06-09]</li>'];
$(function(){$('#55').jpage({totalRecord:9,dataStore:InitData55,
proxyUrl:'/module/jslib/jquery/jpage/dataproxy.jsp',perPage:2,ajaxParam:{col:1,webid:60,columnid:30067,unitid:'55'}});});</script></body></html>"""


def test_hanweb_of_the_older_kind():
    reading = read(OLD_JPAGE.encode(), f"{SITE}/col/col7/index.html", AT)
    assert [post.post_key for post in reading.posts] == ["art_7_1", "art_7_2"]
    assert "columnid=30067" in reading.cursor["body"]


def trs_page(script: str, url: str = "/zfwj/index.html"):
    rows = "".join(
        f'<li><a href="./202606/t2026061{n}_10020{n}.html">慈善组织年报公告第{n}号</a><i>2026-06-1{n}</i></li>'
        for n in (1, 2)
    )
    shown = f'<div class="list-right"><ul class="anything">{rows}</ul></div>'
    text = f"<html><body>{shown}<script>{script}</script></body></html>"
    return read(text.encode(), SITE + url, AT)


@pytest.mark.parametrize(
    ("script", "following"),
    [
        ('createPageHTML(34,0,"index","html")', "index_1.html"),
        ("createPageHTML('page_div',34, 2,'fenye','index','shtml',510);", "index_3.shtml"),
        ('var _nPageCount=34, _nCurrIndex=0; createPageHTML(_nPageCount,_nCurrIndex,"list","htm")', "list_1.htm"),
        ('var m = Pager({size:34, current:1, prefix:"index",suffix:"html"});', "index_2.html"),
        ("var countPage = 34//共多少页\nvar currentPage = 0;", "index_1.html"),
        ('createPageHTML(34,33,"index","html")', ""),
    ],
)
def test_trs_pages_in_every_notation(script, following):
    reading = trs_page(script)
    assert [post.post_key for post in reading.posts] == ["t20260611_100201", "t20260612_100202"]
    assert reading.cursor.get("url", "") == (f"{SITE}/zfwj/{following}" if following else "")


def test_a_list_that_no_structure_describes():
    cards = "".join(
        f'<div class="card"><h4><a href="/n/100{n}.html">养老服务公告第{n}号</a></h4><p>2026年6月1{n}日</p></div>'
        for n in range(4)
    )
    nav = '<div class="nav"><a href="/">首页</a><a href="/b">政务公开</a></div>'
    text = f"<html><body>{nav}<div>{cards}</div></body></html>"
    reading = read(text.encode(), f"{SITE}/n/index.html", AT)
    assert (reading.kind, len(reading.posts)) == (PostKind.LIST, 4)
    assert reading.posts[1].published_at == datetime.fromisoformat("2026-06-11T00:00:00+08:00")


def test_rows_whose_address_alone_says_the_day():
    rows = "".join(f'<li><a href="/art/2026/6/1{n}/art_9_{n}.html">救助管理公告第{n}号</a></li>' for n in range(3))
    reading = read(f"<html><body><ul>{rows}</ul></body></html>".encode(), f"{SITE}/col/col9/index.html", AT)
    assert [post.published_at.day for post in reading.posts] == [10, 11, 12]


def test_a_hanweb_article_by_its_marks():
    text = (
        '<html><head><meta name="ArticleTitle" content="公示"><meta name="PubDate" content="2026-06-10 08:00"></head>'
        '<body><div class="odd"><!--ZJEG_RSS.content.begin--><p>名单如下。</p><p><a href="/module/download/downfile.jsp'
        '?classid=0&filename=a1b2.docx">名单.docx</a></p><!--ZJEG_RSS.content.end--></div></body></html>'
    )
    post = read(text.encode(), f"{SITE}/art/2026/6/10/art_9_77.html", AT).post
    assert (post.post_key, post.text.splitlines()[0]) == ("art_9_77", "名单如下。")
    assert [file.name for file in post.attachments] == ["名单.docx"]
