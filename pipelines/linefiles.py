"""JSON lines in and out: input that may be broken anywhere, output that appears only when it is complete."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from domain.errors import ConfigError

#: A longer line is no document: reading on would only use up the memory (characters).
LONGEST_LINE = 64_000_000


class Reading:
    """Lines of a file or of standard input (``-``).

    Bytes that are not UTF-8 come as half surrogate pairs (see :func:`has_foreign_bytes`); a line without end is cut
    at ``LONGEST_LINE`` and its rest left out.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Iterator[str]:
        if str(self._path) == "-":
            self._file: TextIO = os.fdopen(os.dup(0), encoding="utf-8-sig", errors="surrogateescape", newline="\n")
        else:
            self._file = self._path.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n")
        return self._lines()

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _lines(self) -> Iterator[str]:
        while line := self._file.readline(LONGEST_LINE + 1):
            yield line
            while len(line) > LONGEST_LINE and not line.endswith("\n"):
                line = self._file.readline(LONGEST_LINE + 1)


def has_foreign_bytes(line: str) -> bool:
    """True where ``line`` holds bytes that were not UTF-8."""
    try:
        line.encode("utf-8")  # as fast as copying, where a search through the characters is not
    except UnicodeEncodeError:
        return True
    return False


def legible(line: str) -> str:
    """``line`` with a replacement mark for each byte that was not UTF-8."""
    return line.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class Writing:
    """The output, under another name until it is complete; ``-``, a pipe or a device is written to as it goes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._direct = path.exists() and not path.is_file()
        self._partial = path.with_name(f".{path.name}.{os.getpid()}.part") if not self._direct else path
        self.done = False

    def __enter__(self) -> Writing:
        if str(self._path) == "-":
            self.file: TextIO = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
        else:
            self.file = self._partial.open("w", encoding="utf-8", newline="\n")
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.file.close()
        except OSError:
            self.done = False
            raise
        finally:
            if str(self._path) != "-" and not self._direct:
                self._settle()

    def _settle(self) -> None:
        if self.done:
            self._partial.replace(self._path)
        else:
            self._partial.unlink(missing_ok=True)


def require_place(path: Path) -> None:
    """Raises ``ConfigError`` where no file can be written at ``path``: told before the work, not after it."""
    if str(path) == "-":
        return
    if path.is_dir():
        raise ConfigError(f"{path}：这是目录；请写明其中的文件名")
    if not path.absolute().parent.is_dir():
        raise ConfigError(f"{path}：没有目录 {path.parent}；请先建好目录")
