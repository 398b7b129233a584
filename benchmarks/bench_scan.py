"""Speed of the scanner with all its rules, beside what a user could pick instead.

Everything runs in one process over the same documents in turn and is measured in processor time; the ratios are what
counts, for no machine is quiet. Usage::

    python -m benchmarks.bench_scan [--folder DIR] [--megabytes N] [--rounds N] [--only scan,cold,…]

Prints one JSON object. ``times_…``: how many times faster than that peer; the peers look for the words of a fixed
public list, whatever the size of our own.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import lexicons
from benchmarks import hostile, peers, processes
from benchmarks.evaldata import FOLDER, missing, rows
from domain.post import Segment
from scanners import matcher
from scanners.engine import PostText, Scanner
from scanners.factory import ScannerSpec, scanner_for

SETS = ("gov_laws", "gov_policy", "gov_reports", "gov_services", "gov_xwlb_news", "news_sogou")
PARTS = ("scan", "cold", "memory", "workers", "hostile")
#: Of the usual pipeline so much is enough to know its speed (million bytes).
_NAIVE_MEGABYTES = 1.0
#: Documents handed over at once, as the bulk scan does.
_BATCH = 512


def documents(folder: Path, megabytes: float) -> list[str]:
    """Texts of the present sets in turn, up to so many million UTF-8 bytes."""
    sources = [rows(name, folder) for name in SETS if not missing(name, folder)]
    texts: list[str] = []
    left = megabytes * 1e6
    while sources and left > 0:
        for source in list(sources):
            row = next(source, None)
            if row is None:
                sources.remove(source)
                continue
            texts.append(row.text)
            left -= len(row.text.encode())
    return texts


def ours(scanner: Scanner) -> peers.Scan:
    """The scanner with all its stable rules."""

    def scan(texts: Sequence[str]) -> int:
        posts = [PostText(segments=(Segment("body", text),)) for text in texts]
        batches = (posts[first : first + _BATCH] for first in range(0, len(posts), _BATCH))
        return sum(len(findings) for batch in batches for findings in scanner.scan_posts(batch))

    return scan


def rate(scan: peers.Scan, texts: Sequence[str]) -> float:
    """Million bytes a second of processor time."""
    began = time.process_time()
    scan(texts)
    return sum(len(text.encode()) for text in texts) / 1e6 / (time.process_time() - began)


def compare(scanner: Scanner, texts: Sequence[str], words: Sequence[str], rounds: int) -> dict[str, float]:
    """Our speed, and how many times that of each peer it is (medians of the ratios of each round)."""
    naive_texts = texts[: max(1, int(len(texts) * _NAIVE_MEGABYTES / (sum(len(t.encode()) for t in texts) / 1e6)))]
    scans = {"naive": peers.naive(words), "pyahocorasick": peers.pyahocorasick(words)}
    fastest = peers.daachorse(words)
    if fastest is not None:
        scans["daachorse"] = fastest
    own = ours(scanner)
    own(texts)
    speeds: list[float] = []
    ratios: dict[str, list[float]] = {name: [] for name in scans}
    for _ in range(rounds):
        speed = rate(own, texts)
        speeds.append(speed)
        for name, scan in scans.items():
            ratios[name].append(speed / rate(scan, naive_texts if name == "naive" else texts))
    times = {f"times_{name}": round(statistics.median(values), 2) for name, values in ratios.items()}
    return {"scanner_mb_s": round(statistics.median(speeds), 2), **times}


def a_whole_word() -> str:
    """A word of the shipped lists that counts only as a whole word."""
    terms = (term for lexicon in lexicons.load() for term in lexicon.terms)
    return next((term.word for term in terms if term.whole_word and not term.signal), "")


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--megabytes", type=float, default=20.0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default=",".join(PARTS))
    options = parser.parse_args()
    parts = set(options.only.split(","))
    texts = documents(options.folder, options.megabytes)
    listed = options.folder / "words_10k.txt"
    if not texts or not listed.is_file():
        print(f"skipped: no evaluation set in {options.folder}")
        return
    result: dict[str, object] = {
        "documents": len(texts),
        "megabytes": round(sum(len(text.encode()) for text in texts) / 1e6, 2),
        "matcher": matcher.chosen(),
    }
    if "cold" in parts:
        result["cold"] = processes.cold(a_whole_word(), options.rounds)
    if "memory" in parts:
        result["memory"] = processes.memory(texts, 20, 200)
    if "workers" in parts:
        result["two_workers_against_one"] = processes.two_against_one(texts, 60, options.rounds)
    scanner = scanner_for(ScannerSpec(b"benchmark" * 4))
    result["rules"] = len(scanner.rules)
    if "scan" in parts:
        result["scan"] = compare(scanner, texts, peers.word_list(listed), options.rounds)
    if "hostile" in parts:
        result["hostile"] = hostile.ratios(scanner, texts[: len(texts) // 4], 10)
    print(json.dumps(result, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
