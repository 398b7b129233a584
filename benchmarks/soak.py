"""Many nights in a row over the large replica bureau: memory stays flat, and no page and no process is left behind.

    python -m benchmarks.soak [--nights 20] [--accounts 60] [--workspace DIR]

Replica and nights share this process, as a service would run the nights. Prints one row a night and ends with 1 where
something leaked. ``own`` is this process's memory after the night, ``children`` the most that all crawl processes and
browsers together held during it (shared pages counted once), ``left`` what was still there five seconds later.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psutil

from benchmarks.nights import night, workspace_for
from crawler.browser import browser_ready, find_browser
from pipelines.workspace import Workspace
from replica.bureau import Bureau, build

#: Growth of this process's memory over the later half of the nights that counts as a leak (share, and bytes).
GROWTH, LEAST = 0.10, 24 * 1024 * 1024
_PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Row:
    """One night: seconds, accounts by how they ended, memory in bytes, processes and files left behind."""

    number: int
    seconds: float
    checked: int
    accounts: int
    requests: int
    own: int
    children: int
    left: int
    descriptors: int
    threads: int

    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        return (
            str(self.number), f"{self.seconds:.1f}", f"{self.checked}/{self.accounts}", str(self.requests),
            f"{self.own / 2**20:.0f}", f"{self.children / 2**20:.0f}", str(self.left), str(self.descriptors),
            str(self.threads),
        )  # fmt: skip


HEADERS = ("night", "seconds", "checked", "requests", "own MB", "children MB", "left", "files", "threads")


class Watch:
    """Samples the memory of all children while a night runs."""

    def __init__(self) -> None:
        self.most = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="soak-watch", daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(0.5):
            self.most = max(self.most, sum(_memory(child) for child in descendants()))


def descendants() -> list[psutil.Process]:
    """Living children of this process, and theirs."""
    return [child for child in psutil.Process().children(recursive=True) if _lives(child)]


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _memory(process: psutil.Process) -> int:
    """Its part of what it holds: pages that several processes of a browser share are counted once among them all."""
    try:
        return int(getattr(process.memory_full_info(), "pss", 0) or process.memory_info().rss)
    except psutil.Error:
        return 0


def run_night(number: int, workspace: Workspace, bureau: Bureau) -> Row:
    """One night, and what it left."""
    before = {child.pid for child in descendants()}
    with Watch() as watch:
        told = night(workspace, bureau)
    ends = time.monotonic() + _PATIENCE
    while (left := {child.pid for child in descendants()} - before) and time.monotonic() < ends:
        time.sleep(0.1)
    coverages, seconds, requests = told.result.coverages, told.seconds, len(told.asked)
    del told
    gc.collect()
    own = psutil.Process()
    return Row(
        number=number,
        seconds=seconds,
        checked=sum(coverage.checked for coverage in coverages),
        accounts=len(coverages),
        requests=requests,
        own=own.memory_info().rss,
        children=watch.most,
        left=len(left),
        descriptors=own.num_fds(),
        threads=own.num_threads(),
    )


def soak(nights: int, accounts: int, root: Path) -> list[Row]:
    """So many nights in a row, each a day later, with one new post an account."""
    bureau = build(accounts, posts=4, browser=browser_ready(find_browser()))
    workspace = workspace_for(root / "ws", bureau, timeout="6", account_deadline="90", platform_deadline="300")
    rows = []
    for number in range(1, nights + 1):
        rows.append(run_night(number, workspace, bureau))
        sys.stdout.write("\t".join(rows[-1].cells()) + "\n")
        sys.stdout.flush()
        bureau = bureau.at(bureau.world.now + timedelta(days=1), fresh=True)
    return rows


def leaks(rows: Sequence[Row]) -> list[str]:
    """What is wrong with these nights; nothing where memory is flat and nothing is left."""
    found = [f"night {row.number}: {row.left} processes left" for row in rows if row.left]
    # The first night fills caches that stay: words, statements, the scanner.
    later = rows[1:]
    if len(later) >= 2:
        half = len(later) // 2
        for name, floor in (("own", LEAST), ("children", 4 * LEAST), ("descriptors", 8), ("threads", 4)):
            early = statistics.median(getattr(row, name) for row in later[:half])
            late = statistics.median(getattr(row, name) for row in later[half:])
            if late - early > max(early * GROWTH, floor):
                found.append(f"{name} grew from {early:.0f} to {late:.0f}")
    if len({row.checked for row in rows}) > 1:
        found.append(f"accounts checked differ: {sorted({row.checked for row in rows})}")
    return found


def main() -> int:
    """Run and judge."""
    parser = argparse.ArgumentParser(description="连续多晚巡检，看内存与残留")
    parser.add_argument("--nights", type=int, default=20)
    parser.add_argument("--accounts", type=int, default=60)
    parser.add_argument("--workspace", type=Path)
    options = parser.parse_args()
    sys.stdout.write("\t".join(HEADERS) + "\n")
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        rows = soak(options.nights, options.accounts, options.workspace or Path(folder))
    problems = leaks(rows)
    sys.stdout.write("\n".join(problems or ["no leak"]) + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
