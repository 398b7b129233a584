"""A loopback server that stands in for every host, and a crawl against it in a child process."""

from __future__ import annotations

import json
import multiprocessing
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import child

from crawler.plan import CrawlPlan, ReplicaAddress


@dataclass
class Asked:
    method: str
    host: str
    scheme: str
    target: str
    headers: dict
    body: bytes

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


@dataclass
class Answer:
    body: bytes | str | dict | list = b""
    status: int = 200
    headers: dict = field(default_factory=dict)


class StandIn:
    """Answers each request by calling ``answer(Asked) -> Answer``; robots.txt is missing unless answered."""

    def __init__(self, answer: Callable[[Asked], Answer | None]) -> None:
        self.asked: list[Asked] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                asked = Asked(
                    method=self.command,
                    host=self.headers.get("X-Replica-Host", ""),
                    scheme=self.headers.get("X-Replica-Scheme", ""),
                    target=self.path,
                    headers={name.lower(): value for name, value in self.headers.items()},
                    body=self.rfile.read(length),
                )
                outer.asked.append(asked)
                reply = answer(asked) or Answer(b"not found", 404)
                body = reply.body
                if isinstance(body, dict | list):
                    body = json.dumps(body, ensure_ascii=False)
                if isinstance(body, str):
                    body = body.encode()
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *arguments) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def address(self) -> ReplicaAddress:
        return ReplicaAddress(host="127.0.0.1", http_port=self.server.server_port, tls_port=1, spki="none")

    def targets(self, *, robots: bool = False) -> list[str]:
        return [asked.target for asked in self.asked if robots or asked.path != "/robots.txt"]

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *exc) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@dataclass
class Crawled:
    items: list[dict]
    summary: dict
    log: str
    returncode: int

    def of(self, kind: str) -> list[dict]:
        return [item for item in self.items if item["item"] == kind]

    def coverage(self, account: str = "") -> dict:
        found = [item for item in self.of("coverage") if not account or item["account"] == account]
        assert len(found) == 1, found
        return found[0]

    def posts(self) -> dict[str, dict]:
        return {item["key"]: item for item in self.of("post")}


#: What a crawl imports: loaded once, then forked. (Nothing here may install a reactor.)
_PRELOAD = [
    "child",
    "crawler.run",
    "crawler.guard",
    "crawler.handlers",
    "crawler.middlewares.redirects",
    "crawler.middlewares.robots",
    "crawler.platforms.wechat.spider",
    "scrapy.core.engine",
    "scrapy.core.scheduler",
    "scrapy.downloadermiddlewares.httpcompression",
    "scrapy.downloadermiddlewares.offsite",
    "scrapy.downloadermiddlewares.retry",
    "scrapy.downloadermiddlewares.stats",
    "scrapy.extensions.corestats",
    "scrapy.extensions.feedexport",
    "scrapy.extensions.logcount",
    "scrapy.extensions.throttle",
    "scrapy.pipelines.files",
    "scrapy.spidermiddlewares.referer",
    "scrapy.statscollectors",
]


def run(plan: CrawlPlan, *, spider: str = "", refuses: str = "", timeout: float = 60) -> Crawled:
    """Crawl ``plan`` in a child process and give back everything that it handed over."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "plan.json").write_text(plan.to_json(), encoding="utf-8")
        process = context.Process(target=child.work, args=(folder, spider, refuses), daemon=True)
        process.start()
        process.join(timeout)
        if process.is_alive():
            process.kill()
            process.join()
        log = home / "log.txt"
        items, summary = home / "items.jsonl", home / "summary.json"
        return Crawled(
            items=[json.loads(line) for line in items.read_text("utf-8").splitlines()] if items.exists() else [],
            summary=json.loads(summary.read_text("utf-8")) if summary.exists() else {},
            log=log.read_text("utf-8", "replace") if log.exists() else "",
            returncode=process.exitcode if process.exitcode is not None else -1,
        )
