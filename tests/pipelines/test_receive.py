"""The receiver of pushed messages, over loopback, in plain and safe mode."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from crawler.platforms.wechat.envelope import encrypt, signature
from domain.account import Account, Route
from domain.clock import Clock
from domain.outcome import Outcome
from pipelines.receive import Receiver
from pipelines.receive_server import ReceiverServer
from pipelines.workspace import Workspace

NOW = datetime(2026, 6, 18, 6, 0, tzinfo=UTC)
TOKEN, AES, APPID = "T0ken-of-the-push", "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t0U1v", "wx0000000000000001"
KEY = "gh_5a1c0e7b9d01"
LONG = "http://mp.weixin.qq.com/s?__biz=MzkwMDAwMDAwMQ==&amp;mid=2247480009&amp;idx={}&amp;sn=00112233445566778899aabbccddeeff"


TWO = (LONG.format(1), LONG.format(2))


def mass(status="send success", articles=TWO, key=KEY, at=NOW, job="1000001625") -> bytes:
    items = "".join(
        f"<item><ArticleIdx>{number}</ArticleIdx><ArticleUrl>{url}</ArticleUrl></item>"
        for number, url in enumerate(articles, 1)
    )
    return (
        f"<xml><ToUserName><![CDATA[{key}]]></ToUserName><FromUserName><![CDATA[oReaderOpenId0000000001]]></FromUserName>"
        f"<CreateTime>{int(at.timestamp())}</CreateTime><MsgType><![CDATA[event]]></MsgType>"
        f"<Event><![CDATA[MASSSENDJOBFINISH]]></Event><MsgID>{job}</MsgID><Status><![CDATA[{status}]]></Status>"
        "<TotalCount>100</TotalCount><FilterCount>80</FilterCount><SentCount>75</SentCount><ErrorCount>5</ErrorCount>"
        f"<ArticleUrlResult><Count>{len(articles)}</Count><ResultList>{items}</ResultList></ArticleUrlResult></xml>"
    ).encode()


def published(status=0) -> bytes:
    return (
        f"<xml><ToUserName><![CDATA[{KEY}]]></ToUserName><CreateTime>{int(NOW.timestamp())}</CreateTime>"
        "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[PUBLISHJOBFINISH]]></Event><PublishEventInfo>"
        f"<publish_id>2247503051</publish_id><publish_status>{status}</publish_status><article_id>b5O2OUs25</article_id>"
        "<article_detail><count>1</count><item><idx>1</idx>"
        "<article_url><![CDATA[https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv]]></article_url></item></article_detail>"
        "<fail_idx>2</fail_idx></PublishEventInfo></xml>"
    ).encode()


def signed(*more: str, at=NOW, token=TOKEN, nonce="n0nce") -> dict[str, str]:
    stamp = str(int(at.timestamp()))
    return {"signature": signature(token, stamp, nonce), "timestamp": stamp, "nonce": nonce}


def sealed(message: bytes, aes=AES, appid=APPID) -> tuple[dict[str, str], bytes]:
    text = encrypt(message, aes, appid, b"0123456789abcdef")
    query = signed()
    query["msg_signature"] = signature(TOKEN, query["timestamp"], query["nonce"], text)
    body = f"<xml><ToUserName><![CDATA[{KEY}]]></ToUserName><Encrypt><![CDATA[{text}]]></Encrypt></xml>"
    return query, body.encode()


class Desk:
    """A receiver with its store, and what it said."""

    def __init__(self, store, credentials) -> None:
        self.store, self.told = store, []
        self.receiver = Receiver(store, credentials, Clock(NOW, fixed=True), self.told.append)

    def post(self, query, body, path="/wechat/main"):
        return self.receiver.handle("POST", path, query, body)

    def waiting(self, now=NOW + timedelta(minutes=1)):
        return self.store.announced(f"wechat:{KEY}", now)


@pytest.fixture
def workspace(tmp_path) -> Workspace:
    return Workspace.create(tmp_path / "place")


@contextmanager
def open_desk(workspace: Workspace, **credential) -> Iterator[Desk]:
    account = Account(platform="wechat", key=KEY, name="柳溪民政", routes=(Route("official", "", "main"),))
    other = Account(platform="wechat", key="gh_other", name="柳溪慈善", routes=(Route("official", "", "charity"),))
    with workspace.open_store() as store:
        store.put_accounts([account, other], source="test", at=NOW)
        yield Desk(store, {"main": {"token": TOKEN, "appid": APPID, **credential}, "silent": {"secret": "x"}})


def test_a_mass_sending_is_awaited_in_both_modes(workspace):
    with open_desk(workspace) as desk:
        assert desk.post(signed(), mass()).text == "success"
        assert [(item.key, item.number, item.outcome) for item in desk.waiting()] == [
            ("2247480009_1", 1, Outcome.OK),
            ("2247480009_2", 2, Outcome.OK),
        ]
        assert desk.waiting()[0].url.startswith("https://mp.weixin.qq.com/s?__biz=")
        assert "2 篇已登记" in desk.told[-1]
        assert desk.post(signed(), mass()).status == 200  # the platform repeats itself
        assert len(desk.waiting()) == 2
    with open_desk(workspace, aes_key=AES) as desk:
        assert desk.post(*sealed(mass(articles=(LONG.format(3),), job="2"))).text == "success"
        assert {item.key for item in desk.waiting()} == {"2247480009_1", "2247480009_2", "2247480009_3"}


def test_a_publication_with_a_short_address(workspace):
    with open_desk(workspace) as desk:
        desk.post(signed(), published())
        (item,) = desk.waiting()
        assert (item.key, item.job) == ("AbCdEfGhIjKlMnOpQrStUv", "publish:2247503051")


@pytest.mark.parametrize(
    ("message", "outcome", "words"),
    [
        (mass("err(30003)", ()), Outcome.UNAVAILABLE, "判定为转载"),
        (mass("err(20001)", ()), Outcome.VIOLATION, "涉嫌政治"),
        (mass("err(77777)", ()), Outcome.UNAVAILABLE, "原因不明"),
        (mass("send fail", ()), Outcome.UNAVAILABLE, "群发失败"),
        (mass(articles=()), Outcome.OK, "群发成功"),
        (published(6), Outcome.VIOLATION, "封禁"),
        (published(5), Outcome.DELETED, "删除"),
    ],
)
def test_what_names_no_article_is_told_for_two_days(workspace, message, outcome, words):
    with open_desk(workspace) as desk:
        desk.post(signed(), message)
        (item,) = desk.waiting()
        assert (item.outcome, item.key if outcome is Outcome.OK else "") == (outcome, "")
        assert words in item.detail
        assert words in desk.told[-1]
        assert desk.waiting(NOW + timedelta(days=3)) == ()


def test_what_is_not_signed_is_not_believed(workspace):
    with open_desk(workspace) as desk:
        forged = [
            {},
            signed(token="another"),
            signed() | {"nonce": "changed"},
            signed(at=NOW - timedelta(hours=1)),
            signed() | {"timestamp": "soon"},
        ]
        assert [desk.post(query, mass()).status for query in forged] == [403] * 5
        assert desk.post(signed(), mass(), path="/wechat/silent").status == 404
        assert desk.post(signed(), mass(), path="/elsewhere/main").status == 404
        assert desk.waiting() == ()
    with open_desk(workspace, aes_key=AES) as desk:
        query, body = sealed(mass())
        wrong = [
            (signed(), mass()),  # safe mode is on file, the message is plain
            (query | {"msg_signature": "0" * 40}, body),
            sealed(mass(), appid="wx0000000000000009"),
            sealed(mass(), aes=AES[::-1]),
        ]
        assert [desk.post(*each).status for each in wrong] == [403] * 4
        assert desk.waiting() == ()
    with open_desk(workspace) as desk:
        assert desk.post(*sealed(mass())).status == 403
        assert "没有 aes_key" in desk.told[-1]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not xml",
        b'<!DOCTYPE a [<!ENTITY b "c">]><xml><ToUserName>&b;</ToUserName></xml>',
        b"<xml><ToUserName>",
        b"<rss/>",
    ],
)
def test_what_is_no_message_is_refused(workspace, body):
    with open_desk(workspace) as desk:
        assert desk.post(signed(), body).status == 400


def test_only_the_account_of_the_credential_is_believed(workspace):
    with open_desk(workspace) as desk:
        for key in ("gh_other", "gh_unknown"):
            assert desk.post(signed(), mass(key=key)).status == 200
            assert "没有登记" in desk.told[-1]
        assert desk.store.announced("wechat:gh_other", NOW) == ()
        readers = mass().replace(b"MASSSENDJOBFINISH", b"subscribe")
        told = len(desk.told)
        assert desk.post(signed(), readers).text == "success"
        assert (desk.waiting(), len(desk.told)) == ((), told)


def test_no_secret_and_no_reader_is_kept_or_told(workspace):
    with open_desk(workspace, aes_key=AES) as desk:
        desk.post(*sealed(mass()))
        desk.post(signed(token="another"), mass())
        desk.post(*sealed(mass(), aes=AES[::-1]))
        kept = repr(desk.waiting()) + "".join(desk.told)
    kept += "".join(path.read_bytes().decode("latin-1") for path in workspace.root.rglob("*.db*"))
    for secret in (TOKEN, AES, "oReaderOpenId0000000001", signed()["signature"]):
        assert secret not in kept


def test_over_loopback(workspace):
    with open_desk(workspace) as desk, ReceiverServer(desk.receiver, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:

            def ask(method, path, query, body=None):
                connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
                try:
                    connection.request(method, f"{path}?{urlencode(query)}", body)
                    reply = connection.getresponse()
                    return reply.status, reply.read().decode()
                finally:
                    connection.close()

            assert ask("GET", "/wechat/main", signed() | {"echostr": "4242"}) == (200, "4242")
            assert ask("GET", "/wechat", signed() | {"echostr": "4243"}) == (200, "4243")
            assert ask("GET", "/wechat/main", {"echostr": "4242"})[0] == 403
            assert ask("POST", "/wechat/main", signed(), mass()) == (200, "success")
            assert ask("POST", "/wechat/main", signed(), b"x" * (300 * 1024))[0] == 413
            assert len(desk.waiting()) == 2
        finally:
            server.shutdown()
            thread.join()
