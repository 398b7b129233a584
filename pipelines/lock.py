"""One inspection at a time in a workspace, and an end of it that no crash can leave locked."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import ConfigError

#: How long to wait for the children of an inspection that was just killed (seconds). They end by themselves.
PATIENCE = 20.0


@contextmanager
def inspection_lock(path: Path, patience: float = PATIENCE) -> Iterator[int]:
    """Hold the workspace for one inspection; yields the descriptor of the lock.

    The operating system lets go when the last process that has the descriptor ends. Crawl processes are given it, so
    a new run never overlaps with the remains of a killed one. ``ConfigError`` where another inspection is under way.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() >= deadline:
                    raise ConfigError(
                        f"{path.parent}：本工作区另有一次巡检正在进行；请等它结束，或结束那个进程后再运行"
                    ) from error
                time.sleep(0.1)
        yield handle
    finally:
        os.close(handle)
