"""Speed of the scanner beside the usual way: jieba and pyahocorasick over everything, three regular expressions.

Both run in one process over the same documents in turn; the ratio is what counts, for the machine is never quiet.

Usage: ``python -m benchmarks.bench_scan [--folder DIR] [--megabytes N] [--rounds N] [--words FILE]``. ``--words`` adds
a plain list of words (one a line) to both, to see how each grows.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import ahocorasick
import jieba

import lexicons
from benchmarks.evaldata import FOLDER, missing, rows
from domain.post import Segment
from lexicons import Lexicon, LexiconSet, Term
from scanners import rulebook
from scanners.engine import Scanner

SETS = ("gov_laws", "gov_policy", "gov_reports", "gov_services", "gov_xwlb_news", "news_sogou", "ads_sms")
_NAIVE = (
    re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?!\d)"),
    re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"),
    re.compile(r"(?<!\d)\d{16,19}(?!\d)"),
)


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


def naive(words: Iterable[str]) -> Callable[[str], int]:
    """The usual pipeline: segment everything, keep the hits that are whole words, three regular expressions."""
    automaton = ahocorasick.Automaton()
    for word in words:
        automaton.add_word(word, word)
    automaton.make_automaton()
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()

    def scan(text: str) -> int:
        ends = {0}
        at = 0
        for token in tokenizer.cut(text):
            at += len(token)
            ends.add(at)
        hits = sum(last + 1 in ends and last + 1 - len(word) in ends for last, word in automaton.iter(text))
        return hits + sum(len(pattern.findall(text)) for pattern in _NAIVE)

    return scan


def ours(book: rulebook.RuleBook) -> Callable[[str], int]:
    """The scanner with all its rules."""
    scanner = Scanner(book, b"benchmark" * 4)
    return lambda text: len(scanner.scan_post((Segment("body", text),)))


def seconds(scan: Callable[[str], int], texts: list[str]) -> float:
    """Time for all texts."""
    began = time.perf_counter()
    for text in texts:
        scan(text)
    return time.perf_counter() - began


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--megabytes", type=float, default=4.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--words", type=Path)
    options = parser.parse_args()
    texts = documents(options.folder, options.megabytes)
    if not texts:
        print(f"skipped: no evaluation set in {options.folder}")
        return
    lists = lexicons.load()
    extra: list[str] = []
    if options.words:
        extra = [
            word.strip() for word in options.words.read_text(encoding="utf-8").splitlines() if len(word.strip()) > 1
        ]
        terms = tuple(Term(word=word, clause="", fires=(word,), whole_word=True) for word in dict.fromkeys(extra))
        lists = LexiconSet({**lists.by_name, "bureau": Lexicon("bureau", "extra", str(options.words), terms)})
    book = rulebook.load(lists)
    words = {word for lexicon in lists for term in lexicon.terms for word in term.words}
    usual, scanner = naive(words), ours(book)
    size = sum(len(text.encode()) for text in texts) / 1e6
    seconds(scanner, texts[:50])
    seconds(usual, texts[:50])
    ratios, own, other = [], [], []
    for _ in range(options.rounds):
        fast, slow = seconds(scanner, texts), seconds(usual, texts)
        own.append(size / fast)
        other.append(size / slow)
        ratios.append(slow / fast)
    result = {
        "documents": len(texts),
        "megabytes": round(size, 2),
        "words": len(words),
        "scanner_mb_s": round(statistics.median(own), 2),
        "usual_mb_s": round(statistics.median(other), 2),
        "ratio": round(statistics.median(ratios), 1),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
