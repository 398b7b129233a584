"""Starting a crawl process and seeing it to its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from domain.errors import CrawlError, system_reason

#: How long a process that was asked to end may take to write its coverages (seconds).
GRACE = 20.0
_PROJECT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a crawl process ended: its exit code (negative: the signal), and whether its time was up."""

    code: int
    overdue: bool = False


def run_child(job: str, plan: str, *, log: Path, seconds: float, lock: int | None, cancelled: threading.Event) -> Ended:
    """Do ``job`` (``crawl`` or ``links``) with ``plan``, one line of JSON, in a process of its own; returns when that
    has ended.

    After ``seconds`` it is asked to end, and made to after a short grace. ``lock`` is the descriptor that it keeps
    open. When ``cancelled`` is set it is ended at once. Raises ``CrawlError`` where no process can be started.
    """
    environment = dict(os.environ)
    environment["PYTHONPATH"] = os.pathsep.join([str(_PROJECT), *filter(None, [environment.get("PYTHONPATH")])])
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        # A session of its own: Ctrl-C at the terminal goes to the parent, who decides.
        process = subprocess.Popen(
            [sys.executable, "-m", "pipelines.crawl_child", job],
            stdin=subprocess.PIPE,
            stdout=handle,
            stderr=handle,
            env=environment,
            pass_fds=() if lock is None else (lock,),
            start_new_session=True,
        )
    except OSError as error:
        raise CrawlError(f"采集进程启动不了（{system_reason(error)}）；请检查内存与进程数限制后重试") from error
    finally:
        os.close(handle)
    with process:
        try:
            return _attend(process, plan, seconds, cancelled)
        finally:
            if process.poll() is None:
                process.kill()


def _attend(process: subprocess.Popen[bytes], plan: str, seconds: float, cancelled: threading.Event) -> Ended:
    assert process.stdin is not None
    try:
        process.stdin.write(plan.encode("utf-8", "surrogatepass") + b"\n")
        process.stdin.flush()  # and stays open: its closing is what tells the child that the parent is gone
    except BrokenPipeError:
        return Ended(process.wait())
    deadline = time.monotonic() + seconds
    while (code := _poll(process, 0.1)) is None:
        if cancelled.is_set():
            process.kill()
            return Ended(process.wait())
        if time.monotonic() >= deadline:
            process.send_signal(signal.SIGTERM)
            code = _poll(process, GRACE)
            if code is None:
                process.kill()
                code = process.wait()
            return Ended(code, overdue=True)
    return Ended(code)


def _poll(process: subprocess.Popen[bytes], seconds: float) -> int | None:
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
