"""The server: whom a request is meant for, keep-alive, TLS, dead links, and what it says when nobody answers."""

from __future__ import annotations

import http.client
import json
import ssl
from datetime import datetime

import pytest

from domain.clock import CHINA
from replica.platforms import platform_of, platforms
from replica.request import Reply, Request, json_reply
from replica.server import ReplicaServer
from replica.world import World

NOW = datetime(2026, 6, 18, 22, tzinfo=CHINA)


def echo(request: Request) -> Reply:
    return json_reply(
        {
            "method": request.method,
            "host": request.host,
            "scheme": request.scheme,
            "path": request.path,
            "query": dict(request.query),
            "body": request.body.decode(),
        }
    )


def test_the_original_host_is_told_by_a_header():
    with ReplicaServer(answer=echo) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.http_port, timeout=5)
        connection.request(
            "GET", "/s?a=1&b=", headers={"X-Replica-Host": "MP.weixin.qq.com", "X-Replica-Scheme": "https"}
        )
        seen = json.loads(connection.getresponse().read())
        connection.close()
    assert seen["host"] == "mp.weixin.qq.com" and seen["scheme"] == "https"
    assert seen["query"] == {"a": "1", "b": ""}
    assert server.log == [("mp.weixin.qq.com", "/s", {"a": "1", "b": ""})]


def test_host_header_serves_where_the_other_is_missing_and_connections_live_on():
    with ReplicaServer(answer=echo) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.http_port, timeout=5)
        for body in ("first", "第二"):
            connection.request("POST", "/x", body=body.encode(), headers={"Host": "m.weibo.cn:443"})
            reply = connection.getresponse()
            seen = json.loads(reply.read())
            assert not reply.will_close
            assert seen["host"] == "m.weibo.cn" and seen["body"] == body and seen["method"] == "POST"
        connection.request("HEAD", "/x")
        assert connection.getresponse().read() == b""
        connection.close()


def test_tls_port_speaks_both_and_its_key_is_the_one_announced():
    with ReplicaServer(answer=echo) as server:
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        connection = http.client.HTTPSConnection("127.0.0.1", server.tls_port, context=context, timeout=5)
        connection.request("GET", "/", headers={"Host": "www.toutiao.com"})
        assert json.loads(connection.getresponse().read())["scheme"] == "https"
        certificate = connection.sock.getpeercert(binary_form=True)
        connection.close()
        plain = http.client.HTTPConnection("127.0.0.1", server.tls_port, timeout=5)
        plain.request("GET", "/", headers={"Host": "www.toutiao.com"})
        assert json.loads(plain.getresponse().read())["scheme"] == "http"
        plain.close()
        assert server.spki == spki_of(certificate)


def spki_of(certificate: bytes) -> str:
    import base64
    import hashlib

    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = x509.load_der_x509_certificate(certificate).public_key()
    digest = hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    return base64.b64encode(digest).decode()


def test_a_visitor_that_distrusts_the_certificate_does_no_harm():
    with ReplicaServer(answer=echo) as server:
        strict = http.client.HTTPSConnection("127.0.0.1", server.tls_port, timeout=5)
        with pytest.raises(ssl.SSLError):
            strict.request("GET", "/")
        connection = http.client.HTTPConnection("127.0.0.1", server.http_port, timeout=5)
        connection.request("GET", "/still-there")
        assert connection.getresponse().status == 200
        connection.close()
    assert server.errors == []


def test_a_bug_of_the_replica_is_seen():
    def broken(request: Request) -> Reply:
        raise KeyError("no such page")

    with ReplicaServer(answer=broken) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.http_port, timeout=5)
        connection.request("GET", "/a")
        assert connection.getresponse().status == 500
        connection.close()
    assert "KeyError" in server.errors[0]


def get(server: ReplicaServer, host: str, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", server.http_port, timeout=5)
    connection.request("GET", path, headers={"X-Replica-Host": host})
    status = connection.getresponse().status
    connection.close()
    return status


def test_dead_and_live_links_on_hosts_nobody_else_answers_for():
    world = World(
        now=NOW,
        dead_links=frozenset({"https://www.example.org/办事/旧.htm?id=1", "http://gone.example.org"}),
        live_links=frozenset({"https://www.example.org/new"}),
    )
    with ReplicaServer(world) as server:
        assert get(server, "www.example.org", "/%E5%8A%9E%E4%BA%8B/%E6%97%A7.htm?id=1") == 404
        assert get(server, "gone.example.org", "/") == 404
        assert get(server, "www.example.org", "/new") == 200
        assert get(server, "www.example.org", "/other") == 502


def test_the_world_may_change_while_it_is_served():
    address = "https://www.example.org/page"
    with ReplicaServer(World(now=NOW, live_links=frozenset({address}))) as server:
        assert get(server, "www.example.org", "/page") == 200
        server.world = World(now=NOW, dead_links=frozenset({address}))
        assert get(server, "www.example.org", "/page") == 404


def test_platforms_are_found_by_folder_and_hosts_match_exactly_or_by_suffix():
    for platform in platforms().values():
        for host in platform.HOSTS:
            assert platform_of(host.replace("*.", "any.")) is not None
    assert platform_of("nobody.example.org") is None


def test_either_a_world_or_an_answer():
    with pytest.raises(ValueError, match="either"):
        ReplicaServer()
