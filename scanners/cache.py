"""Tables that take long to make, kept between runs in the user's cache folder.

Only plain text is kept, never anything that runs when it is read, and only files of this user are read. Nothing depends
on it: a folder that cannot be written makes the next start slower, that is all.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

#: The folder; ``off`` keeps nothing. Not set: ``xunjian`` in the user's cache folder.
VARIABLE = "XUNJIAN_CACHE"


def cached(name: str, version: str, make: Callable[[], str]) -> str:
    """What ``make`` returns: read from the cache where an earlier run has kept it for just this ``version``.

    ``name`` is the beginning of the file's name; the file holds a digest of its text, and a damaged one is made anew.
    """
    path = _path(name, version)
    if path is None:
        return make()
    with contextlib.suppress(OSError, ValueError):
        return _read(path)
    text = make()
    with contextlib.suppress(OSError, ValueError):
        _write(path, text)
    return text


def _path(name: str, version: str) -> Path | None:
    wanted = os.environ.get(VARIABLE, "").strip()
    if wanted == "off":
        return None
    try:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    except RuntimeError:  # a user without a home folder
        return None
    folder = Path(wanted) if wanted else Path(base) / "xunjian"
    return folder / f"{name}-{hashlib.sha256(version.encode()).hexdigest()[:16]}.txt"


def _read(path: Path) -> str:
    with path.open("rb") as file:
        if hasattr(os, "geteuid") and os.fstat(file.fileno()).st_uid != os.geteuid():
            raise ValueError("another user's file")
        mark, _, body = file.read().partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != mark:
        raise ValueError("damaged")
    return body.decode("utf-8")


def _write(path: Path, text: str) -> None:
    """Whole or not at all, readable by this user only; older versions of the table go."""
    import tempfile

    body = text.encode("utf-8")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
    for old in path.parent.glob(f"{path.stem.rpartition('-')[0]}-*.txt"):
        if old != path:
            old.unlink(missing_ok=True)
