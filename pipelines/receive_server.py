"""The receiver's door: a small HTTP server that writes no log of what was asked (addresses carry signatures)."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from pipelines.receive import LARGEST, Answer, Receiver

#: A visitor who says nothing for this long is sent away (seconds).
_PATIENCE = 15


class ReceiverServer(ThreadingHTTPServer):
    """Serves one ``Receiver``. ``port`` 0 takes any free one (see ``server_port``)."""

    daemon_threads = True

    def __init__(self, receiver: Receiver, host: str, port: int) -> None:
        self.receiver = receiver
        super().__init__((host, port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server_version = "xunjian"
    sys_version = ""
    timeout = _PATIENCE
    server: ReceiverServer

    def do_GET(self) -> None:
        """The platform checks the address."""
        self._answer(b"")

    def do_POST(self) -> None:
        """A message."""
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LARGEST:
            self._say(Answer(413, "too large"))
            return
        self._answer(self.rfile.read(int(length)))

    def _answer(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        try:
            answer = self.server.receiver.handle(self.command, parts.path, dict(parse_qsl(parts.query)), body)
        except Exception:  # the platform then sends it again; the reason may quote the message
            answer = Answer(500, "error")
        self._say(answer)

    def _say(self, answer: Answer) -> None:
        body = answer.text.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the receiver tells what matters."""
