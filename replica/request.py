"""What a platform is asked and what it answers, with everything of HTTP that the platforms' traps need."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

HTML = "text/html; charset=UTF-8"
JSON = "application/json; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the platform would see it: ``host`` without port and in lower case, header names in lower case.

    ``query`` keeps the last value of a repeated name; empty values are kept, as the platforms' own links hold them.
    """

    method: str
    host: str
    scheme: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def url(self) -> str:
        """The address that was asked for."""
        query = f"?{urlencode(self.query)}" if self.query else ""
        return f"{self.scheme}://{self.host}{self.path}{query}"

    def json(self) -> object:
        """The body as JSON; ``ValueError`` when it is none."""
        return json.loads(self.body.decode("utf-8"))

    def form(self) -> dict[str, str]:
        """The body as a form."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. ``Content-Length`` and ``Date`` are added by the server."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def html_reply(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """A page in UTF-8."""
    return Reply(status, {"Content-Type": HTML, **(headers or {})}, text.encode("utf-8"))


def json_reply(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """A JSON document in UTF-8; Chinese characters stand unescaped, as the platforms send them."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return Reply(status, {"Content-Type": JSON, **(headers or {})}, body)


def text_reply(text: str, status: int = 200) -> Reply:
    """Plain text in UTF-8: ``robots.txt`` and the like."""
    return Reply(status, {"Content-Type": "text/plain; charset=UTF-8"}, text.encode("utf-8"))


def redirect(location: str, status: int = 302) -> Reply:
    """Somewhere else."""
    return Reply(status, {"Location": location, "Content-Type": HTML}, b"")
