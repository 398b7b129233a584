"""A folder of saved responses is served by address."""

from __future__ import annotations

import http.client
import json
from pathlib import Path

import pytest

from replica.request import Request
from replica.saved import SavedFolder, SavedReply, read_index
from replica.server import ReplicaServer

SAMPLES = Path(__file__).resolve().parents[2] / ".." / "shared" / "platforms" / "samples"


def request(path, host="m.example.org", method="GET", body=b"", scheme="https", **query):
    return Request(method, host, scheme, path, query, {}, body)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "one.html").write_text("<p>一</p>", encoding="utf-8")
    (tmp_path / "two.json").write_text('{"page": 2}', encoding="utf-8")
    return tmp_path


def test_query_values_are_met_in_any_order_and_wildcards_match(folder):
    saved = SavedFolder(
        folder,
        [
            SavedReply(url="https://m.example.org/api/get*?uid=1&since_id=*", file="two.json"),
            SavedReply(url="//m.example.org/api/getIndex?uid=1", file="one.html"),
        ],
    )
    assert saved.answer(request("/api/getIndex", since_id="77", uid="1")).body == b'{"page": 2}'
    first = saved.answer(request("/api/getIndex", uid="1", extra="x", scheme="http"))
    assert "一" in first.body.decode() and first.headers["Content-Type"].startswith("text/html")
    assert saved.answer(request("/api/getIndex", uid="2")).status == 502
    assert saved.answer(request("/robots.txt")).status == 404


def test_method_body_status_and_headers(folder):
    saved = SavedFolder(
        folder,
        [
            SavedReply(url="//m.example.org/list", method="post", body='"offset": 20', file="two.json"),
            SavedReply(url="//m.example.org/list", status=302, headers={"Location": "https://m.example.org/wall"}),
        ],
    )
    assert saved.answer(request("/list", method="POST", body=b'{"offset": 20}')).status == 200
    moved = saved.answer(request("/list", method="POST", body=b'{"offset": 0}'))
    assert moved.status == 302 and moved.headers["Location"].endswith("/wall") and moved.body == b""


def test_an_index_is_read_from_json_and_from_tsv(folder):
    rows = [{"url": "//m.example.org/a", "file": "one.html", "status": 200}]
    (folder / "index.json").write_text(json.dumps(rows), encoding="utf-8")
    (folder / "index.tsv").write_text("url\tfile\tstatus\n//m.example.org/a\tone.html\t200\n", encoding="utf-8")
    assert read_index(folder / "index.json") == read_index(folder / "index.tsv")
    assert SavedFolder.load(folder, folder / "index.tsv").answer(request("/a")).status == 200


def test_mistakes_in_an_index_are_named_with_their_row(folder):
    with pytest.raises(ValueError, match="row 2: there is no file"):
        SavedFolder(folder, [SavedReply(url="//a/", file="one.html"), SavedReply(url="//b/", file="gone.html")])
    with pytest.raises(ValueError, match="outside"):
        SavedFolder(folder / "sub", [SavedReply(url="//a/", file="../one.html")])
    for text, message in (("url\tfile\n\tone.html\n", "no url"), ("url\tstatus\n//a/\tok\n", "no number")):
        (folder / "bad.tsv").write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match=message):
            read_index(folder / "bad.tsv")
    (folder / "bad.tsv").write_text("url\tcolour\n//a/\tred\n", encoding="utf-8")
    with pytest.raises(ValueError, match="colour"):
        read_index(folder / "bad.tsv")


def test_what_was_not_saved_may_be_answered_by_something_else(folder):
    from replica.request import text_reply

    saved = SavedFolder(folder, [], otherwise=lambda asked: text_reply(asked.path))
    assert saved.answer(request("/x")).body == b"/x"


def test_real_replies_are_served_byte_for_byte():
    if not SAMPLES.is_dir():
        pytest.skip(f"the folder of saved real replies is not here: {SAMPLES}")
    rows = [
        SavedReply(url="https://mp.weixin.qq.com/s/article", file="wechat/article_news_author_01.html"),
        SavedReply(url="https://mp.weixin.qq.com/s/gone", file="wechat/deleted_by_author_zh.html"),
        SavedReply(
            url="https://m.weibo.cn/api/container/getIndex?containerid=107603*",
            file="weibo/getIndex_cards1_1669879400.json",
        ),
    ]
    with ReplicaServer(answer=SavedFolder(SAMPLES, rows).answer) as server:
        for row, path in zip(
            rows, ("/s/article", "/s/gone", "/api/container/getIndex?containerid=1076031669879400"), strict=True
        ):
            connection = http.client.HTTPConnection("127.0.0.1", server.http_port, timeout=10)
            host = row.url.split("/")[2]
            connection.request("GET", path, headers={"X-Replica-Host": host, "X-Replica-Scheme": "https"})
            reply = connection.getresponse()
            assert reply.status == 200
            assert reply.read() == (SAMPLES / row.file).read_bytes()
            connection.close()
    assert server.errors == []
