"""Serves a folder of saved responses, so that what a platform really sent once goes through the same spiders.

An index says which address is answered by which file. It is JSON (a list of objects) or TSV (with a header line); the
names are those of ``SavedReply``.
"""

from __future__ import annotations

import csv
import json
import mimetypes
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from urllib.parse import parse_qsl, unquote, urlsplit

from replica.request import HTML, JSON, Reply, Request, text_reply

_TYPES = {".html": HTML, ".htm": HTML, ".json": JSON, ".xml": "application/xml; charset=UTF-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReply:
    """One row of the index: the file that answers an address.

    ``url`` is a whole address in which ``*`` stands for anything. Every query value it names must be met, others are
    free, and so is their order; the scheme counts only where one is given (``//host/path`` takes both). ``body``, where
    given, must stand in the request's body. An empty ``file`` answers with an empty body. The first row that fits wins.
    """

    url: str
    file: str = ""
    status: int = 200
    content_type: str = ""
    method: str = ""
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def fits(self, request: Request) -> bool:
        """True when this row answers ``request``."""
        parts = urlsplit(self.url)
        query = parse_qsl("" if parts.query == "*" else parts.query, keep_blank_values=True)
        return (
            (not self.method or self.method.upper() == request.method)
            and (not parts.scheme or parts.scheme == request.scheme)
            and _like(parts.netloc.lower(), request.host)
            and _like(unquote(parts.path) or "/", unquote(request.path))
            and all(name in request.query and _like(value, request.query[name]) for name, value in query)
            and (not self.body or self.body.encode("utf-8") in request.body)
        )


class SavedFolder:
    """A folder and its index. ``answer`` is what ``ReplicaServer(answer=…)`` takes.

    What no row fits goes to ``otherwise``; without one it is answered 502 (a 404 would say that the page is gone), but
    for ``robots.txt``, whose 404 forbids nothing.
    """

    def __init__(
        self,
        folder: Path,
        index: Iterable[SavedReply],
        *,
        otherwise: Callable[[Request], Reply] | None = None,
    ) -> None:
        """Raises ``ValueError`` with the row's number for a file that is not there or lies outside the folder."""
        self.folder = folder.resolve()
        self.index: Sequence[SavedReply] = tuple(index)
        self._otherwise = otherwise
        for number, row in enumerate(self.index, start=1):
            if not row.file:
                continue
            path = (self.folder / row.file).resolve()
            if not path.is_relative_to(self.folder):
                raise ValueError(f"row {number}: {row.file} lies outside {self.folder}")
            if not path.is_file():
                raise ValueError(f"row {number}: there is no file {path}")

    @classmethod
    def load(cls, folder: Path, index: Path, *, otherwise: Callable[[Request], Reply] | None = None) -> SavedFolder:
        """Read the index from a ``.json`` or ``.tsv`` file; ``ValueError`` names the row that cannot be read."""
        return cls(folder, read_index(index), otherwise=otherwise)

    def answer(self, request: Request) -> Reply:
        """The saved response to ``request``."""
        for row in self.index:
            if row.fits(request):
                body = (self.folder / row.file).read_bytes() if row.file else b""
                return Reply(row.status, {"Content-Type": row.content_type or _type_of(row.file), **row.headers}, body)
        if self._otherwise is not None:
            return self._otherwise(request)
        if request.path == "/robots.txt":
            return text_reply("", 404)
        return text_reply(f"nothing was saved for {request.method} {request.url}\n", 502)


def read_index(path: Path) -> tuple[SavedReply, ...]:
    """The rows of an index file."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".json":
        rows = json.loads(text)
        if not isinstance(rows, list):
            raise ValueError(f"{path}: a list of objects is expected")
    else:
        rows = list(csv.DictReader(text.splitlines(), delimiter="\t"))
    return tuple(_row(path, number, row) for number, row in enumerate(rows, start=1))


def _row(path: Path, number: int, row: object) -> SavedReply:
    if not isinstance(row, dict) or not row.get("url"):
        raise ValueError(f"{path}: row {number} has no url")
    values = {name: value for name, value in row.items() if value not in (None, "")}
    unknown = set(values) - set(SavedReply.__slots__)
    if unknown:
        raise ValueError(f"{path}: row {number} has unknown columns {sorted(map(str, unknown))}")
    headers = values.get("headers", {})
    if isinstance(headers, str):
        headers = json.loads(headers)
    try:
        status = int(values.get("status", 200))
    except ValueError:
        raise ValueError(f"{path}: row {number} has no number as status: {values['status']!r}") from None
    return SavedReply(
        url=str(values["url"]),
        file=str(values.get("file", "")),
        status=status,
        content_type=str(values.get("content_type", "")),
        method=str(values.get("method", "")),
        body=str(values.get("body", "")),
        headers=cast("Mapping[str, str]", headers),
    )


def _like(pattern: str, text: str) -> bool:
    """Equal, with ``*`` for anything."""
    if "*" not in pattern:
        return pattern == text
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text, re.DOTALL) is not None


def _type_of(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
