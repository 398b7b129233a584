"""Saved pages that people bring: HTML, MHTML, WARC, and replies of a platform."""

from __future__ import annotations

import io
import json
from email.message import EmailMessage
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from domain.account import Account
from domain.clock import in_china
from domain.errors import ImportFileError
from domain.outcome import Outcome
from domain.post import PostKind
from tests.pipelines.imports import PAPER, bring, workspace

SITE = Account(platform="website", key="mzj.liuxi.example", name="柳溪市民政局网站", sponsor="柳溪市民政局")
WEIBO = Account(platform="weibo", key="7600009001", name="柳溪救助", sponsor="柳溪市救助管理站")
FIXTURES = Path(__file__).resolve().parents[1] / "crawler" / "fixtures"
ADDRESS = "https://rmh.pdnews.cn/Pc/ArtInfoApi/article?id=30012345"
PAGE = f"""<!DOCTYPE html>
<!-- saved from url=(0055){ADDRESS} -->
<html><head><meta charset="utf-8"><title>人民号</title><meta property="og:title" content="端午安全提示"></head><body>
<div class="nav"><p><a href="/">首页</a> <a href="/a">栏目甲</a> <a href="/b">栏目乙</a></p></div>
<div class="article-detail"><h1>端午安全提示</h1><p class="info">发布时间：2026-06-17 09:30</p>
<div class="article-content"><p>请看护好儿童，不要到河边玩水，结伴也不要下河。</p><p>救助热线全天有人接听。</p>
<p><img src="https://img.liuxi.example/a.jpg"></p>
<p><a href="https://files.liuxi.example/一览表.docx">附件：避暑点一览表.docx</a></p></div></div>
<div class="recommend-list"><p><a href="/1">推荐一篇推荐一篇推荐一篇推荐一篇推荐一篇</a></p></div></body></html>"""
FILE = "https://files.liuxi.example/一览表.docx"


@pytest.fixture
def place(tmp_path):
    return workspace(tmp_path / "workspace", PAPER, SITE, WEIBO)


def only(place, account=PAPER):
    with place.open_store() as store:
        (item,) = store.posts_of(account.id)
    return item.post


def mhtml(*parts, cut: int = 0) -> bytes:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = ADDRESS
    message["Subject"] = "端午安全提示"
    message["Date"] = "Wed, 17 Jun 2026 12:00:00 +0800"
    message.make_related()
    for address, kind, data in parts:
        part = EmailMessage()
        part.set_content(data, maintype=kind.split("/")[0], subtype=kind.split("/")[1], cte="base64")
        part["Content-Location"] = address
        message.attach(part)
    body = message.as_bytes()
    return body[: len(body) - cut] if cut else body


def warc(*records) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, kind, data in records:
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], "HTTP/1.1")
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(data), length=len(data), http_headers=headers,
            warc_headers_dict={"WARC-Date": "2026-06-17T04:00:00Z"},
        )  # fmt: skip
        writer.write_record(record)
    return out.getvalue()


def saved(tmp_path, name: str, body: bytes | str) -> Path:
    path = tmp_path / name
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return path


def test_a_page_of_a_platform_without_a_reader(tmp_path, place):
    tally, _ = bring(place, saved(tmp_path, "页面.html", PAGE))
    post = only(place)
    assert (tally.shape, len(tally.new), tally.refused) == ("网页", 1, [])
    assert (post.key, post.title, post.url) == ("30012345", "端午安全提示", ADDRESS)
    assert post.text.startswith("请看护好儿童")
    assert "推荐" not in post.text
    assert in_china(post.published_at).isoformat() == "2026-06-17T09:30:00+08:00"
    assert [(file.name, file.outcome) for file in post.attachments] == [("", Outcome.NO_IMPORT)]
    with place.open_store() as store:
        kept = store.show(post.evidence)
        assert (kept.url, kept.body) == (ADDRESS, PAGE.encode())


@pytest.mark.parametrize(
    "page",
    ["<html><body><p>请登录后查看</p></body></html>", "<html><head><title>首页</title></head><body></body></html>"],
)
def test_a_page_that_shows_no_article_is_refused(tmp_path, place, page):
    tally, result = bring(place, saved(tmp_path, "页面.html", page))
    assert result is None
    assert tally.refused[0].reason == "页面里找不到文章的标题和正文；请改用表格导入"


