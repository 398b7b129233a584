"""The evidence archive: every fetched response in a WARC file (ISO 28500), found again by the SHA-256 of its body.

Each crawl process writes a file of its own and never opens an old one, so a torn tail (a power cut) harms only the
record that was being written. Records are on disk before the index speaks of them. Files and folders are owner-only.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from domain.clock import require_aware
from domain.errors import StoreError, system_reason

#: Headers that speak of the bytes on the wire, which are not the bytes that are kept (the body is decoded).
_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection", "keep-alive"})


_INFO = {"software": "xunjian", "format": "WARC/1.1"}
#: Between speed and size; see ``EvidenceWriter._write``.
_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Location:
    """Where a record begins: a file relative to the archive, and an offset in bytes."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRecord:
    """One response as it was kept."""

    digest: str
    url: str = field(repr=False)
    fetched_at: datetime
    status: int
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)


def digest_of(body: bytes) -> str:
    """The name of a body in the archive."""
    return hashlib.sha256(body).hexdigest()


class EvidenceWriter:
    """Appends records to one new file."""

    def __init__(self, root: Path, name: str, moment: datetime) -> None:
        folder = root / f"{require_aware(moment):%Y%m}"
        make_private(folder)
        self.file = f"{folder.name}/{name}-{os.getpid()}-{os.urandom(4).hex()}.warc.gz"
        handle = os.open(root / self.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._stream: BinaryIO = os.fdopen(handle, "wb")
        self._plain = io.BytesIO()
        self._writer = WARCWriter(self._plain, gzip=False, warc_version="WARC/1.1")
        self._write(self._writer.create_warcinfo_record(Path(self.file).name, _INFO))

    def add(
        self,
        *,
        url: str,
        status: int,
        headers: Mapping[str, str],
        body: bytes,
        digest: str,
        fetched_at: datetime,
        revisit: bool = False,
    ) -> Location:
        """Write one response; with ``revisit`` only that the known body ``digest`` was served again."""
        offset = self._stream.tell()
        kept = [(name, value) for name, value in headers.items() if name.lower() not in _WIRE]
        kept.append(("Content-Length", str(len(body))))
        http = StatusAndHeaders(f"{status} {_reason(status)}", [(_header(n), _header(v)) for n, v in kept], "HTTP/1.1")
        extra = {
            "WARC-Date": f"{require_aware(fetched_at):%Y-%m-%dT%H:%M:%S.%fZ}",
            "WARC-Payload-Digest": f"sha256:{digest}",
        }
        if revisit:
            extra["WARC-Profile"] = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
        kept_body = b"" if revisit else body
        record = self._writer.create_warc_record(
            _header(url),
            "revisit" if revisit else "response",
            payload=io.BytesIO(kept_body),
            length=len(kept_body),
            http_headers=http,
            warc_headers_dict=extra,
        )
        self._write(record)
        return Location(self.file, offset)

    def _write(self, record: Any) -> None:
        """One record as a gzip member of its own. The library would compress as hard as it can, which takes three times
        as long and saves next to nothing."""
        self._plain.seek(0)
        self._plain.truncate()
        self._writer.write_record(record)
        self._stream.write(gzip.compress(self._plain.getvalue(), compresslevel=_LEVEL, mtime=0))

    def sync(self) -> None:
        """Return when everything written is on the disk."""
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def close(self) -> None:
        """Finish the file."""
        if not self._stream.closed:
            self.sync()
            self._stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class EvidenceArchive:
    """The folder of WARC files."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def writer(self, name: str, moment: datetime) -> EvidenceWriter:
        """A writer of a new file that bears ``name``; ``StoreError`` where it cannot be made."""
        try:
            make_private(self.root)
            return EvidenceWriter(self.root, name, moment)
        except OSError as error:
            raise StoreError(
                f"{self.root}：证据目录无法写入（{system_reason(error)}）；请检查权限与磁盘空间"
            ) from error

    def read(self, location: Location, digest: str) -> EvidenceRecord:
        """The record at ``location``; ``StoreError`` where it is missing, damaged, or not what ``digest`` names."""
        with self._at(location, "response") as record:
            found = _record_from(record)
        if found.digest != digest:
            raise StoreError(f"{location.file}：证据内容与摘要 {digest[:12]}… 不符，可能被改动；请从备份恢复")
        return found

    def confirm(self, location: Location, digest: str) -> None:
        """Raises ``StoreError`` unless the record at ``location`` still says that ``digest`` was served again."""
        with self._at(location, "revisit") as record:
            named = record.rec_headers.get_header("WARC-Payload-Digest")
            record.content_stream().read()
        if named != f"sha256:{digest}":
            raise StoreError(f"{location.file}：证据记录与摘要 {digest[:12]}… 不符，可能被改动；请从备份恢复")

    @contextmanager
    def _at(self, location: Location, kind: str) -> Iterator[Any]:
        """The record of a ``kind`` at ``location``; whatever goes wrong with it is told as a ``StoreError``."""
        try:
            with (self.root / location.file).open("rb") as stream:
                stream.seek(location.offset)
                record = next(iter(ArchiveIterator(stream)), None)
                if record is None or record.rec_type != kind:
                    raise StoreError(f"{location.file}：此处没有证据记录；请运行 xunjian evidence verify")
                yield record
        except StoreError:
            raise
        except FileNotFoundError as error:
            raise StoreError(f"{location.file}：证据文件不见了；请从备份恢复") from error
        except Exception as error:  # a torn or altered record can make the reader raise anything
            raise StoreError(f"{location.file}：证据记录已损坏（{type(error).__name__}）；请从备份恢复") from error

    def files(self) -> tuple[str, ...]:
        """Every file of the archive, relative to it."""
        if not self.root.is_dir():
            return ()
        return tuple(sorted(path.relative_to(self.root).as_posix() for path in self.root.glob("*/*.warc.gz")))

    def walk(self, file: str) -> Iterator[str]:
        """Digests of the whole responses of one file, as their bytes give them now. A torn tail ends the walk."""
        try:
            with (self.root / file).open("rb") as stream:
                for record in ArchiveIterator(stream):
                    if record.rec_type == "response":
                        yield _record_from(record).digest
        except Exception:  # a torn record can make the reader raise anything; what stands before it was told
            return


def make_private(folder: Path) -> None:
    """Make ``folder`` with its missing parents, readable by its owner only."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def _record_from(record: Any) -> EvidenceRecord:
    body: bytes = record.content_stream().read()
    declared = int(record.http_headers.get_header("Content-Length", "-1"))
    if declared != len(body):
        raise EOFError("record ends early")
    moment = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
    return EvidenceRecord(
        digest=digest_of(body),
        url=record.rec_headers.get_header("WARC-Target-URI"),
        fetched_at=moment.astimezone(UTC),
        status=int(record.http_headers.get_statuscode()),
        headers=tuple(record.http_headers.headers),
        body=body,
    )


def _header(text: str) -> str:
    """``text`` without line breaks, which would begin another header."""
    return text.replace("\r", " ").replace("\n", " ")


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
