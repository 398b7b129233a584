"""What a child process that reads strangers' files gives up: the network, other programs, writing outside its own
folder, and memory, processor time and file sizes without end."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

#: Programs that an extractor may start, by name; each reads one file and prints its text.
PROGRAMS = frozenset(("antiword", "unrar", "bsdtar", "7z", "7zz", "unar", "lsar"))
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000
#: Largest file that may be written (bytes): temporary files of libraries.
_FILE_SIZE = 1024**3
_OPEN_FILES = 256
#: Seconds after the parent's own limit at which the kernel ends the child, should the parent be gone.
_SPARE = 10
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def enter(folder: Path) -> None:
    """Give up, for good, what no extractor needs. ``folder`` is the only place that may be written to."""
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_SIZE, _FILE_SIZE))
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    _leave_network()
    tempfile.tempdir = str(folder)
    os.chdir(folder)
    roots = (str(folder) + os.sep, "/dev/null", "/proc/self/")

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            writes = (isinstance(mode, str) and any(sign in mode for sign in "wax+")) or (
                isinstance(flags, int) and bool(flags & _WRITING)
            )
            if writes and isinstance(path, str | bytes | os.PathLike):
                where = os.path.realpath(os.fsdecode(path))
                if not where.startswith(roots) and where != str(folder):
                    raise PermissionError(f"writing is closed: {event}")
        elif event.startswith("socket.") and event != "socket.gethostname":
            # __new__ alone is harmless: asyncio and multiprocessing make pairs for themselves
            if event not in ("socket.__new__",):
                raise PermissionError(f"network is closed: {event}")
        elif event == "subprocess.Popen":
            program = arguments[0] or (arguments[1] or [""])[0]
            if Path(os.fsdecode(program)).name not in PROGRAMS:
                raise PermissionError(f"programs are closed: {event}")
        elif event in ("os.system", "os.exec", "os.posix_spawn", "os.startfile", "webbrowser.open", "ftplib.connect"):
            raise PermissionError(f"programs are closed: {event}")
        elif event in ("os.remove", "os.rename", "os.rmdir", "shutil.rmtree", "os.chmod", "os.chown", "os.link"):
            where = os.path.realpath(os.fsdecode(arguments[0])) if not isinstance(arguments[0], int) else str(folder)
            if not where.startswith(roots):
                raise PermissionError(f"writing is closed: {event}")

    sys.addaudithook(watch)


def _leave_network() -> None:
    """A network namespace of its own, where the kernel grants one: then not even C code reaches anybody."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_CLONE_NEWNET) != 0:
            libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def bound(memory: int, seconds: float) -> None:
    """The limits of the next file: address space in bytes beyond what the process has already taken (a warm one holds
    libraries and models), wall time in seconds."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = _taken() + memory
    top = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (top, hard))
    bound_time(seconds)


def bound_time(seconds: float) -> None:
    """The wall time of the next step. The parent ends one that takes too long; should it be gone, the default action of
    this alarm does."""
    signal.setitimer(signal.ITIMER_REAL, seconds + _SPARE)


def _taken() -> int:
    """Address space of this process (bytes); 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * resource.getpagesize()


def unbound() -> None:
    """Between two files nothing is timed."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def resident() -> int:
    """Memory that this process has held at most so far (bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