def test_an_mhtml_page_with_what_it_shows(tmp_path, place):
    parts = ((ADDRESS, "text/html", PAGE.encode()), (FILE, "application/msword", b"file of the article"))
    tally, _ = bring(place, saved(tmp_path, "页面.mhtml", mhtml(*parts)))
    post = only(place)
    assert (tally.shape, len(tally.new)) == ("MHTML 网页", 1)
    assert in_china(tally.exported_at).isoformat() == "2026-06-17T12:00:00+08:00"
    assert post.url == ADDRESS
    with place.open_store() as store:
        assert store.bytes_of(post.attachments[0].digest) == b"file of the article"


def test_an_mhtml_that_was_cut_off(tmp_path, place):
    parts = ((ADDRESS, "text/html", PAGE.encode()), ("https://img.liuxi.example/a.jpg", "image/jpeg", b"x" * 9000))
    tally, _ = bring(place, saved(tmp_path, "页面.mhtml", mhtml(*parts, cut=4000)))
    assert len(tally.new) == 1
    assert any("不完整" in note for note in tally.notes)
    head = mhtml(*parts)[:300]
    with pytest.raises(ImportFileError, match="没有导入任何内容"):
        bring(place, saved(tmp_path, "坏.mhtml", head))


def test_a_warc_of_a_site(tmp_path, place):
    base = "https://mzj.liuxi.example"
    article = (FIXTURES / "website" / "article_jfont.html").read_bytes()
    body = warc(
        (f"{base}/content/column/10002?pageIndex=1", "text/html", (FIXTURES / "website/column.html").read_bytes()),
        (f"{base}/tzgg/20002001.html", "text/html; charset=ISO-8859-1", article),
        (f"{base}/group6/M00/0A/1B/wKgB1.docx", "application/octet-stream", b"PK\x03\x04file"),
        (f"{base}/robots.txt", "text/plain", b"User-agent: *"),
        (f"{base}/404.html", "text/html", (FIXTURES / "website" / "redesigned.html").read_bytes()),
    )
    tally, _ = bring(place, saved(tmp_path, "网站.warc.gz", body), SITE)
    with place.open_store() as store:
        posts = {item.post.key: item.post for item in store.posts_of(SITE.id)}
    assert {"20002001", "20002000"} <= set(posts)
    assert posts["20002001"].text.startswith("各站所")
    assert posts["20002001"].attachments[0].digest
    assert [one.place.split("（")[0] for one in tally.skipped if "同一篇" not in one.reason] == ["第 5 条记录"]
    torn = saved(tmp_path, "网站2.warc.gz", body[: len(body) // 2])
    tally, _ = bring(place, torn, SITE)
    assert any("损坏，其后的内容没有读" in note for note in tally.notes)
    with pytest.raises(ImportFileError, match="没有导入任何内容"):
        bring(place, saved(tmp_path, "坏.warc.gz", body[:60]), SITE)


def test_a_page_of_another_account_is_refused(tmp_path, place):
    article = (FIXTURES / "website" / "article_jfont.html").read_bytes().replace(b"mzj.liuxi", b"jtj.liuxi")
    tally, result = bring(
        place, saved(tmp_path, "a.html", article), SITE, url="https://jtj.liuxi.example/tzgg/20002001.html"
    )
    assert result is None or tally.refused
    assert "不是“柳溪市民政局网站”" in tally.refused[0].reason


def test_a_saved_reply_of_a_platform(tmp_path, place):
    reply = json.loads((FIXTURES / "weibo" / "cards.json").read_text("utf-8"))
    tally, _ = bring(place, saved(tmp_path, "回复.json", json.dumps(reply, ensure_ascii=False)), WEIBO)
    assert tally.shape == "接口回复"
    assert tally.usable or tally.refused
    tally, result = bring(place, saved(tmp_path, "别的.json", '{"a": [1, 2]}'), PAPER)
    assert (result, tally.refused[0].reason.partition("；")[0]) == (None, "不认识的 JSON")


def test_a_video_page_keeps_its_kind(tmp_path, place):
    page = PAGE.replace(
        "请看护好儿童，不要到河边玩水，结伴也不要下河。", '安全提示短片，请收看。<video src="a.mp4"></video>'
    )
    bring(place, saved(tmp_path, "a.html", page))
    assert only(place).kind is PostKind.VIDEO
