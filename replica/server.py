"""The local server that stands in for every platform.

A request says whom it was meant for by ``X-Replica-Host`` (what the crawler's download layer sets) or by ``Host`` (what
a browser sets whose resolver sends every name here).
"""

from __future__ import annotations

import socket
import ssl
import threading
import traceback
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from replica.link_targets import target_of
from replica.platforms import platform_of
from replica.request import Reply, Request, html_reply, text_reply
from replica.tls import make_identity
from replica.world import World

#: An idle connection is given up after this many seconds.
IDLE_SECONDS = 30
_TLS_HANDSHAKE = b"\x16"
#: An answer that is none: the connection is closed without a word.
CUT_OFF = Reply(0)

Answerer = Callable[[Request], Reply]


class Served(NamedTuple):
    """One request that was answered."""

    host: str
    path: str
    query: dict[str, str]


def answer_world(world: World, request: Request) -> Reply:
    """What the world answers: dead and live links first, then the platform of that host; an unknown host gives 502."""
    if world.is_dead(request.url):
        return html_reply("<html><head><title>404 Not Found</title></head><body>404 Not Found</body></html>", 404)
    if world.is_live(request.url):
        return html_reply("<html><head><title>网页</title></head><body><p>页面正常。</p></body></html>")
    target = target_of(world.link_targets, request.url) if world.link_targets else None
    if target is not None:
        return target.reply(world.now)
    platform = platform_of(request.host)
    if platform is None:
        return text_reply(f"nobody answers for {request.host} here\n", 502)
    return platform.answer(world, request)


class ReplicaServer:
    """Serves ``world`` on two loopback ports, one for plain HTTP, one for TLS (which answers plain HTTP as well).

    A context manager. ``world`` may be exchanged while serving, as time passes and posts are edited or withdrawn.
    ``log`` holds every request served, ``errors`` the traces of answers that failed: a test that
    ends with errors has found a bug of the replica.
    """

    def __init__(self, world: World | None = None, *, answer: Answerer | None = None) -> None:
        if (world is None) == (answer is None):
            raise ValueError("give either a world or a function that answers")
        self.world = world
        self.log: list[Served] = []
        self.errors: list[str] = []
        self._answer = answer
        identity = make_identity()
        self.spki = identity.spki
        self._plain = _Listener(self, None)
        self._secure = _Listener(self, identity.context)
        self._threads: list[threading.Thread] = []

    @property
    def http_port(self) -> int:
        """The port for plain HTTP on 127.0.0.1."""
        return int(self._plain.server_address[1])

    @property
    def tls_port(self) -> int:
        """The port for TLS on 127.0.0.1."""
        return int(self._secure.server_address[1])

    def respond(self, request: Request) -> Reply:
        """The answer to ``request``; it is logged, and a failure becomes 500 and an entry in ``errors``."""
        self.log.append(Served(request.host, request.path, dict(request.query)))
        try:
            if self._answer is not None:
                return self._answer(request)
            assert self.world is not None
            return answer_world(self.world, request)
        except Exception:
            self.errors.append(f"{request.method} {request.url}\n{traceback.format_exc()}")
            return text_reply("the replica failed to answer\n", 500)

    def __enter__(self) -> ReplicaServer:
        for listener in (self._plain, self._secure):
            thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for listener in (self._plain, self._secure):
            listener.shutdown()
            listener.server_close()
            listener.hang_up()
        for thread in self._threads:
            thread.join(timeout=5)
        self._threads.clear()


class _Listener(ThreadingHTTPServer):
    """One port. Connections are kept track of, so that closing the server leaves none open."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, owner: ReplicaServer, context: ssl.SSLContext | None) -> None:
        self.owner = owner
        self.context = context
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    def finish_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Handle one connection, in its own thread; the handshake is done here, so that no visitor holds up another."""
        assert isinstance(request, socket.socket)
        connection = request
        with self._guard:
            self._open.add(connection)
        try:
            if self.context is not None and _speaks_tls(request):
                request.settimeout(IDLE_SECONDS)
                connection = self.context.wrap_socket(request, server_side=True)
                with self._guard:
                    self._open.discard(request)
                    self._open.add(connection)
            _Handler(connection, client_address, self)
        except (ssl.SSLError, ConnectionError, TimeoutError):
            pass  # the visitor went away or distrusts the certificate: nothing to answer
        finally:
            with self._guard:
                self._open.discard(connection)
            if connection is not request:
                connection.close()

    def hang_up(self) -> None:
        """End the connections that are still open."""
        with self._guard:
            connections = list(self._open)
        for connection in connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


def _speaks_tls(connection: socket.socket) -> bool:
    return connection.recv(1, socket.MSG_PEEK) == _TLS_HANDSHAKE


class _Handler(BaseHTTPRequestHandler):
    """Turns a connection into requests. Keep-alive, because the crawler and the browser both use it."""

    protocol_version = "HTTP/1.1"
    server_version = "replica"
    sys_version = ""
    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True  # else a small body waits 40 ms for the acknowledgement of its headers
    server: _Listener

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        parts = urlsplit(self.path if self.path.startswith("/") else f"/{self.path}")
        host = headers.get("x-replica-host") or headers.get("host", "")
        secure = isinstance(self.connection, ssl.SSLSocket)
        request = Request(
            method=self.command,
            host=host.rsplit(":", 1)[0].lower() if ":" in host else host.lower(),
            scheme=headers.get("x-replica-scheme") or ("https" if secure else "http"),
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers=headers,
            body=self.rfile.read(length) if length else b"",
        )
        reply = self.server.owner.respond(request)
        if reply.status == CUT_OFF.status:
            self.close_connection = True
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    do_GET = do_POST = do_HEAD = do_OPTIONS = do_PUT = do_DELETE = _serve  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Silent: ``ReplicaServer.log`` is the log."""
