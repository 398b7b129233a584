"""What whole processes cost: the cold start of a check, two workers against one, the memory of a scan."""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_JIEBA = "import jieba; jieba.lcut('巡检')"
#: 200 characters of an office's news with nothing in them.
PLAIN = (
    "全市养老服务工作会议昨天在柳溪市民政局召开。会议回顾了上半年各项重点任务的完成情况，对下半年工作作出安排。各县区民政局、"
    "市社会福利院和市救助管理站的负责同志参加了会议。会议要求，要把老年人的需要放在心上，加快建设社区食堂和日间照料中心，做好"
    "高温天气里的探访关爱，守住养老机构消防和食品安全的底线；要规范低保和特困人员的认定，让困难群众及时得到帮助；要办好婚姻登"
    "记和殡葬服务，方便群众就近办理。"
)


def _run(arguments: Sequence[str], output: str = os.devnull) -> tuple[float, int]:
    """Seconds of processor time and peak memory (bytes) of a child process and its children."""
    child = os.posix_spawn(
        arguments[0],
        list(arguments),
        {**os.environ, "PYTHONPATH": str(ROOT)},
        file_actions=[(os.POSIX_SPAWN_OPEN, number, output, os.O_WRONLY, 0o600) for number in (1, 2)],
    )
    _, status, used = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise RuntimeError(f"{arguments[1:4]} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def cold(boundary: str, rounds: int) -> dict[str, float]:
    """A first check of a short text, against loading the segmenter alone (processor time, medians)."""
    with tempfile.TemporaryDirectory() as folder:
        plain, whole = Path(folder) / "plain.txt", Path(folder) / "whole.txt"
        plain.write_text(PLAIN, encoding="utf-8")
        whole.write_text(boundary + PLAIN[len(boundary) :], encoding="utf-8")
        check = (sys.executable, "-m", "cli.main", "check")
        kinds = {
            "jieba": (sys.executable, "-c", _JIEBA),
            "check": (*check, str(plain)),
            "check_boundary": (*check, str(whole)),
        }
        for command in kinds.values():
            _run(command)  # caches of both sides are filled
        taken: dict[str, list[float]] = {name: [] for name in kinds}
        for _ in range(rounds):
            for name, command in kinds.items():
                taken[name].append(_run(command)[0])
    seconds = {name: statistics.median(values) for name, values in taken.items()}
    return {
        "seconds": round(seconds["check"], 3),
        "against_jieba": round(seconds["check"] / seconds["jieba"], 2),
        "boundary_against_jieba": round(seconds["check_boundary"] / seconds["jieba"], 2),
    }


def write_corpus(path: Path, texts: Sequence[str], megabytes: float) -> None:
    """The texts again and again as JSON lines, until they have so many million bytes of text."""
    left = megabytes * 1e6
    with path.open("w", encoding="utf-8") as lines:
        for number, text in enumerate(cycle(texts)):
            if left <= 0:
                return
            lines.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")
            left -= len(text.encode())


def memory(texts: Sequence[str], small: float, large: float) -> dict[str, float]:
    """Peak memory of one scanning process over a small and a large input, million bytes."""
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        for megabytes in (small, large):
            source = Path(folder) / "in.jsonl"
            write_corpus(source, texts, megabytes)
            command = (sys.executable, "-m", "cli.main", "scan", "--workers", "1", str(source), f"{folder}/out.jsonl")
            peaks.append(_run(command)[1] / 1e6)
    return {"peak_mb": round(peaks[1], 1), "growth_percent": round((peaks[1] / peaks[0] - 1) * 100, 1)}


def two_against_one(texts: Sequence[str], megabytes: float, rounds: int) -> float:
    """How many times faster two workers are than one (whole run by the clock: a busy machine shows less)."""
    from pipelines import bulk
    from scanners.factory import ScannerSpec

    spec = ScannerSpec(b"benchmark" * 4)
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        write_corpus(source, texts, megabytes)
        bulk.scan_file(source, target, spec, workers=1)
        for _ in range(rounds):
            taken = []
            for workers in (1, 2):
                began = time.perf_counter()
                bulk.scan_file(source, target, spec, workers=workers)
                taken.append(time.perf_counter() - began)
            ratios.append(taken[0] / taken[1])
    return round(statistics.median(ratios), 2)
