"""The parent's side of the child process: it sends a file, keeps the time, and starts the child anew after a crash.

A child is warm: it goes from file to file, so that libraries are loaded once. It is exchanged after many files, or when
it has grown.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, BinaryIO, cast

from domain.post import Unexamined
from extractors import wire
from extractors.limits import Limits
from extractors.model import Extraction

#: A child is exchanged after this many files, or when it has held this much memory (bytes).
_FILES = 400
_GROWN = 1200 * 1024 * 1024
#: How long a child may take to start (seconds), and how long one frame may be (bytes).
_START = 60.0
_LONGEST = 1024**3
_CHUNK = 1 << 20
#: A file in whose tree more files than this take the child with them is given up.
_CRASHES = 20
_PROJECT = Path(__file__).resolve().parents[1]
#: What of the environment a child gets to see: nothing that could be a secret or a way out.
_KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "HOME", "LD_LIBRARY_PATH", "PYTHONPATH", "OMP_NUM_THREADS")

#: Takes the extraction of one file of the tree, with its path.
Take = Callable[[str, Extraction], None]


class Lost(Exception):
    """The child ended, or had to be ended, in the middle of a file.

    ``path`` is the file's path in the tree, ``place`` where the work had come to, ``why`` the cause in Chinese.
    """

    def __init__(self, path: str, place: str, why: str) -> None:
        self.path = path
        self.place = place
        self.why = why
        super().__init__(why)


class Child:
    """One child process."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="xunjian-"))
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join([str(_PROJECT), *filter(None, [environment.get("PYTHONPATH")])])
        environment |= {"TMPDIR": str(self._folder), "MALLOC_ARENA_MAX": "2", "PYTHONDONTWRITEBYTECODE": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "extractors.worker", str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # parsers complain about files, with pieces of them
            env=environment,
            start_new_session=True,
        )
        _widen(self._process.stdin, self._process.stdout)
        self._files = 0
        self._grown = False
        self._ready = False

    @property
    def fit(self) -> bool:
        """True while it may be given another file."""
        return self._process.poll() is None and not self._grown and self._files < _FILES

    def read(self, order: bytes, data: bytes, limits: Limits, take: Take, deadline: float) -> None:
        """Have one file read; ``take(path, extraction)`` is called for each file of its tree as it is done. Raises
        ``Lost``."""
        self._files += 1
        path, place = "0", ""
        until = time.monotonic() + (limits.seconds if self._ready else limits.seconds + _START)
        try:
            self._send(wire.JOB, order)
            self._send(wire.BODY, data)
            while True:
                kind, payload = self._frame(min(until, deadline))
                if kind == wire.READY:
                    self._ready = True
                elif kind == wire.PLACE:
                    note = json.loads(payload)
                    path, place = str(note["path"]), str(note["place"])
                    until = time.monotonic() + float(note["seconds"])
                elif kind == wire.RESULT:
                    with _no_collection():
                        take(*wire.decode(payload))
                    del payload
                elif kind == wire.DONE:
                    self._grown = int(json.loads(payload)["resident"]) > _GROWN
                    return
                else:
                    raise ValueError("unknown frame")
        except TimeoutError:
            self.close()
            late = time.monotonic() >= deadline
            seconds = limits.total_seconds if late else limits.seconds
            why = f"读取超过 {seconds:.0f} 秒未完成，已停止，请拆分或另存为新文件后再查"
            raise Lost(path, place, why) from None
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            code = self.close()
            raise Lost(path, place, _cause(code)) from None

    def _send(self, kind: bytes, payload: bytes) -> None:
        wire.write(cast(BinaryIO, self._process.stdin), kind, payload)

    def _frame(self, until: float) -> tuple[bytes, bytes]:
        kind, length = wire.HEADER.unpack(self._bytes(wire.HEADER.size, until))
        if length > _LONGEST:
            raise ValueError("frame too long")
        return kind, self._bytes(length, until)

    def _bytes(self, count: int, until: float) -> bytes:
        assert self._process.stdout is not None
        handle = self._process.stdout.fileno()
        pieces = bytearray()
        poll = select.poll()
        poll.register(handle, select.POLLIN | select.POLLHUP)
        while len(pieces) < count:
            left = until - time.monotonic()
            if left <= 0 or not poll.poll(max(1, left * 1000)):
                raise TimeoutError
            piece = os.read(handle, min(_CHUNK, count - len(pieces)))
            if not piece:
                raise EOFError
            pieces += piece
        return bytes(pieces)

    def close(self) -> int:
        """End it, with whatever it started; returns how it ended (negative: the signal)."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        try:
            code = self._process.wait(0.5)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, 9)
            self._process.kill()
            code = self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)
        return code


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Cells by the hundred thousand are no garbage: looking for some among them takes as long as making them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _widen(*pipes: IO[bytes] | None) -> None:
    """Fewer turns between two processes: a pipe holds 64 KB where nothing else is asked for."""
    for pipe in pipes:
        if pipe is not None and hasattr(fcntl, "F_SETPIPE_SZ"):
            with contextlib.suppress(OSError):
                fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _CHUNK)


def _cause(code: int) -> str:
    if code == -9:
        return "读取时内存不足，读取程序被系统结束，请拆分文件或关闭其他程序后再查"
    return "读取程序在这里崩溃，文件多半已损坏，请用原软件打开并另存为新文件后再查"


class Reader:
    """Reads files through one warm child, started with the first file. Not for several threads at once."""

    def __init__(self) -> None:
        self._child: Child | None = None

    def read(self, data: bytes, name: str, *, field: str, media_type: str, limits: Limits) -> Extraction:
        """Everything in ``data`` and in the files inside it. A file that takes the child with it is told as not looked
        into, and the others are read by a new child."""
        deadline = time.monotonic() + limits.total_seconds
        parts: dict[str, Extraction] = {}
        lost: dict[str, tuple[str, str]] = {}
        job = {"name": name, "field": field, "media_type": media_type, "limits": asdict(limits)}
        fresh = self._child is None
        while True:
            order = json.dumps(job | {"done": sorted(parts), "lost": lost}).encode()
            try:
                self._fit().read(order, data, limits, parts.__setitem__, deadline)
                return _joined(parts)
            except Lost as error:
                self.close()
                if not fresh and not error.place:
                    fresh = True  # it ended between two files, or just after: this file need not have been the cause
                    continue
                parts = _told(error, name, given_up=len(lost) >= _CRASHES or time.monotonic() >= deadline) | parts
                if error.path == "0" or error.path in lost or "~" in parts:
                    return _joined(parts)
                lost[error.path] = (error.place or name, error.why)

    def _fit(self) -> Child:
        if self._child is not None and not self._child.fit:
            self.close()
        if self._child is None:
            self._child = Child()
        return self._child

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is not None:
            child.close()


def _told(error: Lost, name: str, *, given_up: bool) -> dict[str, Extraction]:
    """What is said of the file with which the child was lost; where no other try is made, that the rest is not read."""
    parts = {error.path: Extraction(unexamined=(Unexamined(error.place or name, error.why),))}
    if given_up and error.path != "0":
        reason = "其中多个文件无法读取或时间已到，这里以后的内容未检查，请解压或拆分后逐个再查"
        parts["~"] = Extraction(unexamined=(Unexamined(name, reason),))
    return parts


def _joined(parts: Mapping[str, Extraction]) -> Extraction:
    """The files of the tree in their order, as one."""
    ordered = [parts[path] for path in sorted(parts, key=_order)]
    if len(ordered) == 1:
        return ordered[0]
    return Extraction(
        tuple(segment for part in ordered for segment in part.segments),
        tuple(missing for part in ordered for missing in part.unexamined),
        tuple(dict.fromkeys(link for part in ordered for link in part.links)),
    )


def _order(path: str) -> tuple[int, ...]:
    return tuple(map(int, path.split("/"))) if path != "~" else (sys.maxsize,)
