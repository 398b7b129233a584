"""What the resolver keeps of a page, and where it does not go."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from errand import NOW, ROBOTS
from following import follow
from rig import Answer, StandIn

from crawler.fetched import Fetched
from crawler.resolver.capture import capture_of
from crawler.resolver.domains import registrable
from crawler.resolver.pageview import TEXT_LENGTH, view
from crawler.resolver.private import is_private
from crawler.resolver.transport import is_distrust
from crawler.resolver.verdict import judge
from domain.link import Transport
from domain.outcome import Outcome

HTML = {"Content-Type": "text/html; charset=utf-8"}
GBK = "<html><head><meta charset=gbk><title>柳溪 合唱节</title></head><body><p>报名</p></body></html>".encode("gbk")


def answer(asked):
    if asked.path == "/robots.txt":
        return ROBOTS
    return {
        "gbk.example": Answer(GBK, headers={"Content-Type": "text/html"}),
        "sends.example": Answer(
            '<meta http-equiv="refresh" content="0; url=https://other.example2/b"><p>请稍候</p>', headers=HTML
        ),
        "other.example2": Answer("<title>另一家</title><p>内容</p>", headers=HTML),
        "inside.example": Answer("", 302, {"Location": "http://192.168.1.1/admin"}),
        "byname.example": Answer('<meta http-equiv="refresh" content="0;url=http://127.0.0.1/x">', headers=HTML),
        "file.example": Answer(b"PK\x03\x04", headers={"Content-Type": "application/zip"}),
        "long.example": Answer("<p>" + "长" * 400_000, headers=HTML),
    }.get(asked.host)


@pytest.fixture(scope="module")
def followed():
    hosts = ("gbk", "sends", "inside", "byname", "file", "long")
    urls = [f"https://{name}.example/a" for name in hosts] + ["http://127.0.0.1/", "http://localhost/", "http://10.1/"]
    with StandIn(answer) as server:
        *links, _ = follow(server, urls)
        return {link["url"]: link for link in links}, list(server.asked)


def test_title_and_text_are_read_and_the_page_is_kept(followed):
    page = followed[0]["https://gbk.example/a"]
    assert (page["title"], page["text"]) == ("柳溪 合唱节", "报名")
    assert page["captured"] == len(GBK)


def test_a_page_that_sends_on_is_followed(followed):
    page = followed[0]["https://sends.example/a"]
    assert (page["title"], page["final"], page["final_domain"]) == (
        "另一家",
        "https://other.example2/b",
        "other.example2",
    )


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://localhost/", "http://10.1/", "https://inside.example/a"])
def test_private_addresses_are_refused_before_and_behind_a_redirect(followed, url):
    links, asked = followed
    assert links[url]["outcome"] == Outcome.BAD_REQUEST
    assert "内网" in links[url]["detail"]
    assert not [one for one in asked if one.host in ("127.0.0.1", "localhost", "192.168.1.1", "10.1")]


def test_a_page_that_sends_into_the_network_stands_for_itself(followed):
    assert followed[0]["https://byname.example/a"]["final"] == "https://byname.example/a"


def test_files_are_not_kept_and_long_pages_only_as_far_as_they_were_read(followed):
    links = followed[0]
    assert links["https://file.example/a"]["captured"] is None
    assert 256 * 1024 <= links["https://long.example/a"]["captured"] < 1_200_000
    assert len(links["https://long.example/a"]["text"]) == TEXT_LENGTH


@pytest.mark.parametrize(
    ("host", "private"),
    [
        *((name, True) for name in ("127.0.0.1", "10.0.0.8", "169.254.169.254", "2130706433", "0x7f.1", "0177.0.0.1")),
        *((name, True) for name in ("[::1]", "fe80::1%eth0", "::ffff:10.0.0.1", "intranet", "nas.local", "oa.corp")),
        *((name, False) for name in ("www.liuxi.example", "mzj.luan.gov.cn", "114.114.114.114", "3.cn", "163.com")),
    ],
)
def test_what_is_private(host, private):
    assert is_private(host) is private


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://mzj.liuxi.gov.cn/a", "liuxi.gov.cn"),
        ("https://a.b.com.cn", "b.com.cn"),
        ("http://someone.github.io/x", "someone.github.io"),
        ("https://www.liuxi.example/", "liuxi.example"),
        ("http://10.0.0.1:8080/", "10.0.0.1"),
        ("https://[bad", ""),
    ],
)
def test_registrable_domains(url, domain):
    assert registrable(url) == domain


def test_words_have_one_name_however_the_markup_changes():
    one = view("<title>甲</title><p>乙</p><!-- 08:00 -->".encode(), "text/html", "https://a.example/")
    two = view("<title>甲</title><div><p class=x>乙</p></div>".encode(), "text/html", "https://a.example/")
    assert one.content == two.content != ""
    assert view(b"%PDF", "application/pdf", "https://a.example/").content == ""


def test_description_and_key_words_are_the_page_s_own_words():
    body = '<meta name="keywords" content="甲,乙"><meta name="Description" content="丙"><p>丁</p>'
    assert view(body.encode(), "text/html", "https://a.example/").text == "丙\n甲,乙\n丁"


def test_a_refused_certificate_is_told_apart_from_silence():
    class Wrapped(Exception):
        reasons = (RuntimeError("[('SSL routines', '', 'certificate verify failed')]"),)

    assert is_distrust(Wrapped())
    assert not is_distrust(ConnectionError("connection refused"))
    unread = Fetched(url="https://a.example/", fetched_at=NOW, outcome=Outcome.NETWORK, detail="证书")
    resolved = judge("https://a.example/", unread, NOW, transport=Transport.DISTRUSTED)
    assert (resolved.transport, resolved.outcome) == (Transport.DISTRUSTED, Outcome.NETWORK)


def test_captures_hold_no_cookie_and_walls_no_words():
    walled = Fetched(
        url="https://a.example/?access_token=geheim",
        status=403,
        headers={"set-cookie": "a=b", "content-type": "text/html"},
        body="<title>禁止访问</title>".encode(),
        fetched_at=datetime(2026, 6, 18, tzinfo=UTC),
    )
    item = capture_of(walled)
    assert item is not None
    assert "geheim" not in item.url
    assert "set-cookie" not in item.headers
    assert judge(walled.url, walled, NOW).title == ""
