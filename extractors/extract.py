"""One file to segments. Whatever goes wrong in it becomes an ``Unexamined`` part: nothing is dropped in silence."""

from __future__ import annotations

import atexit
import os
import threading

from extractors.driver import extract_here
from extractors.limits import Limits
from extractors.model import Extraction
from extractors.process import Reader
from extractors.sniff import kind_of

#: Kinds that are decoded and nothing else: no parser can fall to them.
_HARMLESS = frozenset(("text",))
_lock = threading.Lock()
_readers: dict[int, Reader] = {}


def extract(data: bytes, name: str, *, field: str, media_type: str = "", limits: Limits | None = None) -> Extraction:
    """The segments of ``data`` (a file called ``name``) and of the files inside it, all under ``field`` (``body``,
    ``attachment:2``), read in a child process within ``limits``.

    Never raises for a bad file: a broken, encrypted, oversized or unknown one, and one that crashes or hangs whoever
    reads it, comes back as ``unexamined`` with the reason in Chinese.
    """
    limits = limits or Limits()
    if len(data) > limits.file_bytes or not data or _is_harmless(data, name, media_type):
        return extract_here(data, name, field=field, media_type=media_type, limits=limits)
    with _lock:
        return _reader().read(data, name, field=field, media_type=media_type, limits=limits)


def _is_harmless(data: bytes, name: str, media_type: str) -> bool:
    return not data.startswith((b"PK", b"\xd0\xcf")) and kind_of(data, name, media_type) in _HARMLESS


def _reader() -> Reader:
    """The reader of this process: a forked one must not talk to the child of the other."""
    own = os.getpid()
    if own not in _readers:
        _readers.clear()
        _readers[own] = Reader()
    return _readers[own]


def close() -> None:
    """End the child process, if there is one; the next file starts another."""
    reader = _readers.pop(os.getpid(), None)
    if reader is not None:
        reader.close()


atexit.register(close)
