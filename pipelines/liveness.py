"""A child process ends with its parent, however the parent ends.

The parent holds the writing end of the child's standard input and never says anything more: when it closes, the parent
is gone, also by ``kill -9``, on every platform.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading

#: Exit code of a child whose parent is gone.
ORPHANED = 70


def end_with_stdin() -> None:
    """Watch standard input in the background and end this process at once when it closes."""
    handle = sys.stdin.fileno()

    def watch() -> None:
        while os.read(handle, 4096):
            pass
        os._exit(ORPHANED)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def end_with_parent() -> None:
    """The same for a worker that ``multiprocessing`` started: a worker waiting for work would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(ORPHANED)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
